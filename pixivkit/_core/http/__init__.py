"""Send HTTP requests through any HTTP library."""

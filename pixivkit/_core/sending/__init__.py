"""Send requests with their credentials; return replies or raise errors."""

"""Requests and replies as bytes, through any HTTP library."""

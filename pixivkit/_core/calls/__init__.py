"""Calls as values: declared methods, requests, pages, cursors, structured replies."""

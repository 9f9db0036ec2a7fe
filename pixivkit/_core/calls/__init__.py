"""Calls as values: declared methods, requests, pages, cursors, and what replies become."""

"""Endpoints of one's own, from declaration to test: docs/guides/own-endpoints.md."""

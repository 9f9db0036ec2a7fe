"""Endpoints of one's own, from declaration to test: docs/own-endpoints.md."""

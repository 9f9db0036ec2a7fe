"""Endpoints as data: parameters, paging, the envelope, and the registry of them all."""

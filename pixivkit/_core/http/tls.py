"""The TLS configuration, made once for the process: making it takes longer than a request."""

from __future__ import annotations

import functools
import ssl

import httpcore


@functools.cache
def shared_ssl_context() -> ssl.SSLContext:
    """Return a context that trusts the system's authorities, and those of Mozilla's list."""
    return httpcore.default_ssl_context()

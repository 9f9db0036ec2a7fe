"""The one TLS configuration of the process: making it takes longer than a request."""

from __future__ import annotations

import functools
import ssl

import httpcore


@functools.cache
def shared_ssl_context() -> ssl.SSLContext:
    """Trusts what the system trusts, and Mozilla's list of authorities."""
    return httpcore.default_ssl_context()

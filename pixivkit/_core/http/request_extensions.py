"""What httpcore is told beside a request, by httpx as well."""

from __future__ import annotations

import functools
from typing import Any

from .backend import Timeouts


@functools.lru_cache(maxsize=64)
def extensions(timeouts: Timeouts) -> dict[str, Any]:
    """The timeouts of one request; those that wait for a connection wait in our own limiter."""
    return {
        "timeout": {
            "connect": timeouts.connect,
            "read": timeouts.read,
            "write": timeouts.write,
            "pool": None,
        }
    }

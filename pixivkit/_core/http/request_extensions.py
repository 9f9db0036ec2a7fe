"""Extensions of requests for httpcore and httpx."""

from __future__ import annotations

import functools
from typing import Any

from .backend import Timeouts


@functools.lru_cache(maxsize=64)
def extensions(timeouts: Timeouts) -> dict[str, Any]:
    """Return the timeouts of one request; waiting for a connection is limited elsewhere."""
    return {
        "timeout": {
            "connect": timeouts.connect,
            "read": timeouts.read,
            "write": timeouts.write,
            "pool": None,
        }
    }

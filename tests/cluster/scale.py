"""How much the tests of a cluster do: a part in every run, all in ``nox -s cluster_full``."""

from __future__ import annotations

import os

FULL = os.environ.get("PIXIVKIT_CLUSTER_FULL") == "1"
"""Whether all of it is done."""


def either(small: int, full: int) -> int:
    """Return the number for this run."""
    return full if FULL else small

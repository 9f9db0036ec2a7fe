"""A disk without room."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Generator

import pytest

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="files have no limit there")


@contextlib.contextmanager
def full_disk(largest: int) -> Generator[None]:
    """Have the system refuse to write any file beyond *largest* bytes, as a full disk does."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

"""A lock that one process has at a time, and that ends with it, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # Not lockf: its locks are lost as soon as this process closes any other descriptor.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """
    The lock on *path*, a file of its own, which stays when the lock is gone.

    Raises:
        BlockingIOError: Somebody else has it.
        OSError: The file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as exc:
            os.close(self._descriptor)
            raise BlockingIOError(exc.errno, exc.strerror, str(path)) from exc

    def release(self) -> None:
        """Let others have it."""
        os.close(self._descriptor)

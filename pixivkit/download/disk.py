"""Run blocking work on files in threads."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import anyio.to_thread

from .._core.basics.new_file import new_file
from ..errors import DiskFull, FileNotWritable, StorageError

__all__ = ["in_thread", "write_whole"]

T = TypeVar("T")

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


async def in_thread(path: Path, function: Callable[[], T]) -> T:
    """
    Run *function*, which works on *path*, in a thread; once started, it is finished.

    Raises:
        StorageError: The system refuses it.
    """
    try:
        return await anyio.to_thread.run_sync(function)
    except OSError as exc:
        raise _refused(path, exc) from exc


def _refused(path: Path, exc: OSError) -> StorageError:
    kind = StorageError
    if exc.errno in _FULL:
        kind = DiskFull
    elif exc.errno in _FORBIDDEN:
        kind = FileNotWritable
    # What cannot be renamed is named after what it was to become.
    named = exc.filename2 or path
    return kind(f"{named}: {exc.strerror or exc}", path=str(named))


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file atomically: it is either the old one or the new one, never half of it."""
    with new_file(path) as file:
        file.write(data)

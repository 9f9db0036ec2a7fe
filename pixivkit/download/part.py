"""The unfinished file beside its target, and what is needed to go on with it later."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import anyio
import anyio.to_thread
import attrs
import orjson

from ..errors import DiskFull, FileNotWritable, IncompleteFile, StorageError
from .check import is_complete

__all__ = ["Mark", "PartFile", "in_thread", "write_whole"]

T = TypeVar("T")

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


async def in_thread(path: Path, function: Callable[[], T]) -> T:
    """
    Run *function*, which works on *path*, away from the event loop; what starts is finished.

    Raises:
        StorageError: The system refuses it.
    """
    try:
        return await anyio.to_thread.run_sync(function)
    except OSError as exc:
        kind = StorageError
        if exc.errno in _FULL:
            kind = DiskFull
        elif exc.errno in _FORBIDDEN:
            kind = FileNotWritable
        raise kind(f"{path}: {exc.strerror or exc}", path=str(path)) from exc


@attrs.frozen
class Mark:
    """
    How far a file has come, and which version of it.

    Attributes:
        offset: How many bytes are there.
        validator: What the server calls the version: a strong ETag or a date; empty for nothing.
        size: How many bytes the file has in all; None where that is not known.
    """

    offset: int = 0
    validator: str = ""
    size: int | None = None


class PartFile:
    """
    ``name.part`` with the bytes, and ``name.part.json`` with the version they are of.

    All its methods but `append` block; each is for `in_thread`.

    Attributes:
        target: What the file is called when it is complete.
        size: How many bytes are there.
    """

    def __init__(self, target: Path) -> None:
        self.target: Path = target
        self.size: int = 0
        self._path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    @property
    def exists(self) -> bool:
        """Whether a download was begun."""
        return self._path.is_file()

    def mark(self, url: str) -> Mark:
        """Return from where the download of *url* can go on; it throws away what is no use."""
        try:
            note: object = orjson.loads(self._note.read_bytes())
            offset = self._path.stat().st_size
        except (FileNotFoundError, orjson.JSONDecodeError):
            note, offset = None, 0
        known = cast("dict[str, Any]", note) if isinstance(note, dict) else {}
        validator, size = known.get("validator"), known.get("size")
        fits = known.get("url") == url and isinstance(validator, str) and bool(validator)
        if not fits or not isinstance(size, int | None) or (size is not None and offset > size):
            self.discard()
            return Mark()
        self.size = offset
        return Mark(offset, cast("str", validator), size)

    def begin(self, url: str, validator: str, size: int | None) -> None:
        """Start anew: the note first, so that bytes never are of another version than it says."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self.discard()
        note = {"url": url, "validator": validator, "size": size}
        write_whole(self._note, orjson.dumps(note))
        self._path.touch()

    def discard(self) -> None:
        """Throw away what is there."""
        self._path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self.size = 0

    async def append(self, data: bytes) -> None:
        """
        Write *data* at the end; it is written even if the task is cancelled meanwhile.

        Raises:
            StorageError: The system refuses it.
        """

        def write() -> None:
            with self._path.open("ab") as file:
                file.write(data)

        with anyio.CancelScope(shield=True):
            await in_thread(self._path, write)
        self.size += len(data)

    def finish(self, size: int | None) -> None:
        """
        Give the file its name.

        Args:
            size: How many bytes it should have.

        Raises:
            IncompleteFile: It has fewer, or lacks the end that its format has.
        """
        if size is not None and self.size < size:
            msg = f"{self.size} of {size} bytes arrived"
            raise IncompleteFile(msg)
        with self._path.open("r+b") as file:
            whole = is_complete(file) and (size is None or self.size == size)
            if whole:
                os.fsync(file.fileno())
        if not whole:
            if size is not None:
                # All of it is there, so going on with it leads nowhere.
                self.discard()
            raise IncompleteFile("the file lacks its end")
        self._path.replace(self.target)
        self._note.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file so that it is either the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise

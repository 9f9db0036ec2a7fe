"""The unfinished file beside its target, and what is needed to go on with it later."""

from __future__ import annotations

import contextlib
import functools
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import anyio
import attrs
import orjson

from ..errors import IncompleteFile
from .check import is_complete
from .disk import in_thread

__all__ = ["Mark", "PartFile", "write_whole"]

_MOST_WAITING: Final = 1024 * 1024
_BLOCK: Final = 64 * 1024


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


@attrs.frozen
class _Note:
    """Which version of a file the bytes are of."""

    url: str
    validator: str
    size: int | None

    def write(self, path: Path) -> None:
        write_whole(path, orjson.dumps(attrs.asdict(self)))


class PartFile:
    """
    ``name.part`` with the bytes, and ``name.part.json`` with the version they are of.

    Up to a megabyte waits in memory. A file that is complete by then needs no note, and is a
    part only while it is written.

    Attributes:
        target: What the file is called when it is complete.
        size: How many bytes have arrived.
    """

    def __init__(self, target: Path) -> None:
        self.target: Path = target
        self.size: int = 0
        self._waiting: list[bytes] = []
        self._waiting_size = 0
        # Of what waits, as long as nothing of that version is on the disk.
        self._begun: _Note | None = None
        self._has_traces = False

    @functools.cached_property
    def _path(self) -> Path:
        return Path(f"{self.target}.part")

    @functools.cached_property
    def _note(self) -> Path:
        return Path(f"{self.target}.part.json")

    @property
    def exists(self) -> bool:
        """Whether a download was begun; this blocks."""
        return os.access(f"{self.target}.part", os.F_OK)

    def mark(self, url: str) -> Mark:
        """
        Return from where the download of *url* can go on; it throws away what is no use.

        This blocks.
        """
        self._begun = None
        if not (self.exists or os.access(f"{self.target}.part.json", os.F_OK)):
            return Mark()
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
        self.size, self._has_traces = offset, True
        return Mark(offset, cast("str", validator), size)

    def begin(self, url: str, validator: str, size: int | None) -> None:
        """Start anew: what is appended is of another version than what is on the disk."""
        self._begun = _Note(url, validator, size)
        self.size = 0

    async def append(self, data: bytes) -> None:
        """
        Add *data* at the end; where much waits, it is written even if the task is cancelled.

        Raises:
            StorageError: The system refuses it.
        """
        self._waiting.append(data)
        self._waiting_size += len(data)
        self.size += len(data)
        if self._waiting_size >= _MOST_WAITING:
            await self.keep()

    async def keep(self) -> None:
        """
        Write what waits, even if the task is cancelled: another download can go on from there.

        Raises:
            StorageError: The system refuses it.
        """
        if self._waiting:
            write = functools.partial(self._write_waiting, *self._take())
            with anyio.CancelScope(shield=True):
                await in_thread(self._path, write)

    def discard(self) -> None:
        """Throw away what is there; this blocks."""
        self._take()
        self._remove()
        self.size = 0

    async def finish(self, size: int | None) -> None:
        """
        Give the file its name, even if the task is cancelled.

        Args:
            size: How many bytes it should have.

        Raises:
            IncompleteFile: It has fewer, or lacks the end that its format has.
            StorageError: The system refuses it.
        """
        if size is not None and self.size < size:
            await self.keep()
            msg = f"{self.size} of {size} bytes arrived"
            raise IncompleteFile(msg)
        pieces, begun = self._take()
        with anyio.CancelScope(shield=True):
            if begun is not None:
                await in_thread(self._path, lambda: self._save(pieces, begun))
            else:
                await in_thread(self._path, lambda: self._complete(pieces, size))

    def _take(self) -> tuple[list[bytes], _Note | None]:
        """What waits, which waits no longer: a thread may outlive the task that needs it."""
        taken = self._waiting, self._begun
        self._waiting, self._waiting_size, self._begun = [], 0, None
        return taken

    def _write_waiting(self, pieces: list[bytes], begun: _Note | None) -> None:
        if begun is not None:
            self._remove()
            # The note first, so that bytes never are of another version than it says.
            begun.write(self._note)
            self._has_traces = True
        with self._path.open("ab", buffering=_BLOCK) as file:
            file.writelines(pieces)

    def _save(self, pieces: list[bytes], begun: _Note) -> None:
        """Write the file at once."""
        data = b"".join(pieces)
        pieces.clear()
        if not _is_whole(io.BytesIO(data), len(data), begun.size):
            if begun.size is None:
                self._write_waiting([data], begun)
            elif self._has_traces:
                self._remove()
            raise IncompleteFile("the file lacks its end")
        if self._has_traces:
            self._remove()
        try:
            with self._open_new() as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self._path.replace(self.target)
        except OSError:
            if self.exists:
                with contextlib.suppress(OSError):
                    begun.write(self._note)
            raise

    def _open_new(self) -> BinaryIO:
        try:
            return self._path.open("wb", buffering=_BLOCK)
        except FileNotFoundError:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            return self._path.open("wb", buffering=_BLOCK)

    def _complete(self, pieces: Sequence[bytes], size: int | None) -> None:
        """Write the rest of a file, the beginning of which is on the disk."""
        with self._path.open("a+b", buffering=_BLOCK) as file:
            file.writelines(pieces)
            file.flush()
            whole = _is_whole(file, self.size, size)
            if whole:
                os.fsync(file.fileno())
        if not whole:
            if size is not None:
                # All of it is there, so going on with it leads nowhere.
                self.discard()
            raise IncompleteFile("the file lacks its end")
        self._path.replace(self.target)
        self._note.unlink(missing_ok=True)

    def _remove(self) -> None:
        self._path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self._has_traces = False


def _is_whole(file: BinaryIO, size: int, wanted: int | None) -> bool:
    return is_complete(file) and (wanted is None or size == wanted)


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

"""Keep an unfinished file beside its target, with what is needed to resume it later."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar, cast

import anyio
import attrs
import orjson

from .._core.basics.file_lock import LockOwner
from ..errors import IncompleteFile
from .check import is_complete
from .disk import in_thread
from .ranges import ResumePoint

__all__ = ["PartFile"]

T = TypeVar("T")

_MOST_WAITING: Final = 1024 * 1024
_BLOCK: Final = 64 * 1024
# An open file cannot be renamed on Windows: there the lock is on a file of its own.
_LOCKED: Final = ".part.lock" if sys.platform == "win32" else ".part"
_CHANGED: Final = "another program changed what had arrived"


@attrs.frozen
class _Note:
    """The version of a file that the bytes on the disk are of."""

    url: str
    validator: str
    size: int | None

    def write(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with path.open("xb") as file:
            file.write(orjson.dumps(attrs.asdict(self)))


class PartFile:
    """
    ``name.part`` with the bytes, and ``name.part.json`` with the version they are of.

    Whoever works on them holds a lock on the part, which ends when the file has its name. Up to a
    megabyte waits in memory; a file that is complete by then needs no note, and its part is empty
    until it is written. A symbolic link in place of the part is removed.

    Args:
        target: What the file is called when it is complete.

    Attributes:
        target: What the file is called when it is complete.
        size: How many bytes have arrived.
    """

    def __init__(self, target: Path) -> None:
        self.target: Path = target
        self.size: int = 0
        self._owner = LockOwner(Path(f"{target}{_LOCKED}"), mode=0o666, removed=True)
        self._waiting: list[bytes] = []
        self._waiting_size = 0
        # Of what waits, as long as nothing of that version is on the disk.
        self._begun: _Note | None = None
        self._stored = 0
        self._has_traces = False

    @functools.cached_property
    def _path(self) -> Path:
        return Path(f"{self.target}.part")

    @functools.cached_property
    def _note(self) -> Path:
        return Path(f"{self.target}.part.json")

    @property
    def can_go_on(self) -> bool:
        """Always true: what has arrived can be discarded."""
        return True

    @property
    def exists(self) -> bool:
        """Whether there is an unfinished file; this blocks."""
        try:
            return self._path.lstat().st_size > 0
        except FileNotFoundError:
            return False

    def hold(self, url: str) -> ResumePoint | None:
        """
        Lock the unfinished file, and return where the download of *url* can resume; this blocks.

        Bytes that are of no use are discarded.

        Returns:
            None where somebody else holds it.
        """
        return self._owner.run(lambda: self._mark(url) if self._take_lock() else None)

    def leave(self) -> None:
        """Unlock the unfinished file, as soon as no thread works on it any longer."""
        self._owner.leave()

    async def resume_point(self, url: str) -> ResumePoint:
        """
        Return where the download of *url* can resume; discard bytes that are of no use.

        Raises:
            IncompleteFile: Another program removed the part, and others hold the next one.
            StorageError: The system refuses it.
        """
        resume_point = await in_thread(self._path, functools.partial(self.hold, url))
        if resume_point is None:
            raise IncompleteFile(_CHANGED)
        return resume_point

    def _take_lock(self) -> bool:
        try:
            return self._owner.take()
        except FileNotFoundError:
            self.target.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            if not self._path.is_symlink():
                raise
            self._path.unlink(missing_ok=True)
        return self._owner.take()

    def _mark(self, url: str) -> ResumePoint:
        self._begun = None
        offset, known = self._begun_before()
        validator, size = known.get("validator"), known.get("size")
        fits = known.get("url") == url and isinstance(validator, str) and bool(validator)
        if not (fits and offset) or not (size is None or (type(size) is int and offset <= size)):
            self._discard()
            return ResumePoint()
        self.size = self._stored = offset
        self._has_traces = True
        return ResumePoint(offset, cast("str", validator), size)

    def _begun_before(self) -> tuple[int, dict[str, Any]]:
        """Return the size on the disk and the version; nothing where one of them is amiss."""
        try:
            part, note = self._path.lstat(), self._note.lstat()
            self._has_traces = True
            if not (stat.S_ISREG(part.st_mode) and stat.S_ISREG(note.st_mode)):
                return 0, {}
            known: object = orjson.loads(self._note.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            return 0, {}
        return part.st_size, cast("dict[str, Any]", known) if isinstance(known, dict) else {}

    def begin(self, url: str, validator: str, size: int | None) -> None:
        """Start again: what is appended is of another version than what is on the disk."""
        self._begun = _Note(url, validator, size)
        self.size = 0

    async def append(self, data: bytes) -> None:
        """
        Add *data* at the end; a large buffer is written even if the task is cancelled.

        Raises:
            IncompleteFile: Another program changed what was written.
            StorageError: The system refuses it.
        """
        self._waiting.append(data)
        self._waiting_size += len(data)
        self.size += len(data)
        if self._waiting_size >= _MOST_WAITING:
            await self.keep()

    async def keep(self) -> None:
        """
        Write the buffer, even if the task is cancelled: another download can resume from there.

        Raises:
            IncompleteFile: Another program changed what was written before.
            StorageError: The system refuses it.
        """
        if self._waiting:
            write = functools.partial(self._write_waiting, *self._take())
            await self._shielded(write)

    async def discard(self) -> None:
        """
        Discard what has arrived.

        Raises:
            StorageError: The system refuses it.
        """
        self._take()
        await self._in_thread(self._discard)

    async def finish(self, size: int | None) -> int:
        """
        Rename the file to its target, even if the task is cancelled, and release the lock.

        Args:
            size: How many bytes it should have.

        Returns:
            How many bytes it has on the disk.

        Raises:
            IncompleteFile: It has fewer, or lacks the end that its format has, or another program
                changed what was written.
            StorageError: The system refuses it.
        """
        if size is not None and self.size < size:
            await self.keep()
            msg = f"{self.size} of {size} bytes arrived"
            raise IncompleteFile(msg)
        pieces, begun = self._take()
        if begun is not None:
            complete = functools.partial(self._save, pieces, begun)
        else:
            complete = functools.partial(self._complete, pieces, size)
        return await self._shielded(complete)

    async def _in_thread(self, function: Callable[[], T]) -> T:
        return await in_thread(self._path, functools.partial(self._owner.run, function))

    async def _shielded(self, function: Callable[[], T]) -> T:
        with anyio.CancelScope(shield=True):
            return await self._in_thread(function)
        raise AssertionError  # A shielded scope swallows nothing.

    def _take(self) -> tuple[list[bytes], _Note | None]:
        """Return the buffer and empty it: a thread may outlive the task that needs it."""
        taken = self._waiting, self._begun
        self._waiting, self._waiting_size, self._begun = [], 0, None
        return taken

    def _write_waiting(self, pieces: list[bytes], begun: _Note | None) -> None:
        if begun is not None:
            self._empty()
            # The note first, so that bytes never are of another version than it says.
            begun.write(self._note)
            self._has_traces = True
        with self._open() as file:
            file.writelines(pieces)
        self._stored += sum(map(len, pieces))

    def _save(self, pieces: list[bytes], begun: _Note) -> int:
        """Write the file at once; return its size."""
        data = b"".join(pieces)
        pieces.clear()
        if not _is_whole(io.BytesIO(data), len(data), begun.size):
            if begun.size is None:
                self._write_waiting([data], begun)
            else:
                self._empty()
            raise IncompleteFile("the file lacks its end")
        self._empty()
        try:
            with self._open() as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                size = os.fstat(file.fileno()).st_size
            self._path.replace(self.target)
        except OSError:
            if self.exists:
                with contextlib.suppress(OSError):
                    begun.write(self._note)
            raise
        self.leave()
        return size

    def _complete(self, pieces: list[bytes], expected_size: int | None) -> int:
        """Write the rest of a file, the beginning of which is on the disk; return its size."""
        with self._open() as file:
            file.writelines(pieces)
            file.flush()
            size = os.fstat(file.fileno()).st_size
            whole = _is_whole(file, size, expected_size)
            if whole:
                os.fsync(file.fileno())
        if not whole:
            if expected_size is not None:
                # All of it is there, so going on with it leads nowhere.
                self._discard()
            raise IncompleteFile("the file lacks its end")
        self._path.replace(self.target)
        self._note.unlink(missing_ok=True)
        self.leave()
        return size

    def _open(self) -> BinaryIO:
        """Open the part at its end, if it has just what was written to it."""
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(self._opened())
            end = file.seek(0, os.SEEK_END)
            if self._is_held(file) and end == self._stored:
                stack.pop_all()
                return file
        self._discard()
        raise IncompleteFile(_CHANGED)

    def _opened(self) -> BinaryIO:
        try:
            # This mode never makes or empties a file, wherever a link may lead.
            return self._path.open("r+b", buffering=_BLOCK)
        except FileNotFoundError:
            if sys.platform != "win32" or self._stored:
                raise IncompleteFile(_CHANGED) from None
            return self._path.open("x+b", buffering=_BLOCK)

    def _is_held(self, file: BinaryIO) -> bool:
        if sys.platform == "win32":
            return os.path.samestat(os.fstat(file.fileno()), self._path.lstat())
        return self._owner.has_locked(file.fileno())

    def _discard(self) -> None:
        self._empty()
        self.size = 0

    def _empty(self) -> None:
        """Discard what is there; the file itself stays, for the lock that is on it."""
        self._stored = 0
        if self.exists:
            with self._opened() as file:
                if not self._is_held(file):
                    raise IncompleteFile(_CHANGED)
                file.truncate(0)
        if self._has_traces:
            self._note.unlink(missing_ok=True)
            self._has_traces = False


def _is_whole(file: BinaryIO, size: int, expected_size: int | None) -> bool:
    return is_complete(file) and (expected_size is None or size == expected_size)

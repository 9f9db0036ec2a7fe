"""Write JSON Lines: a JSON object on each line."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Generator

import attrs
import orjson

from .._core.basics.json_text import dump_json
from ..errors import SinkError
from .row import Row
from .sink import FileSink

__all__ = ["JsonLines"]

_BLOCK = 64 * 1024


class JsonLines(FileSink):
    """
    A file with a JSON object for each result, on a line of its own, as UTF-8.

    The keys are the columns of `Row`; ``tags`` is an array and ``json`` an object. A killed
    process leaves at most one half line, at the end; opening the file again takes it away. Let
    one process write to it at a time.

    Args:
        path: The file; it is made where there is none.
        append: Whether to go on after the lines that are there, or to begin anew, as a run with a
            journal does: it hands out again what earlier runs had.

    Raises:
        SinkError: When entered: the file cannot be opened, or does not hold JSON Lines.
    """

    def __init__(self, path: str | os.PathLike[str], append: bool = True) -> None:
        super().__init__(path)
        self._append = append
        self._descriptor = -1

    def _open(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with self._reported():
            self._descriptor = os.open(self._path, flags, 0o666)
            try:
                if self._append:
                    self._mend()
                else:
                    os.ftruncate(self._descriptor, 0)
            except BaseException:
                os.close(self._descriptor)
                raise

    def _mend(self) -> None:
        """Remove an incomplete line at the end, or terminate a complete one."""
        start, tail = self._last_line()
        if not tail:
            return
        # A power failure may leave zeros where a line was meant to be.
        if tail.strip(b"\0")[:1] not in (b"", b"{"):
            msg = f"{self._path} ends in something that is no JSON Lines; it was left as it is"
            raise SinkError(msg)
        try:
            orjson.loads(tail)
        except orjson.JSONDecodeError:
            os.ftruncate(self._descriptor, start)
        else:
            self._append_whole(b"\n")

    def _last_line(self) -> tuple[int, bytes]:
        """Return the start of an unterminated last line, and its text."""
        start = os.lseek(self._descriptor, 0, os.SEEK_END)
        tail = b""
        while start > 0:
            size = min(_BLOCK, start)
            os.lseek(self._descriptor, start - size, os.SEEK_SET)
            block = os.read(self._descriptor, size)
            end = block.rfind(b"\n") + 1
            tail = block[end:] + tail
            start -= len(block) - end
            if end:
                break
        return start, tail

    def _write(self, rows: list[Row]) -> None:
        lines = b"".join(dump_json(_object(row)) + b"\n" for row in rows)
        with self._reported():
            self._append_whole(lines)

    def _append_whole(self, content: bytes) -> None:
        before = os.fstat(self._descriptor).st_size
        left = memoryview(content)
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            # The disk is full: no line, then, instead of half of one.
            os.ftruncate(self._descriptor, before)
            raise

    def _close(self, *, complete: bool) -> None:
        del complete  # lines are whole either way
        with self._reported():
            try:
                os.fsync(self._descriptor)
            finally:
                os.close(self._descriptor)

    @contextlib.contextmanager
    def _reported(self) -> Generator[None]:
        try:
            yield
        except (OSError, ValueError) as exc:
            msg = f"{self._path}: {getattr(exc, 'strerror', None) or exc}"
            raise SinkError(msg) from exc


def _object(row: Row) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else value
        for name, value in attrs.asdict(row, recurse=False).items()
    }

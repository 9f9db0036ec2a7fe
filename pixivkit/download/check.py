"""Detect whether a file is complete from its own bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from ..file_kind import HEAD_BYTES, FileKind, kind_of

__all__ = ["EndCheck", "is_complete", "whole_size"]

Step: TypeAlias = int | None
"""What a format asks for: so many bytes, to skip so many (below 0), or the next marker (None)."""

Parser: TypeAlias = Generator[Step, bytes, bool]
"""
Goes through a file of some format, and returns whether it has its end.

It is sent the bytes that it asked for, fewer at the end of the file, and none for a skip.
"""

_BLOCK = 256 * 1024
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_LONGEST_ZIP_END = 22 + 0xFFFF


def whole_size(path: Path) -> int | None:
    """Return the size of the file at *path*; None where it is absent or not complete."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        if is_complete(file):
            return os.fstat(file.fileno()).st_size
    return None


def is_complete(file: BinaryIO) -> bool:
    """
    Whether *file* is one of the kinds that pixiv serves and has its end.

    It is read in blocks, whatever its size, and only as far as its format asks for. What follows
    the end of a picture is no fault: cameras and editors append things of their own.

    Args:
        file: Open for reading, and seekable.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    if kind is None:
        return False
    if kind == "zip":
        file.seek(max(0, size - _LONGEST_ZIP_END))
        return _zip(file.read(), size)
    file.seek(0)
    parser = _PARSERS[kind]()
    step = next(parser)
    try:
        while True:
            step = parser.send(_answer(file, step))
    except StopIteration as end:
        return bool(end.value)


class EndCheck:
    """Checks whether a streamed file has its end; keeps little of it."""

    def __init__(self) -> None:
        self._kind: FileKind | None = None
        self._size = 0
        self._parser: Parser | None = None
        self._step: Step = 0
        self._kept = b""
        self._tail = b""
        self._has_end = False
        self._has_scan = False

    def feed(self, data: bytes) -> None:
        """Look at the next bytes; the first ones are enough for `kind_of`."""
        if not self._size:
            self._kind = kind_of(data)
            if self._kind is not None and self._kind != "zip":
                self._parser = _PARSERS[self._kind]()
                self._step = next(self._parser)
        self._size += len(data)
        longest = _LONGEST_ZIP_END if self._kind == "zip" else 2
        self._tail = data[-longest:] if len(data) >= longest else (self._tail + data)[-longest:]
        self._parse(self._kept + data if self._kept else data)

    def is_complete(self) -> bool:
        """Whether what has passed is a whole file; nothing can be fed afterwards."""
        if self._kind == "zip":
            return _zip(self._tail, self._size)
        while self._parser is not None:
            rest, self._kept = self._kept, b""
            self._advance(self._parser, rest)
        return self._has_end or (self._has_scan and self._tail == b"\xff\xd9")

    def _parse(self, data: bytes) -> None:
        at, self._kept = 0, b""
        while self._parser is not None:
            step = self._step
            if step is None:
                self._has_scan = True
                found = _MARKER.search(data, at)
                if found is None:
                    self._kept = data[max(at, len(data) - 1) :]
                    return
                answer, at = found[0], found.end()
            elif step < 0:
                skipped = min(-step, len(data) - at)
                at += skipped
                if skipped < -step:
                    self._step = step + skipped
                    return
                answer = b""
            else:
                answer = data[at : at + step]
                if len(answer) < step:
                    self._kept = answer
                    return
                at += step
            self._advance(self._parser, answer)

    def _advance(self, parser: Parser, answer: bytes) -> None:
        try:
            self._step = parser.send(answer)
        except StopIteration as end:
            self._parser, self._has_end = None, bool(end.value)


def _answer(file: BinaryIO, step: Step) -> bytes:
    """Return the bytes of *file* that *step* asks for."""
    if step is None:
        # In front of it may be any number of scans; where the file ends like one, it has its end.
        at = file.tell()
        file.seek(-2, os.SEEK_END)
        last = file.read()
        if last != b"\xff\xd9":
            file.seek(_after_scan(file, at))
            last = file.read(2)
        return last
    if step < 0:
        file.seek(-step, os.SEEK_CUR)
        return b""
    return file.read(step)


def _after_scan(file: BinaryIO, at: int) -> int:
    """Return the position of the first marker after coded data (no stuffed 00, no restart)."""
    file.seek(at)
    kept = b""
    while block := file.read(_BLOCK):
        data = kept + block
        if found := _MARKER.search(data):
            return at + found.start()
        kept = data[-1:] if data.endswith(b"\xff") else b""
        at += len(data) - len(kept)
    return at


def _jpeg() -> Parser:
    """
    Parse the segments; between scans, look for the next marker in the coded data.

    A preview, which has an end of its own, is in a segment before the first scan. From there on
    the last two bytes are taken for the end where they look like it.
    """
    yield -2
    marker = yield 2
    while len(marker) == 2 and marker[0] == 0xFF:
        kind = marker[1]
        following: Step = 2
        if kind == 0xFF:  # A fill byte before the marker.
            marker = b"\xff" + (yield 1)
            continue
        if kind == 0xD9:
            return True
        if kind != 0x01 and not 0xD0 <= kind <= 0xD8:
            length = int.from_bytes((yield 2))
            if length < 2:
                return False
            # Its last byte shows that it is there.
            if length > 2:
                yield 3 - length
                if not (yield 1):
                    return False
            if kind == 0xDA:
                following = None
        marker = yield following
    return False


def _png() -> Parser:
    yield -8
    while len(header := (yield 8)) == 8:
        length = int.from_bytes(header[:4])
        if header[4:] == b"IEND":
            yield -length
            return len((yield 4)) == 4
        yield -(length + 4)
    return False


def _gif() -> Parser:
    """Parse the blocks up to the trailer."""
    yield -10
    flags = (yield 3)[:1]
    if not flags:
        return False
    yield -_color_table(flags[0])
    while introducer := (yield 1):
        match introducer:
            case b"\x3b":
                return True
            case b"\x21":  # An extension: a label, then data.
                skipped = len((yield 1)) == 1
            case b"\x2c":  # A picture: where it is, maybe colors, the size of codes, then data.
                place = yield 9
                if len(place) < 9:
                    return False
                yield -_color_table(place[8])
                skipped = len((yield 1)) == 1
            case b"\x00":  # Padding that some encoders leave between blocks.
                continue
            case _:
                return False
        if not (skipped and (yield from _gif_data())):
            return False
    return False


def _color_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_data() -> Parser:
    """Skip blocks that start with their length; return whether an empty one ended them."""
    while length := (yield 1):
        if length == b"\x00":
            return True
        yield -length[0]
    return False


def _webp() -> Parser:
    head = yield HEAD_BYTES
    # RIFF pads chunks to an even length, and counts that.
    rest = int.from_bytes(head[4:8], "little") + 8 - HEAD_BYTES
    if rest <= 0:
        return True
    yield 1 - rest
    return len((yield 1)) == 1


def _zip(tail: bytes, size: int) -> bool:
    """Look for the end record whose comment ends the file and whose directory ends where it is."""
    start = size - len(tail)
    found = tail.rfind(b"PK\x05\x06")
    while found >= 0:
        record = tail[found : found + 22]
        if len(record) == 22:
            comment = int.from_bytes(record[20:], "little")
            directory = int.from_bytes(record[12:16], "little")
            offset = int.from_bytes(record[16:20], "little")
            end = start + found
            ends = end + 22 + comment == size
            # All ones say that the place is in a record of ZIP64.
            if ends and (offset == 0xFFFFFFFF or offset + directory == end):
                return True
        found = tail.rfind(b"PK\x05\x06", 0, found)
    return False


_PARSERS: Final[dict[FileKind, Callable[[], Parser]]] = {
    "jpeg": _jpeg,
    "png": _png,
    "gif": _gif,
    "webp": _webp,
}

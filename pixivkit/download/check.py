"""Whether a file is what it says and has its end, told by its own bytes."""

from __future__ import annotations

import os
import re
from typing import BinaryIO, Final, Literal, TypeAlias

__all__ = ["HEAD_BYTES", "FileKind", "is_complete", "kind_of"]

FileKind: TypeAlias = Literal["jpeg", "png", "gif", "webp", "zip"]

HEAD_BYTES: Final = 12
"""How many of the first bytes `kind_of` needs."""

_BLOCK = 256 * 1024
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_LONGEST_ZIP_END = 22 + 0xFFFF


def kind_of(head: bytes) -> FileKind | None:
    """Return what a file is that starts with *head*; None for none of what pixiv serves."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
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
    head = file.read(HEAD_BYTES)
    match kind_of(head):
        case "jpeg":
            return _jpeg(file, size)
        case "png":
            return _png(file, size)
        case "gif":
            return _gif(file)
        case "webp":
            # RIFF pads chunks to an even length, and counts that.
            return size >= 8 + int.from_bytes(head[4:8], "little")
        case "zip":
            return _zip(file, size)
        case None:
            return False


def _ends_like_jpeg(file: BinaryIO) -> bool:
    file.seek(-2, os.SEEK_END)
    return file.read() == b"\xff\xd9"


def _jpeg(file: BinaryIO, size: int) -> bool:
    """
    Walk the segments; between scans, look for the next marker in the coded data.

    A preview, which has an end of its own, is in a segment before the first scan. From there on
    the last two bytes are taken for the end where they look like it.
    """
    at = 2
    while True:
        file.seek(at)
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            return False
        kind = marker[1]
        if kind == 0xFF:  # A fill byte before the marker.
            at += 1
        elif kind == 0xD9:
            return True
        elif kind == 0x01 or 0xD0 <= kind <= 0xD8:
            at += 2
        else:
            length = int.from_bytes(file.read(2))
            at += 2 + length
            if length < 2 or at > size:
                return False
            if kind == 0xDA:
                if _ends_like_jpeg(file):
                    return True
                at = _after_scan(file, at)


def _after_scan(file: BinaryIO, at: int) -> int:
    """Where the first marker after coded data is: FF, and neither a stuffed 00 nor a restart."""
    file.seek(at)
    kept = b""
    while block := file.read(_BLOCK):
        data = kept + block
        if found := _MARKER.search(data):
            return at + found.start()
        kept = data[-1:] if data.endswith(b"\xff") else b""
        at += len(data) - len(kept)
    return at


def _png(file: BinaryIO, size: int) -> bool:
    at = 8
    while at + 12 <= size:
        file.seek(at)
        header = file.read(8)
        at += 12 + int.from_bytes(header[:4])
        if header[4:] == b"IEND":
            return at <= size
    return False


def _gif(file: BinaryIO) -> bool:
    """Walk the blocks up to the trailer."""
    file.seek(10)
    flags = file.read(3)[:1]
    if not flags:
        return False
    file.seek(_color_table(flags[0]), os.SEEK_CUR)
    while introducer := file.read(1):
        match introducer:
            case b"\x3b":
                return True
            case b"\x21":  # An extension: a label, then data.
                skipped = len(file.read(1)) == 1
            case b"\x2c":  # A picture: where it is, maybe colors, the size of codes, then data.
                place = file.read(9)
                if len(place) < 9:
                    return False
                file.seek(_color_table(place[8]), os.SEEK_CUR)
                skipped = len(file.read(1)) == 1
            case b"\x00":  # Padding that some encoders leave between blocks.
                continue
            case _:
                return False
        if not (skipped and _skip_data(file)):
            return False
    return False


def _color_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_data(file: BinaryIO) -> bool:
    """Skip blocks that start with their length, up to an empty one; whether it was there."""
    while length := file.read(1):
        if length == b"\x00":
            return True
        file.seek(length[0], os.SEEK_CUR)
    return False


def _zip(file: BinaryIO, size: int) -> bool:
    """Look for the end record whose comment ends the file and whose directory ends where it is."""
    start = max(0, size - _LONGEST_ZIP_END)
    file.seek(start)
    tail = file.read()
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

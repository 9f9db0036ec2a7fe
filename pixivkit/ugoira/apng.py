"""Write an animated PNG, frame by frame."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from .pictures import Change, Image

__all__ = ["LONGEST", "write_apng"]

LONGEST: Final = 65_535
"""How many milliseconds a frame may last."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def write_apng(file: BinaryIO, changes: Iterable[Change]) -> None:
    """
    Write *changes*, the first of which is the whole canvas, with their delays in thousandths.

    Pillow packs each of them as a PNG of its own, whose parts are put into the animation: its own
    writer of animations keeps all frames.
    """
    count = number = control = 0
    file.write(_SIGNATURE)
    for change in changes:
        data = list(_packed(change.picture))
        if not count:
            header = data[0][1]
            file.write(_chunk(b"IHDR", header))
            control = file.tell()
            file.write(_chunk(b"acTL", bytes(8)))
        width, height = change.picture.size
        place = struct.pack(">IIII", width, height, change.left, change.top)
        # Neither cleared afterwards nor blended with what is there.
        shown = struct.pack(">HHBB", change.delay, 1000, 0, 0)
        file.write(_chunk(b"fcTL", struct.pack(">I", number) + place + shown))
        number += 1
        for kind, content in data:
            if kind != b"IDAT":
                continue
            if not count:
                file.write(_chunk(b"IDAT", content))
                continue
            file.write(_chunk(b"fdAT", struct.pack(">I", number) + content))
            number += 1
        count += 1
    file.write(_chunk(b"IEND", b""))
    file.seek(control)
    # So many frames, for ever.
    file.write(_chunk(b"acTL", struct.pack(">II", count, 0)))
    file.seek(0, io.SEEK_END)


def _packed(picture: Image.Image) -> Iterator[tuple[bytes, bytes]]:
    """Pack *picture*, and return the kinds and contents of its chunks."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    data = buffer.getbuffer()
    at = len(_SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        yield kind, bytes(data[at + 8 : at + 8 + length])
        at += 12 + length


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

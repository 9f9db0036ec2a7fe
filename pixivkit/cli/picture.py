"""Generate a picture to post."""

from __future__ import annotations

import struct
import zlib


def gradient(width: int = 96, height: int = 64) -> bytes:
    """Draw a PNG that goes from blue to orange."""
    rows = [
        b"\0" + bytes(c for x in range(width) for c in _colour(x / width, y / height))
        for y in range(height)
    ]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"".join(rows))),
            _chunk(b"IEND", b""),
        )
    )


def _colour(x: float, y: float) -> tuple[int, int, int]:
    return int(40 + 200 * x), int(90 + 60 * y), int(230 - 190 * x)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""Write an animated WebP, frame by frame."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from ..errors import UgoiraError
from .pictures import Canvas, Change, Image

__all__ = ["LONGEST", "STEP", "write_webp"]

LONGEST: Final = 0xFFFFFF
"""How many milliseconds a frame may last."""

STEP: Final = 2
"""What the position of a frame has to be a multiple of."""

_MOST_PIXELS: Final = 16_383
_LARGEST: Final = 0xFFFFFFFF
_ANIMATED: Final = 0x02
_WITH_ALPHA: Final = 0x10
# Replaces what is there instead of being blended with it, and stays afterwards.
_REPLACES: Final = 0x02


def write_webp(
    file: BinaryIO, canvas: Canvas, changes: Iterable[Change], *, quality: int, lossless: bool
) -> None:
    """
    Write *changes*, with their delays in milliseconds.

    Pillow packs each of them as a WebP of its own, whose parts are put into the animation: its own
    writer of animations takes all frames at once.

    Args:
        file: Where it goes.
        canvas: What it is drawn on.
        changes: What is drawn.
        quality: From 0 to 100; of a lossless one, how much effort is put into its size.
        lossless: Whether every pixel stays as it is.

    Raises:
        UgoiraError: It is too large for the format.
    """
    if max(canvas.width, canvas.height) > _MOST_PIXELS:
        raise UgoiraError(f"WebP has room for {_MOST_PIXELS:,} pixels in a row, and no more")
    flags = _ANIMATED | (_WITH_ALPHA if canvas.has_alpha else 0)
    size = _triple(canvas.width - 1) + _triple(canvas.height - 1)
    file.write(b"RIFF" + bytes(4) + b"WEBP")
    file.write(_chunk(b"VP8X", struct.pack("<B3x", flags) + size))
    # A transparent ground, for ever.
    file.write(_chunk(b"ANIM", bytes(6)))
    for change in changes:
        width, height = change.picture.size
        place = _triple(change.left // STEP) + _triple(change.top // STEP)
        extent = _triple(width - 1) + _triple(height - 1)
        shown = _triple(change.delay) + bytes((_REPLACES,))
        packed = b"".join(_packed(change.picture, quality, lossless))
        file.write(_chunk(b"ANMF", place + extent + shown + packed))
    end = file.tell()
    if end - 8 > _LARGEST:
        raise UgoiraError("the animation is too large for WebP: it has more than 4 GB")
    file.seek(4)
    file.write(struct.pack("<I", end - 8))
    file.seek(end)


def _packed(picture: Image.Image, quality: int, lossless: bool) -> Iterator[bytes]:
    """Pack *picture*, and return the chunks that hold it."""
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, lossless=lossless)
    data = buffer.getvalue()
    at = 12
    while at < len(data):
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        end = at + 8 + length + length % 2
        if kind in (b"ALPH", b"VP8 ", b"VP8L"):
            yield data[at:end]
        at = end


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _triple(number: int) -> bytes:
    return number.to_bytes(3, "little")

"""Write an animated GIF, frame by frame."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import BinaryIO, Final

from ..errors import UgoiraError
from .pictures import Canvas, Change, GifImagePlugin, Image

__all__ = ["LONGEST", "write_gif"]

LONGEST: Final = 655_350
"""How many milliseconds a frame may last."""

_MOST_PIXELS: Final = 0xFFFF
_FOREVER: Final = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


def write_gif(file: BinaryIO, canvas: Canvas, changes: Iterable[Change]) -> None:
    """
    Write *changes*, whose delays are multiples of 10 ms; each has up to 256 colours of its own.

    Pillow chooses the colours and packs them, a frame at a time: its own writer of animations
    keeps all of them.

    Raises:
        UgoiraError: It is too large for the format.
    """
    if max(canvas.width, canvas.height) > _MOST_PIXELS:
        raise UgoiraError(f"GIF has room for {_MOST_PIXELS:,} pixels in a row, and no more")
    file.write(b"GIF89a" + struct.pack("<HHBBB", canvas.width, canvas.height, 0, 0, 0))
    file.write(_FOREVER)
    for change in changes:
        colours = change.picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=256)
        for part in GifImagePlugin.getdata(
            colours, (change.left, change.top), duration=change.delay, include_color_table=True
        ):
            file.write(part)
    file.write(b";")

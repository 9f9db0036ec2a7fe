"""Read the kind and the size of a picture from its first bytes, without decoding it."""

from __future__ import annotations

import struct
from typing import Literal, TypeAlias

import attrs

from ..file_kind import kind_of

__all__ = ["PictureHeader", "PictureKind", "read_header"]

PictureKind: TypeAlias = Literal["jpeg", "png", "gif"]

# The frames of JPEG; the others of this range are tables and extensions.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))


@attrs.frozen
class PictureHeader:
    """
    What the header of a picture says.

    Attributes:
        kind: ``jpeg``, ``png`` or ``gif``: what pixiv takes for frames.
        width: In pixels.
        height: In pixels.
    """

    kind: PictureKind
    width: int
    height: int


def read_header(data: bytes) -> PictureHeader | None:
    """Return what the header of the picture *data* says; None where it is no such picture."""
    kind = kind_of(data)
    size: tuple[int, int] | None = None
    match kind:
        case "jpeg":
            size = _jpeg_size(data)
        case "png" if data[12:16] == b"IHDR" and len(data) >= 24:
            size = struct.unpack(">II", data[16:24])
        case "gif" if len(data) >= 10:
            size = struct.unpack("<HH", data[6:10])
        case _:
            pass
    if size is None or 0 in size or kind not in ("jpeg", "png", "gif"):
        return None
    return PictureHeader(kind, *size)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None

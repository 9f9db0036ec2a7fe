"""Real pictures made from nothing: tiny files of any size in pixels, each a little different."""

from __future__ import annotations

import functools
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

__all__ = ["make_archive", "make_picture", "measure_picture"]


@functools.lru_cache(maxsize=256)
def make_picture(extension: str, width: int, height: int, name: str, least: int = 0) -> bytes:
    """
    Make a picture of one colour.

    Args:
        extension: ``jpg``, ``png`` or ``gif``.
        width: In pixels.
        height: In pixels.
        name: Decides the colour, and is written into the file.
        least: How many bytes the file has at least.
    """
    make = {"jpg": _jpeg, "png": _png, "gif": _gif}[extension]
    made = make(width, height, name.encode(), 0)
    return made if len(made) >= least else make(width, height, name.encode(), least - len(made))


def make_archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Make a zip archive, stored without compression as pixiv's are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for name, content in files:
            made.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def measure_picture(content: bytes) -> tuple[str, int, int] | None:
    """Return the extension, width and height of a picture; None for what is none."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return "png", width, height
    if content[:4] == b"GIF8" and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return "gif", width, height
    return _measure_jpeg(content) if content[:3] == b"\xff\xd8\xff" else None


def _measure_jpeg(content: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return "jpg", width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _colour(name: bytes) -> bytes:
    return hashlib.sha256(name).digest()[:3]


def _padding(size: int, most: int) -> Iterable[bytes]:
    while size > 0:
        yield bytes(min(size, most))
        size -= most


def _png(width: int, height: int, name: bytes, extra: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    row = bytes(1 + (width + 7) // 8)
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0)),
        chunk(b"PLTE", _colour(name) + b"\xff\xff\xff"),
        chunk(b"tEXt", b"Title\0" + name),
        *(chunk(b"paDd", content) for content in _padding(extra, 1 << 24)),
        chunk(b"IDAT", zlib.compress(row * height, 1)),
        chunk(b"IEND", b""),
    ))  # fmt: skip


def _jpeg(width: int, height: int, name: bytes, extra: int) -> bytes:
    def segment(marker: int, content: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content

    def table(kind: int, symbols: tuple[int, ...]) -> bytes:
        # One symbol per length: the codes 0, 10, ...
        counts = bytes(int(length < len(symbols)) for length in range(16))
        return bytes((kind,)) + counts + bytes(symbols)

    # A grey picture: the first block says how bright (a DC difference of seven bits), each
    # further one that nothing changed and nothing follows (the codes 0 and 0).
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    bright = 64 + _colour(name)[0] % 64
    bits = "10" + f"{bright:07b}" + "0" + "00" * (blocks - 1)
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return b"".join((
        b"\xff\xd8",
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xFE, name[:60_000]),
        *(segment(0xFE, content) for content in _padding(extra, 65_533)),
        segment(0xDB, b"\0" + b"\x08" * 64),
        segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"),
        segment(0xC4, table(0x00, (0, 7))),
        segment(0xC4, table(0x10, (0,))),
        segment(0xDA, b"\x01\x01\0\0\x3f\0"),
        scan,
        b"\xff\xd9",
    ))  # fmt: skip


def _gif(width: int, height: int, name: bytes, extra: int) -> bytes:
    def blocks(content: bytes) -> bytes:
        parts = (content[at : at + 255] for at in range(0, len(content), 255))
        return b"".join(bytes((len(part),)) + part for part in parts) + b"\0"

    return b"".join((
        b"GIF89a",
        struct.pack("<HHBBB", width, height, 0x80, 0, 0),
        _colour(name) + b"\xff\xff\xff",
        b"\x21\xfe" + blocks(name),
        *(b"\x21\xfe" + blocks(content) for content in _padding(extra, 1 << 24)),
        b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0),
        b"\x02" + blocks(_one_colour(width * height)),
        b"\x3b",
    ))  # fmt: skip


def _one_colour(pixels: int) -> bytes:
    """LZW data for so many pixels of colour 0, each run one longer than the last."""
    clear, end = 4, 5
    bits, used = 0, 0

    def put(code: int, width: int) -> None:
        nonlocal bits, used
        bits |= code << used
        used += width

    put(clear, 3)
    width, run = 3, 1
    while pixels:
        # A run of n has the code that the decoder makes of the run of n - 1 just before it.
        length = min(run, pixels)
        put(0 if length == 1 else clear + length, width)
        pixels -= length
        run += 1
        if clear + run > 4095:
            put(clear, width)
            width, run = 3, 1
        elif clear + run == 1 << width:
            width += 1
    put(end, width)
    return bits.to_bytes((used + 7) // 8, "little")

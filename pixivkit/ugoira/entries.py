"""Look at the entries of an archive before any is read: what is dangerous is refused."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Final

import attrs

from ..errors import UgoiraError
from .timing import is_plain_name

__all__ = ["ArchiveLimits", "broken_archives", "check_entries", "open_zip"]

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LOCAL: Final = b"PK\x03\x04"
_LOCAL_SIZE: Final = 30
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE: Final = 20
_LARGEST_DIRECTORY: Final = 2 * 1024 * 1024
# Encrypted, patched, encrypted strongly, with a hidden directory.
_UNREADABLE: Final = 0x1 | 0x20 | 0x40 | 0x2000


@attrs.frozen(kw_only=True)
class ArchiveLimits:
    """
    How large an archive and its frames may be; what is larger is refused before it is unpacked.

    Attributes:
        frame_bytes: How many bytes a frame may have, unpacked.
        total_bytes: How many bytes all frames may have, unpacked.
        ratio: How many times larger than packed they may be; pixiv's are not packed at all.
        pixels: How many pixels a frame may have. Where Pillow decodes it, the limit of Pillow
            (``PIL.Image.MAX_IMAGE_PIXELS``) holds as well.
    """

    frame_bytes: int = 64 * 1024 * 1024
    total_bytes: int = 1024 * 1024 * 1024
    ratio: int = 100
    pixels: int = 64_000_000


@contextmanager
def broken_archives() -> Generator[None]:
    """
    Make what reading a damaged archive raises a typed error.

    Raises:
        UgoiraError: The archive is damaged, or cannot be read.
    """
    try:
        yield
    except (
        *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, struct.error),
        # What the module raises for kinds of packing that it does not know, for positions that
        # are none, and for names that are in no encoding.
        *(NotImplementedError, RuntimeError, ValueError, OverflowError),
    ) as exc:
        raise UgoiraError(f"the archive is damaged: {exc}") from exc
    except OSError as exc:  # Also for positions that are none.
        raise UgoiraError(f"the archive cannot be read: {exc.strerror or exc}") from exc


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """
    Open the archive in *file*, whose directory is looked for before it is read.

    Raises:
        UgoiraError: It is no archive, is damaged, or has a directory of unreasonable size.
    """
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - _END_SIZE - 0xFFFF - _ZIP64_LOCATOR_SIZE)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise UgoiraError("this is no archive, or it lacks its end")
    if tail[max(0, found - _ZIP64_LOCATOR_SIZE) : found].startswith(_ZIP64_LOCATOR):
        raise UgoiraError("the archive is one of more than 4 GB")
    directory, offset = struct.unpack("<II", tail[found + 12 : found + 20])
    if directory > _LARGEST_DIRECTORY:
        raise UgoiraError("the directory of the archive is too large")
    if offset + directory > start + found:
        raise UgoiraError("the directory of the archive is cut off")
    with broken_archives():
        return zipfile.ZipFile(file)


def check_entries(
    file: BinaryIO, entries: Sequence[zipfile.ZipInfo], limits: ArchiveLimits
) -> None:
    """
    Refuse an archive with any entry that is dangerous, whether it is a frame or not.

    Raises:
        UgoiraError: An entry has no plain name, is no file, is encrypted, is a bomb, is there
            twice, or overlaps another; the message says which.
    """
    for entry in entries:
        if problem := _problem(entry, limits):
            raise UgoiraError(f"{entry.orig_filename[:80]!r} {problem}")
    if len({entry.orig_filename for entry in entries}) < len(entries):
        raise UgoiraError("the archive has several files of the same name")
    _refuse_overlapping(file, entries)


def _problem(entry: zipfile.ZipInfo, limits: ArchiveLimits) -> str:
    mode = entry.external_attr >> 16
    if not is_plain_name(entry.orig_filename):
        return "is no plain file name"
    # MS-DOS marks folders in the lower half.
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG) or entry.external_attr & 0x10:
        return "is a link or a folder, not a file"
    if entry.flag_bits & _UNREADABLE:
        return "is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in an unknown way"
    if entry.compress_type == zipfile.ZIP_STORED and entry.file_size != entry.compress_size:
        return "has two sizes"
    if entry.file_size > limits.frame_bytes:
        return f"has more than {limits.frame_bytes:,} bytes"
    if entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return f"is more than {limits.ratio} times larger than packed"
    return ""


def _refuse_overlapping(file: BinaryIO, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive in which the same bytes are several files."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        with broken_archives():
            if entry.header_offset < end:
                raise zipfile.BadZipFile(f"{entry.orig_filename[:80]!r} overlaps another file")
            file.seek(entry.header_offset)
            header = file.read(_LOCAL_SIZE)
            if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL):
                raise zipfile.BadZipFile(f"{entry.orig_filename[:80]!r} is not where it should be")
        name, extra = struct.unpack("<HH", header[26:30])
        end = entry.header_offset + _LOCAL_SIZE + name + extra + entry.compress_size

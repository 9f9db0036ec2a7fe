"""Make a file or folder that is complete under its name: a reader finds all of it, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO, Final

__all__ = ["LONGEST_NAME", "new_file", "new_folder", "new_path", "replace_file", "unfinished_path"]

LONGEST_NAME: Final = 255
"""How many bytes a name may have on the usual file systems (ext4, APFS; NTFS counts UTF-16)."""


def unfinished_path(path: Path) -> Path:
    """Return what *path* is called until it is complete: a name that nobody else uses."""
    ending = f".{os.urandom(4).hex()}.new"
    # Of a long name the end is cut, between two letters.
    stem = os.fsencode(path.name)[: LONGEST_NAME - len(ending)].decode("utf-8", "ignore")
    return path.with_name(stem + ending)


@contextlib.contextmanager
def new_path(path: Path) -> Generator[Path]:
    """Give another name in the same folder; what is there at the end becomes *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_path(path)
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def new_file(path: Path) -> Generator[BinaryIO]:
    """Open a file for writing that becomes *path* at the end."""
    with new_path(path) as unfinished, unfinished.open("xb") as file:
        yield file


@contextlib.contextmanager
def new_folder(path: Path) -> Generator[Path]:
    """Make a folder that becomes *path* at the end, in place of what is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_path(path)
    replaced = unfinished.with_suffix(".old")
    unfinished.mkdir()
    try:
        yield unfinished
        # No system replaces a folder that is not empty.
        with contextlib.suppress(FileNotFoundError):
            path.rename(replaced)
        try:
            unfinished.rename(path)
        except OSError:
            with contextlib.suppress(OSError):
                replaced.rename(path)
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(replaced, ignore_errors=True)


def replace_file(target: Path, content: bytes) -> None:
    """
    Put a file with *content*, which only its owner can read, in the place of *target*.

    When this returns it is on the disk, whatever happens to the process or the machine after that.

    Raises:
        OSError: It could not be written; *target* is as it was, unless only its folder could not
            be brought to the disk.
    """
    # mkstemp makes a file of mode 0600, under a name that no other process uses.
    descriptor, name = tempfile.mkstemp(
        prefix=f".{target.name}.", suffix=".tmp", dir=target.parent
    )
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    if sys.platform != "win32":
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as exc:
        # Some network file systems cannot; the replacement itself is theirs to keep.
        if exc.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)

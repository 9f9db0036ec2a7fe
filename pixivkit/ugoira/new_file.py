"""Make a file or a folder that is complete under its name, or not there."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

__all__ = ["new_file", "new_folder", "new_path"]


@contextlib.contextmanager
def new_path(path: Path) -> Generator[Path]:
    """Give another name in the same folder; what is there at the end becomes *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.urandom(2).hex()}.new")
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
    unfinished = path.with_name(f"{path.name}.{os.urandom(2).hex()}.new")
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

"""Write a file as a whole: whoever reads it finds the old content or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from pathlib import Path


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

"""
A process that holds a lock until its standard input ends, or counts in a file under it.

    lock_holder.py hold LOCK
    lock_holder.py count LOCK FILE TIMES
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import anyio

from pixivkit._core.basics.file_lock import held_lock


async def hold(lock: Path) -> None:
    async with held_lock(lock):
        os.write(1, b"held\n")
        sys.stdin.read()


async def count(lock: Path, file: anyio.Path, times: int) -> None:
    for _ in range(times):
        async with held_lock(lock):
            before = int(await file.read_text())
            await file.write_text(str(before + 1))


if __name__ == "__main__":
    kind, path, *rest = sys.argv[1:]
    if kind == "hold":
        anyio.run(hold, Path(path))
    else:
        anyio.run(count, Path(path), anyio.Path(rest[0]), int(rest[1]))

"""A program that a test kills: it writes works and prints the id of each that is written."""

from __future__ import annotations

import itertools
import os
import sys

import anyio

from pixivkit.models.app import Illust
from pixivkit.sinks import JsonLines


async def main(path: str) -> None:
    async with JsonLines(path) as sink:
        for number in itertools.count(1):
            await sink.write(Illust(id=number, caption="long" * 30_000))
            os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    anyio.run(main, sys.argv[1])

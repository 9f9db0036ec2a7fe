"""
A run that a test kills: bulk calls with a journal, or downloads, against a fake on a socket.

It prints the id of each work as its outcome is handed out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import anyio

from pixivkit import Hosts, Pixiv, RefreshToken


def say(line: str) -> None:
    # One write, with nothing kept in a buffer: what was said is said when the kill comes.
    os.write(1, f"{line}\n".encode())


async def bulk(px: Pixiv, ids: list[int], folder: Path) -> None:
    calls = [px.app.illust.detail(illust_id) for illust_id in ids]
    async for outcome in px.bulk(calls, limit=4, journal=folder / "journal.db"):
        say(f"{outcome.unwrap().id} {outcome.recorded}")


async def downloads(px: Pixiv, ids: list[int], folder: Path) -> None:
    calls = (px.app.illust.detail(illust_id) for illust_id in ids)
    async for done in px.downloads(calls, folder, limit=4, sidecar=True):
        if done.error is not None:
            raise done.error
        say(str(done.file))


async def main() -> None:
    kind, url, token, folder, *ids = sys.argv[1:]
    hosts = Hosts(f"{url}/app", f"{url}/oauth", f"{url}/web", f"{url}/images")
    run = {"bulk": bulk, "downloads": downloads}[kind]
    async with Pixiv(app=RefreshToken(token), hosts=hosts, pace=None) as px:
        await run(px, [int(one) for one in ids], Path(folder))


if __name__ == "__main__":
    anyio.run(main, backend="asyncio")

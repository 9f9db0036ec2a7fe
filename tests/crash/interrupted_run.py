"""
A run that a test kills: bulk calls or crawls with a journal, or downloads, against a fake on a
socket.

It prints the id of each work, or what became of each comment, as it is handed out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio

from pixivkit import Call, Hosts, Pixiv, RefreshToken
from pixivkit.errors import OutcomeUnknown


def say(line: str) -> None:
    # One write, with nothing kept in a buffer: what was said is said when the kill comes.
    os.write(1, f"{line}\n".encode())


async def bulk(px: Pixiv, ids: list[int], folder: Path) -> None:
    calls = [px.app.illust.detail(illust_id) for illust_id in ids]
    async for outcome in px.bulk(calls, limit=4, journal=folder / "journal.db"):
        say(f"{outcome.unwrap().id} {outcome.recorded}")


async def comments(px: Pixiv, ids: list[int], folder: Path) -> None:
    """Six equal comments on each of the works, and a look at the work between them."""
    calls: list[Call[Any]] = []
    for _ in range(6):
        for illust_id in ids:
            calls.append(px.app.illust.comment_add(illust_id, "hello"))
            calls.append(px.app.illust.detail(illust_id))
    async for outcome in px.bulk(calls, limit=4, journal=folder / "journal.db"):
        if isinstance(outcome.error, OutcomeUnknown):
            say(f"{outcome.index} unknown {outcome.recorded}")
        else:
            say(f"{outcome.index} {outcome.unwrap().id} {outcome.recorded}")


async def bookmarks(px: Pixiv, ids: list[int], folder: Path) -> None:
    async for work in px.crawl.bookmarks(ids[0], journal=folder / "journal.db"):
        say(str(work.id))


async def downloads(px: Pixiv, ids: list[int], folder: Path) -> None:
    calls = (px.app.illust.detail(illust_id) for illust_id in ids)
    async for done in px.downloads(calls, folder, limit=4, sidecar=True):
        if done.error is not None:
            raise done.error
        say(str(done.file))


async def main(*arguments: str) -> None:
    kind, url, token, folder, *ids = arguments
    hosts = Hosts(f"{url}/app", f"{url}/oauth", f"{url}/web", f"{url}/images")
    run = {f.__name__: f for f in (bulk, bookmarks, comments, downloads)}[kind]
    async with Pixiv(app=RefreshToken(token), hosts=hosts, pace=None) as px:
        await run(px, [int(one) for one in ids], Path(folder))


if __name__ == "__main__":
    _, backend, *arguments = sys.argv
    anyio.run(main, *arguments, backend=backend)

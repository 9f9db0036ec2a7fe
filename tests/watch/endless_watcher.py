"""Watches the works of a user until it is killed; it prints the id of each as it is handed out."""

from __future__ import annotations

import os
import sys

import anyio

from pixivkit import Hosts, Pixiv, RefreshToken


async def main(*arguments: str) -> None:
    url, token, user, state = arguments
    hosts = Hosts(f"{url}/app", f"{url}/oauth", f"{url}/web", f"{url}/images")
    async with Pixiv(app=RefreshToken(token), hosts=hosts, pace=None) as px:
        pages = px.app.user.illusts(int(user))
        async for work in px.watch(pages, every=1, state=state, backlog=True):
            # One write, with nothing kept in a buffer: what was said is said when the kill comes.
            os.write(1, f"{work.id}\n".encode())


anyio.run(main, *sys.argv[2:], backend=sys.argv[1])

"""
A process that downloads files when its standard input says so, and prints what became of each.

    fetching.py BACKEND SERVER TOKEN FOLDER ITEM...

Items are ids of works and URLs. Each line is JSON: the error, else null, the path and the size.
"""

from __future__ import annotations

import os
import sys

import anyio
import orjson

from pixivkit import Hosts, Pixiv, RefreshToken


async def main(server: str, token: str, folder: str, items: list[str]) -> None:
    os.write(1, b"ready\n")
    sys.stdin.readline()
    hosts = Hosts(f"{server}/app", f"{server}/oauth", f"{server}/web", f"{server}/images")
    async with Pixiv(app=RefreshToken(token), hosts=hosts, pace=None) as px:
        wanted = [px.app.illust.detail(int(one)) if one.isdigit() else one for one in items]
        async for done in px.downloads(wanted, folder, limit=8, sidecar=True):
            error = None if done.error is None else f"{type(done.error).__name__}: {done.error}"
            os.write(1, orjson.dumps([error, str(done.path), done.size]) + b"\n")


if __name__ == "__main__":
    backend, url, refresh_token, to, *rest = sys.argv[1:]
    anyio.run(main, url, refresh_token, to, rest, backend=backend)

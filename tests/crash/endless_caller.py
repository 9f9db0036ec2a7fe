"""Calls one endpoint until it is killed, with tokens in a file that others use as well."""

from __future__ import annotations

import sys

import anyio

from pixivkit import FileTokenStore, Pixiv, RefreshToken
from pixivkit.cli.client_options import hosts_at


async def main(url: str, tokens: str, illust_id: int) -> None:
    login = RefreshToken(store=FileTokenStore(tokens))
    async with Pixiv(app=login, hosts=hosts_at(url), pace=None) as px:
        while True:
            await px.app.illust.detail(illust_id)
            await anyio.sleep(0.01)


anyio.run(main, sys.argv[1], sys.argv[2], int(sys.argv[3]), backend=sys.argv[4])

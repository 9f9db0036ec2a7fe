"""A run on a cluster, as a program of its own: prints the number of each outcome it is handed."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import warnings
from typing import Any

from pixivkit import Hosts, RefreshToken
from pixivkit.cluster import Account, Cluster


def say(line: str) -> None:
    # One write, with nothing kept in a buffer: what was said is said when the kill comes.
    os.write(1, f"{line}\n".encode())


async def main(about: Any) -> None:
    url = about["url"]
    hosts = Hosts(f"{url}/app", f"{url}/oauth", f"{url}/web", f"{url}/images")
    accounts = [
        Account(name, app=RefreshToken(token), pace=None) for name, token in about["accounts"]
    ]
    async with Cluster(accounts, hosts=hosts, address=about["address"], idle=60.0) as px:
        calls = (px.app.illust.detail(illust_id) for illust_id in about["ids"])
        async for outcome in px.bulk(calls, limit=about["limit"], journal=about["journal"]):
            say(f"{outcome.index} {outcome.recorded}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asyncio.run(main(json.load(sys.stdin)))

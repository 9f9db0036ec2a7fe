"""pixivkit against a server that fails: how fast, and what becomes of the calls."""

import asyncio
import time
from collections import Counter

import drive

from pixivkit import Hosts, Pixiv, RefreshToken, Retry


async def main():
    base = drive.url()
    hosts = Hosts(app=f"{base}/app", oauth=f"{base}/oauth", web=f"{base}/web")
    drive.ready("pixivkit-async")
    for order in drive.orders():
        token, ids = RefreshToken(order["token"]), order["ids"]
        # The waits between attempts are short: they are not what is measured.
        retry = Retry(attempts=6, first=0.01, longest=0.05)
        async with Pixiv(app=token, hosts=hosts, pace=None, retry=retry, timeout=3) as px:
            calls = (px.app.illust.detail(ids[n % len(ids)]) for n in range(order["count"]))
            began = time.perf_counter()
            ends = Counter()
            async for outcome in px.bulk(calls, limit=order["concurrency"]):
                ends[type(outcome.error).__name__ if outcome.error else "answered"] += 1
            drive.tell(seconds=time.perf_counter() - began, ends=ends)


asyncio.run(main())

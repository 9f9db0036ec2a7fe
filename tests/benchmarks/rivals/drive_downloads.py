"""pixivkit as it downloads: files of their own, checked and complete."""

import asyncio
import time

import drive

from pixivkit import AccessToken, Hosts, Pixiv

URL = "https://i.pximg.net/img-original/img/2026/04/02/20/15/30/{}_p0.jpg"


async def main():
    base = drive.url()
    hosts = Hosts(app=base, oauth=base, web=base, images=base)
    drive.ready("pixivkit-async")
    for order in drive.orders():
        urls = [URL.format(141_000_000 + n) for n in range(order["count"])]
        began, cpu = time.perf_counter(), time.process_time()
        async with Pixiv(app=AccessToken("token"), hosts=hosts, pace=None) as px:
            done = [one async for one in px.downloads(urls, order["to"], limit=order["limit"])]
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        assert all(one.ok for one in done), next(one.error for one in done if not one.ok)
        drive.tell(done=len(done), seconds=seconds, cpu=cpu)


asyncio.run(main())

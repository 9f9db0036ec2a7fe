"""pixivpy-async, with its client as it comes."""

import asyncio

import drive
import guard
from pixivpy_async import AppPixivAPI, PixivClient


async def main():
    base = drive.url()
    async with PixivClient() as client:
        api = AppPixivAPI(client=client)
        api.set_api_proxy(app_hosts=base, pub_hosts=base, auth_hosts=base)
        for name in ("illust_detail", "user_illusts"):
            guard.loopback(getattr(api.api, name)[1])
        api.set_auth("token")

        async def detail():
            return await api.illust_detail(1)

        async def page():
            return await api.user_illusts(1)

        assert len((await page()).illusts) == 30
        drive.ready("pixivpy-async", "aiohttp")
        await drive.run({"detail": detail, "page": page})


asyncio.run(main())

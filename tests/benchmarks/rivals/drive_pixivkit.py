"""pixivkit, over whatever its environment holds: aiohttp with the extra, httpx without."""

import asyncio

import drive

from pixivkit import AccessToken, Hosts, Pixiv


async def main():
    base = drive.url()
    hosts = Hosts(app=base, oauth=base, web=base, images=base)
    async with Pixiv(app=AccessToken("token"), hosts=hosts, pace=None) as px:

        async def detail():
            return await px.app.illust.detail(1)

        async def page():
            return await px.app.user.illusts(1).first()

        async def web():
            return await px.web.search.artworks("original").first()

        requests = {"detail": detail, "page": page, "web": web}
        assert (await detail()).user.id
        assert len((await page()).items) == 30
        assert len((await web()).items) == 60
        drive.ready("pixivkit-async", "httpx", *(["aiohttp"] if "aiohttp" in repr(px) else []))
        await drive.run(requests)


asyncio.run(main())

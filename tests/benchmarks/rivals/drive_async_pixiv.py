"""async-pixiv, without its rate limit."""

import asyncio

import async_pixiv.client._section._base as base_section
import async_pixiv.client._section._illust as illust_section
import async_pixiv.client._section._user as user_section
import drive
import guard
from async_pixiv import PixivClient
from yarl import URL


async def main():
    base = drive.url()
    # The hosts are constants that each module has imported.
    for module in (base_section, illust_section, user_section):
        for name, path in (("V1_API", "v1"), ("V2_API", "v2"), ("API_HOST", "")):
            if hasattr(module, name):
                setattr(module, name, URL(base) / path if path else URL(base))
                guard.loopback(getattr(module, name))
    client = PixivClient(max_rate=1e9, timeout=60)
    client.access_token = "token"

    async def detail():
        return await client.ILLUST.detail(1)

    async def page():
        return await client.USER.illusts(1)

    assert len((await page()).illusts) == 30
    drive.ready("async-pixiv", "httpx", "pydantic")
    await drive.run({"detail": detail, "page": page})


asyncio.run(main())

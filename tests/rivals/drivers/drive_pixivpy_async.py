"""pixivpy-async, as it comes, told to look for the proxy in the environment."""

import asyncio

import orders
from pixivpy_async import AppPixivAPI, PixivClient


async def main():
    async with PixivClient(env=True) as client:
        api = AppPixivAPI(client=client)
        await api.login(refresh_token=orders.TOKEN)

        async def do(order):
            method, arguments = order["method"], order["arguments"]
            if method == "download":
                folder = orders.folder()
                assert await api.download(
                    arguments["url"], path=folder, name="file", auto_ext=False
                )
                return {"digest": orders.digest_of(f"{folder}/file")}
            replies = [await getattr(api, method)(**arguments)]
            following = api.parse_qs(replies[0].next_url)
            if following:
                replies.append(await getattr(api, method)(**following))
            return {"replies": replies}

        await orders.follow(do)


asyncio.run(main())

"""pixivpy3, as it comes."""

import asyncio

import orders
from pixivpy3 import AppPixivAPI

api = AppPixivAPI()
api.auth(refresh_token=orders.TOKEN)


def call(method, arguments):
    if method == "download":
        folder = orders.folder()
        assert api.download(arguments["url"], path=folder, name="file")
        return {"digest": orders.digest_of(f"{folder}/file")}
    replies = [getattr(api, method)(**arguments)]
    following = api.parse_qs(replies[0].get("next_url"))
    if following:
        replies.append(getattr(api, method)(**following))
    return {"replies": replies}


async def do(order):
    return call(order["method"], order["arguments"])


asyncio.run(orders.follow(do))

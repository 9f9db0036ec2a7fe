"""The class for the App API in gallery-dl, as it comes; its lists are read for two pages."""

import asyncio
import itertools

import orders
from gallery_dl import config
from gallery_dl.extractor.pixiv import PixivArtworksExtractor

TWO_PAGES = 60

config.set(("extractor", "pixiv"), "refresh-token", orders.TOKEN)
config.set(("extractor", "pixiv"), "sleep-request", 0)
config.set(("cache",), "file", f"{orders.folder()}/cache")
extractor = PixivArtworksExtractor.from_url("https://www.pixiv.net/users/1/artworks")
extractor.initialize()


def id_of(item):
    named = item.get("id") or item.get("name")
    if "frames" in item:
        return len(item["frames"])
    return named or item["user"]["id"]


def call(method, arguments):
    result = getattr(extractor.api, method)(**arguments)
    if isinstance(result, dict):
        return {
            "ids": [[] if "is_bookmarked" in result and "id" not in result else [id_of(result)]]
        }
    items = [id_of(item) for item in itertools.islice(result, TWO_PAGES)]
    return {"ids": [items]}


async def do(order):
    return call(order["method"], order["arguments"])


asyncio.run(orders.follow(do))

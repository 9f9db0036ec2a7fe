"""async-pixiv, as it comes; of its models the ids are told."""

import asyncio

import orders
from async_pixiv import PixivClient
from async_pixiv.model.illust import UgoiraMetadata
from async_pixiv.model.result import PageResult, UgoiraMetadataResult


def ids_of(result):
    if isinstance(result, UgoiraMetadata):
        return [len(result.frames)]
    if isinstance(result, UgoiraMetadataResult):
        return [len(result.metadata.frames)]
    for name in ("illust", "novel", "user"):
        if hasattr(result, name):
            return [getattr(result, name).id]
    return [
        getattr(item, "user", item).id if hasattr(item, "illusts") else item.id for item in result
    ]


async def main():
    client = PixivClient(max_rate=1e9, timeout=60, retry=1)
    await client.login(token=orders.TOKEN)

    async def do(order):
        method, arguments, on = order["method"], order["arguments"], order["on"]
        if method == "download":
            data = await client.download(arguments["url"])
            return {"digest": orders.digest(data)}
        section, _, name = method.partition(".")
        if on:
            whole = await getattr(client, section.upper()).detail(on)
            owner = getattr(whole, section.lower())
        else:
            owner = getattr(client, section)
        result = await getattr(owner, name)(**arguments)
        pages = [ids_of(result)]
        following = await result.next() if isinstance(result, PageResult) else None
        if following is not None:
            pages.append(ids_of(following))
        return {"ids": pages}

    await orders.follow(do)
    await client.close()


asyncio.run(main())

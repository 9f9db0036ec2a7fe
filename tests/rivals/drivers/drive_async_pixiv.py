"""async-pixiv, as it comes; of its models the ids are told."""

import asyncio

import orders
from async_pixiv import PixivClient
from async_pixiv.model.result import PageResult


def ids_of(result):
    if isinstance(result, PageResult) or hasattr(result, "__iter__"):
        found = [getattr(item, "user", item) if hasattr(item, "illusts") else item for item in result]
        return [item.id for item in found if hasattr(item, "id")]
    for name in ("illust", "novel", "user"):
        if hasattr(result, name):
            return [getattr(result, name).id]
    return [len(result.metadata.frames)]


async def main():
    client = PixivClient(max_rate=1e9, timeout=60, retry=1)
    await client.login(token=orders.TOKEN)

    async def do(method, arguments):
        if method == "download":
            data = await client.download(arguments["url"])
            folder = orders.folder()
            with open(f"{folder}/file", "wb") as file:
                file.write(data)
            return {"digest": orders.digest_of(f"{folder}/file")}
        section, _, name = method.partition(".")
        result = await getattr(getattr(client, section), name)(**arguments)
        pages = [ids_of(result)]
        following = await result.next() if isinstance(result, PageResult) else None
        if following is not None:
            pages.append(ids_of(following))
        return {"ids": pages}

    await orders.follow(do)
    await client.close()


asyncio.run(main())

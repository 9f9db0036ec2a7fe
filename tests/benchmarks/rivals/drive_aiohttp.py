"""The floor: aiohttp and orjson, no models, no checks."""

import asyncio

import aiohttp
import drive
import orjson
from drive_paths import HEADERS, PATHS


async def main():
    base = drive.url()
    connector = aiohttp.TCPConnector(limit=500)
    async with aiohttp.ClientSession(connector=connector, headers=HEADERS) as session:

        def request(path):
            async def send():
                async with session.get(base + path) as reply:
                    return orjson.loads(await reply.read())

            return send

        requests = {name: request(path) for name, path in PATHS.items()}
        assert len((await requests["page"]())["illusts"]) == 30
        drive.ready("aiohttp", "orjson")
        await drive.run(requests)


asyncio.run(main())

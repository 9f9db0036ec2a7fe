"""The floor of httpx: a client as it comes, and ``response.json()``; no models, no checks."""

import asyncio

import drive
import httpx
from drive_paths import HEADERS, PATHS


async def main():
    base = drive.url()
    limits = httpx.Limits(max_connections=500)
    async with httpx.AsyncClient(
        headers=HEADERS, limits=limits, timeout=60, trust_env=False
    ) as client:

        def request(path):
            async def send():
                return (await client.get(base + path)).json()

            return send

        requests = {name: request(path) for name, path in PATHS.items()}
        assert len((await requests["page"]())["illusts"]) == 30
        drive.ready("httpx")
        await drive.run(requests)


asyncio.run(main())

"""A fake answers a client, in process and on a socket."""

import asyncio

from pixivkit.testing import FakePixiv


async def main() -> None:
    fake = FakePixiv(works=5, users=2)
    id = next(iter(fake.world.works))
    async with fake.client() as px:
        assert (await px.app.illust.detail(id)).id == id
    with fake.serve() as server:
        async with server.client() as px:
            assert (await px.web.illust.detail(id)).id == id


asyncio.run(main())

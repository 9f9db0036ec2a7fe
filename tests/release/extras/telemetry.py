"""A client tells OpenTelemetry what it does: here its API alone, which drops it."""

import asyncio

from pixivkit import Hosts, Pixiv
from pixivkit.errors import PixivError
from pixivkit.telemetry import Telemetry


async def main() -> None:
    # Nothing listens there.
    hosts = Hosts(app="http://127.0.0.1:1")
    async with Pixiv(on_event=Telemetry(), hosts=hosts, pace=None, patience=0) as px:
        try:
            await px.app.emoji()
        except PixivError as error:
            assert "no connection" in str(error)
        else:
            raise AssertionError


asyncio.run(main())

"""A client tells OpenTelemetry what it does: here its API alone, which drops it."""

import asyncio

from pixivkit import Pixiv
from pixivkit.errors import PixivError
from pixivkit.telemetry import Telemetry


async def main() -> None:
    async with Pixiv(on_event=Telemetry(), pace=None) as px:
        try:
            await px.app.emoji()
        except PixivError as error:
            assert "login" in str(error) or "credential" in str(error), error
        else:
            raise AssertionError


asyncio.run(main())

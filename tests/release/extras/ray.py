"""A Ray of this machine starts, and an account has its home there."""

import asyncio
import warnings

from pixivkit import AccessToken, Hosts
from pixivkit.cluster import Account, Cluster

# Ray's own affair.
warnings.simplefilter("default")

NOBODY = Hosts(*["http://127.0.0.1:9"] * 4)


async def main() -> None:
    async with Cluster([Account("first", app=AccessToken("none"))], hosts=NOBODY) as px:
        assert list(px.names) == ["first"]


asyncio.run(main())

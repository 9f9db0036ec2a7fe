"""Kill homes of accounts (``kill -9``) while a run goes on."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable

import anyio

from pixivkit.cluster import AccountReport, Cluster
from pixivkit.errors import ClusterError


async def reports(px: Cluster) -> list[AccountReport]:
    """The state of all accounts, as soon as all homes are there."""
    while True:
        try:
            return await px.accounts()
        except ClusterError:
            await anyio.sleep(0.1)


async def kill_a_home(px: Cluster, chance: random.Random) -> None:
    """Kill a home that is there."""
    os.kill(chance.choice(await reports(px)).process, signal.SIGKILL)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something has happened in another process."""
    while not is_so():
        await anyio.sleep(0.02)

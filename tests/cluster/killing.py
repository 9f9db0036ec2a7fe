"""Kill homes of accounts (``kill -9``) while a run goes on."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable

import anyio

from pixivkit.cluster import Cluster
from pixivkit.errors import ClusterError


async def kill_a_home(px: Cluster, chance: random.Random) -> None:
    """Kill a home that is there."""
    while True:
        try:
            reports = await px.accounts()
        except ClusterError:
            await anyio.sleep(0.1)
            continue
        os.kill(chance.choice(reports).process, signal.SIGKILL)
        return


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something has happened in another process."""
    while not is_so():
        await anyio.sleep(0.02)

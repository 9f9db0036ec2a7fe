"""The memory of a program and of the homes does not grow with the number of calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import anyio
import pytest

from pixivkit import Hosts
from pixivkit.cluster import Account, AccountReport, Cluster
from pixivkit.testing import FakePixiv

from .accounts import accounts_of, at_home
from .driving import Work, driving
from .nodes import RunningRay
from .scale import FULL

pytestmark = pytest.mark.skipif(not FULL, reason="200,000 calls: see nox -s cluster_full")

CALLS = 200_000
WARM = CALLS // 10
MOST_GROWTH = 16.0
"""How many MB a process may grow once it is warm: were it 100 bytes a call, it would be 17."""

AT_ONCE = 64


def test_memory_does_not_grow_with_the_calls(
    running_ray: RunningRay, record_property: Callable[[str, object], None]
) -> None:
    fake = FakePixiv(works=300, log_size=10)
    accounts = accounts_of(fake, 4)
    works = list(fake.world.works)
    samples: dict[str, list[float]] = {}
    done = 0
    with fake.serve() as server, at_home(accounts, server.hosts):
        processes = {one.name: one.process for one in _homes(accounts, server.hosts)}
        work = Work(
            ray=running_ray,
            server=server,
            accounts=accounts,
            ids=[works[number % len(works)] for number in range(CALLS)],
            limit=AT_ONCE,
        )
        with driving(work) as driver:
            assert driver.stdout is not None
            processes["program"] = driver.pid
            for _ in driver.stdout:
                done += 1
                if done >= WARM and done % (WARM // 4) == 0:
                    for name, process in processes.items():
                        samples.setdefault(name, []).append(_megabytes(process))

    assert done == CALLS
    for name, sizes in samples.items():
        record_property(name, f"{sizes[0]:.1f} MB when warm, {max(sizes):.1f} MB at most")
    growth = {name: max(sizes) - sizes[0] for name, sizes in samples.items()}
    assert max(growth.values()) <= MOST_GROWTH, growth


def _homes(accounts: Sequence[Account], hosts: Hosts) -> list[AccountReport]:
    async def ask() -> list[AccountReport]:
        async with Cluster(accounts, hosts=hosts) as px:
            return await px.accounts()

    return anyio.run(ask)


def _megabytes(process: int) -> float:
    """The memory that a process has now."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

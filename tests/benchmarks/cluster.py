"""What a Ray cluster costs on one machine, and how calls a second grow with the accounts."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
import time
import warnings
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

from pixivkit import AccessToken, Hosts, Pace, Pixiv
from pixivkit._core.basics.extras import is_installed
from pixivkit.cluster import Account, Cluster
from pixivkit.session import Session

from . import workloads
from .results import Section, Spread, Table
from .settings import Settings

_WORDS = """\
One machine, where the homes of accounts, the program and the server share the cores: what a
cluster costs a call shows, not how fast several machines are. The first table is wall time against
a `Pixiv` of the same process, turn by turn; the second one calls a second of a server that answers
after 200 ms, at a pace of 20 calls a second for each account.
"""

_RATE = 20.0
_LATE = 0.2
_ACCOUNTS = (1, 2, 4)
_AT_ONCE = 64


def run(settings: Settings) -> Section:
    """Measure, where Ray is installed."""
    if not is_installed("ray"):
        return Section("Cluster", "Ray is not installed here.\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray: Any = importlib.import_module("ray")
        ray.init("local", num_cpus=4, include_dashboard=False, log_to_driver=False)
        try:
            alone, many = asyncio.run(_overhead(settings))
            speeds = asyncio.run(_growth(settings))
        finally:
            ray.shutdown()
    rows = [["one after the other", str(alone)], [f"in a run, {_AT_ONCE} at once", str(many)]]
    growing = [[str(accounts), str(speed)] for accounts, speed in speeds.items()]
    return Section(
        "Cluster",
        _WORDS,
        [
            Table("Time of a call, cluster/client", ["", "ratio"], rows),
            Table("Calls a second", ["accounts", "calls a second"], growing),
        ],
    )


@contextmanager
def _served(seconds: float) -> Generator[Hosts]:
    command = [sys.executable, "-m", "tests.benchmarks.slow_server", str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin and server.stdout
        server.stdin.write(workloads.detail())
        server.stdin.close()
        url = server.stdout.readline().decode().strip()
        try:
            yield Hosts(app=url, oauth=url, web=url, images=url)
        finally:
            server.terminate()


def _accounts(count: int, pace: Pace | None) -> list[Account]:
    made = time.time_ns()
    return [
        Account(f"bench-{made}-{number}", app=AccessToken("token"), pace=pace)
        for number in range(count)
    ]


async def _overhead(settings: Settings) -> tuple[Spread, Spread]:
    count, rounds = settings.count(500, 50), settings.rounds
    client: dict[bool, list[float]] = {False: [], True: []}
    cluster: dict[bool, list[float]] = {False: [], True: []}
    with _served(0.0) as hosts:
        async with (
            Pixiv(app=AccessToken("token"), hosts=hosts, pace=None) as px,
            Cluster(_accounts(1, None), hosts=hosts) as many,
        ):
            for _ in range(rounds):
                for at_once in (False, True):
                    client[at_once].append(await _time(px, count, at_once))
                    cluster[at_once].append(await _time(many, count, at_once))
    return (
        Spread.ratio(cluster[False], client[False]),
        Spread.ratio(cluster[True], client[True]),
    )


async def _time(px: Session, count: int, at_once: bool) -> float:
    calls = [px.app.illust.detail(1)] * count
    began = time.perf_counter()
    if at_once:
        async for outcome in px.bulk(calls, limit=_AT_ONCE):
            outcome.unwrap()
    else:
        for call in calls:
            await call
    return time.perf_counter() - began


async def _growth(settings: Settings) -> dict[int, Spread]:
    """Calls a second by the number of accounts, in turns."""
    speeds: dict[int, list[float]] = {accounts: [] for accounts in _ACCOUNTS}
    pace = Pace(rate=_RATE, burst=1)
    with _served(_LATE) as hosts:
        async with AsyncExitStack() as stack:
            clusters = {
                accounts: await stack.enter_async_context(
                    Cluster(_accounts(accounts, pace), hosts=hosts)
                )
                for accounts in _ACCOUNTS
            }
            for accounts, px in clusters.items():
                await px.gather([px.app.illust.detail(1)] * accounts, limit=accounts)
            for _ in range(settings.rounds):
                for accounts, px in clusters.items():
                    count = settings.count(100, 40) * accounts
                    speeds[accounts].append(count / await _time(px, count, at_once=True))
    return {accounts: Spread.of(several) for accounts, several in speeds.items()}

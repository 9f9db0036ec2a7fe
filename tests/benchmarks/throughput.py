"""Requests a second through a loopback server, against other clients."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from . import server, workloads
from .drivers import Burst, drive_all
from .results import Bar, Section, Spread, Table
from .settings import Settings
from .venvs import ALL, BARE_AIOHTTP, FAST, PIXIVPY_ASYNC, PLAIN, RIVALS, Client

_Bursts: TypeAlias = dict[tuple[Client, str, int], dict[int, Burst]]
_OURS = (FAST, PLAIN)
_OFTEN = (*_OURS, PIXIVPY_ASYNC, BARE_AIOHTTP)
_TURNS = 3
_WANTED = {
    ("page", FAST): 2.5,
    ("detail", FAST): 1.0,
    ("page", PLAIN): 1.5,
    ("detail", PLAIN): 0.5,
}

_WORDS = """\
Each cell is how many times as many requests a second pixivkit answers as the client of that row:
the median over all turns, the least and the most. Both come to typed models where they have
them. In every round all clients take three turns, one at a time, so that what slows the machine
slows all. Every client reuses its connections, is warm when the count begins, and runs with its
own settings but for limits of the request rate, which are off. Threads have a client each, made
before, up to forty of them. Clients that are far away take one turn in every fifth round. `CPU`
is processor time per request of the other client divided by pixivkit's.
"""


def run(settings: Settings) -> Section:
    """Measure every workload, client and number of requests at once."""
    bursts: _Bursts = {}
    with (
        server.serve() as url,
        drive_all((*_OURS, *RIVALS), settings.venvs, url) as drivers,
    ):
        for number in range(settings.rounds):
            sys.stderr.write(f"throughput: round {number + 1} of {settings.rounds}\n")
            for workload, concurrency in itertools.product(ALL, settings.concurrencies):
                for turn in range(_TURNS):
                    for client, driver in drivers.running.items():
                        if workload in client.workloads and (
                            client in _OFTEN or (turn == 0 and number % 5 == 0)
                        ):
                            burst = driver.burst(workload, concurrency, settings.window)
                            key = (client, workload, concurrency)
                            bursts.setdefault(key, {})[_TURNS * number + turn] = burst
        # Two clients may have different versions of the same package.
        versions = [
            f"{client.name}: {', '.join(f'{name} {one}' for name, one in driver.versions.items())}"
            for client, driver in drivers.running.items()
        ]
        missing = [client.name for client in drivers.missing]
    rivals = [client for client in RIVALS if client.name not in missing]
    tables = [
        _against(bursts, ours, workload, rivals, settings.concurrencies)
        for ours in _OURS
        for workload in ALL
    ]
    tables.append(_under_load(bursts, settings.concurrencies))
    words = _WORDS + f"\nBodies: detail {len(workloads.detail())} bytes, page "
    words += f"{len(workloads.page())} bytes (30 works), web {len(workloads.web_page())} bytes "
    words += f"(60 works). Server: {server.version()}.\n"
    words += "".join(f"\nLeft out, as it does not run here: {name}.\n" for name in missing)
    words += "\n" + "; ".join(versions)
    return Section("Throughput", words + ".\n", tables, _bars(bursts, settings.concurrencies))


def _ratio(
    bursts: _Bursts,
    ours: tuple[Client, str, int],
    theirs: tuple[Client, str, int],
    value: Callable[[Burst], float] = lambda burst: burst.rate,
) -> Spread:
    """Of the turns in which both were measured."""
    own, other = bursts[ours], bursts[theirs]
    turns = sorted(own.keys() & other.keys())
    return Spread.ratio([value(own[n]) for n in turns], [value(other[n]) for n in turns])


def _against(
    bursts: _Bursts, ours: Client, workload: str, rivals: list[Client], levels: Sequence[int]
) -> Table:
    rows: list[list[str]] = []
    for rival in rivals:
        if workload not in rival.workloads:
            continue
        row = [rival.name]
        for level in levels:
            row.append(str(_ratio(bursts, (ours, workload, level), (rival, workload, level))))
        cpu = _ratio(bursts, (rival, workload, 16), (ours, workload, 16), lambda burst: burst.cpu)
        row.append(str(cpu))
        rows.append(row)
    columns = ["against", *(f"{level} at once" for level in levels), "CPU, 16 at once"]
    return Table(f"{ours.name}, {workload}", columns, rows)


def _under_load(bursts: _Bursts, levels: Sequence[int]) -> Table:
    rows = [
        [
            f"{client.name}, {workload}",
            *(
                str(_ratio(bursts, (client, workload, level), (client, workload, 16)))
                for level in levels
            ),
        ]
        for client in (*_OURS, *RIVALS)
        for workload in ALL
        if (client, workload, 16) in bursts
    ]
    columns = ["", *(f"{level} at once" for level in levels)]
    return Table("Each client against itself at 16 requests at once", columns, rows)


def _bars(bursts: _Bursts, levels: Sequence[int]) -> list[Bar]:
    bars = [
        Bar(
            f"{workload}, {ours.name} against pixivpy-async, {level} at once",
            f">= {wanted}",
            _ratio(bursts, (ours, workload, level), (PIXIVPY_ASYNC, workload, level)),
        )
        for (workload, ours), wanted in _WANTED.items()
        for level in levels
        if (PIXIVPY_ASYNC, workload, level) in bursts
    ]
    bars += [
        Bar(
            f"{workload}, {ours.name}, 400 at once against 16",
            ">= 0.9",
            _ratio(bursts, (ours, workload, 400), (ours, workload, 16)),
        )
        for ours in _OURS
        for workload in ("detail", "page")
    ]
    return bars

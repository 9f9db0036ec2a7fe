"""Requests a second through a loopback server, against other clients."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from . import server, workloads
from .drivers import Burst, drive_all
from .results import Bar, Section, Spread, Table
from .settings import Settings
from .venvs import ALL, FAST, PIXIVPY_ASYNC, PLAIN, RIVALS, Client

_Bursts = dict[tuple[Client, str, int], list[Burst]]
_OURS = (FAST, PLAIN)
_WANTED = {("page", FAST): 2.5, ("detail", FAST): 1.0, ("page", PLAIN): 1.5, ("detail", PLAIN): 0.5}

_WORDS = """\
Each cell is how many times as many requests a second pixivkit answers as the client of that row:
the median over all rounds, the least and the most. Both come to typed models where they have
them. In every round all clients take turns, one at a time, so that what slows the machine slows
all. Every client reuses its connections, is warm when the count begins, and runs with its own
settings but for limits of the request rate, which are off. Threads have a client each, made
before. `CPU` is processor time per request of the other client divided by pixivkit's.
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
            for workload in ALL:
                for concurrency in settings.concurrencies:
                    for client, driver in drivers.running.items():
                        if workload in client.workloads:
                            burst = driver.burst(workload, concurrency, settings.window)
                            bursts.setdefault((client, workload, concurrency), []).append(burst)
        versions = {
            name: version
            for driver in drivers.running.values()
            for name, version in driver.versions.items()
        }
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
    words += "\n" + ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    return Section("Throughput", words + ".\n", tables, _bars(bursts, settings.concurrencies))


def _rates(bursts: Sequence[Burst]) -> list[float]:
    return [burst.rate for burst in bursts]


def _against(
    bursts: _Bursts, ours: Client, workload: str, rivals: list[Client], levels: Sequence[int]
) -> Table:
    rows: list[list[str]] = []
    for rival in rivals:
        if workload not in rival.workloads:
            continue
        row = [rival.name]
        for level in levels:
            own, other = bursts[ours, workload, level], bursts[rival, workload, level]
            row.append(str(Spread.ratio(_rates(own), _rates(other))))
        own, other = bursts[ours, workload, 16], bursts[rival, workload, 16]
        row.append(str(Spread.ratio([b.cpu for b in other], [b.cpu for b in own])))
        rows.append(row)
    columns = ["against", *(f"{level} at once" for level in levels), "CPU, 16 at once"]
    return Table(f"{ours.name}, {workload}", columns, rows)


def _under_load(bursts: _Bursts, levels: Sequence[int]) -> Table:
    rows = [
        [
            f"{client.name}, {workload}",
            *(
                str(Spread.ratio(_rates(bursts[key]), _rates(bursts[client, workload, 16])))
                for level in levels
                if (key := (client, workload, level)) in bursts
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
            Spread.ratio(
                _rates(bursts[ours, workload, level]),
                _rates(bursts[PIXIVPY_ASYNC, workload, level]),
            ),
        )
        for (workload, ours), wanted in _WANTED.items()
        for level in levels
        if (PIXIVPY_ASYNC, workload, level) in bursts
    ]
    bars += [
        Bar(
            f"{workload}, {ours.name}, 400 at once against 16",
            ">= 0.9",
            Spread.ratio(_rates(bursts[ours, workload, 400]), _rates(bursts[ours, workload, 16])),
        )
        for ours in _OURS
        for workload in ("detail", "page")
    ]
    return bars

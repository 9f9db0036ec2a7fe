"""What pixivkit itself takes of a request: everything but the transport, JSON and structuring."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import orjson

from pixivkit._core.calls.structure import structure_reply
from pixivkit._core.http.backend import HttpRequest, Timeouts

from . import workloads
from .at_once import AtOnce, client
from .results import Bar, Section, Spread, Table
from .settings import Settings
from .timing import in_turns

_WORDS = """\
One request after the other over a transport that answers at once, so that only pixivkit is left.
Its own part of a request is what remains when the transport alone, decoding and structuring are
taken away; it is CPU time. These are the only absolute times here, in microseconds.
"""


def run(settings: Settings) -> Section:
    """Measure making a call, and awaiting one."""
    body = workloads.detail()
    making, own, whole = asyncio.run(_measure(body, settings))
    rows = [
        ["making a call", str(making)],
        ["a request of `illust.detail`, without the network", str(whole)],
        ["of it, pixivkit's own part", str(own)],
    ]
    bars = [
        Bar("making a call, µs", "<= 5", making),
        Bar("own CPU time of a request, µs", "<= 120", own),
    ]
    return Section("Overhead", _WORDS, [Table("", ["", "µs"], rows)], bars)


async def _measure(body: bytes, settings: Settings) -> tuple[Spread, Spread, Spread]:
    count = settings.count(2_000, 300)
    wire = AtOnce(lambda _: body)
    request = HttpRequest("GET", "https://app-api.pixiv.net/v1/illust/detail", [])
    timeouts = Timeouts()

    async def bare() -> None:
        await wire.exchange(request, timeouts, len(body))

    async with client(wire) as px:
        call = px.app.illust.detail(1)
        making = in_turns(
            {"": lambda: px.app.illust.detail(1)},
            rounds=settings.rounds,
            seconds=settings.window / 4,
        )[""]
        whole: list[float] = []
        own: list[float] = []
        for _ in range(settings.rounds):
            everything = await _time(lambda: call, count)
            carried = await _time(bare, count)
            began = time.process_time()
            for _ in range(count):
                structure_reply(call.request, orjson.loads(body))
            structured = (time.process_time() - began) / count
            whole.append(everything * 1e6)
            own.append((everything - carried - structured) * 1e6)
    return Spread.of(one * 1e6 for one in making), Spread.of(own), Spread.of(whole)


async def _time(start: Callable[[], Awaitable[object]], count: int) -> float:
    for _ in range(50):
        await start()
    began = time.process_time()
    for _ in range(count):
        await start()
    return (time.process_time() - began) / count

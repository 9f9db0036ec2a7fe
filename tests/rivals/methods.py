"""Every method of another client, called against the fake pixiv that is served."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from pixivkit import Pixiv
from tools.generate.clients import Method, OtherClient

from .environments import Driver
from .expected import (
    arguments_of,
    endpoint_of,
    has_changed,
    ids_of,
    ready_for,
    replies_here,
    without_addresses,
)
from .facts import Facts
from .proxy import Proxy, Seen

OK = "ok"
_DOWNLOADS = ("download", "getAxiosImageStream")


@attrs.frozen
class Outcome:
    """
    How a method did.

    Attributes:
        client: The client.
        method: The method.
        told: ``ok``, or why it was not called, or what is wrong.
        failed: Whether something is wrong.
    """

    client: str
    method: str
    told: str
    failed: bool = False


def compare_listing(other: OtherClient, listed: Mapping[str, Any]) -> Iterator[Outcome]:
    """Hold the table of a client against the methods that it has."""
    kept = {method.name: method.arguments for method in other.methods}
    there: dict[str, str] = listed["methods"]
    where = f"{other.name} {listed['version']}"
    for name in sorted({*kept, *there}):
        if name not in kept:
            yield Outcome(other.name, name, f"new in {where}: the table lacks it", failed=True)
        elif name not in there:
            yield Outcome(other.name, name, f"gone from {where}", failed=True)
        elif kept[name] != there[name]:
            yield Outcome(other.name, name, f"its arguments are now ({there[name]})", failed=True)


async def call_methods(
    px: Pixiv, other: OtherClient, driver: Driver, proxy: Proxy, facts: Facts
) -> list[Outcome]:
    """Call every method that has an endpoint, and look at what comes."""
    outcomes: list[Outcome] = []
    for method in other.methods:
        if method.dead:
            outcomes.append(Outcome(other.name, method.name, f"dead: {method.differs}"))
        elif method.endpoint is None and method.name not in _DOWNLOADS:
            pass
        else:
            wrong = await _wrong(px, method, driver, proxy, facts)
            outcomes.append(Outcome(other.name, method.name, wrong or OK, failed=bool(wrong)))
    return outcomes


async def _wrong(px: Pixiv, method: Method, driver: Driver, proxy: Proxy, facts: Facts) -> str:
    """What is wrong with a method; empty for nothing."""
    if method.name in _DOWNLOADS:
        return await _wrong_download(px, method, driver, facts)
    endpoint = endpoint_of(method)
    arguments = arguments_of(method, facts)
    writes = await ready_for(px, endpoint, facts)
    proxy.take()
    told = driver.order(method.name, arguments.theirs, arguments.on)
    seen = proxy.take()
    if "error" in told:
        return f"{told['error']} {_shown(seen)}"
    if (endpoint.method, endpoint.path) not in {(one.method, one.path) for one in seen}:
        return f"the table has {endpoint.method} {endpoint.path}, it sent {_shown(seen)}"
    if writes:
        return "" if await has_changed(px, endpoint, facts) else f"no effect: {_shown(seen)}"
    expected = await replies_here(px, endpoint, arguments.ours)
    return _difference(told, expected)


def _difference(told: Mapping[str, Any], expected: list[Any]) -> str:
    wanted = [ids_of(reply) for reply in expected]
    if not any(wanted) and "bookmark_detail" not in expected[0]:
        return "the fake has nothing to list"
    got = told.get("ids") or [ids_of(reply) for reply in told["replies"]]
    if len(got) == 1 and len(got[0]) > len(wanted[0]):
        # Of a generator over all pages.
        wanted = [[one for page in wanted for one in page]]
    if len(got) < min(2, len(wanted)):
        return "the second page was not read"
    if got != wanted[: len(got)]:
        return f"ids differ: {got} instead of {wanted}"[:400]
    if "replies" not in told:
        return ""
    for mine, their in zip(expected, told["replies"], strict=False):
        left, right = without_addresses(mine), without_addresses(their)
        if left != {name: value for name, value in right.items() if name in left}:
            return f"the reply differs in {[k for k in left if left[k] != right.get(k)]}"
    return ""


async def _wrong_download(px: Pixiv, method: Method, driver: Driver, facts: Facts) -> str:
    work = await px.app.illust.detail(facts.illust)
    url = work.original_urls[0]
    told = driver.order(method.name, {"url": url})
    if "error" in told:
        return str(told["error"])
    async with px.fetch(url) as stream:
        content = b"".join([chunk async for chunk in stream])
    return "" if told["digest"] == hashlib.sha256(content).hexdigest() else "other bytes"


def _shown(seen: list[Seen]) -> str:
    return "; ".join(f"{one.method} {one.path or one.host} {dict(one.sent)}" for one in seen)

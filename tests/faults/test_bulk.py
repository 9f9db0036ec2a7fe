"""Thousands of calls, of which many go wrong: what comes out, and what it took."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, get_args

import pytest

from faults.site import Site, everybody_sees
from pixivkit import Call, Pixiv, Retry
from pixivkit.errors import (
    BlockedByCloudflare,
    PixivError,
    ReplyTooLarge,
    UnexpectedHost,
)
from pixivkit.events import CallFinished, Event, RateLimitHit, RequestSent, Retrying
from pixivkit.testing import (
    PASSING_FAULTS,
    FakeClock,
    FakePixiv,
    FaultKind,
    FaultPlan,
    ReceivedRequest,
    evenly,
)

pytestmark = [
    pytest.mark.anyio,
    # httpx leaves its generators to the garbage collector when a body is not read to its end.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning"),
]

FINAL: dict[FaultKind, type[PixivError]] = {
    "block_page": BlockedByCloudflare,
    "redirect": UnexpectedHost,
    "huge_body": ReplyTooLarge,
    "gzip_bomb": ReplyTooLarge,
}
"""What ends a call at once."""

LIMITS: tuple[FaultKind, ...] = ("rate_limit_429", "rate_limit_403")
ENDPOINTS = ("app.illust.detail", "web.illust.pages")


def calls(px: Pixiv, fake: FakePixiv, count: int) -> list[Call[Any]]:
    """So many reads, each another."""
    made: list[Call[Any]] = []
    for work in everybody_sees(fake):
        made.append(px.app.illust.detail(work.id))
        made.append(px.web.illust.pages(work.id))
    assert len(made) >= count
    return made[:count]


def asked(received: ReceivedRequest) -> tuple[str, int]:
    """The endpoint and the work that a request is for."""
    found = re.search(r"illust_id=(\d+)|/illust/(\d+)", received.url)
    assert found is not None
    return received.endpoint, int(found[1] or found[2])


@pytest.mark.parametrize(
    ("anyio_backend", "count"), [("asyncio", 10_000), ("trio", 2_000)], indirect=["anyio_backend"]
)
async def test_thousands_of_calls_of_which_many_go_wrong(count: int) -> None:
    fake = FakePixiv(works=count * 7 // 10)
    events: Counter[type[Event]] = Counter()
    kinds = [kind for kind in get_args(FaultKind) if kind in PASSING_FAULTS or kind in FINAL]
    plan = fake.plan = FaultPlan(
        {"app.*": evenly(0.15, kinds), "web.*": evenly(0.15, kinds)},
        seed=1,
        most_in_a_row=2,
        huge=200_000,
    )
    clock = FakeClock()
    started = clock.now

    async with fake.client(
        clock=clock, largest_reply=100_000, on_event=lambda event: events.update([type(event)])
    ) as px:
        todo = calls(px, fake, count)
        outcomes = [outcome async for outcome in px.bulk(todo, limit=64)]

    # Each call has one outcome, and it is a value unless what it met never passes.
    assert Counter(outcome.index for outcome in outcomes) == Counter(range(count))
    ends = {asked(fault.request): fault.kind for fault in plan.occurred if fault.kind in FINAL}
    for outcome in outcomes:
        request = outcome.call.request
        kind = ends.pop((request.endpoint.name, request.arguments[0]), None)  # type: ignore[arg-type]
        if kind is None:
            assert outcome.error is None
            assert outcome.value is not None
        else:
            assert type(outcome.error) is FINAL[kind]
    assert not ends

    # One request for each call, and one for each fault that passes: counted at the server.
    occurred = [one for one in plan.occurred if one.request.endpoint in ENDPOINTS]
    assert {one.kind for one in occurred} == set(kinds)
    assert count / 10 < len(occurred) < count / 5
    passed = sum(one.kind in PASSING_FAULTS for one in occurred)
    assert sum(fake.count(name) for name in ENDPOINTS) == count + passed
    refused, hours = plan.count("invalid_grant"), int((clock.now - started) / 3000)
    assert fake.count("oauth.auth.token_refresh") <= 1 + refused + hours
    limits = sum(plan.count(kind) for kind in LIMITS)
    assert events[RateLimitHit] == limits
    assert events[Retrying] == passed - limits - refused
    assert events[CallFinished] == count
    assert events[RequestSent] == len(fake.log)


async def test_a_thousand_calls_over_connections_that_break(site: Site) -> None:
    kinds = [kind for kind in PASSING_FAULTS if kind != "slow"]
    async with site.client(retry=Retry(attempts=8)) as px:
        await px.app.upload.novel_covers()
        rates = {name: evenly(0.15, kinds) for name in ENDPOINTS}
        plan = site.plan(FaultPlan(rates, seed=2, most_in_a_row=2))
        todo = calls(px, site.fake, 1000)
        outcomes = [outcome async for outcome in px.bulk(todo, limit=32)]
    assert len(outcomes) == 1000
    assert all(outcome.ok for outcome in outcomes)
    occurred = [one for one in plan.occurred if one.request.endpoint in ENDPOINTS]
    assert len(occurred) > 100
    assert sum(site.fake.count(name) for name in ENDPOINTS) == 1000 + len(occurred)


async def test_a_renewal_that_breaks_off_is_repeated_once_for_all(site: Site) -> None:
    async with site.client() as px:
        await px.app.upload.novel_covers()
        site.fake.expire_tokens()
        site.plan(FaultPlan({"oauth.*": {"reset_midway": 1.0}}, most_in_a_row=1))
        works = await px.gather(
            [px.app.illust.detail(work.id) for work in everybody_sees(site.fake)[:50]], limit=50
        )
    assert len(works) == 50
    assert site.fake.count("oauth.auth.token_refresh") == 2


async def test_what_goes_wrong_does_not_depend_on_how_many_are_under_way() -> None:
    def faults(plan: FaultPlan) -> set[tuple[FaultKind, tuple[str, int]]]:
        return {(fault.kind, asked(fault.request)) for fault in plan.occurred}

    seen = []
    for limit, seed in ((1, 1), (50, 1), (50, 2)):
        fake = FakePixiv(works=150)
        fake.plan = FaultPlan({"*.illust.*": evenly(0.3, PASSING_FAULTS)}, seed=seed)
        async with fake.client(clock=FakeClock()) as px:
            async for outcome in px.bulk(calls(px, fake, 200), limit=limit):
                assert outcome.ok
        seen.append(faults(fake.plan))
    assert seen[0] == seen[1] != seen[2]
    assert len(seen[0]) > 40

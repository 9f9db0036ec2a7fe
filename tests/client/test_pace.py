"""The pace of an account: a steady rate, pauses after limits, and who goes first."""

from __future__ import annotations

import math

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.clock import FakeClock
from support.script import Answer, ScriptedTransport, Seen, illust_reply, json_reply, rate_limit

from pixivkit import AccessToken, Pace, Pixiv
from pixivkit.errors import RateLimited

pytestmark = pytest.mark.anyio


class Timed:
    """Answers, and notes at what time of the clock each request came."""

    def __init__(self, clock: FakeClock, answer: Answer = illust_reply) -> None:
        self._clock = clock
        self._answer = answer
        self.times: list[float] = []

    def __call__(self, seen: Seen) -> httpx.Response:
        self.times.append(self._clock.monotonic())
        reply = self._answer(seen)
        assert isinstance(reply, httpx.Response)
        return reply


def limited_at(*numbers: int, reply: httpx.Response | None = None) -> Answer:
    """Refuse the requests of these *numbers*, counted from 1, for their rate."""
    count = 0

    def answer(seen: Seen) -> httpx.Response:
        nonlocal count
        count += 1
        if count in numbers:
            given = reply or rate_limit()
            return httpx.Response(given.status_code, headers=given.headers, content=given.content)
        return illust_reply(seen)

    return answer


def client(
    answer: Timed, clock: FakeClock, pace: Pace | None, patience: float | None = None
) -> Pixiv:
    transport = ScriptedTransport(answer)
    return Pixiv(
        app=AccessToken("token"), transport=transport, clock=clock, pace=pace, patience=patience
    )


async def test_a_burst_goes_at_once_and_the_rest_at_the_rate() -> None:
    clock = FakeClock()
    server = Timed(clock)
    async with client(server, clock, Pace(rate=2.0, burst=4)) as px:
        await px.gather([px.app.illust.detail(i) for i in range(10)], limit=10)
    assert server.times[:4] == [0.0] * 4
    assert server.times[4:] == pytest.approx([0.5, 1.0, 1.5, 2.0, 2.5, 3.0])


async def test_a_rest_earns_another_burst_but_no_larger_one() -> None:
    clock = FakeClock()
    server = Timed(clock)
    async with client(server, clock, Pace(rate=1.0, burst=3)) as px:
        for start in (0.0, 1000.0):
            clock.advance(start - clock.monotonic() if start else 0.0)
            await px.gather([px.app.illust.detail(i) for i in range(5)], limit=5)
    assert server.times[:5] == pytest.approx([0, 0, 0, 1, 2])
    assert server.times[5:] == pytest.approx([1000, 1000, 1000, 1001, 1002])


async def test_the_default_is_about_a_request_a_second() -> None:
    clock = FakeClock()
    server = Timed(clock)
    transport = ScriptedTransport(server)
    async with Pixiv(app=AccessToken("token"), transport=transport, clock=clock) as px:
        await px.gather([px.app.illust.detail(i) for i in range(105)], limit=105)
    assert server.times[-1] == pytest.approx(100)


async def test_without_a_pace_nothing_waits() -> None:
    clock = FakeClock()
    server = Timed(clock)
    async with client(server, clock, None) as px:
        await px.gather([px.app.illust.detail(i) for i in range(200)], limit=200)
        assert px.pace["app"].rate is None
    assert set(server.times) == {0.0}
    assert not clock.slept


async def test_both_apis_have_a_pace_of_their_own() -> None:
    clock = FakeClock()

    def answer(seen: Seen) -> httpx.Response:
        if seen.url.host == "www.pixiv.net":
            return json_reply({"error": False, "body": []})
        return illust_reply(seen)

    server = Timed(clock, answer)
    async with client(server, clock, Pace(rate=1.0, burst=1)) as px:
        await px.app.illust.detail(1)
        await px.web.illust.pages(1)
    assert server.times == [0.0, 0.0]


@pytest.mark.parametrize("pace", [None, Pace(rate=10.0, burst=5)], ids=["no pace", "a pace"])
async def test_a_limit_stops_every_task_for_the_pause_and_then_all_succeed(
    pace: Pace | None,
) -> None:
    clock = FakeClock()
    server = Timed(clock, limited_at(50))
    async with client(server, clock, pace) as px:
        works = await px.gather([px.app.illust.detail(i) for i in range(200)], limit=20)
    assert [work.id for work in works] == list(range(200))
    limit = server.times[49]
    # Those under way with it may still arrive.
    assert not [t for t in server.times if limit < t < limit + 60]
    assert max(server.times) >= limit + 60
    assert len(server.times) == 201


async def test_nothing_is_sent_during_the_pause_by_calls_that_are_made_then() -> None:
    clock = FakeClock()
    server = Timed(clock, limited_at(1))
    async with client(server, clock, None) as px, anyio.create_task_group() as tasks:
        tasks.start_soon(px.app.illust.detail(1).response)
        while px.pace["app"].paused_for == 0:
            await anyio.lowlevel.checkpoint()
        tasks.start_soon(px.app.illust.detail(2).response)
    assert len(server.times) == 3
    assert min(server.times[1:]) >= 60


async def test_what_pixiv_says_about_when_to_come_back_is_kept() -> None:
    clock = FakeClock()
    reply = rate_limit(429, headers={"retry-after": "7"})
    server = Timed(clock, limited_at(1, reply=reply))
    async with client(server, clock, None) as px:
        await px.app.illust.detail(1)
    assert server.times == pytest.approx([0, 7])


@pytest.mark.parametrize("status", [200, 400, 403, 429])
async def test_the_words_make_a_limit_whatever_the_status(status: int) -> None:
    clock = FakeClock()
    server = Timed(clock, limited_at(1, reply=rate_limit(status)))
    async with client(server, clock, None) as px:
        await px.app.illust.detail(1)
    assert len(server.times) == 2
    assert server.times[1] >= 60


async def test_a_limit_of_the_web_api_may_have_no_words() -> None:
    clock = FakeClock()
    replies = [httpx.Response(429), json_reply({"error": False, "body": []})]
    server = Timed(clock, lambda _: replies.pop(0))
    async with client(server, clock, None) as px:
        await px.web.illust.pages(1)
    assert len(server.times) == 2
    assert server.times[1] >= 60


async def test_pauses_grow_differ_and_have_an_end() -> None:
    clock = FakeClock()
    server = Timed(clock, lambda _: rate_limit())
    async with client(server, clock, None) as px:
        with pytest.raises(RateLimited) as caught:
            await px.with_options(patience=1700).app.illust.detail(1)
        assert px.pace["app"].limits == len(server.times)
    waits = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert 6 <= len(waits) <= 7
    for wait, least in zip(waits, [60, 120, 240, 300, 300, 300, 300], strict=False):
        assert least <= wait <= least * 1.25
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 300
    assert caught.value.hint


async def test_limits_that_come_together_count_as_one() -> None:
    clock = FakeClock()
    server = Timed(clock, limited_at(*range(1, 11)))
    async with client(server, clock, None) as px:
        await px.gather([px.app.illust.detail(i) for i in range(10)], limit=10)
    assert len(server.times) == 20
    assert 60 <= clock.monotonic() <= 75


async def test_the_rate_halves_with_a_limit_and_recovers() -> None:
    clock = FakeClock()
    server = Timed(clock, limited_at(1))
    async with client(server, clock, Pace(rate=4.0, burst=1)) as px:
        await px.app.illust.detail(1)
        slow = px.pace["app"].rate
        assert slow is not None
        assert 2.0 <= slow < 2.1
        await px.gather([px.app.illust.detail(i) for i in range(100)])
        assert px.pace["app"].rate == 4.0


async def test_a_write_that_was_limited_is_sent_again_since_pixiv_refused_it() -> None:
    clock = FakeClock()
    replies = [rate_limit(), json_reply({})]
    server = Timed(clock, lambda _: replies.pop(0))
    async with client(server, clock, None) as px:
        await px.app.illust.comment_delete(1)
    assert len(server.times) == 2


async def test_calls_that_somebody_waits_for_overtake_those_of_a_run() -> None:
    clock = FakeClock()
    order: list[int] = []

    def answer(seen: Seen) -> httpx.Response:
        order.append(int(seen.query["illust_id"]))
        return illust_reply(seen)

    async with client(Timed(clock, answer), clock, Pace(rate=1.0, burst=1)) as px:
        run = px.bulk([px.app.illust.detail(i) for i in range(20)], limit=20)
        await anext(run)
        await px.app.illust.detail(1000)
        async for _ in run:
            pass
    assert order.index(1000) <= 4
    assert [i for i in order if i != 1000] == sorted(i for i in order if i != 1000)


async def test_those_of_one_kind_go_in_the_order_they_came() -> None:
    clock = FakeClock()
    order: list[int] = []

    def answer(seen: Seen) -> httpx.Response:
        order.append(int(seen.query["illust_id"]))
        return illust_reply(seen)

    async with client(Timed(clock, answer), clock, Pace(rate=1.0, burst=1)) as px:
        await px.gather([px.app.illust.detail(i) for i in range(50)], limit=50)
    assert order == list(range(50))


async def test_who_is_cancelled_in_the_queue_does_not_hold_up_the_others() -> None:
    clock = FakeClock()
    server = Timed(clock)
    async with (
        client(server, clock, Pace(rate=1.0, burst=1)) as px,
        anyio.create_task_group() as tasks,
    ):
        scopes = [anyio.CancelScope() for _ in range(20)]

        async def call(scope: anyio.CancelScope) -> None:
            with scope:
                await px.app.illust.detail(1)

        for scope in scopes:
            tasks.start_soon(call, scope)
        while len(server.times) < 3:
            await anyio.lowlevel.checkpoint()
        for scope in scopes[1::2]:
            scope.cancel()
    assert px.pace["app"].waiting == 0
    assert 10 <= len(server.times) <= 13


async def test_the_state_of_the_pace_can_be_read() -> None:
    clock = FakeClock()
    server = Timed(clock, limited_at(1))
    async with client(server, clock, Pace(rate=2.0), patience=1) as px:
        assert px.pace["app"].rate == 2.0
        assert px.pace["app"].paused_for == 0
        with pytest.raises(RateLimited):
            await px.app.illust.detail(1)
        state = px.pace["app"]
        assert state.rate == 1.0
        assert 60 <= state.paused_for <= 75
        assert (state.waiting, state.limits) == (0, 1)
        assert px.pace["web"].limits == 0


@pytest.mark.parametrize("wrong", [{"rate": 0}, {"rate": -1.0}, {"burst": 0}])
async def test_a_pace_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Pace(**wrong)  # type: ignore[arg-type]


async def test_slow_paces_work() -> None:
    clock = FakeClock()
    server = Timed(clock)
    async with client(server, clock, Pace(rate=1 / 60, burst=1)) as px:
        await px.gather([px.app.illust.detail(i) for i in range(3)])
    assert server.times == pytest.approx([0, 60, 120])
    assert all(math.isfinite(seconds) for seconds in clock.slept)


@pytest.mark.parametrize(("share", "least"), [(0.2, 18), (0.5, 45), (0.0, 0)])
async def test_a_run_keeps_its_share_behind_calls_that_somebody_waits_for(
    share: float, least: int
) -> None:
    clock = FakeClock()
    seen: list[int] = []

    def answer(one: Seen) -> httpx.Response:
        seen.append(int(one.query["illust_id"]))
        return illust_reply(one)

    pace = Pace(rate=1.0, burst=1, bulk_share=share)
    async with client(Timed(clock, answer), clock, pace) as px, anyio.create_task_group() as tasks:

        async def insist() -> None:
            while len(seen) < 200:
                await px.app.illust.detail(1)

        async def run() -> None:
            async with px.bulk(px.app.illust.detail(2) for _ in range(1000)) as outcomes:
                async for _ in outcomes:
                    if len(seen) >= 200:
                        return

        tasks.start_soon(run)
        for _ in range(20):
            tasks.start_soon(insist)
        while len(seen) < 200:
            await anyio.lowlevel.checkpoint()
        tasks.cancel_scope.cancel()
    bulk = seen[100:200].count(2)
    assert least <= bulk <= least + 5

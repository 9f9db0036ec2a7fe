"""Patience: how long anything may hold a call, and what is said of long waits."""

from __future__ import annotations

import logging
import math
from email.utils import formatdate

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.clock import FakeClock
from support.script import (
    Answer,
    ScriptedTransport,
    Seen,
    TokenServer,
    illust_reply,
    in_turn,
    json_reply,
    rate_limit,
)

from pixivkit import AccessToken, Pace, Pixiv, RefreshToken, Retry, Timeouts
from pixivkit._core.waiting import lifetime
from pixivkit.errors import (
    InvalidArgument,
    PatienceExceeded,
    PixivError,
    RateLimited,
    ServerError,
    Timeout,
)
from pixivkit.events import Event, LongWait

pytestmark = pytest.mark.anyio


def client(
    answer: Answer = illust_reply,
    clock: FakeClock | None = None,
    *,
    pace: Pace | None = None,
    patience: float | None = None,
    retry: Retry | None = None,
    events: list[Event] | None = None,
) -> Pixiv:
    return Pixiv(
        app=AccessToken("token"),
        transport=ScriptedTransport(answer),
        clock=clock or FakeClock(),
        pace=pace,
        patience=patience,
        retry=retry,
        on_event=None if events is None else events.append,
    )


async def outcomes_of(px: Pixiv, count: int) -> list[PixivError | None]:
    """Await many calls at once, each on its own, and say how each ended."""
    ends: list[PixivError | None] = []

    async def call(illust_id: int) -> None:
        try:
            await px.app.illust.detail(illust_id)
        except PixivError as exc:
            ends.append(exc)
        else:
            ends.append(None)

    async with anyio.create_task_group() as tasks:
        for illust_id in range(count):
            tasks.start_soon(call, illust_id)
    return ends


# Rate limits.


async def test_a_service_that_cannot_wait_is_told_at_once_how_long_the_limit_lasts() -> None:
    clock = FakeClock()
    limited = rate_limit(429, headers={"retry-after": "60"})
    async with client(in_turn(limited, json_reply({"illust": {"id": 1}})), clock) as px:
        ends = await outcomes_of(px.with_options(patience=1), 200)
        assert clock.monotonic() == 0
        failures = [end for end in ends if isinstance(end, RateLimited)]
        assert {round(end.retry_after or 0) for end in failures} == {60}
        # Those that were under way with the one that was limited got through.
        assert len(failures) + ends.count(None) == 200
        with pytest.raises(RateLimited) as caught:
            await px.with_options(patience=59).app.illust.detail(1)
        assert caught.value.endpoint == "app.illust.detail"
        assert px.pace["app"].waiting == 0
        assert (await px.with_options(patience=61).app.illust.detail(1)).id == 1


async def test_calls_in_the_queue_are_refused_when_a_limit_comes() -> None:
    clock = FakeClock()
    count = 0

    def answer(seen: Seen) -> httpx.Response:
        nonlocal count
        count += 1
        return (
            rate_limit(429, headers={"retry-after": "500"}) if count == 6 else illust_reply(seen)
        )

    async with client(answer, clock, pace=Pace(rate=1.0, burst=5)) as px:
        ends = await outcomes_of(px, 50)
    assert ends.count(None) == 5
    assert sum(isinstance(end, RateLimited) for end in ends) == 45
    assert clock.monotonic() < 2


async def test_by_default_a_limit_is_waited_out_for_two_minutes_in_all() -> None:
    clock = FakeClock()
    async with client(lambda _: rate_limit(), clock) as px:
        with pytest.raises(RateLimited) as caught:
            await px.app.illust.detail(1)
    assert 60 <= clock.monotonic() <= 120
    assert (caught.value.retry_after or 0) > 100


async def test_a_limit_of_a_day_is_not_slept_through_in_silence() -> None:
    clock = FakeClock()
    limited = rate_limit(429, headers={"retry-after": "86399"})
    async with client(in_turn(limited), clock) as px:
        with pytest.raises(RateLimited) as caught:
            await px.app.illust.detail(1)
    assert caught.value.retry_after == 86399
    assert clock.monotonic() == 0


async def test_a_date_to_come_back_at_is_read() -> None:
    clock = FakeClock()
    date = formatdate(clock.time() + 30, usegmt=True)
    limited = rate_limit(429, headers={"retry-after": date})
    async with client(in_turn(limited, json_reply({"illust": {"id": 1}})), clock) as px:
        await px.app.illust.detail(1)
    assert 29 <= clock.monotonic() <= 31


async def test_who_is_told_to_come_back_at_once_again_and_again_slows_down() -> None:
    clock = FakeClock()
    limited = rate_limit(429, headers={"retry-after": "0"})
    answers = in_turn(*[limited] * 8, json_reply({"illust": {"id": 1}}))
    async with client(answers, clock) as px:
        await px.with_options(patience=math.inf).app.illust.detail(1)
    assert clock.monotonic() > 100


# The queue.


async def test_calls_that_are_awaited_queue_as_long_as_the_polite_pace_takes() -> None:
    clock = FakeClock()
    async with client(clock=clock, pace=Pace(rate=1.0, burst=5)) as px:
        assert await outcomes_of(px, 500) == [None] * 500
    assert clock.monotonic() == pytest.approx(495)


async def test_a_patience_that_is_given_bounds_the_queue_as_well() -> None:
    clock = FakeClock()
    async with client(clock=clock, pace=Pace(rate=1.0, burst=5), patience=10) as px:
        ends = await outcomes_of(px, 500)
    # Five at once, then one a second for ten seconds; all others know at once.
    assert ends.count(None) == 15
    refused = [end for end in ends if end is not None]
    assert {type(end) for end in refused} == {PatienceExceeded}
    assert all(isinstance(end, Timeout | TimeoutError) for end in refused)
    assert clock.monotonic() == pytest.approx(10)


async def test_without_any_patience_a_call_goes_now_or_not_at_all() -> None:
    async with client(pace=Pace(rate=1.0, burst=5), patience=0) as px:
        ends = await outcomes_of(px, 8)
        assert px.pace["app"].waiting == 0
    assert ends.count(None) == 5


# Renewals and retries.


async def test_patience_does_not_cut_off_a_request_that_is_under_way() -> None:
    async def answer(seen: Seen) -> httpx.Response:
        await anyio.sleep(0.1)
        return illust_reply(seen)

    async with client(answer, patience=0.01) as px:
        assert (await px.app.illust.detail(3)).id == 3


async def test_a_renewal_that_hangs_holds_a_call_no_longer_than_its_patience(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            await anyio.sleep_forever()
        return illust_reply(seen)

    monkeypatch.setattr(lifetime, "_GRACE", 0.01)
    transport = ScriptedTransport(answer)
    with anyio.fail_after(3):
        async with Pixiv(app=RefreshToken("refresh-1"), transport=transport, patience=0.05) as px:
            with pytest.raises(PatienceExceeded):
                await px.app.illust.detail(1)


async def test_a_retry_that_would_take_too_long_is_not_waited_for() -> None:
    clock = FakeClock()
    retry = Retry(attempts=100, first=10)
    async with client(lambda _: httpx.Response(503), clock, patience=30, retry=retry) as px:
        with pytest.raises(PatienceExceeded, match="503") as caught:
            await px.app.illust.detail(1)
    assert isinstance(caught.value.__cause__, ServerError)
    assert clock.monotonic() <= 30


async def test_attempts_still_end_a_call_that_keeps_failing() -> None:
    transport = ScriptedTransport(lambda _: httpx.Response(503))
    px = Pixiv(app=AccessToken("token"), transport=transport, clock=FakeClock(), patience=math.inf)
    async with px:
        with pytest.raises(ServerError):
            await px.app.illust.detail(1)
    assert len(transport.seen) == Retry().attempts


# Runs.


async def test_a_run_has_no_end_to_its_patience_whatever_the_client_has() -> None:
    clock = FakeClock()
    answers = in_turn(*[rate_limit()] * 5, json_reply({"illust": {"id": 1}}))
    async with client(answers, clock, patience=0) as px:
        outcomes = [one async for one in px.bulk([px.app.illust.detail(1)])]
    assert outcomes[0].ok
    assert clock.monotonic() > 600


@pytest.mark.parametrize("run", ["bulk", "gather"])
async def test_a_run_may_have_a_patience_of_its_own(run: str) -> None:
    clock = FakeClock()
    async with client(lambda _: rate_limit(), clock) as px:
        calls = [px.app.illust.detail(i) for i in range(10)]
        if run == "gather":
            with pytest.raises(RateLimited):
                await px.gather(calls, patience=1)
        else:
            errors = [one.error async for one in px.bulk(calls, patience=1)]
            assert {type(error) for error in errors} == {RateLimited}
    assert clock.monotonic() == 0


# Views of a client.


async def test_a_view_shares_the_pace_and_the_login_of_its_client() -> None:
    server = TokenServer()
    transport = ScriptedTransport(server)
    px = Pixiv(app=RefreshToken("refresh-1"), transport=transport, clock=FakeClock())
    async with px:
        views = [px.with_options(language=language) for language in ("ja", "ko")]
        for view in views:
            await view.app.illust.detail(1)
        await px.app.illust.detail(1)
    assert server.issued == 1
    languages = [seen.headers["accept-language"] for seen in transport.to("/v1/illust/detail")]
    assert languages == ["ja", "ko", "en"]


async def test_a_view_of_a_view_keeps_what_is_not_changed() -> None:
    transport = ScriptedTransport(lambda _: httpx.Response(503))
    px = Pixiv(app=AccessToken("token"), transport=transport, clock=FakeClock())
    async with px:
        view = px.with_options(retry=Retry(attempts=2)).with_options(language="ja")
        with pytest.raises(ServerError):
            await view.app.illust.detail(1)
    assert [seen.headers["accept-language"] for seen in transport.seen] == ["ja", "ja"]


async def test_a_view_may_have_other_timeouts() -> None:
    async def answer(seen: Seen) -> httpx.Response:
        if seen.query["illust_id"] == "2":
            await anyio.sleep_forever()
        return illust_reply(seen)

    async with client(answer, retry=Retry(attempts=1)) as px:
        with pytest.raises(Timeout):
            await px.with_options(timeout=Timeouts(total=0.05)).app.illust.detail(2)
        assert (await px.app.illust.detail(1)).id == 1


async def test_calls_of_low_priority_let_the_others_go_first() -> None:
    order: list[int] = []

    def answer(seen: Seen) -> httpx.Response:
        order.append(int(seen.query["illust_id"]))
        return illust_reply(seen)

    px = client(answer, pace=Pace(rate=1.0, burst=1))
    low = px.with_options(priority="bulk")
    async with px, anyio.create_task_group() as tasks:
        tasks.start_soon(px.app.illust.detail(0).response)
        await anyio.wait_all_tasks_blocked()
        tasks.start_soon(low.app.illust.detail(1).response)
        tasks.start_soon(px.app.illust.detail(2).response)
    assert order == [0, 2, 1]


@pytest.mark.parametrize(
    "wrong",
    [{"patience": -1}, {"patience": math.nan}, {"priority": "urgent"}, {"language": "日本"}],
)
async def test_options_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    async with client() as px:
        with pytest.raises(InvalidArgument, match=next(iter(wrong))):
            px.with_options(**wrong)  # type: ignore[arg-type]


# Long waits are told.


def long_waits(events: list[Event]) -> list[LongWait]:
    return [event for event in events if isinstance(event, LongWait)]


async def test_a_long_wait_is_told_once_when_it_begins_and_every_ten_minutes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, events = FakeClock(), list[Event]()
    limited = rate_limit(429, headers={"retry-after": "1900"})
    answers = in_turn(limited, json_reply({"illust": {"id": 1}}))
    async with client(answers, clock, events=events) as px:
        async for outcome in px.bulk(px.app.illust.detail(i) for i in range(50)):
            assert outcome.ok
    told = long_waits(events)
    assert [round(event.seconds) for event in told] == [1900, 1300, 700, 100]
    assert {event.reason for event in told} == {"rate limit"}
    warnings = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert len(warnings) == 4
    assert warnings[0] == "waiting 1900 s: pixiv limits requests to the App API"


async def test_a_long_queue_is_told_once_for_all_who_wait() -> None:
    clock, events = FakeClock(), list[Event]()
    async with client(clock=clock, pace=Pace(rate=1.0, burst=5), events=events) as px:
        await outcomes_of(px, 300)
    assert [event.reason for event in long_waits(events)] == ["queue"]


async def test_short_waits_are_not_told() -> None:
    clock, events = FakeClock(), list[Event]()
    limited = rate_limit(429, headers={"retry-after": "3"})
    answers = in_turn(limited, json_reply({"illust": {"id": 1}}))
    async with client(answers, clock, pace=Pace(), events=events) as px:
        await px.app.illust.detail(1)
    assert long_waits(events) == []

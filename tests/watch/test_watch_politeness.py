"""How a watch asks: seldom, behind others, through limits and outages."""

from __future__ import annotations

import math
from typing import Any

import pytest
from watching import HOUR, Clock, Feed, Idle, ids, nothing, rest

from pixivkit import Pace, Retry
from pixivkit.errors import DecodeError, NotFound, PixivError, RateLimited, Restricted
from pixivkit.events import Event, LongWait
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


@pytest.fixture
def feed() -> Feed:
    return Feed(FakePixiv(works=60, users=4))


async def test_a_look_that_was_missed_is_not_made_up_for(feed: Feed) -> None:
    clock = Clock(nothing)

    def late() -> None:
        clock.now += 24 * HOUR

    clock.events += [late, nothing, nothing]
    async with feed.fake.client(clock=clock) as px:
        assert await rest(px.watch(px.app.illust.follow(), every=HOUR)) == []
    assert clock.slept == [HOUR] * 5
    assert feed.fake.count("app.illust.follow") == 5


async def test_a_slow_consumer_is_not_run_ahead_of(feed: Feed) -> None:
    clock = Clock(lambda: feed.publish(2))
    async with feed.fake.client(clock=clock) as px:
        watch = px.watch(px.app.illust.follow(), every=HOUR)
        await anext(watch)
        asked = feed.fake.count("app.illust.follow")
        clock.now += 100 * HOUR
        await anext(watch)
        assert feed.fake.count("app.illust.follow") == asked
        assert await rest(watch) == []
        assert feed.fake.count("app.illust.follow") == asked + 1


async def test_it_goes_behind_other_calls_and_keeps_the_pace(feed: Feed) -> None:
    clock = Clock(*[nothing] * 40)
    pace = Pace(rate=0.5, burst=1)
    async with feed.fake.client(clock=clock, pace=pace) as px:
        feed.publish(100)
        with pytest.raises(Idle):
            watch = px.watch(px.app.user.illusts(feed.artist), every=1, backlog=True)
            while True:
                await anext(watch)
    # At most one every two seconds, whatever is asked for.
    assert feed.fake.count("app.user.illusts") <= 1 + (clock.now - 1_781_924_400.0) / 2


class TestOutages:
    async def test_are_waited_out_and_told(self, feed: Feed) -> None:
        events: list[Event] = []
        clock = Clock(*[nothing] * 200)
        async with feed.fake.client(clock=clock, on_event=events.append) as px:
            watch = px.watch(px.app.illust.follow(), every=HOUR)
            feed.fake.fail_next("app.illust.follow", status=503, times=20)
            clock.events[150] = lambda: new.extend(feed.publish())
            new: list[int] = []
            assert await ids(watch) == new
        [told, *_] = [one for one in events if isinstance(one, LongWait)]
        assert told.reason == "retry"
        assert "app.illust.follow is watched, and pixiv is out of order" in told.why

    async def test_of_any_length_leave_the_pauses_bounded(self, feed: Feed) -> None:
        clock = Clock(*[nothing] * 1200)
        async with feed.fake.client(clock=clock, retry=Retry(attempts=1)) as px:
            feed.fake.fail_next("app.illust.follow", status=500, times=1100)
            assert await rest(px.watch(px.app.illust.follow(), every=HOUR)) == []
        assert max(clock.slept[:1100]) <= 600

    async def test_pages_of_maintenance_are_one(self, feed: Feed) -> None:
        new: list[int] = []
        clock = Clock(*[nothing] * 30, lambda: new.extend(feed.publish()))
        async with feed.fake.client(clock=clock) as px:
            body = "<html><title>maintenance</title></html>"
            feed.fake.fail_next("app.illust.follow", status=200, body=body, times=9)
            assert await ids(px.watch(px.app.illust.follow(), every=HOUR)) == new
        assert new

    async def test_rate_limits_are_waited_for(self, feed: Feed) -> None:
        clock = Clock(*[nothing] * 60)
        async with feed.fake.client(clock=clock) as px:
            feed.fake.fail_next("app.illust.follow", status=429, times=8)
            assert await rest(px.watch(px.app.illust.follow(), every=HOUR)) == []

    @pytest.mark.parametrize(
        ("status", "patience", "kind"), [(429, 1.0, RateLimited), (503, 200.0, PixivError)]
    )
    async def test_end_with_the_patience(
        self, feed: Feed, status: int, patience: float, kind: type[PixivError]
    ) -> None:
        clock = Clock(*[nothing] * 200)
        async with feed.fake.client(clock=clock) as px:
            feed.fake.fail_next("app.illust.follow", status=status, times=200)
            with pytest.raises(kind):
                await anext(px.watch(px.app.illust.follow(), every=HOUR, patience=patience))
        assert math.fsum(clock.slept) <= 2 * patience


class TestRefusals:
    async def test_raise_and_it_may_be_begun_again(self, feed: Feed) -> None:
        clock = Clock(nothing, nothing, lambda: new.extend(feed.publish()), nothing)
        new: list[int] = []
        async with feed.fake.client(clock=clock) as px:
            watch = px.watch(px.app.illust.follow(), every=HOUR)
            feed.fake.fail_next("app.illust.follow", status=404)
            with pytest.raises(NotFound):
                await anext(watch)
            assert await ids(watch) == new
        assert len(new) == 1

    async def test_a_reply_of_another_shape_raises(self, feed: Feed) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            feed.fake.fail_next("app.illust.follow", status=200, body={"illusts": 5})
            with pytest.raises(DecodeError):
                await anext(px.watch(px.app.illust.follow(), every=HOUR))

    async def test_a_client_that_was_left_raises(self, feed: Feed) -> None:
        async with feed.fake.client(clock=Clock(nothing, nothing)) as px:
            watch = px.watch(px.app.illust.follow(), every=HOUR)
        with pytest.raises(PixivError, match="the client was left"):
            await anext(watch)

    async def test_in_the_middle_of_a_list_hands_out_nothing_of_it(self, feed: Feed) -> None:
        mine = feed.publish(90)
        failing = [True]

        def third_page_fails(app: Any) -> Any:
            async def checked(scope: Any, receive: Any, send: Any) -> None:
                if failing and b"offset=60" in scope["query_string"]:
                    failing.clear()
                    feed.fake.fail_next("app.user.illusts", status=403)
                await app(scope, receive, send)

            return checked

        feed.fake.middleware.append(third_page_fails)
        async with feed.fake.client(clock=Clock(nothing)) as px:
            watch = px.watch(px.app.user.illusts(feed.artist), every=HOUR, backlog=True)
            with pytest.raises(Restricted):
                await anext(watch)
            assert await ids(watch) == mine

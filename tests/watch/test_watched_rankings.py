"""Rankings: each day's once, from when pixiv has published it, by Japan's calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from watching import HOUR, Clock, Idle, nothing, pages_of

from pixivkit import Pixiv
from pixivkit.errors import NotFound, Restricted
from pixivkit.testing import FakePixiv
from pixivkit.watch import Watch
from pixivkit.watch.ranking_day import newest_ranking_day

DAY = dt.date(2026, 6, 19)
"""The day of the ranking that is the newest when the clock begins, at noon of the next day."""


def utc(text: str) -> float:
    return dt.datetime.fromisoformat(f"{text}+00:00").timestamp()


def days(after: dt.date, count: int) -> list[dt.date]:
    return [after + dt.timedelta(days=number + 1) for number in range(count)]


async def seen(watch: Watch[Any]) -> dict[dt.date, list[int]]:
    """The ids of each day, by rank, until the watch is idle."""
    found: dict[dt.date, list[int]] = {}
    while True:
        try:
            item = await anext(watch)
        except Idle:
            return found
        assert watch.found is not None
        assert watch.found.day is not None
        of_day = found.setdefault(watch.found.day, [])
        of_day.append(getattr(item, "illust_id", None) or item.id)
        assert watch.found.rank == len(of_day)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-06-20T02:59:59", "2026-06-18"),
        ("2026-06-20T03:00:00", "2026-06-19"),
        ("2026-06-20T03:01:00", "2026-06-19"),
        ("2026-06-20T15:00:00", "2026-06-19"),
        ("2026-06-21T02:59:00", "2026-06-19"),
        ("2026-12-31T15:00:00", "2026-12-30"),
        ("2027-01-01T02:59:00", "2026-12-30"),
        ("2027-01-01T03:01:00", "2026-12-31"),
        ("2027-01-02T03:01:00", "2027-01-01"),
        ("2028-03-01T03:01:00", "2028-02-29"),
    ],
)
def test_the_newest_day_is_yesterday_from_noon_in_japan(now: str, day: str) -> None:
    assert newest_ranking_day(utc(now)) == dt.date.fromisoformat(day)


@pytest.mark.anyio
class TestARanking:
    @pytest.mark.parametrize("name", ["app.illust.ranking", "app.novel.ranking", "web.ranking"])
    async def test_comes_when_it_is_published_whole_and_once(self, name: str) -> None:
        clock = Clock(*[nothing] * 72)
        fake = FakePixiv(works=150, users=4, clock=clock)
        async with fake.client(clock=clock) as px:
            watch: Watch[Any] = px.watch(pages_of(px, name), every=HOUR)
            found = await seen(watch)
            assert list(found) == days(DAY, 3)
            for day, works in found.items():
                pages = pages_of(px, name, date=day)
                listed = [getattr(one, "illust_id", None) or one.id async for one in pages]
                assert works == listed

    async def test_nothing_is_asked_until_the_next_is_due(self) -> None:
        clock = Clock(*[nothing] * 23)
        fake = FakePixiv(works=60, users=4, clock=clock)
        async with fake.client(clock=clock) as px:
            assert await seen(px.watch(px.app.illust.ranking(), every=HOUR)) == {}
        assert fake.count("app.illust.ranking") == 1

    @pytest.mark.parametrize("status", [200, 400, 404])
    async def test_late_is_waited_for(self, status: int) -> None:
        """At the first looks after noon pixiv has nothing, or an error."""
        clock = Clock(*[nothing] * 26)
        fake = FakePixiv(works=60, users=4, clock=clock)
        async with fake.client(clock=clock) as px:
            watch = px.watch(px.app.illust.ranking(), every=HOUR)

            def late() -> None:
                empty: dict[str, object] = {"illusts": [], "next_url": None}
                body = empty if status == 200 else None
                fake.fail_next("app.illust.ranking", status=status, body=body, times=2)

            clock.events[22] = late
            found = await seen(watch)
        assert list(found) == days(DAY, 1)
        assert len(found[DAY + dt.timedelta(days=1)]) > 40

    async def test_of_the_backlog_is_the_newest_day(self) -> None:
        clock = Clock()
        clock.now = utc("2026-06-20T02:59:00")
        fake = FakePixiv(works=60, users=4, now=dt.datetime(2026, 6, 20, 2, tzinfo=dt.UTC))
        async with fake.client(clock=clock) as px:
            found = await seen(px.watch(px.app.illust.ranking(), every=HOUR, backlog=True))
        assert list(found) == [DAY - dt.timedelta(days=1)]

    async def test_goes_over_the_end_of_a_year(self) -> None:
        clock = Clock(*[nothing] * 12)
        clock.now = utc("2026-12-31T21:00:00")
        now = dt.datetime(2027, 1, 1, 6, tzinfo=dt.timezone(dt.timedelta(hours=9)))
        fake = FakePixiv(works=60, users=4, now=now, clock=clock)
        async with fake.client(clock=clock) as px:
            found = await seen(px.watch(px.app.illust.ranking(), every=HOUR))
        assert list(found) == [dt.date(2026, 12, 31)]
        asked = [dict(one.query)["date"] for one in fake.log if "ranking" in one.endpoint]
        assert sorted(set(asked)) == ["2026-12-30", "2026-12-31"]

    async def test_days_that_nobody_watched_are_left_out(self) -> None:
        clock = Clock(nothing, nothing)
        fake = FakePixiv(works=60, users=4, clock=clock)
        async with fake.client(clock=clock) as px:
            watch = px.watch(px.app.illust.ranking(), every=5 * 24 * HOUR)
            assert list(await seen(watch)) == [days(DAY, 5)[-1], days(DAY, 10)[-1]]

    async def test_max_pages_is_its_top(self) -> None:
        clock = Clock()
        fake = FakePixiv(works=150, users=4, clock=clock)
        async with fake.client(clock=clock) as px:
            pages = px.web.ranking()
            found = await seen(px.watch(pages, every=HOUR, backlog=True, max_pages=1))
        assert {day: len(works) for day, works in found.items()} == {DAY: 50}

    async def test_what_is_refused_raises(self) -> None:
        fake = FakePixiv(works=60, users=4)
        fake.user.shows_r18 = False
        async with fake.client(clock=Clock()) as px:
            with pytest.raises(Restricted):
                await anext(px.watch(px.app.illust.ranking(mode="day_r18"), every=HOUR))
            # What even the day before has not, is not late.
            fake.fail_next("app.illust.ranking", status=404, times=2)
            with pytest.raises(NotFound):
                await anext(px.watch(px.app.illust.ranking(), every=HOUR))


@pytest.mark.anyio
async def test_a_watch_goes_on_within_a_ranking(tmp_path: Path) -> None:
    clock = Clock()
    fake = FakePixiv(works=150, users=4, clock=clock)

    def watch(px: Pixiv) -> Watch[Any]:
        ranking = px.app.illust.ranking()
        return px.watch(ranking, every=HOUR, state=tmp_path / "state.json", backlog=True)

    async with fake.client(clock=clock) as px:
        first: list[int] = []
        async with watch(px) as watched:
            async for work in watched:
                first.append(work.id)
                if len(first) == 40:
                    break
        second = watch(px)
        rest: list[int] = []
        with pytest.raises(Idle):
            while True:
                rest.append((await anext(second)).id)
                assert second.found is not None
                assert second.found.rank == 40 + len(rest)
        assert [*first, *rest] == [one.id async for one in px.app.illust.ranking(date=DAY)]

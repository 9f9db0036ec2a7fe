"""Crawls: all works of a user, bookmarks, rankings of many days, a tag past a search's end."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import random
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.full_disk import full_disk, needs_limits
from support.script import ScriptedTransport, Seen, app_error, json_reply
from support.tagged import REACHED, TAG, day, post, post_novels

from pixivkit import AccessToken, Pixiv
from pixivkit.crawl import Coverage, DayCoverage, TagCrawl
from pixivkit.crawl.search_window import RECENT, KnownIds
from pixivkit.errors import InvalidArgument, JournalError, OffsetLimit, Restricted
from pixivkit.journal import Journal
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import JST

pytestmark = pytest.mark.anyio


def empty() -> FakePixiv:
    return FakePixiv(works=0, users=2)


@pytest.fixture
def fake() -> FakePixiv:
    return empty()


def newest_first(fake: FakePixiv) -> list[int]:
    return sorted(fake.world.works, reverse=True)


def asked(fake: FakePixiv, endpoint: str) -> list[list[tuple[str, str]]]:
    """The queries that an endpoint received."""
    return [list(one.query) for one in fake.log if one.endpoint == endpoint]


class TestWorksOfAUser:
    @pytest.fixture
    def fake(self) -> FakePixiv:
        fake = empty()
        for number in range(250):
            kind = "manga" if number % 3 else "illust"
            fake.world.add_illust(fake.account, f"No. {number}", kind=kind)  # type: ignore[arg-type]
        return fake

    async def test_all_of_them_newest_first_a_hundred_at_a_time(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            ids = [work.id async for work in px.crawl.user_works(fake.account)]
        assert ids == newest_first(fake)
        queries = asked(fake, "web.user.profile_illusts")
        counts = [sum(key == "ids[]" for key, _ in query) for query in queries]
        assert counts == [100, 100, 50]
        assert [dict(query)["is_first_page"] for query in queries] == ["1", "0", "0"]

    async def test_smaller_batches(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            crawl = px.crawl.user_works(fake.account, batch=60)
            assert len([work async for work in crawl]) == 250
        assert fake.count("web.user.profile_illusts") == 5

    async def test_a_work_that_vanishes_on_the_way_is_left_out(self, fake: FakePixiv) -> None:
        gone = newest_first(fake)[150]
        seen: list[int] = []
        async with fake.client() as px:
            async for work in px.crawl.user_works(fake.account):
                if not seen:
                    fake.world.delete_illust(gone)
                seen.append(work.id)
        assert gone not in seen
        assert seen == newest_first(fake)

    async def test_a_user_without_works(self, fake: FakePixiv) -> None:
        nobody = next(user for user in fake.world.users if user != fake.account)
        async with fake.client() as px:
            assert [work async for work in px.crawl.user_works(nobody)] == []
        assert fake.count("web.user.profile_illusts") == 0

    async def test_works_by_their_ids_come_in_that_order(self, fake: FakePixiv) -> None:
        ids = newest_first(fake)
        random.Random(1).shuffle(ids)
        given = [1, *ids[:120], 2, *ids[120:130]]
        async with fake.client() as px:
            found = [work.id async for work in px.crawl.works_by_id(fake.account, given)]
        assert found == ids[:130]

    async def test_ids_are_taken_as_they_are_needed(self, fake: FakePixiv) -> None:
        taken = 0

        def ids() -> Iterator[int]:
            nonlocal taken
            for illust_id in newest_first(fake):
                taken += 1
                yield illust_id

        async with fake.client() as px:
            async for _ in px.crawl.works_by_id(fake.account, ids(), batch=20):
                break
        assert taken == 20

    @pytest.mark.parametrize("batch", [-1, 0, 101])
    async def test_batches_that_pixiv_does_not_take(self, fake: FakePixiv, batch: int) -> None:
        async with fake.client() as px:
            for crawl in (
                px.crawl.user_works(fake.account, batch=batch),
                px.crawl.works_by_id(fake.account, [1], batch=batch),
            ):
                with pytest.raises(InvalidArgument, match="batch"):
                    await anext(crawl)
        assert fake.log == []


class TestBookmarks:
    async def test_the_last_bookmarked_first(self, fake: FakePixiv) -> None:
        post(fake.world, {day(0): 200})
        works = list(fake.world.works)
        random.Random(1).shuffle(works)
        for number, illust_id in enumerate(works[:110]):
            fake.world.bookmark(fake.account, illust_id, restrict=int(number % 11 == 0))
        private = [works[number] for number in range(0, 110, 11)][::-1]
        public = [one for one in works[:110][::-1] if one not in private]
        async with fake.client() as px:
            assert [work.id async for work in px.crawl.bookmarks(fake.account)] == public
            hidden = px.crawl.bookmarks(fake.account, restrict="private")
            assert [work.id async for work in hidden] == private
        assert fake.count("app.user.bookmarks_illust") == 4 + 1

    async def test_pages_go_on_at_the_bookmark_where_they_stopped(self, fake: FakePixiv) -> None:
        """One that is made meanwhile moves nothing."""
        post(fake.world, {day(0): 100})
        for illust_id in fake.world.works:
            fake.world.bookmark(fake.account, illust_id)
        before = newest_first(fake)
        seen: list[int] = []
        async with fake.client() as px:
            async for work in px.crawl.bookmarks(fake.account):
                seen.append(work.id)
                if len(seen) % 20 == 0:
                    more = fake.world.add_illust(fake.account, "New")
                    fake.world.bookmark(fake.account, more.id)
        assert seen == before
        assert "max_bookmark_id" in dict(asked(fake, "app.user.bookmarks_illust")[-1])

    async def test_what_is_gone_leaves_a_stub(self, fake: FakePixiv) -> None:
        post(fake.world, {day(0): 3})
        for illust_id in fake.world.works:
            fake.world.bookmark(fake.account, illust_id)
        fake.world.delete_illust(newest_first(fake)[1])
        async with fake.client() as px:
            found = [work.availability async for work in px.crawl.bookmarks(fake.account)]
        assert found == ["available", "deleted", "available"]

    async def test_private_ones_of_somebody_else(self, fake: FakePixiv) -> None:
        other = next(user for user in fake.world.users if user != fake.account)
        async with fake.client() as px:
            assert [work async for work in px.crawl.bookmarks(other)] == []
            with pytest.raises(Restricted):
                await anext(px.crawl.bookmarks(other, restrict="private"))


class TestRankings:
    @pytest.fixture
    def fake(self) -> FakePixiv:
        return FakePixiv(works=90, users=3)

    @staticmethod
    async def crawled(fake: FakePixiv, *span: dt.date) -> list[tuple[dt.date, int, int]]:
        async with fake.client() as px:
            return [
                (date, rank, work.id)
                async for date, rank, work in px.crawl.rankings("day", span[0], span[-1])
            ]

    async def test_day_by_day_and_rank_by_rank(self, fake: FakePixiv) -> None:
        found = await self.crawled(fake, day(0), day(3))
        assert sorted({date for date, _, _ in found}) == [day(0), day(1), day(2), day(3)]
        orders = []
        for number in range(4):
            ranks = [(rank, work) for date, rank, work in found if date == day(number)]
            assert [rank for rank, _ in ranks] == list(range(1, len(ranks) + 1))
            assert len({work for _, work in ranks}) == len(ranks) > 60
            orders.append([work for _, work in ranks])
        assert orders[0] != orders[1]
        assert [date for date, _, _ in found] == sorted(date for date, _, _ in found)

    async def test_backwards_it_is_the_same_with_the_days_the_other_way(
        self, fake: FakePixiv
    ) -> None:
        forwards = await self.crawled(fake, day(0), day(2))
        backwards = await self.crawled(fake, day(2), day(0))
        assert backwards == sorted(forwards, key=lambda one: -one[0].toordinal())
        assert backwards[0][0] == day(2)

    async def test_a_single_day(self, fake: FakePixiv) -> None:
        found = await self.crawled(fake, day(1))
        assert {date for date, _, _ in found} == {day(1)}

    async def test_moments_are_days_of_japan(self, fake: FakePixiv) -> None:
        first = dt.datetime(2026, 5, 1, 16, tzinfo=dt.UTC)
        found = await self.crawled(fake, first, day(2))
        assert found == await self.crawled(fake, day(1), day(2))

    async def test_what_is_broken_keeps_its_rank(self, fake: FakePixiv) -> None:
        works: list[object] = [{"id": 1}, {"id": []}, {"id": 3}, "?", {"id": 5}]
        url = "https://app-api.pixiv.net/v1/illust/ranking?mode=day&date=2026-05-02&offset=30"
        for next_url in (url, None):
            body = {"illusts": works, "next_url": next_url}
            fake.fail_next("app.illust.ranking", status=200, body=body)
        found = await self.crawled(fake, day(1))
        assert [rank for _, rank, _ in found] == [1, 3, 5, 6, 8, 10]

    async def test_both_apis_rank_alike(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            crawl = px.crawl.rankings("day", day(1), day(1))
            app = [work.id async for _, _, work in crawl]
            web = [row.illust_id async for row in px.web.ranking(mode="daily", date=day(1))]
        assert app == web


class TestTag:
    @pytest.fixture(autouse=True)
    def quiet(self, caplog: pytest.LogCaptureFixture) -> None:
        """Nobody reads what is said about a thousand requests."""
        caplog.set_level(logging.WARNING, logger="pixivkit")

    @pytest.fixture
    def large(self) -> FakePixiv:
        """21,000 works of a tag in 31 days, 6,000 of them on one, and others of another tag."""
        fake = empty()
        post(fake.world, {day(number): 6000 if number == 9 else 500 for number in range(31)})
        post(fake.world, {day(31): 40}, tag="海")
        return fake

    async def test_21000_works_are_yielded_once_each_and_all_covered(
        self, large: FakePixiv
    ) -> None:
        async with large.client() as px:
            crawl = px.crawl.tag(TAG)
            found = [(work.id, work.create_date) async for work in crawl]
        expected = [work.id for work in large.world.works.values() if TAG in work.tags]
        assert len(found) == len(expected) == 21_000
        assert sorted(illust_id for illust_id, _ in found) == expected
        assert crawl.coverage.works == 21_000
        assert crawl.coverage.truncated == []
        # Windows overlap by a day at most.
        assert crawl.coverage.windows <= 2 + -(-21_000 // (REACHED - 500))
        days = [date.astimezone(JST).date() for _, date in found if date is not None]
        assert days == sorted(days, reverse=True)

    async def test_it_stays_between_the_days_it_is_given(self, large: FakePixiv) -> None:
        async with large.client() as px:
            crawl = px.crawl.tag(TAG, newest=day(11), oldest=day(10))
            found = [work.create_date async for work in crawl]
        moments = [f"{moment.astimezone(JST):%m-%d %H:%M:%S}" for moment in found if moment]
        assert len(moments) == 1000
        assert (moments[0], moments[-1]) == ("05-12 23:59:59", "05-11 00:00:00")
        assert crawl.coverage == Coverage(works=1000, windows=1)

    async def test_a_day_that_no_search_can_show_is_reported(self, fake: FakePixiv) -> None:
        post(fake.world, {day(0): 40, day(1): 11_000, day(2): 20})
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG)
            found = [work.id async for work in crawl]
        assert len(set(found)) == len(found) == 60 + 2 * REACHED
        assert crawl.coverage.truncated == [day(1)]
        assert crawl.coverage.works == len(found)
        # From the ends of the day to its middle, where the rest would be.
        of_day = [work.id for work in fake.world.works.values() if work.date.date() == day(1)]
        assert set(of_day) - set(found) == set(of_day[REACHED:-REACHED])

    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    @pytest.mark.parametrize(
        ("works", "windows", "whole"), [(10_019, 2, True), (10_020, 2 + 4, False)]
    )
    async def test_the_two_ends_of_a_day_have_to_meet(
        self, fake: FakePixiv, works: int, windows: int, whole: bool
    ) -> None:
        """If they do not, nobody knows what is between them; wider and higher works are not."""
        post(fake.world, {day(0): works})
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG, newest=day(0), oldest=day(0))
            assert len([work async for work in crawl]) == works
        of_day = DayCoverage(day(0), works, windows=windows)
        truncated = [] if whole else [day(0)]
        assert crawl.coverage == Coverage(works, windows, truncated, [of_day])

    async def test_few_works_take_one_search(self, fake: FakePixiv) -> None:
        post(fake.world, {day(number): 1 for number in range(45)})
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG)
            assert [work.id async for work in crawl] == newest_first(fake)
        assert crawl.coverage == Coverage(works=45, windows=1)
        assert fake.count("app.search.illust") == 2

    async def test_what_is_posted_meanwhile_repeats_nothing(self, fake: FakePixiv) -> None:
        """New works push the others onto the next page."""
        post(fake.world, {day(number): 4 for number in range(40)})
        before = newest_first(fake)
        seen: list[int] = []
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG)
            async for work in crawl:
                seen.append(work.id)
                if len(seen) % 25 == 0:
                    for _ in range(12):
                        fake.world.add_illust(fake.account, "New", tags=[TAG])
        assert seen == before
        assert crawl.coverage.works == len(before)

    async def test_iterating_again_begins_anew(self, fake: FakePixiv) -> None:
        post(fake.world, {day(0): 40})
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG)
            first = [work.id async for work in crawl]
            assert [work.id async for work in crawl] == first == newest_first(fake)
        assert crawl.coverage == Coverage(works=40, windows=1)

    async def test_days_the_wrong_way_round(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            with pytest.raises(InvalidArgument, match="2026-05-01 is before oldest, 2026-05-02"):
                px.crawl.tag(TAG, newest=day(0), oldest=day(1))

    @pytest.mark.parametrize("date", ["2026-05-01T12:00:00+09:00", None])
    async def test_a_search_without_heed_of_dates_ends(self, date: str | None) -> None:
        """It says so, instead of going round for ever."""

        def answer(seen: Seen) -> httpx.Response:
            offset = int(seen.query.get("offset", 0))
            if offset > 5000:
                return app_error('{"offset":["offset must be no more than 5000"]}', 400)
            works = [{"id": offset + 1 + n, "create_date": date} for n in range(500)]
            url = f"https://app-api.pixiv.net/v1/search/illust?word=x&offset={offset + 500}"
            return json_reply({"illusts": works, "next_url": url})

        transport = ScriptedTransport(answer)
        async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
            with pytest.raises(OffsetLimit):
                async for _ in px.crawl.tag(TAG):
                    pass
        assert len(transport.seen) <= 4 * 13

    async def test_a_list_that_ends_at_the_limit_without_a_word_is_gone_on_with(
        self, fake: FakePixiv
    ) -> None:
        """Whether pixiv refuses the page past the limit, or leaves it out."""
        post(fake.world, {day(number): 60 for number in range(100)})
        works = [{"id": i, "create_date": w.date.isoformat()} for i, w in fake.world.works.items()]

        def answer(seen: Seen) -> httpx.Response:
            last = seen.query.get("end_date", "9999")
            found = [work for work in works[::-1] if str(work["create_date"])[:10] <= last]
            offset = int(seen.query.get("offset", 0))
            url = f"https://app-api.pixiv.net{seen.path}?end_date={last}&offset={offset + 1000}"
            more = offset + 1000 < min(len(found), 5000)
            page = found[offset : offset + 1000]
            return json_reply({"illusts": page, "next_url": url if more else None})

        transport = ScriptedTransport(answer)
        async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
            found = [work.id async for work in px.crawl.tag(TAG)]
        assert found == newest_first(fake)


def test_no_more_ids_are_kept_than_those_of_a_day_and_a_few() -> None:
    known = KnownIds()
    most = 0
    for number in range(20_000):
        moment = dt.datetime(2026, 5, 1, tzinfo=JST) - dt.timedelta(minutes=number)
        assert known.add(Illust(id=number, create_date=moment))
        assert not known.add(Illust(id=number, create_date=moment))
        most = max(most, len(known))
    assert most <= 24 * 60 + RECENT


WORKS = range(140_000_001, 140_000_100)
SERIES = 310_001
CRAWLS: dict[str, Callable[[Pixiv, int, Any], Any]] = {
    "user_works": lambda px, user, file: px.crawl.user_works(user, batch=40, journal=file),
    "works_by_id": lambda px, user, file: px.crawl.works_by_id(
        user, WORKS, batch=40, journal=file
    ),
    "bookmarks": lambda px, user, file: px.crawl.bookmarks(user, journal=file),
    "rankings": lambda px, _, file: px.crawl.rankings("day", day(0), day(9), journal=file),
    "tag": lambda px, _, file: px.crawl.tag(TAG, journal=file),
    "tag_of_novels": lambda px, _, file: px.crawl.tag(TAG, kind="novel", journal=file),
    "series": lambda px, _, file: px.crawl.series(SERIES, "illust", journal=file),
    "comments": lambda px, _, file: px.crawl.comments(WORKS[0], journal=file),
}


def something_to_crawl(fake: FakePixiv) -> None:
    post(fake.world, {day(0): 100})
    for illust_id in fake.world.works:
        fake.world.bookmark(fake.account, illust_id)
    post_novels(fake.world, {day(0): 100})
    assert fake.world.add_series(fake.account, "海", fake.world.works.values()).id == SERIES
    roots = [fake.world.comment(fake.account, WORKS[0], f"No. {number}") for number in range(70)]
    for number in range(35):
        fake.world.comment(fake.account, WORKS[0], f"No. {number}", parent_id=roots[-1].id)


@pytest.mark.parametrize("name", CRAWLS)
class TestJournals:
    @pytest.mark.parametrize("as_path", [True, False])
    async def test_what_is_recorded_is_not_asked_for_again(
        self, fake: FakePixiv, tmp_path: Path, name: str, as_path: bool
    ) -> None:
        something_to_crawl(fake)
        journal = Journal(tmp_path / "crawl.db")
        given = tmp_path / "crawl.db" if as_path else journal
        async with contextlib.AsyncExitStack() as stack:
            if not as_path:
                await stack.enter_async_context(journal)
            px = await stack.enter_async_context(fake.client())
            found = [one async for one in CRAWLS[name](px, fake.account, given)]
            sent = len(fake.log)
            assert sent >= 3
            again = [one async for one in CRAWLS[name](px, fake.account, given)]
            assert len(fake.log) == sent
        assert again == found
        assert len(found) >= len(WORKS)

    async def test_one_that_was_left_goes_on_where_it_was(
        self, fake: FakePixiv, tmp_path: Path, name: str
    ) -> None:
        something_to_crawl(fake)
        path = tmp_path / "crawl.db"
        async with fake.client() as px:
            whole = [one async for one in CRAWLS[name](px, fake.account, None)]
            sent = len(fake.log)
            fake.log.clear()
            for after in (1, 35, 200):
                taken = 0
                async for _ in CRAWLS[name](px, fake.account, path):
                    taken += 1
                    if taken == after:
                        break
            assert [one async for one in CRAWLS[name](px, fake.account, path)] == whole
        # All but the renewal of the login.
        assert sent - 1 <= len(fake.log) <= sent

    @needs_limits
    async def test_one_that_cannot_be_recorded_ends_after_what_it_has(
        self, fake: FakePixiv, tmp_path: Path, name: str
    ) -> None:
        something_to_crawl(fake)
        seen: list[object] = []
        async with fake.client() as px, Journal(tmp_path / "crawl.db") as journal:
            await anext(aiter(CRAWLS[name](px, fake.account, None)))
            fake.log.clear()
            with full_disk(4000), pytest.raises(JournalError):
                async for one in CRAWLS[name](px, fake.account, journal):
                    seen.append(one)
            assert len(fake.log) == 1
            # The list of ids is an answer without works, and a series comes from its other end.
            assert bool(seen) == (name not in ("user_works", "series"))

    @needs_limits
    async def test_the_last_answer_counts_as_well(
        self, fake: FakePixiv, tmp_path: Path, name: str
    ) -> None:
        """Nobody takes for recorded what is not, though there is nothing more to ask."""
        something_to_crawl(fake)
        async with fake.client() as px, Journal(tmp_path / "crawl.db") as journal:
            whole = [one async for one in CRAWLS[name](px, fake.account, journal)]
            last = [one async for one in journal][-1]
            await journal.forget(last)
            seen: list[object] = []
            with full_disk(4000), pytest.raises(JournalError):
                async for one in CRAWLS[name](px, fake.account, journal):
                    seen.append(one)
        assert seen == whole


@pytest.mark.parametrize("name", CRAWLS)
@pytest.mark.parametrize("after", [1, 35])
@pytest.mark.parametrize("recorded", [False, True])
async def test_a_crawl_may_be_left_at_any_time(
    fake: FakePixiv, tmp_path: Path, name: str, after: int, recorded: bool
) -> None:
    """Nothing is left behind: a generator for the event loop to close would be warned of."""
    something_to_crawl(fake)
    journal = tmp_path / "crawl.db" if recorded else None
    async with fake.client() as px:
        crawl: AsyncIterator[object] | TagCrawl[Any] = CRAWLS[name](px, fake.account, journal)
        count = 0
        async for _ in crawl:
            count += 1
            if count == after:
                break
        sent = len(fake.log)
        del crawl
        gc.collect()
        assert (await px.web.user.detail(fake.account)).user_id == fake.account
    gc.collect()
    assert len(fake.log) == sent + 1

"""Tags past a search's end: novels, and days that only a search by sizes shows whole."""

from __future__ import annotations

import datetime as dt
import logging
import random
from collections.abc import Sequence

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.script import ScriptedTransport, Seen, app_error, json_reply
from support.tagged import REACHED, TAG, day, post, post_novels

from pixivkit import AccessToken, Pixiv
from pixivkit.crawl import Coverage, DayCoverage
from pixivkit.crawl.search_part import Part
from pixivkit.errors import InvalidArgument
from pixivkit.models.app import Illust, Novel
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import WorkPage

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody reads what is said about a thousand requests."""
    caplog.set_level(logging.WARNING, logger="pixivkit")


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=0, users=2)


class TestNovels:
    async def test_8000_novels_are_yielded_once_each(self, fake: FakePixiv) -> None:
        post_novels(fake.world, {day(n): 6000 if n == 9 else 100 for n in range(21)})
        post_novels(fake.world, {day(30): 40}, tag="海")
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG, kind="novel")
            found = [(novel.id, novel.create_date) async for novel in crawl]
        expected = [novel.id for novel in fake.world.novels.values() if TAG in novel.tags]
        assert sorted(novel_id for novel_id, _ in found) == expected
        assert len(expected) == crawl.coverage.works == 8_000
        assert crawl.coverage.truncated == []
        assert [(one.day, one.works) for one in crawl.coverage.days] == [(day(9), 6000)]
        days = [date.date() for _, date in found if date is not None]
        assert days == sorted(days, reverse=True)

    async def test_it_stays_between_the_days_it_is_given(self, fake: FakePixiv) -> None:
        post_novels(fake.world, {day(n): 5 for n in range(9)})
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG, kind="novel", newest=day(4), oldest=day(3))
            found = [novel async for novel in crawl]
        assert {type(novel) for novel in found} == {Novel}
        assert crawl.coverage == Coverage(works=10, windows=1)

    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_a_day_of_too_many_is_read_by_the_length_of_the_text(
        self, fake: FakePixiv
    ) -> None:
        post_novels(fake.world, {day(0): 10_500}, lengths=range(1, 40))
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG, kind="novel")
            found = [novel.id async for novel in crawl]
        tagged = [novel.id for novel in fake.world.novels.values() if TAG in novel.tags]
        assert sorted(found) == tagged
        assert crawl.coverage.truncated == []

    async def test_they_are_looked_for_in_their_text(self, fake: FakePixiv) -> None:
        post_novels(fake.world, {day(0): 3})
        async with fake.client() as px:
            crawl = px.crawl.tag("xxx", kind="novel", search_target="text")
            assert len([novel async for novel in crawl]) == 3

    async def test_they_cannot_be_looked_up(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            with pytest.raises(InvalidArgument, match="novels cannot be looked up"):
                px.crawl.tag(TAG, kind="novel", web_fallback=True)  # type: ignore[call-overload]


def sizes_of(*sizes: tuple[int, int]) -> list[WorkPage]:
    return [WorkPage(width=width, height=height) for width, height in sizes]


class TestDaysOfTooManyWorks:
    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_parts_by_size_show_what_two_searches_do_not(self, fake: FakePixiv) -> None:
        rng = random.Random(1)
        pages = sizes_of(*((rng.randrange(1, 4000), rng.randrange(1, 4000)) for _ in range(97)))
        post(fake.world, {day(0): 30, day(1): 11_500, day(2): 30}, pages=pages)
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG)
            found = [work.id async for work in crawl]
        assert sorted(found) == [*fake.world.works]
        assert crawl.coverage.truncated == []
        (of_day,) = crawl.coverage.days
        assert (of_day.day, of_day.works) == (day(1), 11_500)

    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_what_is_as_wide_is_told_apart_by_height(self, fake: FakePixiv) -> None:
        post(fake.world, {day(0): 10_500}, pages=sizes_of((8, 8), (8, 9), (8, 10)))
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG)
            found = [work.id async for work in crawl]
        assert sorted(found) == [*fake.world.works]
        assert crawl.coverage.truncated == []

    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_what_is_of_one_size_is_reported_with_how_many_there_are(
        self, fake: FakePixiv
    ) -> None:
        post(fake.world, {day(0): 11_000})
        async with fake.client() as px:
            for web_fallback, total in ((False, None), (True, 11_000)):
                crawl = px.crawl.tag(TAG, web_fallback=web_fallback)
                assert len([work async for work in crawl]) == 2 * REACHED
                assert crawl.coverage.days == [
                    DayCoverage(day(0), 2 * REACHED, total=total, windows=2 + 4)
                ]
                assert crawl.coverage.truncated == [day(0)]

    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_a_count_that_fails_costs_the_count(self, fake: FakePixiv) -> None:
        post(fake.world, {day(0): 11_000, day(-1): 3})
        fake.fail_next("web.search.artworks", status=403)
        async with fake.client() as px:
            crawl = px.crawl.tag(TAG, web_fallback=True)
            assert len([work async for work in crawl]) == 2 * REACHED + 3
        assert [one.total for one in crawl.coverage.days] == [None]

    @pytest.mark.parametrize("answers_nothing", [False, True])
    @pytest.mark.parametrize("anyio_backend", ["asyncio"])
    async def test_a_search_without_heed_of_sizes_covers_nothing_more(
        self, answers_nothing: bool
    ) -> None:
        """Whether pixiv shows the same as ever, or nothing at all."""
        works = [
            {
                "id": 90_000 - number,
                "width": 100 + number % 7,
                "height": 100,
                "create_date": f"2026-05-01T{23 - number // 1000:02}:00:00+09:00",
                "visible": True,
                "user": {"id": 90000001},
            }
            for number in range(12_000)
        ]

        def answer(seen: Seen) -> httpx.Response:
            offset = int(seen.query.get("offset", 0))
            if offset > 5000:
                return app_error('{"offset":["offset must be no more than 5000"]}', 400)
            found = works if seen.query.get("sort") == "date_desc" else works[::-1]
            if seen.query.get("end_date", "2026-05-01") < "2026-05-01":
                found = []
            if answers_nothing and any(key.startswith("width") for key in seen.query):
                found = []
            query = "&".join(f"{k}={v}" for k, v in seen.query.items() if k != "offset")
            url = f"https://app-api.pixiv.net{seen.path}?{query}&offset={offset + 500}"
            page = found[offset : offset + 500]
            return json_reply({"illusts": page, "next_url": url if page else None})

        transport = ScriptedTransport(answer)
        async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
            crawl = px.crawl.tag(TAG, newest=day(0), oldest=day(0))
            found = [work.id async for work in crawl]
        assert len(set(found)) == len(found) == 11_000
        assert crawl.coverage.truncated == [day(0)]
        assert crawl.coverage.windows == 3


async def test_broken_items_are_counted(fake: FakePixiv) -> None:
    body = {
        "illusts": [{"id": 1, "user": {"id": 90000001}}, {"id": []}, "?"],
        "next_url": None,
    }
    fake.fail_next("app.search.illust", status=200, body=body)
    async with fake.client() as px:
        crawl = px.crawl.tag(TAG)
        assert [work.id async for work in crawl] == [1]
    assert crawl.coverage == Coverage(works=1, windows=1, broken=2)


SIZES = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=40)


@given(SIZES, st.tuples(st.integers(1, 12), st.integers(1, 12)))
def test_parts_hold_every_work_once(
    sizes: Sequence[tuple[int, int]], other: tuple[int, int]
) -> None:
    """But the very size that all works have, where they have one."""
    whole = Part()
    parts, complete = whole.split(sizes)
    assert complete == (len(set(sizes)) > 1)
    expected = complete or other != sizes[0]
    assert sum(part.holds(other) for part in parts) == expected
    assert not any(part.holds(size) for part in parts for size in sizes) or complete


@given(SIZES)
def test_parts_of_parts_come_to_single_sizes(sizes: Sequence[tuple[int, int]]) -> None:
    waiting, cores = [Part()], 0
    for _ in range(10_000):
        if not waiting:
            break
        part = waiting.pop()
        within = [size for size in sizes if part.holds(size)]
        if len(within) < 2:
            continue
        parts, complete = part.split(within)
        cores += not complete
        waiting += parts
    assert waiting == []
    assert cores == sum(sizes.count(size) > 1 for size in set(sizes))


def test_sizes_are_named_as_searches_name_them() -> None:
    part = Part(((3, None), (None, 9)))
    assert part.arguments(Illust) == {"width_min": 3, "height_max": 9}
    assert Part(((3, 5),)).arguments(Novel) == {"text_length_min": 3, "text_length_max": 5}
    assert part.size_of(Illust(id=1)) is None
    assert part.size_of(Novel(id=1, text_length=7)) == (7,)
    assert dt.date(2026, 5, 1) == day(0)

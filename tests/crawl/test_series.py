"""Crawls of series: in the order in which they are read, whichever way pixiv pages them."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from support.each import for_each
from support.script import ScriptedTransport, Seen, json_reply

from pixivkit import AccessToken, Pixiv
from pixivkit.errors import InvalidArgument, NotFound
from pixivkit.models.app import Illust, Novel
from pixivkit.pixiv_url import SeriesRef, read_pixiv_url
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import NovelSeries, Series

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=0, users=2)


def manga(fake: FakePixiv, count: int) -> Series:
    works = [fake.world.add_illust(fake.account, f"No. {n}", kind="manga") for n in range(count)]
    return fake.world.add_series(fake.account, "海辺の町", works)


def novels(fake: FakePixiv, count: int) -> NovelSeries:
    made = [fake.world.add_novel(fake.account, f"No. {n}", "text") for n in range(count)]
    return fake.world.add_novel_series(fake.account, "長い話", made)


class TestWorks:
    async def test_the_first_one_comes_first(self, fake: FakePixiv) -> None:
        series = manga(fake, 70)
        async with fake.client() as px:
            found = [work async for work in px.crawl.series(series.id, "illust")]
        assert [work.id for work in found] == series.work_ids
        assert {type(work) for work in found} == {Illust}
        assert fake.count("app.illust.series") == 3

    @pytest.mark.parametrize("count", [0, 1])
    async def test_short_ones(self, fake: FakePixiv, count: int) -> None:
        series = manga(fake, count)
        async with fake.client() as px:
            assert [w.id async for w in px.crawl.series(series.id, "illust")] == series.work_ids

    async def test_what_is_added_meanwhile_repeats_nothing(self, fake: FakePixiv) -> None:
        series = manga(fake, 40)
        before = [*series.work_ids]

        async with fake.client() as px:
            pages = px.app.illust.series(series.id).pages()
            first = await anext(aiter(pages))
            assert len(first.items) == 30
            more = fake.world.add_illust(fake.account, "New", kind="manga")
            series.work_ids.append(more.id)
            more.series_id = series.id
            found = [work.id async for work in px.crawl.series(series.id, "illust")]
        assert found == [*before, more.id]

    async def test_pages_that_push_each_other_are_read_once(self) -> None:
        def answer(seen: Seen) -> httpx.Response:
            url = f"https://app-api.pixiv.net{seen.path}?illust_series_id=1&offset=3"
            if "offset" in seen.query:
                return json_reply({"illusts": [{"id": 5}, {"id": 4}], "next_url": None})
            first = {"id": 4}
            works = [{"id": 7}, {"id": 6}, {"id": 5}]
            return json_reply(
                {"illust_series_first_illust": first, "illusts": works, "next_url": url}
            )

        transport = ScriptedTransport(answer)
        async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
            found = [work.id async for work in px.crawl.series(1, "illust")]
        assert found == [4, 5, 6, 7]

    async def test_pages_in_the_order_of_the_series_come_as_they_are(self) -> None:
        """Should pixiv page them so one day: what it calls the first work tells."""

        def answer(_: Seen) -> httpx.Response:
            first = {"id": 7}
            works = [{"id": 7}, {"id": 6}, {"id": 5}]
            return json_reply(
                {"illust_series_first_illust": first, "illusts": works, "next_url": None}
            )

        async with Pixiv(app=AccessToken("a"), transport=ScriptedTransport(answer)) as px:
            assert [work.id async for work in px.crawl.series(1, "illust")] == [7, 6, 5]


class TestNovels:
    async def test_the_first_one_comes_first(self, fake: FakePixiv) -> None:
        series = novels(fake, 70)
        async with fake.client() as px:
            found = [novel async for novel in px.crawl.series(series.id, "novel")]
        assert [novel.id for novel in found] == series.novel_ids
        assert {type(novel) for novel in found} == {Novel}
        orders = [dict(one.query).get("last_order") for one in fake.log]
        assert [order for order in orders if order] == ["30", "60"]

    async def test_hidden_ones_leave_gaps_that_pages_step_over(self, fake: FakePixiv) -> None:
        other = next(user for user in fake.world.users if user != fake.account)
        made = [fake.world.add_novel(other, f"No. {n}", "text") for n in range(70)]
        series = fake.world.add_novel_series(other, "長い話", made)
        for hidden in (made[3], made[29], made[40]):
            hidden.restrict = 2
        async with fake.client() as px:
            found = [novel.id async for novel in px.crawl.series(series.id, "novel")]
        assert found == [novel.id for novel in made if not novel.restrict]
        orders = [dict(one.query).get("last_order") for one in fake.log]
        assert [order for order in orders if order] == ["32", "63"]

    async def test_they_come_as_their_pages_do(self, fake: FakePixiv) -> None:
        series = novels(fake, 70)
        async with fake.client() as px:
            async for _ in px.crawl.series(series.id, "novel"):
                break
        assert fake.count("app.novel.series") == 1


class TestWhatIsGiven:
    async def test_any_form_of_a_series_of_works(self, fake: FakePixiv) -> None:
        series = manga(fake, 3)
        url = f"https://www.pixiv.net/user/{fake.account}/series/{series.id}"
        ref = read_pixiv_url(url)
        assert isinstance(ref, SeriesRef)
        async with fake.client() as px:
            place = await px.app.illust_series.illust(series.work_ids[1])
            assert place.illust_series_detail is not None
            crawls = [
                px.crawl.series(series.id),
                px.crawl.series(str(series.id)),
                px.crawl.series(url),
                px.crawl.series(ref),
                px.crawl.series(ref, "illust"),
                px.crawl.series(await px.app.illust.detail(series.work_ids[1])),
                px.crawl.series(place.illust_series_detail),
                px.crawl.series(await px.web.illust.detail(series.work_ids[1])),
                px.crawl.series(await anext(px.crawl.user_works(fake.account))),
            ]
            for crawl in crawls:
                assert [work.id async for work in crawl] == series.work_ids

    async def test_any_form_of_a_series_of_novels(self, fake: FakePixiv) -> None:
        series = novels(fake, 3)
        url = f"https://www.pixiv.net/novel/series/{series.id}"
        async with fake.client() as px:
            page = await px.app.novel.series(series.id).first()
            assert page.body.novel_series_detail is not None
            crawls = [
                px.crawl.series(series.id, "novel"),
                px.crawl.series(str(series.id), "novel"),
                px.crawl.series(url),
                px.crawl.series(url, "novel"),
                px.crawl.series(SeriesRef(series.id)),
                px.crawl.series(await px.app.novel.detail(series.novel_ids[0])),
                px.crawl.series(await px.app.novel.text(series.novel_ids[0])),
                px.crawl.series(page.body.novel_series_detail),
            ]
            for crawl in crawls:
                assert [novel.id async for novel in crawl] == series.novel_ids

    async def test_what_is_no_series_is_refused_before_anything_is_sent(
        self, fake: FakePixiv
    ) -> None:
        alone = Illust(id=140000001)
        refused = [
            ("https://www.pixiv.net/artworks/140000001", None, "not a series.*artworks/140000001"),
            ("https://www.pixiv.net/novel/series/7", "illust", "a series of novels.*for works"),
            (SeriesRef(7, 90000001), "novel", "a series of works.*for novels"),
            (alone, None, "140000001 is in no series"),
            (alone, "novel", "in no series"),
            (7, "manga", "must be 'illust' or 'novel'"),
            (0, None, "0 is no id"),
            ("gibberish", None, "cannot be read"),
            (None, None, "NoneType"),
        ]
        async with fake.client() as px:
            for what, kind, message in refused:
                with pytest.raises(InvalidArgument, match=message):
                    px.crawl.series(what, kind)  # type: ignore[call-overload]
            with pytest.raises(InvalidArgument, match="novels cannot be looked up"):
                px.crawl.series(7, "novel", web_fallback=True)  # type: ignore[call-overload]
        assert fake.log == []

    async def test_one_that_does_not_exist(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            with pytest.raises(NotFound):
                await anext(px.crawl.series(1, "illust"))
            with pytest.raises(NotFound):
                await anext(px.crawl.series(1, "novel"))


class TestNeighbours:
    async def test_of_a_work(self, fake: FakePixiv) -> None:
        series = manga(fake, 3)
        first, middle, last = series.work_ids
        async with fake.client() as px:
            places = [await px.app.illust_series.illust(one) for one in series.work_ids]
        around = [(p.prev and p.prev.id, p.next and p.next.id) for p in places]
        assert around == [(None, middle), (first, last), (middle, None)]

    async def test_of_a_novel(self, fake: FakePixiv) -> None:
        series = novels(fake, 2)
        alone = fake.world.add_novel(fake.account, "Alone", "text")
        first, last = series.novel_ids
        async with fake.client() as px:
            texts = [await px.app.novel.text(one) for one in (first, last, alone.id)]
        around = [
            (t.prev_novel and t.prev_novel.id, t.next_novel and t.next_novel.id) for t in texts
        ]
        assert around == [(None, last), (first, None), (None, None)]


async def test_a_recorded_series_begins_with_what_pixiv_calls_its_first(recorded: Path) -> None:
    """The only page that was recorded shows the last works; what follows is made up."""
    body = json.loads((recorded / "app/v1__illust__series.1.json").read_text("utf-8"))
    first = body["illust_series_first_illust"]
    rest = {**body, "illusts": [first], "next_url": None}

    def answer(seen: Seen) -> httpx.Response:
        return json_reply(rest if "offset" in seen.query else body)

    transport = ScriptedTransport(answer)
    async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
        found = [work.id async for work in px.crawl.series(body["illust_series_detail"]["id"])]
    assert found == [first["id"], *(work["id"] for work in reversed(body["illusts"]))]
    assert found[0] < found[-1]


@for_each("name", ["app/v2__novel__series.1.json", "more/v1_novel_series.json"])
async def test_recorded_novels_come_in_their_order(recorded: Path, name: str) -> None:
    body = json.loads((recorded / name).read_text("utf-8"))
    transport = ScriptedTransport(lambda _: json_reply(body))
    async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
        found = [novel.id async for novel in px.crawl.series(1, "novel")]
    assert found == [novel["id"] for novel in body["novels"]]
    assert found[0] == body["novel_series_first_novel"]["id"]

"""What the App API hides is looked up on the web where that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.full_disk import full_disk, needs_limits
from support.tagged import TAG, day, post

from pixivkit import Pixiv
from pixivkit.errors import JournalError, NotFound, Restricted
from pixivkit.journal import Journal
from pixivkit.models.app import Illust
from pixivkit.models.web import IllustDetail
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import Work, WorkPage

pytestmark = pytest.mark.anyio

COUNT = 40


@pytest.fixture
def fake() -> FakePixiv:
    """Works of somebody else, bookmarked, in a series, some of them hidden by the App API."""
    fake = FakePixiv(works=0, users=2)
    other = next(user for user in fake.world.users if user != fake.account)
    post(fake.world, {day(0): COUNT})
    for work in fake.world.works.values():
        work.user_id = other
        fake.world.bookmark(fake.account, work.id)
    fake.world.add_series(other, "海辺の町", fake.world.works.values())
    return fake


def hidden(fake: FakePixiv) -> list[Work]:
    works = [*fake.world.works.values()][5:8]
    for work in works:
        work.sanity_limited = True
    return works


CRAWLS: dict[str, Callable[..., Any]] = {
    "bookmarks": lambda px, fake, **more: px.crawl.bookmarks(fake.account, **more),
    "rankings": lambda px, _, **more: px.crawl.rankings("day", day(0), day(0), **more),
    "series": lambda px, fake, **more: px.crawl.series(next(iter(fake.world.series)), **more),
    "tag": lambda px, _, **more: px.crawl.tag(TAG, **more),
}


async def walked(px: Pixiv, fake: FakePixiv, name: str, **more: Any) -> dict[int, Any]:
    """The works of a crawl by id; of a ranking they stand last."""
    found = [
        one[-1] if isinstance(one, tuple) else one async for one in CRAWLS[name](px, fake, **more)
    ]
    by_id = {work.id: work for work in found}
    assert len(by_id) == len(found) == COUNT
    return by_id


@pytest.mark.parametrize("name", CRAWLS)
class TestCrawls:
    async def test_it_is_shown_as_on_the_web(self, fake: FakePixiv, name: str) -> None:
        there = hidden(fake)
        async with fake.client() as px:
            found = await walked(px, fake, name, web_fallback=True)
        assert {i for i, one in found.items() if isinstance(one, IllustDetail)} == {
            work.id for work in there
        }
        assert {one.availability for one in found.values()} == {"available"}
        assert fake.count("web.illust.detail") == 3

    async def test_by_default_the_stubs_come(self, fake: FakePixiv, name: str) -> None:
        there = hidden(fake)
        async with fake.client() as px:
            found = await walked(px, fake, name)
        assert {type(one) for one in found.values()} == {Illust}
        assert {found[work.id].availability for work in there} == {"sanity_limited"}
        assert fake.count("web.illust.detail") == 0

    async def test_a_lookup_that_fails_leaves_the_stub(self, fake: FakePixiv, name: str) -> None:
        there = hidden(fake)
        fake.fail_next("web.illust.detail", status=404)
        fake.fail_next("web.illust.detail", status=403)
        body = {"error": False, "message": "", "body": {"illustId": "?"}}
        fake.fail_next("web.illust.detail", status=200, body=body)
        async with fake.client() as px:
            found = await walked(px, fake, name, web_fallback=True)
        assert {type(one) for one in found.values()} == {Illust}
        assert {found[work.id].availability for work in there} == {"sanity_limited"}
        assert fake.count("web.illust.detail") == 3

    async def test_lookups_are_recorded(self, fake: FakePixiv, name: str, tmp_path: Path) -> None:
        hidden(fake)
        fake.fail_next("web.illust.detail", status=404)
        async with fake.client() as px, Journal(tmp_path / "crawl.db") as journal:
            first = await walked(px, fake, name, web_fallback=True, journal=journal)
            sent = len(fake.log)
            again = await walked(px, fake, name, web_fallback=True, journal=journal)
        assert len(fake.log) == sent
        assert again == first
        assert sum(isinstance(one, IllustDetail) for one in first.values()) == 2


async def test_what_the_web_does_not_show_either_stays_a_stub(fake: FakePixiv) -> None:
    """R-18 works are not shown without a login, though their pages are."""
    fake.world.account.shows_r18 = False
    for work in [*fake.world.works.values()][:2]:
        work.x_restrict = 1
    async with fake.client(web=None) as px:
        crawl = px.crawl.bookmarks(fake.account, web_fallback=True)
        found = [work async for work in crawl]
        assert {type(work) for work in found} == {Illust}
        assert [work.availability for work in found].count("r18_limited") == 2
        detail = await px.web.illust.detail(next(iter(fake.world.works)))
    assert detail.availability == "r18_limited"


async def test_what_is_gone_is_not_looked_up(fake: FakePixiv) -> None:
    for work in [*fake.world.works.values()][:2]:
        fake.world.delete_illust(work.id)
    async with fake.client() as px:
        found = [work async for work in px.crawl.bookmarks(fake.account, web_fallback=True)]
    assert [work.availability for work in found].count("deleted") == 2
    assert fake.count("web.illust.detail") == 0


async def test_a_report_counts_what_stays_hidden(fake: FakePixiv) -> None:
    hidden(fake)
    fake.fail_next("web.illust.detail", status=404)
    async with fake.client() as px:
        for web_fallback, left in ((True, 1), (False, 3)):
            crawl = px.crawl.tag(TAG, web_fallback=web_fallback)
            async for _ in crawl:
                pass
            assert (crawl.coverage.works, crawl.coverage.hidden) == (COUNT, left)


@needs_limits
async def test_a_lookup_that_cannot_be_recorded_ends_the_crawl_after_its_work(
    fake: FakePixiv, tmp_path: Path
) -> None:
    for work in [*fake.world.works.values()][-5:-2]:
        work.sanity_limited = True
    async with fake.client() as px, Journal(tmp_path / "crawl.db") as journal:
        crawl = px.crawl.bookmarks(fake.account, web_fallback=True, journal=journal)
        seen: list[object] = [await anext(crawl)]
        with full_disk(4000), pytest.raises(JournalError):
            async for one in crawl:
                seen.append(type(one))
    assert seen[1:] == [Illust, IllustDetail, Illust]
    assert fake.count("web.illust.detail") == 1


class TestDownloads:
    @pytest.fixture
    def limited(self, fake: FakePixiv) -> Work:
        work = hidden(fake)[0]
        work.pages = [WorkPage(width=8, height=8, extension=one) for one in ("png", "jpg")]
        return work

    async def test_a_work_by_its_id(self, fake: FakePixiv, limited: Work, tmp_path: Path) -> None:
        async with fake.client() as px:
            files = await px.download(limited.id, tmp_path, web_fallback=True)
        assert [file.path.name for file in files] == [
            f"{limited.id}_p0.png",
            f"{limited.id}_p1.jpg",
        ]

    async def test_a_stub_that_is_at_hand(
        self, fake: FakePixiv, limited: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            stub = await px.app.illust.detail(limited.id)
            (file,) = await px.download(stub, tmp_path, page=1, web_fallback=True)
        assert file.path.name == f"{limited.id}_p1.jpg"

    async def test_by_default_it_is_refused(
        self, fake: FakePixiv, limited: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            with pytest.raises(Restricted, match="sanity_limited"):
                await px.download(limited.id, tmp_path)
        assert fake.count("web.illust.detail") == 0

    async def test_what_the_web_does_not_show_either_is_refused(
        self, fake: FakePixiv, limited: Work, tmp_path: Path
    ) -> None:
        fake.fail_next("web.illust.detail", status=404)
        async with fake.client() as px:
            with pytest.raises(Restricted, match="sanity_limited") as raised:
                await px.download(limited.id, tmp_path, web_fallback=True)
        assert isinstance(raised.value.__cause__, NotFound)
        assert raised.value.work_id == str(limited.id)

    async def test_a_run_loses_nothing_else(
        self, fake: FakePixiv, limited: Work, tmp_path: Path
    ) -> None:
        others = [work.id for work in fake.world.works.values() if work.sanity_limited][1:]
        fake.fail_next("web.illust.detail", status=404)
        async with fake.client() as px:
            run = px.downloads([limited.id, *others], tmp_path, limit=1, web_fallback=True)
            outcomes = [outcome async for outcome in run]
        errors = {outcome.item: type(outcome.error) for outcome in outcomes}
        assert errors == {
            limited.id: Restricted,
            **dict.fromkeys(others, type(None)),
        }

    @pytest.mark.usefixtures("limited")
    async def test_a_crawl_that_looks_up_downloads_all(
        self, fake: FakePixiv, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            crawl = px.crawl.bookmarks(fake.account, web_fallback=True)
            outcomes = [outcome async for outcome in px.downloads(crawl, tmp_path)]
        assert len(outcomes) == COUNT + 1
        assert {outcome.error for outcome in outcomes} == {None}
        assert fake.count("web.illust.detail") == 3

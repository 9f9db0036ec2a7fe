"""Things of one's own in the fake pixiv: both APIs show them at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pixivkit import Pixiv
from pixivkit.errors import InvalidArgument
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=0)


async def found(px: Pixiv, word: str) -> list[int]:
    """Ids of the works that both searches find, which must be the same."""
    app = [illust.id async for illust in px.app.search.illust(word)]
    assert [work.id async for work in px.web.search.artworks(word)] == app
    return app


async def test_an_empty_world_has_the_account_and_nothing_else(fake: FakePixiv) -> None:
    assert list(fake.world.users) == [fake.account]
    async with fake.client() as px:
        assert (await px.app.user.detail(fake.account)).user.name == fake.user.name
        assert await found(px, "風景") == []
        assert await px.app.user.following(fake.account).take(9) == []
        assert await px.app.user.novels(fake.account).take(9) == []
        assert await px.app.illust.follow().take(9) == []
        assert await px.app.user.novel_draft_previews().take(9) == []


async def test_a_work_is_in_all_views_of_both_apis(fake: FakePixiv, tmp_path: Path) -> None:
    painter = fake.add_user(name="絵描きさん")
    work = fake.add_illust(
        title="海辺の駅", pages=3, user=painter, tags=["風景", "駅"], bookmarks=70, views=900
    )
    fake.follow(painter)
    async with fake.client() as px:
        illust = await px.app.illust.detail(work.id)
        assert (illust.title, illust.page_count, illust.user.name) == (
            "海辺の駅", 3, "絵描きさん",
        )  # fmt: skip
        assert [tag.name for tag in illust.tags] == ["風景", "駅"]
        assert (illust.total_bookmarks, illust.total_view) == (70, 900)
        assert (await px.web.illust.detail(work.id)).title == "海辺の駅"
        assert await found(px, "風景") == [work.id]
        assert [one.id async for one in px.app.user.illusts(painter.id)] == [work.id]
        assert [one.id async for one in px.app.illust.follow()] == [work.id]
        files = await px.download(work.id, tmp_path)
        assert [file.path.name for file in files] == [f"{work.id}_p{n}.jpg" for n in range(3)]


async def test_defaults_are_made_up_the_same_each_time(fake: FakePixiv) -> None:
    other = FakePixiv(works=0)
    for one in (fake, other):
        for _ in range(3):
            one.add_illust()
        one.add_novel()
    assert list(fake.world.works.values()) == list(other.world.works.values())
    assert fake.world.novels == other.world.novels
    assert len({work.title for work in fake.world.works.values()}) == 3
    assert fake.account not in {work.user_id for work in fake.world.works.values()}


async def test_pictures_may_be_given(fake: FakePixiv, tmp_path: Path) -> None:
    async with fake.client() as px:
        [made] = await px.download(fake.add_illust(size=(30, 20)).id, tmp_path)
        content = made.path.read_bytes()
        work = fake.add_illust(pages=[content, content])
        assert (work.width, work.height, work.page_count) == (30, 20, 2)
        assert await px.fetch(work.id, page=1).bytes() == content


async def test_an_ugoira_moves(fake: FakePixiv) -> None:
    work = fake.add_ugoira(frames=[80, 120, 60])
    async with fake.client() as px:
        metadata = await px.app.ugoira.metadata(work.id)
        assert [frame.delay for frame in metadata.frames] == [80, 120, 60]
        assert (await px.app.illust.detail(work.id)).type == "ugoira"
    assert fake.add_ugoira(frames=5).delays == [100] * 5


async def test_a_novel_has_its_text(fake: FakePixiv) -> None:
    novel = fake.add_novel(title="灯台守", text="一頁目[newpage]二頁目", tags=["灯台"])
    async with fake.client() as px:
        assert (await px.app.novel.detail(novel.id)).page_count == 2
        assert (await px.app.novel.text(novel.id)).text == "一頁目[newpage]二頁目"
        assert [one.id async for one in px.app.search.novel("灯台")] == [novel.id]


async def test_what_is_not_for_all_is_not_shown_to_all(fake: FakePixiv) -> None:
    adult = fake.add_illust(tags=["風景"], x_restrict=1)
    private = fake.add_illust(tags=["風景"], restrict=2)
    assert adult.tags == ["R-18", "風景"]
    async with fake.client() as px:
        assert await found(px, "風景") == [adult.id]
        fake.user.shows_r18 = False
        assert await found(px, "風景") == []
    assert private.restrict == 2


async def test_dates_put_works_into_their_place(fake: FakePixiv) -> None:
    last = fake.add_illust(tags=["駅"], date=dt.datetime(2026, 5, 3))
    first = fake.add_illust(tags=["駅"], date=dt.datetime(2026, 5, 1, 20, tzinfo=dt.UTC))
    between = fake.add_illust(tags=["駅"], date=dt.datetime(2026, 5, 2, 12))
    async with fake.client() as px:
        assert await found(px, "駅") == [last.id, between.id, first.id]
        assert str((await px.app.illust.detail(first.id)).create_date) == (
            "2026-05-02 05:00:00+09:00"
        )


async def test_comments_have_replies(fake: FakePixiv) -> None:
    work, novel = fake.add_illust(), fake.add_novel()
    root = fake.add_comment(work, "いいですね")
    fake.add_comment(work, "ありがとう", user=work.user_id, parent=root)
    fake.add_comment(work, stamp_id=301)
    fake.add_comment(novel, "続きは？")
    async with fake.client() as px:
        comments = await px.app.illust.comments(work.id).take(9)
        assert [comment.comment for comment in comments] == ["", "いいですね"]
        replies = await px.app.illust.comment_replies(root.id).take(9)
        assert [reply.comment for reply in replies] == ["ありがとう"]
        assert len(await px.app.novel.comments(novel.id).take(9)) == 1


async def test_bookmarks_and_follows_are_of_the_account_unless_told(fake: FakePixiv) -> None:
    work, novel, fan = fake.add_illust(), fake.add_novel(), fake.add_user()
    fake.bookmark(work, tags=["後で"], private=True)
    fake.bookmark(work, by=fan)
    fake.bookmark(novel)
    fake.follow(work.user_id, private=True)
    fake.follow(fake.account, by=fan)
    async with fake.client() as px:
        mine = px.app.user.bookmarks_illust(fake.account, restrict="private")
        assert [one.id async for one in mine] == [work.id]
        assert [one.id async for one in px.app.user.bookmarks_illust(fan.id)] == [work.id]
        assert (await px.app.illust.detail(work.id)).total_bookmarks == 2
        assert [one.id async for one in px.app.user.bookmarks_novel(fake.account)] == [novel.id]
        followed = await px.app.user.following(fake.account, restrict="private").take(9)
        assert [one.user.id for one in followed] == [work.user_id]
        assert [one.user.id async for one in px.app.user.follower(fake.account)] == [fan.id]


async def test_series_are_of_works_or_of_novels(fake: FakePixiv) -> None:
    works = [fake.add_illust(type="manga", pages=2) for _ in range(3)]
    novels = [fake.add_novel() for _ in range(2)]
    series = fake.add_series(works, title="旅の記録")
    of_novels = fake.add_series(novels, caption="毎月")
    async with fake.client() as px:
        illust = await px.app.illust.detail(works[1].id)
        assert illust.series is not None
        assert (illust.series.id, illust.series.title) == (series.id, "旅の記録")
        novel = await px.app.novel.detail(novels[0].id)
        assert novel.series is not None
        assert novel.series.id == of_novels.id


@pytest.mark.parametrize(
    "use, hint",
    [
        (lambda fake: fake.add_illust(user=5), "no user 5"),
        (lambda fake: fake.add_illust(pages=0), "one at least"),
        (lambda fake: fake.add_illust(pages=[b"text"]), "JPEG, PNG or GIF"),
        (lambda fake: fake.add_illust(x_restrict=3), "x_restrict: must be 0, 1 or 2"),
        (lambda fake: fake.add_novel(restrict="private"), "restrict: must be 0, 1 or 2"),
        (lambda fake: fake.add_comment(fake.add_illust()), "a text, or a stamp_id"),
        (
            lambda fake: fake.add_comment(
                fake.add_illust(), "x", parent=fake.add_comment(fake.add_illust(), "y")
            ),
            "on another work",
        ),
        (lambda fake: fake.add_series([]), "works of one author"),
        (lambda fake: fake.follow(7), "no user 7"),
        (lambda fake: fake.bookmark(fake.add_illust(), by=7), "no user 7"),
    ],
)
async def test_what_makes_no_sense_is_refused(fake: FakePixiv, use: Any, hint: str) -> None:
    with pytest.raises(InvalidArgument, match=hint):
        use(fake)

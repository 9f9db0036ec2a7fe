"""The fake pixiv: superseded and uncertain endpoints of the App API say what the newer ones do."""

from __future__ import annotations

import pytest

from pixivkit import AccessToken, Pixiv, errors
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=60, users=6)


async def test_comments_on_works_page_by_the_last_one_seen(fake: FakePixiv) -> None:
    work = fake.world.add_illust(fake.account, "New")
    posted = [fake.world.comment(fake.account, work.id, f"{number}").id for number in range(35)]
    async with fake.client() as px:
        reply = await px.app.illust.comment_add(work.id, "r", parent_comment_id=posted[0])
        shown = [one.id async for one in px.app.illust.comments_v2(work.id)]
        older = [
            one.id async for one in px.app.illust.comments_v2(work.id, last_comment_id=posted[3])
        ]
        replies = [one.id async for one in px.app.illust.comment_replies_v1(posted[0])]
        with pytest.raises(errors.NotFound):
            await px.app.illust.comment_replies_v1(1).first()

    assert shown == posted[::-1]
    assert older == posted[2::-1]
    assert replies == [reply.id]


async def test_comments_on_novels(fake: FakePixiv) -> None:
    novel = fake.world.add_novel(fake.account, "夜", "一")
    async with fake.client() as px:
        first = await px.app.novel.comment_add(novel.id, "first")
        reply = await px.app.novel.comment_add(novel.id, "r", parent_comment_id=first.id)
        flat = await px.app.novel.comments_v1(novel.id, include_total_comments=True).first()
        roots = await px.app.novel.comments_v2(novel.id).first()
        replies = await px.app.novel.comment_replies_v1(first.id).first()

    assert [one.id for one in flat.items] == [reply.id, first.id]
    assert flat.body.total_comments == 2
    assert [one.id for one in roots.items] == [first.id]
    assert [one.id for one in replies.items] == [reply.id]


async def test_the_text_of_a_novel_stands_between_its_neighbours(fake: FakePixiv) -> None:
    made = [fake.world.add_novel(fake.account, f"{part}", f"text {part}") for part in range(3)]
    series = fake.world.add_novel_series(fake.account, "長い話", made)
    alone = fake.world.add_novel(fake.account, "夜", "一")
    async with fake.client() as px:
        await px.app.novel.marker_add(made[1].id, 1)
        first, middle, last = [await px.app.novel.text_v1(novel.id) for novel in made]
        single = await px.app.novel.text_v1(alone.id)
        listed = [novel.id async for novel in px.app.novel.series_v1(series.id)]

    assert middle.novel_text == "text 1"
    assert middle.novel_marker is not None and middle.novel_marker.page == 1
    assert middle.series_prev is not None and middle.series_prev.id == made[0].id
    assert middle.series_next is not None and middle.series_next.id == made[2].id
    assert (first.series_prev, last.series_next) == (None, None)
    assert (single.novel_marker, single.series_prev, single.series_next) == (None, None, None)
    assert listed == [novel.id for novel in made]


async def test_other_versions_say_the_same(fake: FakePixiv) -> None:
    async with fake.client() as px:
        words = await px.app.search.autocomplete("l")
        keywords = await px.app.search.autocomplete_v1("l")
        manga = [work.id async for work in px.app.manga.ranking(mode="week_manga")]
        same = [work.id async for work in px.app.illust.ranking(mode="week_manga")]
        follow = [novel.id async for novel in px.app.novel.follow_v2()]
        as_ever = [novel.id async for novel in px.app.novel.follow()]
        mypixiv = [novel.id async for novel in px.app.novel.mypixiv_v2()]
        as_before = [novel.id async for novel in px.app.novel.mypixiv()]

    assert keywords.search_auto_complete_keywords == [tag.name for tag in words]
    assert manga == same
    assert (follow, mypixiv) == (as_ever, as_before)


async def test_recommendations_for_nobody_need_no_login(fake: FakePixiv) -> None:
    async with fake.client(app=None) as px:
        assert await px.app.illust.recommended_nologin().take(1)
        with pytest.raises(errors.PixivError):
            await px.app.illust.recommended().take(1)


async def test_a_report_names_a_topic(fake: FakePixiv) -> None:
    work = fake.world.add_illust(fake.account, "New")
    async with fake.client() as px:
        topics = await px.app.illust.report_topic_list()
        await px.app.illust.report(work.id, topics[-1].topic_id, "It is a copy.")
        with pytest.raises(errors.NotFound):
            await px.app.illust.report(1, topics[-1].topic_id, "There is none.")

    assert fake.count("app.illust.report") == 2
    with pytest.raises(errors.InvalidArgument):
        _ = Pixiv(app=AccessToken("x")).app.illust.report(1, -1, "")

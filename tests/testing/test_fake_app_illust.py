"""The fake pixiv: bookmarks, comments, feeds, recommendations and series on the App API."""

from __future__ import annotations

import pytest

from pixivkit import Pages, errors
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import Work

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=12)


def shown(fake: FakePixiv) -> Work:
    """A work of somebody else that everybody sees, and that the account has not bookmarked."""
    world = fake.world
    return next(
        work
        for work in world.works.values()
        if work.user_id != fake.account
        and not (work.restrict or work.x_restrict or work.sanity_limited)
        and world.bookmark_of(fake.account, work.id) is None
    )


async def ids(pages: Pages[object, Illust]) -> list[int]:
    return [work.id async for work in pages]


class TestBookmarks:
    async def test_a_bookmark_is_seen_wherever_it_is_asked_for(self, fake: FakePixiv) -> None:
        work = shown(fake)
        async with fake.client() as px:
            before = await px.app.illust.bookmark_detail(work.id)
            await px.app.illust.bookmark_add(work.id, tags=["後で", work.tags[0]])
            after = await px.app.illust.bookmark_detail(work.id)
            detail = await px.app.illust.detail(work.id)
            listed = await px.app.user.bookmarks_illust(fake.account, tag="後で").first()
            users = [user.id async for user in px.app.illust.bookmark_users(work.id)]

        assert (before.is_bookmarked, after.is_bookmarked, detail.is_bookmarked) == (
            False,
            True,
            True,
        )
        assert not any(tag.is_registered for tag in before.tags)
        registered = [tag.name for tag in after.tags if tag.is_registered]
        assert registered == ["後で", work.tags[0]]
        assert [one.id for one in listed.items] == [work.id]
        assert users[0] == fake.account

    async def test_a_private_bookmark_is_the_accounts_own(self, fake: FakePixiv) -> None:
        work = shown(fake)
        async with fake.client() as px:
            await px.app.illust.bookmark_add(work.id)
            await px.app.illust.bookmark_add(work.id, restrict="private")
            detail = await px.app.illust.bookmark_detail(work.id)
            public = await ids(px.app.user.bookmarks_illust(fake.account))
            private = await px.app.user.bookmarks_illust(fake.account, restrict="private").first()
            users = [user.id async for user in px.app.illust.bookmark_users(work.id)]

        assert detail.restrict == "private"
        assert work.id not in public
        assert private.items[0].id == work.id
        assert fake.account not in users

    async def test_one_that_was_deleted_is_gone(self, fake: FakePixiv) -> None:
        work = shown(fake)
        async with fake.client() as px:
            await px.app.illust.bookmark_add(work.id)
            await px.app.illust.bookmark_delete(work.id)
            assert not (await px.app.illust.bookmark_detail(work.id)).is_bookmarked
            with pytest.raises(errors.NotFound):
                await px.app.illust.bookmark_delete(work.id)


class TestComments:
    async def test_replies_stand_under_the_comment(self, fake: FakePixiv) -> None:
        work = fake.world.add_illust(fake.account, "New")
        async with fake.client() as px:
            first = await px.app.illust.comment_add(work.id, "first")
            stamp = await px.app.illust.comment_add(work.id, None, stamp_id=301)
            reply = await px.app.illust.comment_add(work.id, "reply", parent_comment_id=first.id)
            page = await px.app.illust.comments(work.id, include_total_comments=True).first()
            replies = [one async for one in px.app.illust.comment_replies(first.id)]
            flat = [one async for one in px.app.illust.comments_v1(work.id)]

        assert [one.id for one in page.items] == [stamp.id, first.id]
        assert [one.has_replies for one in page.items] == [False, True]
        assert page.items[0].stamp is not None
        assert (page.body.total_comments, page.body.comment_access_control) == (3, 0)
        assert [one.id for one in replies] == [reply.id]
        assert [one.id for one in flat] == [reply.id, stamp.id, first.id]
        assert flat[0].parent_comment is not None
        assert flat[0].parent_comment.id == first.id

    async def test_how_many_there_are_is_said_when_asked(self, fake: FakePixiv) -> None:
        work = shown(fake)
        async with fake.client() as px:
            page = await px.app.illust.comments(work.id).first()

        assert page.body.total_comments is None

    async def test_pages_of_comments_hold_each_once(self, fake: FakePixiv) -> None:
        busy = max(fake.world.works, key=lambda one: len(fake.world.root_comments(one)))
        async with fake.client() as px:
            found = [one.id async for one in px.app.illust.comments(busy)]

        assert len(found) > 30
        assert found == [one.id for one in fake.world.root_comments(busy)]

    async def test_there_are_no_replies_to_what_is_no_comment(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            with pytest.raises(errors.NotFound):
                await px.app.illust.comment_replies(1).first()


class TestFeeds:
    async def test_recommendations_are_of_others_and_stay_in_order(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            found = await ids(px.app.illust.recommended())
            again = await px.app.illust.recommended().first()
            rest = await ids(px.app.illust.recommended(viewed=found[:30]))
            manga = [work async for work in px.app.manga.recommended()]

        mine = {work.id for work in fake.world.works_of(fake.account, fake.world.account)}
        assert mine.isdisjoint(found)
        assert len(set(found)) == len(found) > 30
        assert [one.id for one in again.items] == found[:30]
        assert rest == found[30:]
        assert {work.type for work in manga} == {"manga"}
        assert {work.id for work in manga} <= set(found)

    async def test_ranking_and_policy_come_when_asked_for(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            bare = (await px.app.illust.recommended().first()).body
            full = await px.app.illust.recommended(
                include_ranking_illusts=True, include_privacy_policy=True
            ).first()

        assert not bare.ranking_illusts
        assert full.body.ranking_illusts
        assert full.body.privacy_policy is not None
        assert full.body.privacy_policy.url

    async def test_related_works_share_a_tag(self, fake: FakePixiv) -> None:
        work = shown(fake)
        async with fake.client() as px:
            found = [one async for one in px.app.illust.related(work.id)]
            left = await ids(px.app.illust.related(work.id, viewed=[found[0].id]))

        assert work.id not in [one.id for one in found]
        visible = [one for one in found if one.visible]
        assert all({tag.name for tag in one.tags} & set(work.tags) for one in visible)
        assert left == [one.id for one in found[1:]]

    async def test_what_is_followed_and_new_has_what_was_just_posted(
        self, fake: FakePixiv
    ) -> None:
        world, me = fake.world, fake.account
        other = next(iter(world.mypixiv[me]))
        world.follow(me, other, restrict=1)
        posted = world.add_illust(other, "Just now", kind="manga")
        async with fake.client() as px:
            private = await px.app.illust.follow(restrict="private").first()
            public = await ids(px.app.illust.follow(restrict="public"))
            both = await px.app.illust.follow().first()
            mypixiv = await px.app.illust.mypixiv().first()
            manga = await px.app.illust.new(content_type="manga").first()
            illusts = await ids(px.app.illust.new())
            older = await px.app.illust.new(max_illust_id=posted.id - 1).first()

        assert [one.items[0].id for one in (private, both, mypixiv, manga)] == [posted.id] * 4
        assert posted.id not in public
        assert posted.id not in illusts
        assert illusts == sorted(illusts, reverse=True)
        assert older.items[0].id < posted.id

    async def test_trending_tags_have_a_work_that_has_them(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            for tags in (await px.app.trending_tags.illust(), await px.app.trending_tags.novel()):
                assert tags
                for one in tags:
                    assert one.illust is not None
                    assert one.illust.id in fake.world.works
                    assert one.tag in fake.world.works[one.illust.id].tags

    async def test_the_walkthrough_needs_no_login(self, fake: FakePixiv) -> None:
        async with fake.client(app=None) as px:
            works = await px.app.walkthrough.illusts().first()

        assert works.items
        assert not any(work.x_restrict or work.is_bookmarked for work in works.items)


class TestSeries:
    async def test_it_has_its_works_and_their_places(self, fake: FakePixiv) -> None:
        series = next(one for one in fake.world.series.values() if len(one.work_ids) > 2)
        first, second, last = series.work_ids[0], series.work_ids[1], series.work_ids[-1]
        async with fake.client() as px:
            page = await px.app.illust.series(series.id).first()
            works = await ids(px.app.illust.series(series.id))
            before = await ids(px.app.illust.series(series.id, last_order=2))
            place = await px.app.illust_series.illust(second)
            end = await px.app.illust_series.illust(last)

        assert works == series.work_ids[::-1]
        assert before == [first]
        assert page.body.illust_series_detail is not None
        assert page.body.illust_series_detail.series_work_count == len(works)
        assert page.body.illust_series_first_illust is not None
        assert page.body.illust_series_first_illust.id == first
        context = place.illust_series_context
        assert context is not None and context.prev is not None and context.next is not None
        assert (context.content_order, context.prev.id) == (2, first)
        assert context.next.id == series.work_ids[2]
        assert end.illust_series_context is not None
        assert end.illust_series_context.next is None

    async def test_what_is_no_series_is_refused(self, fake: FakePixiv) -> None:
        alone = fake.world.add_illust(fake.account, "Alone")
        async with fake.client() as px:
            with pytest.raises(errors.NotFound):
                await px.app.illust_series.illust(alone.id)
            with pytest.raises(errors.NotFound):
                await px.app.illust.series(1).first()


class TestSearches:
    async def test_the_preview_is_the_most_popular(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            preview = await px.app.search.popular_preview_illust("オリジナル")
            found = await ids(px.app.search.illust("オリジナル"))

        counts = [fake.world.bookmark_count(work.id) for work in preview.illusts]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] == max(fake.world.bookmark_count(work_id) for work_id in found)
        assert preview.next_url is None

    async def test_tags_are_completed_in_any_script(self, fake: FakePixiv) -> None:
        fake.world.add_illust(fake.account, "New", tags=["雪だるま日和"])
        async with fake.client() as px:
            by_name = [tag.name for tag in await px.app.search.autocomplete("雪")]
            by_sound = [tag.name for tag in await px.app.search.autocomplete("yuk")]
            by_meaning = await px.app.search.autocomplete("light")

        assert by_name == ["雪", "雪だるま日和"]
        assert by_sound == ["雪"]
        assert [(tag.name, tag.translated_name) for tag in by_meaning] == [("灯台", "lighthouse")]

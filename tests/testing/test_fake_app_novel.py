"""The fake pixiv: novels on the App API."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixivkit import errors
from pixivkit.testing import FakeClock, FakePixiv
from pixivkit.testing.world import Novel

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=12)


def others(fake: FakePixiv) -> list[Novel]:
    """The novels of other users that everybody sees, newest first."""
    return [novel for novel in fake.world.newest_novels() if novel.user_id != fake.account]


def ids(novels: list[Novel]) -> list[int]:
    return [novel.id for novel in novels]


async def test_a_posted_novel_is_shown_as_it_was_posted(fake: FakePixiv) -> None:
    async with fake.client() as px:
        posted = await px.app.upload.novel("夜", "一[newpage]二", tags=["灯台"], cover_id=3)
        novel = await px.app.novel.detail(posted.novel_id)
        newest = await px.app.novel.new().first()

    assert (novel.title, novel.page_count, novel.text_length) == ("夜", 2, 11)
    assert [tag.name for tag in novel.tags] == ["灯台"]
    assert novel.user.id == fake.account
    assert novel.availability == "available"
    assert "novel_thumb_3" in str(novel.image_urls.medium)
    assert newest.items[0].id == novel.id


async def test_novels_that_the_account_may_not_read_are_not_found(fake: FakePixiv) -> None:
    private, friends = others(fake)[:2]
    private.restrict = 2
    friends.restrict = 1
    fake.world.mypixiv.clear()

    async with fake.client() as px:
        for novel in (private, friends):
            with pytest.raises(errors.NotFound):
                await px.app.novel.detail(novel.id)
        fake.world.befriend(fake.account, friends.user_id)
        assert (await px.app.novel.detail(friends.id)).restrict == 1
        shown = [novel.id async for novel in px.app.novel.mypixiv()]

    assert friends.id in shown
    assert private.id not in shown


async def test_lists_of_novels_page_to_their_end(fake: FakePixiv) -> None:
    world, user = fake.world, fake.user
    async with fake.client() as px:
        newest = [novel.id async for novel in px.app.novel.new()]
        assert newest == ids(world.newest_novels(user))
        assert len(newest) > 30
        followed = [novel.id async for novel in px.app.novel.follow()]
        assert followed == [one.id for one in world.newest_novels(user) if one.user_id != user.id]
        ranked = [novel.id async for novel in px.app.novel.ranking()]
        assert len(set(ranked)) == len(ranked) > 30
        assert [n.x_restrict async for n in px.app.novel.ranking(mode="day_r18")]
        recommended = [novel.id async for novel in px.app.novel.recommended()]
        assert sorted(recommended) == sorted(followed)


async def test_a_follow_is_public_or_private(fake: FakePixiv) -> None:
    author = others(fake)[0].user_id
    fake.world.follows.clear()
    fake.world.follow(fake.account, author, restrict=1)

    async with fake.client() as px:
        public = [novel.id async for novel in px.app.novel.follow(restrict="public")]
        private = [novel.user.id async for novel in px.app.novel.follow(restrict="private")]

    assert public == []
    assert set(private) == {author}


async def test_a_series_pages_by_place(fake: FakePixiv) -> None:
    author = fake.world.users[others(fake)[0].user_id]
    made = [fake.world.add_novel(author.id, f"第{n}話", "本文") for n in range(1, 36)]
    series = fake.world.add_novel_series(author.id, "長い話", made)

    async with fake.client() as px:
        page = await px.app.novel.series(series.id).first()
        novels = [novel.id async for novel in px.app.novel.series(series.id)]
        rest = [novel.id async for novel in px.app.novel.series(series.id, last_order=33)]
        novel = await px.app.novel.detail(made[0].id)
        with pytest.raises(errors.NotFound):
            await px.app.novel.series(1).first()

    assert page.body.novel_series_detail is not None
    assert page.body.novel_series_detail.content_count == 35
    assert page.body.novel_series_first_novel is not None
    assert page.body.novel_series_first_novel.id == made[0].id
    assert page.body.novel_series_latest_novel is not None
    assert page.body.novel_series_latest_novel.id == made[-1].id
    assert len(page.items) == 30
    assert novels == ids(made)
    assert rest == ids(made[33:])
    assert novel.series is not None
    assert (novel.series.id, novel.series.title) == (series.id, "長い話")


async def test_a_deleted_novel_is_in_no_series(fake: FakePixiv) -> None:
    made = [fake.world.add_novel(fake.account, f"第{n}話", "本文") for n in (1, 2)]
    series = fake.world.add_novel_series(fake.account, "短い話", made)

    async with fake.client() as px:
        await px.app.novel.delete(made[0].id)
        left = [novel.id async for novel in px.app.novel.series(series.id)]

    assert left == [made[1].id]


async def test_related_novels_come_once_and_the_most_alike_first(fake: FakePixiv) -> None:
    novel = others(fake)[0]
    twin = fake.world.add_novel(novel.user_id, "似た話", "本文", tags=novel.tags)

    async with fake.client() as px:
        related = [one.id async for one in px.app.novel.related(novel.id)]
        without = [one.id async for one in px.app.novel.related(novel.id, viewed=[twin.id])]

    assert related[0] == twin.id
    assert novel.id not in related
    assert len(set(related)) == len(related) > 30
    assert twin.id not in without


async def test_recommendations_have_the_ranking_where_it_is_asked_for(fake: FakePixiv) -> None:
    async with fake.client() as px:
        plain = await px.app.novel.recommended().first()
        more = await px.app.novel.recommended(include_ranking_novels=True).first()
        ranking = await px.app.novel.ranking().first()

    assert plain.body.ranking_novels == []
    assert plain.body.privacy_policy is None
    assert len(more.body.ranking_novels) == 10
    assert ranking.items


async def test_a_search_for_novels_looks_where_it_is_told_to(fake: FakePixiv) -> None:
    world = fake.world
    tagged = world.add_novel(fake.account, "一", "無題", tags=["渡り鳥"])
    titled = world.add_novel(fake.account, "渡り鳥", "無題")
    written = world.add_novel(fake.account, "三", "渡り鳥が飛ぶ。" * 20)

    async with fake.client() as px:
        search = px.app.search.novel
        by_tag = [novel.id async for novel in search("渡り鳥")]
        by_text = [novel.id async for novel in search("渡り鳥", search_target="text")]
        by_word = [novel.id async for novel in search("渡り鳥", search_target="keyword")]
        old = [n.id async for n in search("渡り鳥", search_target="keyword", sort="date_asc")]
        short = [n.id async for n in search("渡り鳥", search_target="text", text_length_max=100)]

    assert by_tag == [tagged.id]
    assert by_text == [written.id]
    assert by_word == [titled.id, tagged.id]
    assert old == by_word[::-1]
    assert short == []


async def test_novels_by_popularity_are_for_premium_accounts(fake: FakePixiv) -> None:
    async with fake.client() as px:
        found = [n.total_bookmarks async for n in px.app.search.novel("猫", sort="popular_desc")]
        fake.user.is_premium = False
        with pytest.raises(errors.Restricted):
            await px.app.search.novel("猫", sort="popular_desc").first()

    assert found == sorted(found, key=lambda count: -(count or 0))


async def test_a_preview_and_ranges_belong_to_the_search(fake: FakePixiv) -> None:
    fake.user.is_premium = False
    async with fake.client() as px:
        preview = await px.app.search.popular_preview_novel("猫")
        ranges = await px.app.search.bookmark_ranges_novel("猫")
        none = await px.app.search.popular_preview_novel("どこにもない語")

    counts = [novel.total_bookmarks or 0 for novel in preview.novels]
    assert counts == sorted(counts, reverse=True)
    assert counts
    assert (ranges[0].bookmark_num_min, ranges[0].bookmark_num_max) == ("*", "*")
    assert all(int(one.bookmark_num_min) <= counts[0] for one in ranges[1:])
    assert none.novels == []


# Bookmarks, markers and comments


async def test_a_bookmark_is_shown_everywhere(fake: FakePixiv) -> None:
    novel = fake.world.add_novel(others(fake)[0].user_id, "新しい話", "本文", tags=["灯台"])

    async with fake.client() as px:
        before = await px.app.novel.bookmark_detail(novel.id)
        await px.app.novel.bookmark_add(novel.id, restrict="private", tags=["後で"])
        private = await px.app.novel.bookmark_detail(novel.id)
        hidden = await px.app.novel.bookmark_users(novel.id).first()
        await px.app.novel.bookmark_add(novel.id)
        public = await px.app.novel.bookmark_users(novel.id).first()
        shown = await px.app.novel.detail(novel.id)
        await px.app.novel.bookmark_delete(novel.id)
        after = await px.app.novel.detail(novel.id)
        with pytest.raises(errors.NotFound):
            await px.app.novel.bookmark_delete(novel.id)

    assert before.is_bookmarked is False
    assert (private.is_bookmarked, private.restrict) == (True, "private")
    registered = {tag.name: tag.is_registered for tag in private.tags}
    assert registered == {"後で": True, "灯台": False}
    assert hidden.items == []
    assert [user.id for user in public.items] == [fake.account]
    assert (shown.is_bookmarked, shown.total_bookmarks) == (True, 1)
    assert (after.is_bookmarked, after.total_bookmarks) == (False, 0)


async def test_bookmarks_of_works_and_novels_are_apart(fake: FakePixiv) -> None:
    novel = others(fake)[0]
    works = dict(fake.world.bookmarks[fake.account])

    async with fake.client() as px:
        await px.app.novel.bookmark_add(novel.id)

    assert fake.world.bookmarks[fake.account] == works


async def test_a_marker_moves_and_goes(fake: FakePixiv) -> None:
    fake.world.markers.clear()
    first, second = others(fake)[:2]

    async with fake.client() as px:
        await px.app.novel.marker_add(first.id, 1)
        await px.app.novel.marker_add(second.id, 1)
        await px.app.novel.marker_add(first.id, 2)
        marked = [one async for one in px.app.novel.markers()]
        await px.app.novel.marker_delete(first.id)
        left = [one async for one in px.app.novel.markers()]
        with pytest.raises(errors.NotFound):
            await px.app.novel.marker_add(1, 1)
        with pytest.raises(errors.InvalidArgument):
            await px.app.novel.marker_add(second.id, 0)

    found = [(m.novel and m.novel.id, m.novel_marker and m.novel_marker.page) for m in marked]
    assert found == [(first.id, 2), (second.id, 1)]
    assert [one.novel and one.novel.id for one in left] == [second.id]


async def test_comments_on_a_novel_page_and_have_their_replies(fake: FakePixiv) -> None:
    world = fake.world
    novel, other = others(fake)[:2]
    for number in range(35):
        world.comment(fake.account, novel.id, f"感想{number}", target="novel")

    async with fake.client() as px:
        posted = await px.app.novel.comment_add(novel.id, "新しい")
        reply = await px.app.novel.comment_add(novel.id, "返事", parent_comment_id=posted.id)
        page = await px.app.novel.comments(novel.id, include_total_comments=True).first()
        comments = [one async for one in px.app.novel.comments(novel.id)]
        replies = [one.id async for one in px.app.novel.comment_replies(posted.id)]
        elsewhere = [one.id async for one in px.app.novel.comments(other.id)]
        with pytest.raises(errors.NotFound):
            await px.app.novel.comment_replies(1).first()

    assert page.body.total_comments == len(world.comments_on(novel.id, target="novel"))
    assert comments[0].id == posted.id
    assert comments[0].has_replies
    assert len(comments) > 30
    assert reply.id not in [one.id for one in comments]
    assert replies == [reply.id]
    assert posted.id not in elsewhere


# Texts


async def test_a_text_is_read_from_its_page(fake: FakePixiv) -> None:
    text = '「</script>」\n[newpage]\n"novel: {" \\ }'
    made = [fake.world.add_novel(fake.account, f"第{n}話", text) for n in (1, 2)]
    series = fake.world.add_novel_series(fake.account, "短い話", made)

    async with fake.client() as px:
        await px.app.novel.marker_add(made[0].id, 2)
        novel = await px.app.novel.text(made[0].id)
        last = await px.app.novel.text(made[1].id)
        with pytest.raises(errors.NotFound):
            await px.app.novel.text(1)

    assert novel.text == text
    assert (novel.id, novel.series_id, novel.user_id) == (made[0].id, series.id, fake.account)
    assert novel.marker is not None
    assert novel.marker.page == 2
    assert novel.series_navigation is not None
    assert novel.series_navigation.prev_novel is None
    assert novel.series_navigation.next_novel is not None
    assert novel.series_navigation.next_novel.id == made[1].id
    assert last.series_navigation is not None
    assert last.series_navigation.next_novel is None


async def test_a_text_comes_as_a_page(fake: FakePixiv) -> None:
    novel = others(fake)[0]

    async with fake.client() as px:
        response = await px.app.novel.text(novel.id).response()

    assert response.reply.headers["content-type"].startswith("text/html")
    assert response.value.text == novel.text


async def test_texts_in_bulk_come_from_the_journal_again(fake: FakePixiv, tmp_path: Path) -> None:
    novels = others(fake)[:3]
    texts: list[list[str]] = []

    for _ in range(2):
        async with fake.client() as px:
            calls = [px.app.novel.text(novel.id) for novel in novels]
            made = [one async for one in px.bulk(calls, journal=tmp_path / "texts", ordered=True)]
            texts.append([outcome.unwrap().text for outcome in made])

    assert texts[0] == texts[1] == [novel.text for novel in novels]
    assert fake.count("app.novel.text") == 3


async def test_a_page_that_is_no_novel_is_an_error_with_a_name(fake: FakePixiv) -> None:
    novel = others(fake)[0]
    page = "<html><body>maintenance</body></html>"
    fake.fail_next("app.novel.text", status=200, body=page, times=20)

    async with fake.client(clock=FakeClock()) as px:
        with pytest.raises(errors.DecodeError, match=r"app\.novel\.text"):
            await px.app.novel.text(novel.id)

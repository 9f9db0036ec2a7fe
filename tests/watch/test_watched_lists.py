"""What a watch hands out of lists: everything that appears from now on, once, the oldest first."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from support.each import for_each
from watching import HOUR, Clock, Feed, Idle, ids, nothing, pages_of, rest

from pixivkit import ClientPool, Pages, Pixiv
from pixivkit.errors import InvalidArgument
from pixivkit.testing import FakePixiv
from pixivkit.watch import Watch

pytestmark = pytest.mark.anyio


@pytest.fixture
def feed() -> Feed:
    return Feed(FakePixiv(works=120, users=4))


def client(feed: Feed, clock: Clock) -> Pixiv:
    return feed.fake.client(clock=clock)


class TestWhatIsNew:
    async def test_what_was_there_is_not(self, feed: Feed) -> None:
        clock = Clock(nothing, nothing)
        async with client(feed, clock) as px:
            assert await rest(px.watch(px.app.illust.follow(), every=300)) == []
        assert clock.slept == [300, 300, 300]
        assert feed.fake.count("app.illust.follow") == 3

    async def test_what_appears_comes_once_the_oldest_first(self, feed: Feed) -> None:
        published: list[int] = []
        clock = Clock(*[lambda: published.extend(feed.publish(2))] * 3, nothing)
        async with client(feed, clock) as px:
            every = dt.timedelta(hours=1)
            assert await ids(px.watch(px.app.illust.follow(), every=every)) == published
        assert len(published) == 6
        assert set(clock.slept) == {HOUR}

    async def test_more_than_a_page_is_read_to_where_it_was(self, feed: Feed) -> None:
        published: list[int] = []
        clock = Clock(lambda: published.extend(feed.publish(95)))
        async with client(feed, clock) as px:
            assert await ids(px.watch(px.app.illust.follow(), every=HOUR)) == published
        # One at first, four with what is new and the page that has nothing, and no more.
        assert feed.fake.count("app.illust.follow") <= 1 + 5

    async def test_what_moves_up_when_works_are_deleted_is_old(self, feed: Feed) -> None:
        mine = feed.publish(60)

        def delete() -> None:
            for work in mine[35:]:
                feed.fake.world.delete_illust(work)

        def hide() -> None:
            for work in mine[:35]:
                feed.hide(work)

        clock = Clock(delete, nothing, hide, nothing)
        async with client(feed, clock) as px:
            assert await ids(px.watch(px.app.illust.follow(), every=HOUR)) == []

    async def test_all_that_was_known_may_be_deleted_and_something_be_new(
        self, feed: Feed
    ) -> None:
        mine = feed.publish(30)
        new: list[int] = []

        def replace() -> None:
            for work in mine:
                feed.fake.world.delete_illust(work)
            new.extend(feed.publish(2))

        async with client(feed, Clock(replace, nothing)) as px:
            assert await ids(px.watch(px.app.illust.follow(), every=HOUR)) == new

    async def test_what_is_published_late_comes_where_it_stands(self, feed: Feed) -> None:
        mine = feed.publish(20)
        feed.hide(mine[5])
        new: list[int] = []

        def show() -> None:
            new.extend(feed.publish())
            feed.show(mine[5])

        async with client(feed, Clock(show, nothing)) as px:
            found = await ids(px.watch(px.app.illust.follow(), every=HOUR))
        assert found == [mine[5], *new]

    async def test_what_is_hidden_and_shown_again_does_not_come_again(self, feed: Feed) -> None:
        [work] = feed.publish()
        clock = Clock(lambda: feed.hide(work), lambda: feed.show(work), nothing)
        async with client(feed, clock) as px:
            assert await ids(px.watch(px.app.illust.follow(), every=HOUR)) == []

    async def test_a_list_that_was_empty_has_only_new_things(self, feed: Feed) -> None:
        new: list[int] = []
        clock = Clock(nothing, lambda: new.extend(feed.publish(70)), nothing)
        async with client(feed, clock) as px:
            watch = px.watch(px.app.user.illusts(feed.artist), every=HOUR)
            assert await ids(watch) == new


class TestTheBacklog:
    async def test_is_all_that_is_there_the_oldest_first(self, feed: Feed) -> None:
        mine = feed.publish(70)
        clock = Clock(lambda: mine.extend(feed.publish()))
        async with client(feed, clock) as px:
            pages = px.app.user.illusts(feed.artist)
            assert await ids(px.watch(pages, every=HOUR, backlog=True)) == mine

    async def test_ends_where_max_pages_says(self, feed: Feed) -> None:
        mine = feed.publish(100)
        clock = Clock(lambda: mine.extend(feed.publish()))
        async with client(feed, clock) as px:
            pages = px.app.user.illusts(feed.artist)
            watch = px.watch(pages, every=HOUR, backlog=True, max_pages=2)
            assert await ids(watch) == mine[-61:]
        assert feed.fake.count("app.user.illusts") == 2 + 2


@for_each("name", ["app.novel.follow", "app.novel.new", "app.search.novel", "app.user.novels"])
async def test_novels(feed: Feed, name: str) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "app.search.novel": {"word": "夜"},
        "app.user.novels": {"user_id": feed.artist},
    }
    given = arguments.get(name, {})
    made: list[int] = []

    def publish() -> None:
        novel = feed.fake.world.add_novel(feed.artist, "夜の港", "灯台が見える。", tags=["夜"])
        made.append(novel.id)

    async with client(feed, Clock(publish, publish)) as px:
        assert await ids(px.watch(pages_of(px, name, **given), every=HOUR)) == made


@for_each(
    "name",
    [
        "app.illust.new",
        "app.search.illust",
        "web.search.artworks",
        "web.follow.latest_illust",
        "web.illust.new",
    ],
)
async def test_works(feed: Feed, name: str) -> None:
    given: dict[str, Any] = {"word": "灯台"} if "search" in name else {}
    made: list[int] = []

    def publish() -> None:
        work = feed.fake.world.add_illust(feed.artist, "夜の港", tags=["灯台"])
        made.append(work.id)

    async with client(feed, Clock(publish, publish)) as px:
        assert await ids(px.watch(pages_of(px, name, **given), every=HOUR)) == made


async def test_comments_replies_bookmarks_and_followers(feed: Feed) -> None:
    world, [work, other] = feed.fake.world, feed.publish(2)
    root = world.comment(feed.artist, work, "first")
    users = [world.add_user(f"Fan {number}", f"fan_{number}").id for number in range(2)]
    made: dict[str, list[int]] = {"comments": [], "replies": [], "bookmarks": [], "followers": []}

    def happen() -> None:
        made["comments"].append(world.comment(feed.artist, work, "well").id)
        reply = world.comment(feed.artist, work, "yes", parent_id=root.id)
        made["replies"].append(reply.id)
        # The older work is bookmarked after the newer one.
        target = work if made["bookmarks"] else other
        world.bookmark(feed.artist, target)
        made["bookmarks"].append(target)
        world.follow(users[len(made["followers"])], feed.artist)
        made["followers"].append(users[len(made["followers"])])

    async with client(feed, Clock(*[happen, *[nothing] * 3] * 2)) as px:
        lists: dict[str, Pages[Any, Any]] = {
            "comments": px.app.illust.comments(work),
            "replies": px.app.illust.comment_replies(root.id),
            "bookmarks": px.app.user.bookmarks_illust(feed.artist),
            "followers": px.app.user.follower(feed.artist),
        }
        watch = px.watch(list(lists.values()), every=HOUR)
        found: dict[str, list[int]] = {name: [] for name in lists}
        async for item in _until_idle(watch):
            assert watch.found is not None
            [name] = [name for name, pages in lists.items() if pages == watch.found.pages]
            found[name].append(getattr(item, "user", item).id if name == "followers" else item.id)
    assert found == made


async def _until_idle(watch: Watch[Any]) -> AsyncGenerator[Any]:
    while True:
        try:
            yield await anext(watch)
        except Idle:
            return


async def test_several_lists_are_asked_for_in_turn(feed: Feed) -> None:
    clock = Clock(*[nothing] * 9)
    async with client(feed, clock) as px:
        pages = [px.app.illust.follow(), px.app.search.illust("灯台")]
        assert await rest(px.watch(pages, every=60)) == []
    names = [one.endpoint for one in feed.fake.log if one.endpoint.startswith("app.")]
    assert names == ["app.illust.follow", "app.search.illust"] * 10


async def test_a_key_may_tell_items_apart(feed: Feed) -> None:
    clock = Clock(lambda: feed.publish(2), lambda: feed.publish(2))
    async with client(feed, clock) as px:
        pages = px.app.illust.follow()
        found = await rest(px.watch(pages, every=HOUR, key=lambda work: work.title))
        assert [work.title for work in found] == ["Sketch 0", "Sketch 1"]
        by_date: Any = operator.attrgetter("create_date")
        with pytest.raises(InvalidArgument, match="key: an item has one that is an int or a str"):
            await anext(px.watch(pages, every=HOUR, key=by_date))


async def test_a_pool_and_views_watch_as_well(feed: Feed) -> None:
    new: list[int] = []
    clock = Clock(lambda: new.extend(feed.publish()), nothing)
    async with ClientPool([client(feed, clock)], clock=clock) as pool:
        view = pool.with_options(language="ja")
        assert await ids(view.watch(view.app.illust.follow(), every=HOUR)) == new
    assert {
        one.headers["accept-language"] for one in feed.fake.log if one.endpoint.startswith("app.")
    } == {"ja"}


def refused() -> list[tuple[str, dict[str, Any], str]]:
    return [
        ("app.search.illust", {"word": "x", "sort": "popular_desc"}, "sort: only a list"),
        ("app.search.novel", {"word": "x", "sort": "date_asc"}, "sort: only a list"),
        ("web.search.artworks", {"word": "x", "order": "date"}, "order: only a list"),
        ("web.search.manga", {"word": "x", "order": "popular_d"}, "order: only a list"),
        ("app.illust.recommended", {}, "not in order of time"),
        ("app.illust.related", {"illust_id": 1}, "not in order of time"),
        ("app.search.user", {"word": "x"}, "not in order of time"),
        ("app.illust.follow", {"offset": 30}, "offset: a list is watched from its beginning"),
        ("web.follow.latest_illust", {"p": 2}, "p: a list is watched from its beginning"),
        ("app.illust.new", {"max_illust_id": 9}, "max_illust_id: a list is watched from"),
        ("app.illust.ranking", {"date": dt.date(2026, 6, 1)}, "date: the ranking of a day never"),
        ("app.user.bookmark_tags_illust", {"user_id": 1}, "key: the items of this list have no"),
    ]


@for_each("name, given, words", refused(), label=lambda case: case[0])
async def test_lists_without_anything_new_are_refused(
    feed: Feed, name: str, given: dict[str, Any], words: str
) -> None:
    px = client(feed, Clock())
    with pytest.raises(InvalidArgument, match=words):
        px.watch(pages_of(px, name, **given), every=HOUR)
    assert not feed.fake.log


async def test_bad_values_are_refused_before_anything_is_sent(feed: Feed) -> None:
    px = client(feed, Clock())
    pages = px.app.illust.follow()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"every": 0}, "every: must be 1 s or more"),
        ({"every": -5}, "every"),
        ({"every": float("nan")}, "every"),
        ({"every": float("inf")}, "every"),
        ({"every": True}, "every: must be a timedelta or seconds"),
        ({"every": "60"}, "every: must be a timedelta or seconds, not str"),
        ({"every": dt.timedelta(milliseconds=5)}, "every"),
        ({"every": 60, "max_pages": 0}, "max_pages: must be at least 1"),
        ({"every": 60, "patience": -1}, "patience"),
        ({"every": 60, "pages": []}, "pages: there is no list"),
        ({"every": 60, "pages": [pages, pages]}, "pages: a list is given twice"),
        ({"every": 60, "pages": px.app.illust.detail(1)}, "pages: only lists can be watched"),
        ({"every": 60, "pages": "feed"}, "pages: only lists can be watched, not str"),
        ({"every": 60, "pages": pages.take(3)}, "pages: only lists can be watched, not Items"),
    ]
    for given, words in cases:
        with pytest.raises(InvalidArgument, match=words):
            watch: Any = px.watch
            watch(**{"pages": pages, **given})
    feed.publish(40)
    page = await pages.first()
    with pytest.raises(InvalidArgument, match="pages: a list is watched from its beginning"):
        px.watch(px.resume(page.cursor or ""), every=60)
    await px.aclose()

"""The fake pixiv's web API: what it shows comes from its world, and changes with it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs
import orjson
import pytest
from support.each import for_each

from pixivkit import Call, Pages, Pixiv
from pixivkit.errors import NotFound, Restricted
from pixivkit.examples import examples_of
from pixivkit.models.base import Model
from pixivkit.registry import REGISTRY
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import Work

pytestmark = pytest.mark.anyio

WEB = sorted(name for name in REGISTRY if name.startswith("web."))
PAGED = [name for name in WEB if REGISTRY[name].paging]


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv()


@pytest.fixture
def twins() -> tuple[FakePixiv, FakePixiv]:
    return FakePixiv(works=80, users=6), FakePixiv(works=80, users=6)


def other_work(fake: FakePixiv) -> Work:
    """The newest work that is not the account's, for all ages and not bookmarked."""
    return next(
        work
        for work in fake.world.newest()
        if work.user_id != fake.account and not fake.world.bookmark_of(fake.account, work.id)
    )


def other_user(fake: FakePixiv) -> int:
    return next(one for one in fake.world.users if one != fake.account)


def usual(fake: FakePixiv, name: str) -> dict[str, Any]:
    """Arguments for what an endpoint cannot be called without."""
    work = next(one for one in fake.world.newest() if fake.world.root_comments(one.id))
    values: dict[str, Any] = {
        "illust_id": work.id,
        "user_id": fake.account,
        "tag": "風景",
        "word": "風景",
    }
    values["ids"] = [one.id for one in fake.world.works_of(fake.account)[:3]]
    # What the world does not know is answered from the example.
    values = examples_of(name)[0].call | values
    return {p.name: values[p.name] for p in REGISTRY[name].params if p.required}


def bound(px: Pixiv, fake: FakePixiv, name: str, **more: object) -> Any:
    method: Any = functools.reduce(getattr, name.split("."), px)
    return method(**usual(fake, name), **more)


def models(value: object) -> Iterator[Model]:
    """Every model in *value*."""
    if isinstance(value, Model):
        yield value
        for field in attrs.fields(type(value)):
            yield from models(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from models(one)
    elif isinstance(value, dict):
        yield from models(list(value.values()))


def unknown(value: object) -> list[str]:
    return [f"{type(m).__name__}.{key}" for m in models(value) for key in m.extra]


async def answer(asked: Call[Any] | Pages[Any, Any]) -> Any:
    if isinstance(asked, Pages):
        page = await asked.first()
        assert not page.broken
        return page.body
    return await asked


def identity(item: Any) -> object:
    if isinstance(item, int):
        return item
    names = ("id", "illust_id", "user_id", "request_id")
    return next(getattr(item, name) for name in names if hasattr(item, name))


async def ids(pages: Pages[Any, Any]) -> list[Any]:
    return [identity(item) async for item in pages]


# Every endpoint


@for_each("name", WEB)
async def test_every_reply_fits_its_model(fake: FakePixiv, name: str) -> None:
    async with fake.client() as px:
        assert unknown(await answer(bound(px, fake, name))) == []


@for_each("name", [name for name in WEB if FakePixiv(works=0).simulates(name)])
async def test_every_picture_of_the_world_is_there(fake: FakePixiv, name: str) -> None:
    async with fake.client() as px:
        asked = bound(px, fake, name)
        reply = (await (asked.first() if isinstance(asked, Pages) else asked.response())).reply
    urls = set(re.findall(r'https://[is]\.pximg\.net[^"]+', orjson.dumps(reply.json).decode()))
    assert [url for url in urls if fake.images.find(urlsplit(url).path) is None] == []


@for_each("name", WEB)
async def test_every_reply_is_the_same_in_the_same_world(
    twins: tuple[FakePixiv, FakePixiv], name: str
) -> None:
    replies: list[Any] = []
    for fake in twins:
        async with fake.client() as px:
            replies.append(await answer(bound(px, fake, name)))
    assert replies[0] == replies[1]


@for_each("name", WEB)
async def test_every_endpoint_answers_in_a_nearly_empty_world(name: str) -> None:
    fake = FakePixiv(works=0, users=2)
    work = fake.world.add_illust(fake.account, "はじまり", tags=["風景"])
    fake.world.comment(fake.account, work.id, "最初の一枚")
    async with fake.client() as px:
        assert unknown(await answer(bound(px, fake, name))) == []


@for_each("name", PAGED)
async def test_every_list_ends_and_has_each_item_once(fake: FakePixiv, name: str) -> None:
    async with fake.client() as px:
        found = await ids(bound(px, fake, name))
    repeated = [one for one, times in Counter(found).items() if times > 1]
    assert repeated == []
    requests = fake.count(name)
    if name not in ("web.linked.service_tumeng",):
        assert found
    if "limit" in REGISTRY[name].signature.parameters:
        async with fake.client() as px:
            assert await ids(bound(px, fake, name, limit=7)) == found
        assert fake.count(name) > requests


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("web.commission.request_complete_illust", 2),
        ("web.commission.request_in_progress_all", 2),
        ("web.commission.request_creators_illust", 2),
        ("web.follow.latest_illust", 3),
        ("web.ranking", 5),
        ("web.search.artworks", 2),
        ("web.user.bookmarks_illust", 2),
        ("web.user.following", 2),
    ],
)
async def test_long_lists_have_several_pages(fake: FakePixiv, name: str, pages: int) -> None:
    async with fake.client() as px:
        await ids(bound(px, fake, name))
    assert fake.count(name) >= pages


# Users


async def test_a_user_in_short_and_whole(fake: FakePixiv) -> None:
    user = fake.world.users[other_user(fake)]
    async with fake.client() as px:
        short = await px.web.user.detail(user.id)
        full = await px.web.user.detail(user.id, full=True)
        fake.world.unfollow(fake.account, user.id)
        after = await px.web.user.detail(user.id)
    assert (short.user_id, short.name, short.partial) == (user.id, user.name, 0)
    assert (full.partial, full.comment) == (1, user.comment)
    assert full.following == len(fake.world.follows_of(user.id))
    assert (short.is_followed, after.is_followed) == (True, False)


async def test_all_works_of_a_user_as_ids(fake: FakePixiv) -> None:
    async with fake.client() as px:
        before = await px.web.user.profile_all(fake.account)
        drawn = fake.world.add_illust(fake.account, "帰り道")
        comic = fake.world.add_illust(fake.account, "帰り道", kind="manga")
        after = await px.web.user.profile_all(fake.account)
        latest = await px.web.user.works_latest(fake.account)
        some = await px.web.user.profile_illusts(fake.account, ids=[drawn.id, comic.id, 1])
        comics = await px.web.user.profile_illusts(
            fake.account, ids=[drawn.id, comic.id], work_category="manga"
        )
    assert next(iter(after.illusts)) == drawn.id
    assert next(iter(after.manga)) == comic.id
    assert set(after.illusts.values()) == {None}
    assert len(after.illusts) == len(before.illusts) + 1
    assert list(latest.illusts)[:2] == [comic.id, drawn.id]
    assert {one: work.title for one, work in some.works.items()} == {
        comic.id: comic.title,
        drawn.id: drawn.title,
    }
    assert list(comics.works) == [comic.id]
    everything = {work.id for work in fake.world.works_of(fake.account, fake.user)}
    assert {*after.illusts, *after.manga} == everything


async def test_follows_read_back(fake: FakePixiv) -> None:
    target = other_user(fake)
    async with fake.client() as px:
        fake.world.unfollow(fake.account, target)
        fewer = await px.web.user.extra()
        assert target not in await ids(px.web.user.following(fake.account))
        fake.world.follow(fake.account, target)
        more = await px.web.user.extra()
        first = await px.web.user.following(fake.account).first()
        followers = await px.web.user.followers(target).first()
        works = await ids(px.web.follow.latest_illust())
    assert fewer.following is not None
    assert more.following == fewer.following + 1
    assert first.items[0].user_id == target
    assert first.items[0].following
    assert first.body.total == len(fake.world.follows_of(fake.account))
    assert followers.items[0].user_id == fake.account
    assert works == [work.id for work in fake.world.followed_works(fake.user)]


async def test_what_is_private_is_for_the_own_account(fake: FakePixiv) -> None:
    async with fake.client() as px:
        mine = await ids(px.web.user.following(fake.account, rest="hide"))
        assert mine == [one.target_id for one in fake.world.follows_of(fake.account, restrict=1)]
        with pytest.raises(Restricted):
            await px.web.user.following(other_user(fake), rest="hide").first()
        with pytest.raises(Restricted):
            await px.web.user.bookmarks_illust(other_user(fake), rest="hide").first()


# Bookmarks, likes, comments


async def test_a_bookmark_reads_back(fake: FakePixiv) -> None:
    work = other_work(fake)
    count = fake.world.bookmark_count(work.id)
    async with fake.client() as px:
        added = await px.web.illust.bookmark_add(work.id, tags=["夕方"])
        shown = await px.web.illust.detail(work.id)
        page = await px.web.user.bookmarks_illust(fake.account).first()
        tagged = await ids(px.web.user.bookmarks_illust(fake.account, tag="夕方"))
    assert shown.bookmark_data is not None
    assert shown.bookmark_data.id == added.last_bookmark_id
    assert not shown.bookmark_data.private
    assert shown.bookmark_count == count + 1
    assert page.items[0].id == work.id
    assert page.body.bookmark_tags[shown.bookmark_data.id] == ["夕方"]
    assert tagged == [work.id]


async def test_a_bookmark_that_only_changes(fake: FakePixiv) -> None:
    work = other_work(fake)
    async with fake.client() as px:
        added = await px.web.illust.bookmark_add(work.id)
        changed = await px.web.illust.bookmark_add(work.id, restrict=1)
        shown = await px.web.illust.detail(work.id)
        private = await px.web.user.bookmarks_illust(fake.account, rest="hide").first()
        assert work.id not in await ids(px.web.user.bookmarks_illust(fake.account))
    assert changed.last_bookmark_id is None
    assert shown.bookmark_data is not None
    assert (shown.bookmark_data.id, shown.bookmark_data.private) == (added.last_bookmark_id, True)
    assert work.id in [one.id for one in private.items]


async def test_a_bookmark_of_a_deleted_work_is_masked(fake: FakePixiv) -> None:
    work = other_work(fake)
    async with fake.client() as px:
        await px.web.illust.bookmark_add(work.id)
        fake.world.delete_illust(work.id)
        page = await px.web.user.bookmarks_illust(fake.account).first()
    gone = page.items[0]
    assert (gone.id, gone.title, gone.user_id, gone.is_masked) == (work.id, "-----", 0, True)


async def test_a_like_is_for_good(fake: FakePixiv) -> None:
    work = next(
        w for w in fake.world.newest() if fake.account not in fake.world.likes.get(w.id, ())
    )
    count = fake.world.like_count(work.id)
    async with fake.client() as px:
        assert not (await px.web.illust.detail(work.id)).like_data
        first = await px.web.illust.like(work.id)
        again = await px.web.illust.like(work.id)
        shown = await px.web.illust.detail(work.id)
    assert (first.is_liked, again.is_liked) == (False, True)
    assert (shown.like_data, shown.like_count) == (True, count + 1)


async def test_comments_made_in_the_app_show_on_the_web(fake: FakePixiv) -> None:
    work = other_work(fake)
    async with fake.client() as px:
        made = await px.app.illust.comment_add(work.id, comment="雲の形がいい")
        page = await px.web.illust.comments_roots(work.id).first()
        shown = await px.web.illust.detail(work.id)
    newest = page.items[0]
    assert (newest.id, newest.comment, newest.user_id) == (made.id, "雲の形がいい", fake.account)
    assert newest.editable
    assert shown.comment_count == len(fake.world.comments_on(work.id))


# Works


async def test_a_work_and_its_images(fake: FakePixiv) -> None:
    work = next(one for one in fake.world.newest(kinds=["manga"]) if one.page_count > 2)
    async with fake.client() as px:
        shown = await px.web.illust.detail(work.id)
        pages = await px.web.illust.pages(work.id)
    assert (shown.title, shown.illust_type, shown.create_date) == (work.title, 1, work.date)
    assert shown.page_count == len(pages) == work.page_count
    assert pages[0].urls.original == shown.urls.original == work.original_url()
    assert list(shown.user_illusts) == [
        one.id for one in fake.world.works_of(work.user_id, fake.user)
    ]
    assert shown.user_illusts[work.id] is not None


async def test_where_a_work_stands_in_its_series(fake: FakePixiv) -> None:
    series = next(one for one in fake.world.series.values() if len(one.work_ids) > 2)
    async with fake.client() as px:
        shown = await px.web.illust.detail(series.work_ids[1])
    place = shown.series_nav_data
    assert place is not None and place.prev is not None and place.next is not None
    assert (place.series_id, place.order) == (series.id, 2)
    assert [place.prev.id, place.next.id] == [series.work_ids[0], series.work_ids[2]]


async def test_recommendations_have_a_place_for_an_advertisement(fake: FakePixiv) -> None:
    work = other_work(fake)
    async with fake.client() as px:
        found = await px.web.illust.recommend_init(work.id, limit=5)
    shown = [one.id for one in found.illusts if hasattr(one, "id")]
    assert (len(shown), len(found.illusts)) == (5, 6)
    assert len({*shown, *found.next_ids}) == 5 + len(found.next_ids) == len(found.details)
    assert work.id not in {*shown, *found.next_ids}


async def test_the_newest_works_of_everybody(fake: FakePixiv) -> None:
    async with fake.client() as px:
        drawn = await ids(px.web.illust.new())
        comics = await ids(px.web.illust.new(type="manga"))
        adult = await ids(px.web.illust.new(r18=True))
    everything = fake.world.newest(fake.user)
    assert sorted(drawn + comics) == sorted(one.id for one in everything if not one.x_restrict)
    assert drawn == sorted(drawn, reverse=True)
    assert adult and all(fake.world.works[one].x_restrict for one in adult)


# Searches and rankings


async def found(fake: FakePixiv, **given: Any) -> list[Work]:
    async with fake.client() as px:
        pages: Pages[Any, Any] = px.web.search.artworks("風景", **given)
        return [fake.world.works[one] for one in await ids(pages)]


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({}, lambda work: "風景" in work.tags),
        ({"mode": "safe"}, lambda work: not work.x_restrict),
        ({"mode": "r18"}, lambda work: work.x_restrict == 1),
        ({"ratio": 0.5}, lambda work: work.width > work.height),
        ({"ratio": -0.5}, lambda work: work.width < work.height),
        ({"ratio": 0}, lambda work: work.width == work.height),
        (
            {"min_width": 1400, "max_height": 3000},
            lambda work: work.width >= 1400 and work.height <= 3000,
        ),
        ({"tool": "SAI"}, lambda work: "SAI" in work.tools),
        ({"ai_type": 1}, lambda work: work.ai_type != 2),
        ({"start_date": "2025-09-01"}, lambda work: work.date.date() >= dt.date(2025, 9, 1)),
        ({"end_date": dt.date(2025, 9, 1)}, lambda work: work.date.date() <= dt.date(2025, 9, 1)),
        ({"match": "s_tc"}, lambda work: "風景" in work.title + work.caption),
    ],
)
async def test_a_search_narrows(
    fake: FakePixiv, given: dict[str, Any], fits: Callable[[Work], bool]
) -> None:
    everything = fake.world.newest(fake.user)
    if "match" not in given:
        everything = [work for work in everything if "風景" in work.tags]
    works = await found(fake, **given)
    assert works == [work for work in everything if fits(work)]


async def test_a_search_by_bookmarks_and_in_other_orders(fake: FakePixiv) -> None:
    count = fake.world.bookmark_count
    newest = await found(fake)
    assert await found(fake, order="date") == newest[::-1]
    popular = [count(work.id) for work in await found(fake, order="popular_d")]
    assert popular == sorted(popular, reverse=True)
    between = await found(fake, min_bookmarks=20, max_bookmarks=100)
    assert between == [work for work in newest if 20 <= count(work.id) <= 100]
    fake.user.is_premium = False
    assert await found(fake, order="popular_d") == newest


async def test_searches_by_kind(fake: FakePixiv) -> None:
    async with fake.client() as px:
        comics = await px.web.search.manga("風景").first()
        moving = await ids(px.web.search.illustrations("風景", type="ugoira"))
        both = await ids(px.web.search.illustrations("風景"))
        first = await px.web.search.top("風景")
    assert {one.illust_type for one in comics.items} == {1}
    assert {fake.world.works[one].kind for one in moving} <= {"ugoira"}
    assert {fake.world.works[one].kind for one in both} <= {"illust", "ugoira"}
    assert first.manga is not None and first.illust is not None
    assert first.manga.total == comics.body.manga.total
    assert first.illust.total == len(both)


async def test_what_nothing_matches(fake: FakePixiv) -> None:
    async with fake.client() as px:
        page = await px.web.search.artworks("zzz nothing").first()
        tag = await px.web.search.tag("zzz nothing")
        stories = await px.web.tag.stories("zzz nothing")
    assert (page.items, page.body.illust_manga.total, page.cursor) == ([], 0, None)
    assert (tag.tag, tag.tag_translation, stories.tag_story_ids) == ("zzz nothing", {}, [])


async def test_the_ranking(fake: FakePixiv) -> None:
    async with fake.client() as px:
        pages = [page async for page in px.web.ranking().pages()]
        comics = await ids(px.web.ranking(content="manga"))
        adult = await ids(px.web.ranking(mode="daily_r18"))
        earlier = await px.web.ranking(date="20260601").first()
        with pytest.raises(NotFound):
            await px.web.ranking(date="20300101").first()
    ranks = [one.rank for page in pages for one in page.items]
    assert pages[0].body.rank_total == len(ranks)
    assert ranks == list(range(1, len(ranks) + 1))
    assert [len(page.items) for page in pages[:-1]] == [50] * (len(pages) - 1)
    assert (pages[0].body.prev, pages[0].body.next, pages[-1].body.next) == (None, 2, None)
    assert (pages[0].body.date, pages[0].body.next_date) == ("20260619", None)
    assert (earlier.body.date, earlier.body.next_date) == ("20260601", "20260602")
    assert {fake.world.works[one].kind for one in comics} == {"manga"}
    assert adult and all(fake.world.works[one].x_restrict for one in adult)


async def test_a_long_page_of_a_search_has_a_place_for_an_advertisement(fake: FakePixiv) -> None:
    async with fake.client() as px:
        page = await px.web.search.artworks("オリジナル").first()
    assert (len(page.body.illust_manga.data), len(page.items)) == (61, 60)


# What is there to find


@for_each("name", [name for name in WEB if name.startswith("web.commission.")])
async def test_a_page_of_requests_names_what_it_holds(fake: FakePixiv, name: str) -> None:
    async with fake.client() as px:
        body = await answer(bound(px, fake, name))
    requests = {one.request_id for one in body.requests}
    people = {one.user_id for one in body.users}
    works = {one.id for one in body.thumbnails.illust}
    assert requests >= set(getattr(body.page, "request_ids", ()))
    assert requests >= set(getattr(body.page, "in_progress_request_ids", ()))
    for one in body.requests:
        assert one.creator_user_id in people
        assert (one.post_work is None) == (one.request_status == "inProgress")
        assert one.post_work is None or one.post_work.post_work_id in works


async def test_a_work_made_for_a_request(fake: FakePixiv) -> None:
    async with fake.client() as px:
        requests = await px.web.commission.request_complete_manga().first()
        asked = requests.items[0]
        assert asked.post_work is not None
        shown = await px.web.illust.detail(asked.post_work.post_work_id)
        assert shown.user_id is not None
        profile = await px.web.user.profile_all(shown.user_id)
    assert shown.request is not None and shown.request.request == asked
    assert shown.request.creator is not None
    assert shown.request.creator.user_id == asked.creator_user_id == shown.user_id
    assert str(shown.id) in profile.request.post_works.artworks


async def test_the_front_page_names_what_it_holds(fake: FakePixiv) -> None:
    async with fake.client() as px:
        top = await px.web.top.illust()
        safe = await px.web.top.illust(mode="safe")
    works = {one.id for one in top.thumbnails.illust}
    page = top.page
    assert page.recommend is not None and page.ranking is not None
    named = [*page.follow, *page.mypixiv, *page.new_post, *page.recommend.ids]
    named += [one.id for one in page.ranking.items]
    named += [one for tag in page.tags for one in tag.ids]
    assert named and set(named) <= works
    assert {one.id for one in page.recommend_user} <= {one.user_id for one in top.users}
    assert not any(one.x_restrict for one in safe.thumbnails.illust)


async def test_discoveries(fake: FakePixiv) -> None:
    async with fake.client() as px:
        found = await px.web.discovery.artworks(limit=20)
        adult = await px.web.discovery.artworks(mode="r18")
        people = await px.web.discovery.users(limit=3)
    shown = [one.id for one in found.thumbnails.illust if hasattr(one, "id")]
    assert shown == [one.illust_id for one in found.recommended_illusts]
    assert (len(shown), len(found.thumbnails.illust)) == (20, 21)
    assert adult.recommended_illusts
    assert [one.user_id for one in people.users] == [
        one.user_id for one in people.recommended_users
    ]


async def test_a_discovery_starts_from_a_work(fake: FakePixiv) -> None:
    sample = other_work(fake)
    async with fake.client() as px:
        found = await px.web.discovery.artworks(limit=10, sample_illust_id=sample.id)
    works = [fake.world.works[int(one.illust_id)] for one in found.recommended_illusts]
    common = [len(set(work.tags) & set(sample.tags)) for work in works]
    assert common == sorted(common, reverse=True)
    assert common[0] > 0
    assert sample not in works


async def test_new_works_under_a_tag_that_nobody_is_filed_under(fake: FakePixiv) -> None:
    async with fake.client() as px:
        assert await ids(px.web.follow.latest_illust(tag="友達")) == []


async def test_the_watchlist_may_be_asked_for_as_pixivs_page_does(fake: FakePixiv) -> None:
    async with fake.client() as px:
        usual = await ids(px.web.watch.list_manga())
        assert await ids(px.web.watch.list_manga(new=True)) == usual


async def test_notifications_tell_what_happened(fake: FakePixiv) -> None:
    mine = next(w for w in fake.world.works.values() if w.user_id == fake.account)
    stranger = fake.world.add_user("通りすがり", "passer_by")
    async with fake.client() as px:
        fake.world.follow(stranger.id, fake.account)
        fake.world.bookmark(stranger.id, mine.id)
        fake.world.comment(stranger.id, mine.id, "こんにちは")
        told = await px.web.notification()
    kinds = [one.type for one in told.items[:3]]
    assert kinds == ["commented", "bookmarked", "favorited"]
    assert all(stranger.name in one.content and one.unread for one in told.items[:3])


# Refusals


async def test_what_is_not_there(fake: FakePixiv) -> None:
    async with fake.client() as px:
        asked: list[Call[Any]] = [
            px.web.user.detail(1),
            px.web.user.profile_all(1),
            px.web.illust.detail(1),
            px.web.illust.pages(1),
            px.web.illust.bookmark_add(1),
            px.web.illust.like(1),
        ]
        for call in asked:
            with pytest.raises(NotFound):
                await call
        with pytest.raises(NotFound):
            await px.web.illust.comments_roots(1).first()


async def test_private_works_are_not_there_for_others(fake: FakePixiv) -> None:
    work = other_work(fake)
    work.restrict = 2
    async with fake.client() as px:
        with pytest.raises(NotFound):
            await px.web.illust.detail(work.id)
        assert work.id not in await ids(px.web.illust.new())


async def test_adult_works_need_a_login(fake: FakePixiv) -> None:
    adult = next(work for work in fake.world.works.values() if work.x_restrict)
    async with fake.client(web=None) as px:
        shown = await px.web.illust.detail(adult.id)
        pages = await px.web.illust.pages(adult.id)
        assert adult.id not in await ids(px.web.search.artworks("R-18"))
        for refused in (
            px.web.search.artworks("風景", mode="r18"),
            px.web.ranking(mode="daily_r18"),
            px.web.illust.new(r18=True),
            px.web.commission.request_complete_illust(mode="r18"),
            px.web.commission.request_creators_illust(mode="r18"),
        ):
            with pytest.raises(Restricted):
                await refused.first()
    assert (shown.urls.original, shown.urls.thumb, pages[0].urls.original) == (None, None, None)
    assert shown.no_login_data is not None

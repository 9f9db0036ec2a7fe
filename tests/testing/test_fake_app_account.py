"""The fake pixiv: what the account has set, seen, muted and watches, on the App API."""

from __future__ import annotations

import datetime as dt

import pytest

from pixivkit import errors
from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture
from pixivkit.testing.world import User, Work

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=6)


@pytest.fixture
def other(fake: FakePixiv) -> User:
    """Somebody else."""
    return list(fake.world.users.values())[1]


@pytest.fixture
def shown(fake: FakePixiv, other: User) -> Work:
    """A work of somebody else that the account sees."""
    return next(w for w in fake.world.works_of(other.id, fake.user) if not w.sanity_limited)


# The profile


async def test_an_edited_profile_is_shown(fake: FakePixiv) -> None:
    async with fake.client() as px:
        await px.app.user.profile_edit(
            user_name="木漏れ日",
            comment="Plants",
            webpage="https://example.com/",
            gender="female",
            country="IS",
            birthday=dt.date(1998, 4, 29),
            birth_year_publicity="private",
            profile_image=make_picture("png", 20, 20, "a"),
        )
        await px.app.user.workspace_edit(tablet="13 inches", music="rain")
        await px.app.user.workspace_edit(music="")
        shown = await px.app.user.detail(fake.account)
        assert await px.app.user.detail_v2(fake.account) == shown
    assert (shown.user.name, shown.user.comment) == ("木漏れ日", "Plants")
    profile = shown.profile
    assert (profile.webpage, profile.gender) == ("https://example.com/", "female")
    assert (profile.country_code, profile.birth, profile.birth_day) == (
        "IS",
        "1998-04-29",
        "04-29",
    )
    assert shown.profile_publicity is not None
    assert shown.profile_publicity.birth_year == "private"
    assert (shown.workspace.tablet, shown.workspace.music) == ("13 inches", "")


async def test_a_profile_goes_without_a_picture(fake: FakePixiv) -> None:
    async with fake.client() as px:
        await px.app.user.profile_edit(delete_profile_image=True)
        shown = await px.app.user.detail(fake.account)
    assert shown.profile.is_using_custom_profile_image is False


async def test_a_profile_takes_what_the_presets_offer(fake: FakePixiv) -> None:
    async with fake.client() as px:
        presets = await px.app.user.profile_presets()
        job = presets.jobs[0].id
        await px.app.user.profile_edit(job=job, country=presets.countries[0].code)
        assert (await px.app.user.detail(fake.account)).profile.job_id == job
        assert (await px.app.user.me_state()).is_mail_authorized


async def test_settings_are_read_back(fake: FakePixiv) -> None:
    async with fake.client() as px:
        assert (await px.app.user.ai_show_settings()).show_ai
        await px.app.user.edit_ai_show_settings(False)
        assert (await px.app.user.ai_show_settings()).show_ai is False
        await px.app.user.edit_restricted_mode_settings(True)
        assert (await px.app.user.restricted_mode_settings()).is_restricted_mode_enabled


# What was seen


async def test_what_was_seen_last_is_first(fake: FakePixiv, other: User) -> None:
    first, second, third = list(fake.world.works)[:3]
    novel = fake.world.add_novel(other.id, "夜", "本文")
    async with fake.client() as px:
        assert [work async for work in px.app.user.browsing_history_illusts()] == []
        await px.app.user.browsing_history_illust_add([first, second])
        await px.app.user.browsing_history_illust_add([third, first])
        seen = [work.id async for work in px.app.user.browsing_history_illusts()]
        assert seen == [first, third, second]
        await px.app.user.browsing_history_novel_add([novel.id])
        novels = [one.id async for one in px.app.user.browsing_history_novels()]
        assert novels == [novel.id]


# What is muted


async def test_a_muted_user_is_marked(fake: FakePixiv, other: User, shown: Work) -> None:
    async with fake.client() as px:
        await px.app.mute.edit(add_user_ids=[other.id])
        muted = await px.app.mute.list()
        assert [one.user.id for one in muted.muted_users] == [other.id]
        assert (muted.muted_count, muted.muted_users_count, muted.muted_tags_count) == (1, 1, 0)
        assert (await px.app.illust.detail(shown.id)).is_muted
        (found,) = [one async for one in px.app.search.user(other.account)]
        assert found.is_muted
        await px.app.mute.edit(delete_user_ids=[other.id])
        assert not (await px.app.illust.detail(shown.id)).is_muted


async def test_a_muted_tag_is_marked(fake: FakePixiv, shown: Work) -> None:
    shown.tags = ["猫"]
    async with fake.client() as px:
        await px.app.mute.edit(add_tags=["猫", "犬"])
        await px.app.mute.edit(delete_tags=["犬"])
        assert [one.tag.name for one in (await px.app.mute.list()).muted_tags] == ["猫"]
        assert (await px.app.illust.detail(shown.id)).is_muted


# What is watched


async def test_watched_series_of_manga(fake: FakePixiv) -> None:
    series = next(one for one in fake.world.series.values() if one.user_id != fake.account)
    fake.world.watch_list.clear()
    async with fake.client() as px:
        await px.app.watchlist.manga_add(series.id)
        (watched,) = [one async for one in px.app.watchlist.manga()]
        assert (watched.id, watched.user.id) == (series.id, series.user_id)
        assert watched.latest_content_id == series.work_ids[-1]
        (listed,) = [one async for one in px.web.watch.list_manga()]
        assert listed.id == series.id
        theirs = [one.id async for one in px.app.user.illust_series(series.user_id)]
        assert theirs == [series.id]
        await px.app.watchlist.manga_delete(series.id)
        assert [one async for one in px.app.watchlist.manga()] == []
        with pytest.raises(errors.NotFound):
            await px.app.watchlist.manga_add(1)


async def test_watched_series_of_novels(fake: FakePixiv, other: User) -> None:
    world = fake.world
    novels = [world.add_novel(other.id, f"第{number}話", "本文") for number in range(3)]
    series = world.add_novel_series(other.id, "海霧の便り", novels)
    async with fake.client() as px:
        await px.app.watchlist.novel_add(series.id)
        (watched,) = [one async for one in px.app.watchlist.novel()]
        assert (watched.id, watched.published_content_count) == (series.id, 3)
        theirs = [one.id async for one in px.app.user.novel_series(other.id)]
        assert series.id in theirs
        first = await px.app.user.novels(other.id).first()
        assert first.items[0].series is not None
        assert first.items[0].series.id == series.id
        await px.app.watchlist.novel_delete(series.id)
        assert [one async for one in px.app.watchlist.novel()] == []


# Searches


async def test_users_are_found_by_their_names(fake: FakePixiv, other: User) -> None:
    async with fake.client() as px:
        by_name = [one.user.id async for one in px.app.search.user(other.name)]
        by_account = [one.user.id async for one in px.app.search.user(other.account)]
        assert [one async for one in px.app.search.user("nobody of that name")] == []
    assert by_name == by_account == [other.id]

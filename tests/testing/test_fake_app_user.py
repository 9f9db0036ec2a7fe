"""The fake pixiv: users on the App API, whom they follow, and what the account says of itself."""

from __future__ import annotations

import pytest

from pixivkit import errors
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import User

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=60, users=12)


@pytest.fixture
def other(fake: FakePixiv) -> User:
    """Somebody else."""
    return list(fake.world.users.values())[1]


# Profiles


async def test_a_profile_counts_what_there_is(fake: FakePixiv, other: User) -> None:
    other.comment = "Mostly landscapes."
    works = fake.world.works_of(other.id, fake.user)
    async with fake.client() as px:
        shown = await px.app.user.detail(other.id)
        with pytest.raises(errors.NotFound):
            await px.app.user.detail(1)
    assert (shown.user.id, shown.user.comment) == (other.id, "Mostly landscapes.")
    assert (shown.profile.total_illusts or 0) + (shown.profile.total_manga or 0) == len(works)
    assert shown.profile.total_novels == len(fake.world.novels_of(other.id))
    assert shown.profile.is_premium is other.is_premium


async def test_novels_of_a_user(fake: FakePixiv, other: User) -> None:
    for number in range(40):
        fake.world.add_novel(other.id, f"第{number}話", "本文")
    async with fake.client() as px:
        novels = [novel.id async for novel in px.app.user.novels(other.id)]
        nobody = await px.app.user.novels(1).first()
    assert novels == [novel.id for novel in fake.world.novels_of(other.id)]
    assert nobody.items == []
    assert nobody.body.user is not None and nobody.body.user.id == 0


# Bookmarks


async def test_bookmarked_novels_page_by_the_id_of_the_bookmark(
    fake: FakePixiv, other: User
) -> None:
    world = fake.world
    made = [world.add_novel(other.id, f"第{number}話", "本文") for number in range(40)]
    for novel in made:
        world.bookmark(fake.account, novel.id, tags=["あとで"], target="novel")
    world.bookmark(fake.account, made[0].id, restrict=1, target="novel")
    world.delete_novel(made[1].id)
    async with fake.client() as px:
        tagged = [novel async for novel in px.app.user.bookmarks_novel(fake.account, tag="あとで")]
        private = px.app.user.bookmarks_novel(fake.account, restrict="private")
        assert [novel.id async for novel in private] == [made[0].id]
        with pytest.raises(errors.Restricted):
            await px.app.user.bookmarks_novel(other.id, restrict="private").first()
    assert [novel.id for novel in tagged] == [novel.id for novel in made[:0:-1]]
    assert all(novel.is_bookmarked for novel in tagged[:-1])
    assert tagged[-1].availability == "deleted"


async def test_tags_of_bookmarks_are_counted(fake: FakePixiv, other: User) -> None:
    world = fake.world
    world.bookmarks.clear()
    first, second, *_ = world.works_of(other.id)
    world.bookmark(fake.account, first.id, tags=["海", "夏"])
    world.bookmark(fake.account, second.id, tags=["海"])
    novel = world.add_novel(other.id, "夜", "本文")
    world.bookmark(fake.account, novel.id, restrict=1, tags=["夜"], target="novel")
    async with fake.client() as px:
        works = px.app.user.bookmark_tags_illust(fake.account)
        assert {tag.name: tag.count async for tag in works} == {"海": 2, "夏": 1}
        novels = px.app.user.bookmark_tags_novel(fake.account, restrict="private")
        assert {tag.name: tag.count async for tag in novels} == {"夜": 1}
        with pytest.raises(errors.Restricted):
            await px.app.user.bookmark_tags_illust(other.id, restrict="private").first()


# Following


async def test_who_is_followed_is_in_the_list(fake: FakePixiv, other: User) -> None:
    fake.world.follows.clear()
    async with fake.client() as px:
        await px.app.user.follow_add(other.id)
        (shown,) = [one async for one in px.app.user.following(fake.account)]
        assert (shown.user.id, shown.user.is_followed) == (other.id, True)
        newest = fake.world.works_of(other.id, fake.user)[:3]
        assert [work.id for work in shown.illusts] == [work.id for work in newest]
        detail = await px.app.user.follow_detail(other.id)
        assert (detail.is_followed, detail.restrict) == (True, "public")
        followers = [one.user.id async for one in px.app.user.follower(other.id)]
        assert followers == [fake.account]

        await px.app.user.follow_add(other.id, restrict="private")
        assert [one async for one in px.app.user.following(fake.account)] == []
        hidden = px.app.user.following(fake.account, restrict="private")
        assert [one.user.id async for one in hidden] == [other.id]
        assert (await px.app.user.follow_detail(other.id)).restrict == "private"
        assert [one async for one in px.app.user.follower(other.id)] == []

        await px.app.user.follow_delete(other.id)
        assert not (await px.app.user.follow_detail(other.id)).is_followed
        assert not (await px.app.user.detail(other.id)).user.is_followed


async def test_nobody_sees_whom_others_follow_privately(fake: FakePixiv, other: User) -> None:
    async with fake.client() as px:
        with pytest.raises(errors.Restricted):
            await px.app.user.following(other.id, restrict="private").first()
        with pytest.raises(errors.NotFound):
            await px.app.user.follow_add(1)


async def test_lists_of_users_page_to_their_end() -> None:
    fake = FakePixiv(works=10, users=50)
    followed = [one.target_id for one in fake.world.follows_of(fake.account)]
    assert len(followed) > 30
    async with fake.client() as px:
        assert [one.user.id async for one in px.app.user.following(fake.account)] == followed
        recommended = [one.user.id async for one in px.app.user.recommended()]
        assert set(recommended) == set(fake.world.users) - {fake.account}
        friends = {one.user.id async for one in px.app.user.mypixiv(fake.account)}
        assert friends == fake.world.mypixiv[fake.account]


async def test_related_users_are_others(fake: FakePixiv, other: User) -> None:
    async with fake.client() as px:
        related = {one.user.id for one in await px.app.user.related(other.id)}
        with pytest.raises(errors.NotFound):
            await px.app.user.related(1)
    assert related == set(fake.world.users) - {fake.account, other.id}

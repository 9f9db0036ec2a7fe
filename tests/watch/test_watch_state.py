"""The state file: a watch goes on from it, and it is never lost, shared or overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.full_disk import full_disk, needs_limits
from watching import HOUR, Clock, Feed, ids, nothing, rest

from pixivkit import Pixiv
from pixivkit.errors import PixivError, Restricted, WatchError
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv
from pixivkit.watch import Watch, remembered

pytestmark = pytest.mark.anyio


@pytest.fixture
def feed() -> Feed:
    return Feed(FakePixiv(works=60, users=4))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state" / "feed.json"


def watch(px: Pixiv, state: Path, **options: Any) -> Watch[Illust]:
    return px.watch(px.app.illust.follow(), every=HOUR, state=state, **options)


async def take(watched: Watch[Illust], count: int) -> list[int]:
    return [(await anext(watched)).id for _ in range(count)]


def content_of(state: Path) -> bytes:
    return state.read_bytes()


def kept(state: Path) -> list[dict[str, Any]]:
    """The entries of a state file."""
    return list(json.loads(state.read_bytes())["lists"].values())


def put(state: Path, content: bytes) -> None:
    state.parent.mkdir()
    state.write_bytes(content)


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def test_what_appeared_in_between_is_handed_out(feed: Feed, state: Path) -> None:
    async with feed.fake.client(clock=Clock()) as px:
        assert await rest(watch(px, state)) == []
        new = feed.publish(40)
        assert await ids(watch(px, state)) == new
        assert await rest(watch(px, state)) == []


class TestTheItemInHand:
    async def test_comes_again_after_a_crash(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            await rest(watch(px, state))
            new = feed.publish(5)
            crashed = watch(px, state)
            assert await take(crashed, 3) == new[:3]
            del crashed
            assert await ids(watch(px, state)) == new[2:]

    async def test_comes_again_after_an_exception(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            await rest(watch(px, state))
            new = feed.publish(3)
            with pytest.raises(ZeroDivisionError):
                async with watch(px, state) as watched:
                    async for _ in watched:
                        raise ZeroDivisionError
            assert await ids(watch(px, state)) == new

    async def test_is_done_when_the_block_is_left(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            await rest(watch(px, state))
            new = feed.publish(3)
            async with watch(px, state) as watched:
                assert await take(watched, 1) == new[:1]
            assert await ids(watch(px, state)) == new[1:]

    async def test_is_not_done_when_it_is_closed(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            await rest(watch(px, state))
            new = feed.publish(3)
            watched = watch(px, state)
            assert await take(watched, 2) == new[:2]
            await watched.aclose()
            # It may be opened by others, and again by itself.
            assert await take(watch(px, state), 1) == [new[1]]
            assert await ids(watched) == new[1:]


class TestTheBacklog:
    async def test_goes_on_where_it_was(self, feed: Feed, state: Path) -> None:
        feed.publish(40)
        old = [one.id for one in feed.fake.world.followed_works(feed.fake.user)][::-1]
        async with feed.fake.client(clock=Clock()) as px:
            async with watch(px, state, backlog=True) as watched:
                assert await take(watched, 25) == old[:25]
            new = feed.publish(2)
            # Whether it is asked for again or not.
            assert await ids(watch(px, state)) == [*old[25:], *new]
            assert await rest(watch(px, state, backlog=True)) == []


class TestLists:
    async def test_each_has_an_entry_and_others_are_kept(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            artist = px.app.user.illusts(feed.artist)
            await rest(px.watch([artist, px.app.novel.follow()], every=HOUR, state=state))
            await rest(watch(px, state))
            new = feed.publish(2)
            assert await ids(watch(px, state)) == new
            assert await ids(px.watch(artist, every=HOUR, state=state)) == new
        assert sorted(one["request"] for one in kept(state)) == [
            "app.illust.follow()",
            "app.novel.follow()",
            f"app.user.illusts(user_id={feed.artist})",
        ]

    async def test_what_is_remembered_is_bounded(
        self, feed: Feed, state: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(remembered, "MOST_KEYS", 50)
        mine = feed.publish(140)
        async with feed.fake.client(clock=Clock()) as px:
            artist = px.app.user.illusts(feed.artist)
            found = await ids(px.watch(artist, every=HOUR, state=state, backlog=True))
            assert found == mine
            [one] = kept(state)
            assert one["known"] == mine[-50:]
            # What it no longer remembers is below what it does, and so it is old.
            for work in mine[-50:]:
                feed.fake.world.delete_illust(work)
            new = feed.publish(2)
            assert await ids(px.watch(artist, every=HOUR, state=state)) == new


class TestAFileThatCannotBeUsed:
    async def test_is_in_use(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            await rest(watch(px, state))
            new = feed.publish(2)
            first, second = watch(px, state), watch(px, state)
            await take(first, 1)
            with pytest.raises(WatchError, match=r"feed\.json is in use by another watch"):
                await anext(second)
            await first.aclose()
            assert await ids(second) == new

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "is damaged, or no state of a watch; it was left as it is"),
            (b"{", "is damaged, or no state"),
            (b"\xff\x00", "is damaged, or no state"),
            (b"[" * 100_000, "is damaged, or no state"),
            (b"[]", "is no state of a watch; it was left as it is: move it away"),
            (b'{"refresh_token": "..."}', "is no state of a watch"),
            (b'{"format": "pixivkit watch", "version": 2, "lists": {}}', "another version"),
            (b'{"format": "pixivkit watch", "version": 1}', "is damaged"),
            (b'{"format": "pixivkit watch", "version": 1, "lists": [1]}', "is damaged"),
            (b'{"format": "pixivkit watch", "version": 1, "lists": {"a": {}}}', "is damaged"),
            (
                b'{"format": "pixivkit watch", "version": 1, "lists": {"a": {"request": "x", '
                b'"known": [null], "goes_on": false, "day": null, "whole": false}}}',
                "is damaged",
            ),
            (
                b'{"format": "pixivkit watch", "version": 1, "lists": {"a": {"request": "x", '
                b'"known": [], "goes_on": false, "day": "noon", "whole": false}}}',
                "is damaged",
            ),
        ],
    )
    async def test_is_damaged_or_of_something_else(
        self, feed: Feed, state: Path, content: bytes, words: str
    ) -> None:
        put(state, content)
        async with feed.fake.client(clock=Clock()) as px:
            with pytest.raises(WatchError, match=words):
                await anext(watch(px, state))
        assert content_of(state) == content
        assert feed.fake.count("app.illust.follow") == 0

    async def test_is_a_folder(self, feed: Feed, tmp_path: Path) -> None:
        async with feed.fake.client(clock=Clock()) as px:
            with pytest.raises(WatchError, match="Is a directory"):
                await anext(watch(px, tmp_path))

    @needs_limits
    async def test_is_on_a_full_disk(self, feed: Feed, state: Path) -> None:
        async with feed.fake.client(clock=Clock(*[nothing] * 3)) as px:
            watched = watch(px, state)
            with full_disk(10), pytest.raises(WatchError, match="too large"):
                await anext(watched)
            await rest(watch(px, state))
            new = feed.publish(3)
            # The pace of the clock does not let it look before it is due.
            assert await take(watched, 1) == new[:1]
            with full_disk(10), pytest.raises(WatchError, match="too large"):
                await anext(watched)
            # Nothing is handed out while it cannot be remembered, and nothing twice afterwards.
            assert await ids(watched) == new[1:]
            assert await rest(watch(px, state)) == []
        assert names_in(state.parent) == ["feed.json"]


async def test_a_watch_may_be_begun_again_after_an_error(feed: Feed, state: Path) -> None:
    clock = Clock()
    async with feed.fake.client(clock=clock) as px:
        watched = watch(px, state)
        feed.fake.fail_next("app.illust.follow", status=403)
        with pytest.raises(Restricted):
            await anext(watched)
        # Until then others may have the file, and this one goes on where they were.
        first = feed.publish(2)
        assert await ids(watch(px, state, backlog=True)) != []
        second = feed.publish(2)
        clock.events.append(nothing)
        assert await ids(watched) == second
        assert first


async def test_without_a_file_nothing_is_remembered(feed: Feed) -> None:
    async with feed.fake.client(clock=Clock()) as px:
        feed.publish(3)
        assert await rest(px.watch(px.app.illust.follow(), every=HOUR)) == []
        assert (
            len(await rest(px.watch(px.app.user.illusts(feed.artist), every=HOUR, backlog=True)))
            == 3
        )


async def test_a_look_that_is_cancelled_loses_nothing(feed: Feed, state: Path) -> None:
    entered = anyio.Event()

    def hold(app: Any) -> Any:
        async def held(scope: Any, receive: Any, send: Any) -> None:
            if new and not entered.is_set() and "follow" in scope["path"]:
                entered.set()
                await anyio.sleep_forever()
            await app(scope, receive, send)

        return held

    new: list[int] = []
    feed.fake.middleware.append(hold)
    clock = Clock()
    async with feed.fake.client(clock=clock) as px:
        await rest(watch(px, state))
        new += feed.publish(3)
        watched = watch(px, state)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watched.__anext__)
            await entered.wait()
            tasks.cancel_scope.cancel()
        clock.events.append(nothing)
        assert await take(watched, 3) == new
        await watched.aclose()


async def test_two_tasks_cannot_share_a_watch(feed: Feed) -> None:
    entered = anyio.Event()

    class Waiting(Clock):
        async def sleep(self, seconds: float) -> None:
            del seconds
            entered.set()
            await anyio.sleep_forever()

    async with feed.fake.client(clock=Waiting()) as px, anyio.create_task_group() as tasks:
        watched = px.watch(px.app.illust.follow(), every=HOUR)
        tasks.start_soon(watched.__anext__)
        await entered.wait()
        with pytest.raises(PixivError, match="a watch is for one task"):
            await anext(watched)
        tasks.cancel_scope.cancel()

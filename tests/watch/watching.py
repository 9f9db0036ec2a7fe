"""A fake whose followed feed tests add to, and what they take from watches."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import anyio
import anyio.lowlevel

from pixivkit import Pages
from pixivkit.session import Session
from pixivkit.testing import FakePixiv
from pixivkit.testing.records import Work

T = TypeVar("T")

HOUR = 3600.0


class Idle(Exception):
    """A watch waits for what no test lets happen."""


class Clock:
    """
    A clock on which waiting takes no time.

    Attributes:
        now: Seconds since 1970; it begins at noon in Japan.
        slept: How long each sleep was.
        events: What happens during the next sleeps, in turn; where nothing is left, `Idle` ends
            whoever sleeps.
    """

    def __init__(self, *events: Callable[[], object]) -> None:
        self.now = 1_781_924_400.0
        self.slept: list[float] = []
        self.events = list(events)

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()
        self.slept.append(seconds)
        if not self.events:
            raise Idle
        self.events.pop(0)()
        self.now += seconds


def pages_of(px: Session, name: str, **given: object) -> Pages[Any, Any]:
    """The list of the endpoint of that name."""
    pages = px.call(name, **given)
    assert isinstance(pages, Pages)
    return pages


def nothing() -> None:
    """Nothing happens."""


class Feed:
    """
    A user whom the account follows, and who publishes.

    Attributes:
        fake: The fake.
        artist: Id of the user.
    """

    def __init__(self, fake: FakePixiv) -> None:
        self.fake = fake
        world = fake.world
        self.artist = world.add_user("Mina Aoki", "mina_aoki").id
        world.follow(world.account_id, self.artist)

    def publish(self, count: int = 1) -> list[int]:
        """Publish works, and return their ids."""
        add = self.fake.world.add_illust
        return [add(self.artist, f"Sketch {number}").id for number in range(count)]

    def hide(self, work: int) -> None:
        """Make a work private, or one that is to be published later."""
        self.work(work).restrict = 2

    def show(self, work: int) -> None:
        """Publish a hidden work: it stands where it would if it had never been hidden."""
        self.work(work).restrict = 0

    def work(self, work: int) -> Work:
        return self.fake.world.works[work]


async def rest(watch: AsyncIterator[T]) -> list[T]:
    """All items until the watch is idle."""
    items: list[T] = []
    try:
        async for item in watch:
            items.append(item)
    except Idle:
        pass
    return items


async def ids(watch: AsyncIterator[Any]) -> list[int]:
    """The ids of all items until the watch is idle."""
    return [item.id for item in await rest(watch)]

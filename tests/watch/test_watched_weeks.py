"""Weeks in which anything happens: no item is lost, and only the one in hand comes twice."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import anyio
import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings
from watching import HOUR, Clock, Feed, Idle, nothing

from pixivkit.testing import FakePixiv

Happening: TypeAlias = tuple[str, int]

HAPPENINGS: st.SearchStrategy[Happening] = st.one_of(
    st.tuples(st.just("publish"), st.integers(1, 35)),
    st.tuples(st.just("prepare"), st.integers(1, 3)),
    st.tuples(st.just("show"), st.integers(0, 50)),
    st.tuples(st.just("delete"), st.integers(0, 200)),
    st.tuples(st.just("delete"), st.integers(0, 5)),
    st.tuples(st.just("crash"), st.integers(0, 40)),
    st.tuples(st.just("leave"), st.integers(0, 40)),
    st.tuples(st.just("wait"), st.integers(1, 24)),
)


class Week:
    """
    A feed through a week, and a consumer that is restarted time and again.

    Attributes:
        appeared: Every work that could be seen at a look, in the order they were published.
        handed: What the consumer got, without what came once more after a crash.
    """

    def __init__(self, state: Path, *, backlog: bool) -> None:
        self.feed = Feed(FakePixiv(works=0, users=2))
        self.fake = self.feed.fake
        self.state = state
        self.backlog = backlog
        self.clock = Clock()
        self.visible: list[int] = self.feed.publish(45)
        self.hidden: list[int] = []
        self.old: set[int] = set() if backlog else set(self.visible)
        self.gone: set[int] = set()
        self.handed: list[int] = []
        self.in_hand: int | None = None

    def happen(self, what: str, number: int) -> None:
        if what == "publish":
            self.visible += self.feed.publish(number)
        elif what == "prepare":
            # Posted now, and to be seen later: at a place below what is posted meanwhile.
            for work in self.feed.publish(number):
                self.feed.hide(work)
                self.hidden.append(work)
        elif what == "show" and self.hidden:
            work = self.hidden.pop(number % len(self.hidden))
            self.feed.show(work)
            self.visible.append(work)
        elif what == "delete" and self.visible:
            work = sorted(self.visible, reverse=True)[number % len(self.visible)]
            self.fake.world.delete_illust(work)
            self.visible.remove(work)
            self.gone.add(work)

    async def consume(self, px: Any, most: int, *, crashes: bool) -> None:
        """Take so many items, or as many as there are, and crash or leave."""
        feed = px.app.user.illusts(self.feed.artist)
        watch = px.watch(feed, every=HOUR, state=self.state, backlog=self.backlog)
        got: list[int] = []
        try:
            while len(got) < most:
                got.append((await anext(watch)).id)
                if len(got) == 1 and got[0] == self.in_hand:
                    self.handed.pop()
                self.handed.append(got[-1])
                self.in_hand = got[-1]
        except Idle:
            self.in_hand = None
        if crashes:
            del watch
        else:
            await watch.__aexit__(None, None, None)
            # Who takes nothing leaves what was in hand at the last crash to the next.
            self.in_hand = None if got else self.in_hand


@pytest.mark.parametrize("backlog", [False, True])
@settings(max_examples=25)
@given(happenings=st.lists(HAPPENINGS, max_size=16))
@example([("prepare", 1), ("publish", 65), ("wait", 2), ("show", 0)])
@example([("publish", 40), ("crash", 17), ("publish", 40), ("crash", 55), ("delete", 1)])
@example([("publish", 5), ("crash", 2), ("leave", 0)])
@example([("publish", 20), ("crash", 9), *[("delete", 14)] * 50, ("crash", 3)])
def test_a_week(backlog: bool, happenings: list[Happening]) -> None:
    async def live(folder: str) -> Week:
        week = Week(Path(folder) / "state.json", backlog=backlog)
        async with week.fake.client(clock=week.clock) as px:
            if not backlog:
                await week.consume(px, 1, crashes=True)
            for what, number in [*happenings, ("crash", 10_000)]:
                if what in ("crash", "leave"):
                    await week.consume(px, number, crashes=what == "crash")
                elif what == "wait":
                    week.clock.events[:] = [nothing] * number
                    await week.consume(px, 10_000, crashes=True)
                else:
                    week.happen(what, number)
        return week

    with TemporaryDirectory() as folder:
        week = anyio.run(live, folder, backend="asyncio")

    assert len(week.handed) == len(set(week.handed))
    assert not week.old & set(week.handed)
    missing = set(week.visible) - week.old - set(week.handed)
    assert not missing

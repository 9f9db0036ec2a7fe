"""Tasks share the trips to a thread; each gets what is its own."""

from __future__ import annotations

import asyncio
import errno
import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest
from anyio.lowlevel import checkpoint

from pixivkit.download.disk import Disk
from pixivkit.errors import DiskFull

pytestmark = pytest.mark.anyio

PATH = Path("picture.png")


class Held:
    """A job that is under way until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()
        self.ended = threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        self.let_go.wait(30)
        self.ended.set()
        return "held"


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The trips that are made."""
    made: list[Any] = []
    original = anyio.to_thread.run_sync

    async def run_sync(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        made.append(function)
        return await original(function, *args, **kwargs)

    monkeypatch.setattr(anyio.to_thread, "run_sync", run_sync)
    return made


async def begun(held: Held) -> None:
    while not held.begun.is_set():
        await checkpoint()


async def settled() -> None:
    """Let the tasks that can go on do so."""
    for _ in range(20):
        await checkpoint()


async def test_those_that_wait_go_together(trips: list[Any]) -> None:
    disk, held, results = Disk(), Held(), dict[int, int]()

    async def job(number: int) -> None:
        results[number] = await disk.run(PATH, lambda: number * number)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(disk.run, PATH, held)
        await begun(held)
        for number in range(10):
            tasks.start_soon(job, number)
        await settled()
        held.let_go.set()
    assert results == {number: number * number for number in range(10)}
    assert len(trips) == 2


async def test_on_a_slow_disk_nobody_waits_for_others() -> None:
    disk, slow = Disk(), Held()
    threading.Timer(0.02, slow.let_go.set).start()
    await disk.run(PATH, slow)
    several = [Held() for _ in range(5)]
    async with anyio.create_task_group() as tasks:
        for held in several:
            tasks.start_soon(disk.run, PATH, held)
        with anyio.fail_after(30):
            for held in several:
                await begun(held)
        for held in several:
            held.let_go.set()


async def test_what_fails_fails_alone() -> None:
    disk, held, outcomes = Disk(), Held(), list[str]()

    def full() -> None:
        raise OSError(errno.ENOSPC, "no room")

    def wrong() -> None:
        raise ValueError("a fault of the program")

    async def job(function: Callable[[], Any]) -> None:
        try:
            await disk.run(PATH, function)
        except (DiskFull, ValueError) as exc:
            outcomes.append(type(exc).__name__)
        else:
            outcomes.append("done")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(job, held)
        await begun(held)
        for function in (full, wrong, int):
            tasks.start_soon(job, function)
        await settled()
        held.let_go.set()
    assert sorted(outcomes) == ["DiskFull", "ValueError", "done", "done"]


async def test_what_is_cancelled_before_its_trip_is_not_done() -> None:
    disk, held, done = Disk(), Held(), list[str]()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(disk.run, PATH, held)
        await begun(held)
        # The first that waits would make the next trip.
        async with anyio.create_task_group() as cancelled:
            cancelled.start_soon(disk.run, PATH, lambda: done.append("cancelled"))
            await settled()
            tasks.start_soon(disk.run, PATH, lambda: done.append("waited"))
            await settled()
            cancelled.cancel_scope.cancel()
        held.let_go.set()
    assert done == ["waited"]
    await disk.run(PATH, lambda: done.append("later"))
    assert done == ["waited", "later"]


async def test_what_is_under_way_is_finished() -> None:
    disk, held, done = Disk(), Held(), list[str]()
    async with anyio.create_task_group() as tasks:
        async with anyio.create_task_group() as cancelled:
            cancelled.start_soon(disk.run, PATH, held)
            await begun(held)
            tasks.start_soon(disk.run, PATH, lambda: done.append("waited"))
            await settled()
            cancelled.cancel_scope.cancel()
            held.let_go.set()
        assert held.ended.is_set()
    assert done == ["waited"]


def test_asyncio_may_cancel_the_task_that_makes_the_trip() -> None:
    done: list[str] = []

    async def run() -> None:
        disk, first, second = Disk(), Held(), Held()
        one = asyncio.create_task(disk.run(PATH, first))
        await begun(first)
        leader = asyncio.create_task(disk.run(PATH, second))
        others = [
            asyncio.create_task(disk.run(PATH, functools.partial(done.append, name)))
            for name in "abc"
        ]
        await settled()
        first.let_go.set()
        assert await one == "held"
        await begun(second)
        leader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leader
        await settled()
        second.let_go.set()
        await asyncio.gather(*others)

    asyncio.run(run())
    assert sorted(done) == ["a", "b", "c"]

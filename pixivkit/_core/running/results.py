"""Queue the results of a run between its workers and its reader."""

from __future__ import annotations

import collections
from typing import Generic, Protocol, TypeVar

import anyio
import anyio.lowlevel

Result = TypeVar("Result")
Given = TypeVar("Given", contravariant=True)


class PutResult(Protocol[Given]):
    """The function that the work on a job calls with its results."""

    async def __call__(self, result: Given, *, last: bool = True) -> None:
        """
        Put a result, which is handed out from now on, whatever happens to the worker.

        Args:
            result: The result.
            last: Whether it is the last one of the job; waits for nothing then.
        """
        ...


class NoMoreResults(Exception):
    """The run has ended, and all results were taken."""


class Results(Generic[Result]):
    """
    A queue of results: in the order they came in, or in the order of their jobs.

    A result that was put is never lost, even if the worker is cancelled in the same moment: it is
    kept first, and waiting for room comes after.
    """

    def __init__(self, limit: int, ordered: bool) -> None:
        """
        Args:
            limit: How many results may wait to be taken before no further job is begun.
            ordered: Whether results come in the order of their jobs.
        """
        self._limit = limit
        self._ready: collections.deque[Result] = collections.deque()
        self._ended = False
        self._arrived = anyio.Event()
        self._room_waiters: collections.deque[anyio.Event] = collections.deque()
        self._order = _Order[Result](4 * limit) if ordered else None

    async def wait_for_room(self) -> None:
        """Wait while too many results wait to be taken."""
        while len(self._ready) > self._limit:
            left = anyio.Event()
            self._room_waiters.append(left)
            await left.wait()

    async def wait_for_window(self) -> None:
        """Wait while the jobs under way are too far ahead of the first that is not done."""
        if self._order is not None:
            await self._order.window.acquire()

    async def put(self, index: int, result: Result, *, last: bool = True) -> None:
        """Put a result of the job at *index*; see `PutResult`."""
        if self._order is None:
            self._hand_out([result])
        else:
            self._hand_out(self._order.add(index, result, last))
        if not last:
            if self._order is not None:
                # One result ahead of its turn is enough: a job may lead to many.
                await self._order.wait_for_turn(index)
            await self.wait_for_room()

    async def take(self) -> Result:
        """
        Wait for the next result and return it.

        Raises:
            NoMoreResults: There are none left, and there will be none.
        """
        await anyio.lowlevel.checkpoint()
        while not self._ready:
            if self._ended:
                raise NoMoreResults
            if self._arrived.is_set():
                self._arrived = anyio.Event()
            await self._arrived.wait()
        result = self._ready.popleft()
        if self._room_waiters and len(self._ready) <= self._limit:
            self._room_waiters.popleft().set()
        return result

    def end(self, index: int | None = None) -> None:
        """
        Accept no more results: those that were put are the last.

        Results that are ahead of their turn are handed out all the same, in their order; but where
        the run ends with the job at *index*, only those before it.
        """
        if self._order is not None:
            self._hand_out(self._order.remaining(index))
        self._ended = True
        self._arrived.set()

    def drop(self) -> None:
        """Discard all results and accept no more."""
        self._ready.clear()
        self._ended = True
        self._arrived.set()

    def _hand_out(self, results: list[Result]) -> None:
        if results and not self._ended:
            self._ready.extend(results)
            self._arrived.set()


class _Order(Generic[Result]):
    """Puts results into the order of their jobs, whichever is done first."""

    def __init__(self, window: int) -> None:
        self.window = anyio.Semaphore(window)
        self._turn = 0
        self._early: dict[int, list[Result]] = {}
        self._done: set[int] = set()
        self._turns: dict[int, anyio.Event] = {}

    def add(self, index: int, result: Result, last: bool) -> list[Result]:
        """Keep *result*; return what may be handed out now."""
        self._early.setdefault(index, []).append(result)
        if last:
            self._done.add(index)
        due = self._early.pop(self._turn, [])
        while self._turn in self._done:
            self._done.remove(self._turn)
            self._turn += 1
            self.window.release()
            due += self._early.pop(self._turn, [])
            if event := self._turns.pop(self._turn, None):
                event.set()
        return due

    async def wait_for_turn(self, index: int) -> None:
        """Wait until the results of the job at *index* are handed out as they come."""
        if index != self._turn:
            event = self._turns[index] = anyio.Event()
            await event.wait()

    def remaining(self, index: int | None) -> list[Result]:
        """Remove and return the results kept back, of jobs up to the one at *index*."""
        early, self._early = self._early, {}
        jobs = sorted(at for at in early if index is None or at <= index)
        return [result for at in jobs for result in early[at]]

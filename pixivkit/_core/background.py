"""Runs in the background of a client: many jobs, a few at once, results as they come."""

from __future__ import annotations

import contextlib
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
)
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar, cast, runtime_checkable

import anyio
from anyio.abc import ObjectSendStream, TaskGroup

from ..errors import InvalidArgument

Job = TypeVar("Job")
Result = TypeVar("Result")


class Run(Generic[Result]):
    """
    The results of many jobs: an asynchronous iterator.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest.
    """

    def __init__(
        self,
        tasks: TaskGroup,
        jobs: Iterable[Job] | AsyncIterable[Job],
        settle: Callable[[int, Job], Awaitable[Result]],
        *,
        limit: int,
        ordered: bool = False,
        ends: Callable[[Result], bool] | None = None,
        more: Callable[[Result], Job | None] | None = None,
        around: AbstractAsyncContextManager[object] | None = None,
    ) -> None:
        """
        Args:
            tasks: Where the workers run.
            jobs: What there is to do; taken one by one.
            settle: Does a job, of which it is told the position; never raises what jobs raise.
            limit: How many jobs are done at once.
            ordered: Whether results come in the order of the jobs.
            ends: Whether a result ends the run.
            more: The job that a result leads to, done next and at the same position.
            around: Entered before the first job and left after the last.
        """
        if limit < 1:
            msg = f"limit must be at least 1, not {limit}"
            raise InvalidArgument(msg)
        self._tasks = tasks
        self._scope = anyio.CancelScope()
        self._started = False
        self._send, self._receive = anyio.create_memory_object_stream[Result](limit)
        self._workers = _Workers(jobs, settle, limit, ordered, ends, more, around, self._scope)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result:
        if not self._started:
            self._started = True
            self._tasks.start_soon(self._workers.supervise, self._send)
        try:
            return await self._receive.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            self._receive.close()
            if self._workers.failure is not None:
                failure, self._workers.failure = self._workers.failure, None
                raise failure from None
            raise StopAsyncIteration from None

    async def aclose(self) -> None:
        """Cancel what is under way and hand out nothing more."""
        self._stop()

    def _stop(self) -> None:
        self._scope.cancel()
        self._receive.close()
        if not self._started:
            self._send.close()

    def __del__(self) -> None:
        # Leaving a loop with `break` drops the iterator; its workers must not go on.
        # It may be half made, or its event loop gone.
        with contextlib.suppress(AttributeError, RuntimeError):
            self._stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self.aclose()


class _Workers(Generic[Job, Result]):
    """The workers of a run; they know nothing of the iterator, which may be dropped any time."""

    def __init__(
        self,
        jobs: Iterable[Job] | AsyncIterable[Job],
        settle: Callable[[int, Job], Awaitable[Result]],
        limit: int,
        ordered: bool,
        ends: Callable[[Result], bool] | None,
        more: Callable[[Result], Job | None] | None,
        around: AbstractAsyncContextManager[object] | None,
        scope: anyio.CancelScope,
    ) -> None:
        self._limit = limit
        self._settle = settle
        self._ends = ends
        self._more = more
        self._around = around or contextlib.nullcontext()
        self._source = Feed(jobs)
        self._pull = anyio.Lock()
        self._scope = scope
        self._order = _Order[Result](4 * limit) if ordered else None
        self.failure: Exception | None = None

    async def supervise(self, results: ObjectSendStream[Result]) -> None:
        async with results:
            with self._scope:
                try:
                    async with self._around, anyio.create_task_group() as workers:
                        for _ in range(self._limit):
                            workers.start_soon(self._work, results)
                except Exception as group:
                    # Jobs never raise here: the iterable that makes them did.
                    self.failure = only(group)
            await self._source.aclose()

    async def _work(self, results: ObjectSendStream[Result]) -> None:
        while True:
            async with self._pull:
                if self._order is not None:
                    await self._order.room.acquire()
                taken = await self._source.next()
            if taken is None:
                return
            index, job = taken
            following: Job | None = job
            while following is not None:
                result = await self._settle(index, following)
                following = None if self._more is None else self._more(result)
                try:
                    await self._hand_over(index, result, following is None, results)
                except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                    return
                if self._ends is not None and self._ends(result):
                    self._scope.cancel()

    async def _hand_over(
        self, index: int, result: Result, last: bool, results: ObjectSendStream[Result]
    ) -> None:
        if self._order is None:
            await results.send(result)
        else:
            await self._order.hand_over(index, result, last, results)


class _Order(Generic[Result]):
    """Hands results over in the order of their jobs, whichever is done first."""

    def __init__(self, window: int) -> None:
        self.room = anyio.Semaphore(window)
        self._turn = 0
        self._early: dict[int, list[Result]] = {}
        self._done: set[int] = set()
        self._turns: dict[int, anyio.Event] = {}
        self._handing = anyio.Lock()

    async def hand_over(
        self, index: int, result: Result, last: bool, results: ObjectSendStream[Result]
    ) -> None:
        self._early.setdefault(index, []).append(result)
        if last:
            self._done.add(index)
        async with self._handing:
            await self._hand_over_what_is_due(results)
        if not last and index != self._turn:
            # One result ahead of its turn is enough: a job may lead to many.
            event = self._turns[index] = anyio.Event()
            await event.wait()

    async def _hand_over_what_is_due(self, results: ObjectSendStream[Result]) -> None:
        while True:
            due = self._early.get(self._turn)
            if due:
                await results.send(due.pop(0))
            elif self._turn in self._done:
                self._done.remove(self._turn)
                self._early.pop(self._turn, None)
                self._turn += 1
                self.room.release()
                if event := self._turns.pop(self._turn, None):
                    event.set()
            else:
                return


class Feed(Generic[Job]):
    """What a run takes its jobs from, one by one, with their positions."""

    def __init__(self, jobs: Iterable[Job] | AsyncIterable[Job]) -> None:
        self._index = -1
        self._jobs: Iterator[Job] | AsyncIterator[Job] = (
            aiter(jobs) if isinstance(jobs, AsyncIterable) else iter(jobs)
        )

    async def next(self) -> tuple[int, Job] | None:
        """Return the next job and its position; None at the end."""
        if isinstance(self._jobs, AsyncIterator):
            try:
                job = await anext(self._jobs)
            except StopAsyncIteration:
                return None
        else:
            try:
                job = next(self._jobs)
            except StopIteration:
                return None
        self._index += 1
        return self._index, job

    async def aclose(self) -> None:
        """Close the iterator, if it can be: a generator may not have been read to its end."""
        if isinstance(self._jobs, _Closable):
            with anyio.CancelScope(shield=True):
                await self._jobs.aclose()


@runtime_checkable
class _Closable(Protocol):
    async def aclose(self) -> None: ...


def only(error: Exception) -> Exception:
    """The exception itself, where a group holds a single one."""
    while isinstance(error, ExceptionGroup):
        inner = cast("ExceptionGroup[Exception]", error).exceptions
        if len(inner) != 1:
            return cast("ExceptionGroup[Exception]", error)
        error = inner[0]
    return error

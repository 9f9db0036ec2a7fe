"""Runs in the background of a client: many jobs, a few at once, results as they come."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

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
    ) -> None:
        if limit < 1:
            msg = f"limit must be at least 1, not {limit}"
            raise InvalidArgument(msg)
        self._tasks = tasks
        self._scope = anyio.CancelScope()
        self._started = False
        self._send, self._receive = anyio.create_memory_object_stream[Result](limit)
        self._workers = _Workers(jobs, settle, limit, ordered, ends, self._scope)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result:
        if not self._started:
            self._started = True
            self._tasks.start_soon(self._workers.supervise, self._send)
        try:
            result = await self._receive.receive()
        except anyio.EndOfStream:
            if self._workers.failure is not None:
                failure, self._workers.failure = self._workers.failure, None
                raise failure from None
            raise StopAsyncIteration from None
        self._workers.taken()
        return result

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
        scope: anyio.CancelScope,
    ) -> None:
        self._limit = limit
        self._settle = settle
        self._ends = ends
        self._source = numbered(jobs)
        self._pull = anyio.Lock()
        self._scope = scope
        self._window = anyio.Semaphore(4 * limit) if ordered else None
        self._early: dict[int, Result] = {}
        self._next = 0
        self.failure: Exception | None = None

    async def supervise(self, results: ObjectSendStream[Result]) -> None:
        async with results:
            with self._scope:
                try:
                    async with anyio.create_task_group() as workers:
                        for _ in range(self._limit):
                            workers.start_soon(self._work, results)
                except Exception as group:
                    # Jobs never raise here: the iterable that makes them did.
                    self.failure = only(group)

    async def _work(self, results: ObjectSendStream[Result]) -> None:
        while True:
            async with self._pull:
                if self._window is not None:
                    await self._window.acquire()
                try:
                    index, job = await anext(self._source)
                except StopAsyncIteration:
                    return
            result = await self._settle(index, job)
            try:
                await self._hand_over(index, result, results)
            except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                return
            if self._ends is not None and self._ends(result):
                self._scope.cancel()

    async def _hand_over(
        self, index: int, result: Result, results: ObjectSendStream[Result]
    ) -> None:
        if self._window is None:
            await results.send(result)
            return
        self._early[index] = result
        while self._next in self._early:
            ready = self._early.pop(self._next)
            self._next += 1
            await results.send(ready)

    def taken(self) -> None:
        """The consumer took a result: there is room for another job."""
        if self._window is not None:
            self._window.release()


async def numbered(jobs: Iterable[Job] | AsyncIterable[Job]) -> AsyncIterator[tuple[int, Job]]:
    """Each of the *jobs* with its position, from 0."""
    index = 0
    if isinstance(jobs, AsyncIterable):
        async for job in jobs:
            yield index, job
            index += 1
    else:
        for job in jobs:
            yield index, job
            index += 1


def only(error: Exception) -> Exception:
    """The exception itself, where a group holds a single one."""
    while isinstance(error, ExceptionGroup):
        inner = cast("ExceptionGroup[Exception]", error).exceptions
        if len(inner) != 1:
            return cast("ExceptionGroup[Exception]", error)
        error = inner[0]
    return error

"""Run many jobs in the background of a client, a few at once; results as they come."""

from __future__ import annotations

import contextlib
import functools
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
from typing import Any, Final, Generic, Protocol, Self, TypeAlias, TypeVar, cast, runtime_checkable

import anyio
from anyio.abc import TaskGroup

from ...errors import InvalidArgument, PixivError
from .results import NoMoreResults, PutResult, Results

Job = TypeVar("Job")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)

_CUT_OFF: Final = (
    "the client was left before this run had ended: iterate over it inside its `async with`"
)

Work: TypeAlias = Callable[[int, Job, PutResult[Result]], Awaitable[bool]]


class Run(Generic[Result_co]):
    """
    The results of many jobs: an asynchronous iterator.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest.
    """

    def __init__(
        self,
        background: Callable[[], TaskGroup],
        jobs: Iterable[Job] | AsyncIterable[Job],
        work: Work[Job, Result_co],
        *,
        limit: int,
        ordered: bool = False,
        around: AbstractAsyncContextManager[object] | None = None,
    ) -> None:
        """
        Args:
            background: Returns the task group of the workers, or raises: is called at once, and
                when the first result is asked for.
            jobs: What there is to do; taken one by one.
            work: Does a job: is called with its position and it, puts one result or more, and
                returns whether the run goes on. What it raises ends the run, after everything
                that was put.
            limit: How many jobs are done at once.
            ordered: Whether results come in the order of the jobs.
            around: A context manager, entered before the first job and left after the last.
        """
        if limit < 1:
            msg = f"limit must be at least 1, not {limit}"
            raise InvalidArgument(msg)
        background()
        self._background = background
        source = JobSource(jobs)
        # A run may be made in a thread without an event loop, where there are no cancel scopes.
        self._make_workers = functools.partial(
            _Workers[Any, Result_co], source, work, limit, ordered, around
        )
        self._workers: _Workers[Any, Result_co] | None = None
        self._stopped = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result_co:
        workers = self._workers
        if workers is None:
            if self._stopped:
                raise StopAsyncIteration
            tasks = self._background()
            workers = self._workers = self._make_workers()
            tasks.start_soon(workers.supervise)
        with contextlib.suppress(NoMoreResults):
            return await workers.results.take()
        failure, workers.failure = workers.failure, None
        raise failure or StopAsyncIteration

    async def aclose(self) -> None:
        """Cancel what is under way and hand out nothing more."""
        self._stop()

    def _stop(self) -> None:
        if self._stopped:
            return
        self._stopped = True
        if self._workers is not None:
            self._workers.stop()

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
        source: JobSource[Job],
        work: Work[Job, Result],
        limit: int,
        ordered: bool,
        around: AbstractAsyncContextManager[object] | None,
    ) -> None:
        self._limit = limit
        self._do = work
        self._around = around or contextlib.nullcontext()
        self._source = source
        self._pull = anyio.Lock()
        self._scope = anyio.CancelScope()
        self.results = Results[Result](limit, ordered)
        self.failure: BaseException | None = None

    def stop(self) -> None:
        """Cancel what is under way, and discard all results."""
        self._scope.cancel()
        self.results.drop()

    async def supervise(self) -> None:
        cancelled = anyio.get_cancelled_exc_class()
        try:
            with self._scope:
                try:
                    async with self._around, anyio.create_task_group() as workers:
                        for _ in range(self._limit):
                            workers.start_soon(self._work)
                except Exception as group:
                    self._fail(sole_exception(group))
            await self._source.aclose()
        except cancelled:
            # A run that was closed ends silently; one that was cut off ends with an error.
            if not self._scope.cancel_called:
                self._fail(PixivError(_CUT_OFF))
            raise
        finally:
            self.results.end()

    async def _work(self) -> None:
        cancelled = anyio.get_cancelled_exc_class()
        try:
            while (taken := await self._next()) is not None:
                index, job = taken
                if not await self._do(index, job, functools.partial(self.results.put, index)):
                    self.results.end(index)
                    self._scope.cancel()
        except (cancelled, GeneratorExit):
            raise
        except BaseException as exc:
            # The others put what they have, and ask for nothing more.
            self._fail(exc)
            self._scope.cancel()

    async def _next(self) -> tuple[int, Job] | None:
        await self.results.wait_for_room()
        async with self._pull:
            await self.results.wait_for_window()
            return await self._source.next()

    def _fail(self, failure: BaseException) -> None:
        self.failure = self.failure or failure


class JobSource(Generic[Job]):
    """The jobs of a run, taken one by one, with their positions."""

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


def sole_exception(error: BaseException) -> BaseException:
    """Return the only exception of a group, or the group where it holds several."""
    while isinstance(error, BaseExceptionGroup):
        inner = cast("BaseExceptionGroup[BaseException]", error).exceptions
        if len(inner) != 1:
            return cast("BaseExceptionGroup[BaseException]", error)
        error = inner[0]
    return error

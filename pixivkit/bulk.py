"""Many calls at once: `Bulk` hands out outcomes as they come, `gather` returns a list."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

import anyio
import attrs
from anyio.abc import ObjectSendStream, TaskGroup

from ._core.call import Call, Sender
from .errors import InvalidArgument, PixivError

__all__ = ["Bulk", "Outcome", "gather"]

T = TypeVar("T")


@attrs.frozen
class Outcome(Generic[T]):
    """
    What became of one call of a run.

    Attributes:
        call: The call.
        index: Its position among the calls, from 0.
        value: Its result; None where it failed.
        error: Why it failed; None where it did not.
    """

    call: Call[T]
    index: int
    value: T | None = None
    error: PixivError | None = None

    @property
    def ok(self) -> bool:
        """Whether the call succeeded."""
        return self.error is None

    def unwrap(self) -> T:
        """
        Return the result.

        Raises:
            PixivError: The error, where the call failed.
        """
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


class Bulk(Generic[T]):
    """
    The outcomes of many calls: an asynchronous iterator.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest.
    """

    def __init__(
        self,
        sender: Sender,
        tasks: TaskGroup,
        calls: Iterable[Call[T]] | AsyncIterable[Call[T]],
        *,
        limit: int,
        ordered: bool,
    ) -> None:
        if limit < 1:
            msg = f"limit must be at least 1, not {limit}"
            raise InvalidArgument(msg)
        self._tasks = tasks
        self._scope = anyio.CancelScope()
        self._started = False
        self._send, self._receive = anyio.create_memory_object_stream[Outcome[T]](limit)
        self._run = _Run(sender, calls, limit, ordered, self._scope)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Outcome[T]:
        if not self._started:
            self._started = True
            self._tasks.start_soon(self._run.supervise, self._send)
        try:
            outcome = await self._receive.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            self._receive.close()
            if self._run.failure is not None:
                failure, self._run.failure = self._run.failure, None
                raise failure from None
            raise StopAsyncIteration from None
        self._run.taken()
        return outcome

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


class _Run(Generic[T]):
    """The workers of a run; it knows nothing of the iterator, which may be dropped any time."""

    def __init__(
        self,
        sender: Sender,
        calls: Iterable[Call[T]] | AsyncIterable[Call[T]],
        limit: int,
        ordered: bool,
        scope: anyio.CancelScope,
    ) -> None:
        self._sender = sender
        self._limit = limit
        self._source = _Source(calls)
        self._pull = anyio.Lock()
        self._scope = scope
        self._window = anyio.Semaphore(4 * limit) if ordered else None
        self._early: dict[int, Outcome[T]] = {}
        self._next = 0
        self.failure: Exception | None = None

    async def supervise(self, results: ObjectSendStream[Outcome[T]]) -> None:
        async with results:
            with self._scope:
                try:
                    async with anyio.create_task_group() as workers:
                        for _ in range(self._limit):
                            workers.start_soon(self._work, results)
                except Exception as group:
                    # Calls never raise here: the iterable that makes them did.
                    self.failure = _only(group)
            await self._source.aclose()

    async def _work(self, results: ObjectSendStream[Outcome[T]]) -> None:
        while True:
            async with self._pull:
                if self._window is not None:
                    await self._window.acquire()
                taken = await self._source.next()
                if taken is None:
                    return
            outcome = await self._settle(*taken)
            try:
                await self._hand_over(outcome, results)
            except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                return

    async def _settle(self, index: int, call: Call[T]) -> Outcome[T]:
        try:
            attached: Call[T] = attrs.evolve(call, sender=self._sender)
            response = await attached.response(interactive=False)
        except PixivError as exc:
            return Outcome(call, index, error=exc)
        return Outcome(call, index, response.value)

    async def _hand_over(self, outcome: Outcome[T], results: ObjectSendStream[Outcome[T]]) -> None:
        if self._window is None:
            await results.send(outcome)
            return
        self._early[outcome.index] = outcome
        while (ready := self._early.pop(self._next, None)) is not None:
            self._next += 1
            await results.send(ready)

    def taken(self) -> None:
        """The consumer took an outcome: there is room for another call."""
        if self._window is not None:
            self._window.release()


class _Source(Generic[T]):
    """The calls of a run, one by one, with their positions."""

    def __init__(self, calls: Iterable[Call[T]] | AsyncIterable[Call[T]]) -> None:
        self._index = -1
        self._calls: Iterator[Call[T]] | AsyncIterator[Call[T]] = (
            aiter(calls) if isinstance(calls, AsyncIterable) else iter(calls)
        )

    async def next(self) -> tuple[int, Call[T]] | None:
        """Return the next call and its position; None at the end."""
        if isinstance(self._calls, AsyncIterator):
            try:
                call = await anext(self._calls)
            except StopAsyncIteration:
                return None
        else:
            for call in self._calls:
                break
            else:
                return None
        self._index += 1
        return self._index, call

    async def aclose(self) -> None:
        """Close the iterator, if it is a generator that was not read to its end."""
        if inspect.isasyncgen(self._calls):
            with anyio.CancelScope(shield=True):
                await self._calls.aclose()


def _only(error: Exception) -> Exception:
    """The exception itself, where a group holds a single one."""
    while isinstance(error, ExceptionGroup):
        inner = cast("ExceptionGroup[Exception]", error).exceptions
        if len(inner) != 1:
            return cast("ExceptionGroup[Exception]", error)
        error = inner[0]
    return error


async def gather(sender: Sender, calls: Iterable[Call[T]], limit: int) -> list[T]:
    """Await *calls*, at most *limit* at once; return results in order, or raise an error."""
    if limit < 1:
        msg = f"limit must be at least 1, not {limit}"
        raise InvalidArgument(msg)
    source = enumerate(calls)
    results: dict[int, T] = {}
    failures: list[PixivError] = []

    async def work() -> None:
        for index, call in source:
            try:
                results[index] = await attrs.evolve(call, sender=sender)
            except PixivError as exc:
                failures.append(exc)
                workers.cancel_scope.cancel()
                return

    try:
        async with anyio.create_task_group() as workers:
            for _ in range(limit):
                workers.start_soon(work)
    except Exception as group:
        # Calls never raise here: the iterable that makes them did.
        raise _only(group) from None
    if failures:
        raise failures[0]
    return [results[index] for index in sorted(results)]

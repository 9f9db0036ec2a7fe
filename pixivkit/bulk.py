"""Many calls at once: `Bulk` hands out outcomes as they come, `gather` returns a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

import anyio
import attrs
from anyio.abc import TaskGroup

from ._core.background import Feed, Run, only
from ._core.call import Call, Pages, Request, Sender, make_page
from ._core.drift import drift_of
from ._core.results import Put
from ._core.structure import structure_reply
from .errors import InvalidArgument, PagingError, PixivError
from .models.display import Displayed
from .recorder import Answer, Occurrences, Recorder, as_journal, ask

if TYPE_CHECKING:
    from .journal import Journal

__all__ = ["Bulk", "BulkProgress", "Outcome", "gather"]

T = TypeVar("T")


@attrs.frozen
class Outcome(Displayed, Generic[T]):
    """
    What became of one call of a run.

    Attributes:
        call: The call; for a list, the `Pages` that begin with the page of this outcome.
        index: Its position among the calls, from 0; all pages of a list have the same.
        value: Its result, a `Page` for a list; None where it failed.
        error: Why it failed; None where it did not. `OutcomeUnknown` is a write that was, or may
            have been, sent, and of which nobody knows what came.
        recorded: Whether it comes from the journal of an earlier run, and was not sent again.
        fetched_at: When pixiv said so, in UTC; for what is recorded, when that was.
        occurrence: Which of the equal writes of the run it is, from 1: `Journal.forget` wants to
            know. Always 1 for what changes nothing, and in a run without a journal.
    """

    call: Call[T] | Pages[Any, Any]
    index: int
    value: T | None = None
    error: PixivError | None = None
    recorded: bool = False
    fetched_at: dt.datetime | None = None
    occurrence: int = 1

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
        return cast("T", self.value)


@attrs.frozen(kw_only=True)
class BulkProgress:
    """
    How far a run has come.

    Attributes:
        done: Calls that are done, failures included; a list is done with its last page.
        failed: Those of them that failed; a list that breaks off counts once.
        recorded: Those of them that were taken from the journal, without anything being sent.
        pages: Pages of lists that were handed out, of lists that go on among them.
        total: How many calls there are; None where nobody knows.
    """

    done: int = 0
    failed: int = 0
    recorded: int = 0
    pages: int = 0
    total: int | None = None


BulkCallback: TypeAlias = Callable[[BulkProgress], None]


class Bulk(Run[Outcome[T]], Generic[T]):
    """
    The outcomes of many calls: an asynchronous iterator.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest.
    """

    def __init__(
        self,
        sender: Sender,
        tasks: TaskGroup,
        calls: Iterable[Call[T] | Pages[Any, Any]] | AsyncIterable[Call[T] | Pages[Any, Any]],
        *,
        limit: int,
        ordered: bool,
        stop_on: tuple[type[PixivError], ...] = (),
        journal: Journal | Path | str | None = None,
        progress: BulkCallback | None = None,
    ) -> None:
        opened = None if journal is None else as_journal(journal)
        total = len(calls) if isinstance(calls, list | tuple | set) else None
        work: _Work[T] = _Work(
            sender,
            None if opened is None else Recorder(sender, opened),
            stop_on,
            _Tally(progress, BulkProgress(total=total)),
        )
        super().__init__(
            tasks,
            _Jobs(calls, None if opened is None else Occurrences()),
            work.do,
            limit=limit,
            ordered=ordered,
            around=opened,
        )


@attrs.frozen
class _Job:
    """A call, and which of the equal writes of the run it is."""

    call: Call[Any] | Pages[Any, Any]
    occurrence: int


class _Jobs(AsyncIterator[_Job]):
    """The calls one by one, numbered as they are taken, which the order of sending changes not."""

    def __init__(
        self,
        calls: Iterable[Call[Any] | Pages[Any, Any]] | AsyncIterable[Call[Any] | Pages[Any, Any]],
        occurrences: Occurrences | None,
    ) -> None:
        self._feed = Feed(calls)
        self._occurrences = occurrences

    async def __anext__(self) -> _Job:
        taken = await self._feed.next()
        if taken is None:
            raise StopAsyncIteration
        _, call = taken
        number = 1 if self._occurrences is None else self._occurrences.next(call.request)
        return _Job(call, number)

    async def aclose(self) -> None:
        await self._feed.aclose()


class _Tally:
    """Counts what a run has done, and tells who wants to know."""

    def __init__(self, callback: BulkCallback | None, state: BulkProgress) -> None:
        self._callback = callback
        self._state = state

    def count(self, *, done: bool, failed: bool, recorded: bool, page: bool) -> None:
        if self._callback is None:
            return
        before = self._state
        self._state = attrs.evolve(
            before,
            done=before.done + done,
            failed=before.failed + failed,
            recorded=before.recorded + (done and recorded),
            pages=before.pages + page,
        )
        self._callback(self._state)


@attrs.frozen
class _Work(Generic[T]):
    """Turns calls into outcomes, through a recorder where there is a journal."""

    sender: Sender
    recorder: Recorder | None
    stop_on: tuple[type[PixivError], ...]
    tally: _Tally

    async def do(self, index: int, job: _Job, put: Put[Outcome[T]]) -> bool:
        if isinstance(job.call, Pages):
            return await self._walk(index, job.call.request, put)
        call: Call[T] = attrs.evolve(job.call, sender=self.sender)
        answer = await self._answer(call.request, job.occurrence)
        value, error = None, answer.error
        if answer.reply is not None:
            try:
                value = structure_reply(call.request, answer.reply.json, drift_of(self.sender))
            except PixivError as exc:
                error = exc
        outcome = Outcome[T](call, index, value, error, answer.recorded, answer.at, job.occurrence)
        self.tally.count(done=True, failed=not outcome.ok, recorded=outcome.recorded, page=False)
        await put(outcome)
        if answer.unrecorded is not None:
            raise answer.unrecorded
        return not isinstance(outcome.error, self.stop_on)

    async def _walk(self, index: int, first: Request, put: Put[Outcome[T]]) -> bool:
        """Hand out page after page, and then what keeps from the next, if anything does."""
        seen: set[int] = set()
        recorded = True
        request = first
        following: Request | PixivError | None = first
        while following is not None:
            unrecorded = None
            if isinstance(following, Request):
                request = following
                seen.add(hash(request))
                answer = await self._answer(request, 1)
                unrecorded = answer.unrecorded
                recorded = recorded and answer.recorded
                outcome, following = self._page(index, request, answer, seen)
            else:
                outcome = Outcome[T](self._pages(request), index, error=following)
                following = None
            self.tally.count(
                done=following is None,
                failed=not outcome.ok,
                recorded=recorded,
                page=outcome.ok,
            )
            # Nothing may hold up that a reply could not be recorded.
            await put(outcome, last=following is None or unrecorded is not None)
            if unrecorded is not None:
                raise unrecorded
            if isinstance(outcome.error, self.stop_on):
                return False
        return True

    def _page(
        self, index: int, request: Request, answer: Answer, seen: set[int]
    ) -> tuple[Outcome[T], Request | PixivError | None]:
        value, error, following = None, answer.error, None
        if answer.reply is not None:
            try:
                page, following = make_page(request, answer.reply, drift_of(self.sender))
                value = cast("T", page)
            except PixivError as exc:
                error = exc
        if isinstance(following, Request) and hash(following) in seen:
            msg = "the next page is one that was already fetched"
            following = PagingError(msg, endpoint=request.endpoint.name)
        pages = self._pages(request)
        return Outcome[T](pages, index, value, error, answer.recorded, answer.at), following

    def _pages(self, request: Request) -> Pages[Any, Any]:
        return Pages(request, self.sender)

    async def _answer(self, request: Request, occurrence: int) -> Answer:
        if self.recorder is None:
            return await ask(self.sender, request)
        return await self.recorder.answer(request, occurrence)


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
        # Calls raise nothing here: the iterable that makes them did.
        raise only(group) from None
    if failures:
        raise failures[0]
    return [results[index] for index in sorted(results)]

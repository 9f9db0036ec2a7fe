"""Send many calls at once: `Bulk` yields outcomes as they come, `gather` returns a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NoReturn, TypeAlias, TypeVar

import anyio
import attrs
from anyio.abc import TaskGroup

from ._core.calls.call import Call, Page, Prepared, make_page
from ._core.calls.misfit_policy import misfit_policy_of
from ._core.calls.request import Request, Sender
from ._core.calls.structure import structure_reply
from ._core.running.background import JobSource, Run, sole_exception
from ._core.running.results import PutResult
from .errors import InvalidArgument, PagingError, PixivError
from .models.display import BoundedRepr
from .recorder import Occurrences, Recorder, RequestOutcome, as_journal, attempt

if TYPE_CHECKING:
    from .journal import Journal

__all__ = ["Bulk", "BulkProgress", "Failed", "Outcome", "Succeeded", "gather"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen(kw_only=True)
class _OutcomeBase(BoundedRepr, Generic[T_co]):
    """Fields that `Succeeded` and `Failed` share."""

    call: Prepared[T_co]
    index: int
    recorded: bool = False
    occurrence: int = 1


@attrs.frozen
class Succeeded(_OutcomeBase[T_co], Generic[T_co]):
    """
    A call of a run, or a page of a list, that brought a result.

    Attributes:
        call: The `Call`; for a list, the `Pages` that begin with the page of this outcome.
        index: Its position among the calls, from 0; all pages of a list have the same.
        value: Its result, a `Page` for a list.
        error: None, as it did not fail.
        ok: True.
        recorded: Whether it comes from the journal of an earlier run, and was not sent again.
        fetched_at: When pixiv said so, in UTC; for what is recorded, when that was.
        occurrence: Which of the equal writes of the run it is, from 1: `Journal.forget` wants to
            know. Always 1 for what changes nothing, and in a run without a journal.
    """

    value: T_co
    fetched_at: dt.datetime = attrs.field(kw_only=True)
    error: ClassVar[None] = None
    ok: ClassVar[Literal[True]] = True

    def unwrap(self) -> T_co:
        """Return the result."""
        return self.value


@attrs.frozen
class Failed(_OutcomeBase[T_co], Generic[T_co]):
    """
    A call of a run that failed, or a list that broke off.

    Attributes:
        call: The `Call`; for a list, the `Pages` that begin with the page that failed. Run it
            again if you like.
        index: Its position among the calls, from 0.
        value: None, as there is no result.
        error: Why it failed. `OutcomeUnknown` is a write that was, or may have been, sent, and
            whose outcome nobody knows.
        ok: False.
        recorded: Whether it comes from the journal of an earlier run, and was not sent again.
        fetched_at: When that was known, in UTC; None where a list breaks off before a request.
        occurrence: Which of the equal writes of the run it is; see `Succeeded`.
    """

    error: PixivError
    fetched_at: dt.datetime | None = attrs.field(default=None, kw_only=True)
    value: ClassVar[None] = None
    ok: ClassVar[Literal[False]] = False

    def unwrap(self) -> NoReturn:
        """
        Raise the error.

        Raises:
            PixivError: Why the call failed.
        """
        raise self.error


Outcome: TypeAlias = Succeeded[T] | Failed[T]
"""
What became of one call of a run.

``if outcome.error is None`` tells type checkers that it is `Succeeded`, so that *value* is the
result; so do ``isinstance`` and ``match`` with the two classes.
"""


@attrs.frozen(kw_only=True)
class BulkProgress:
    """
    The progress of a run.

    Attributes:
        done: Calls that are done, failures included; a list is done with its last page.
        failed: Those of them that failed; a list that breaks off counts once.
        recorded: Those of them that were taken from the journal, without anything being sent.
        pages: Pages of lists that were handed out, of lists that go on among them.
        total: How many calls there are; None where that is unknown.
    """

    done: int = 0
    failed: int = 0
    recorded: int = 0
    pages: int = 0
    total: int | None = None


BulkCallback: TypeAlias = Callable[[BulkProgress], None]


class Bulk(Run[Outcome[T_co]], Generic[T_co]):
    """
    The outcomes of many calls: an asynchronous iterator.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest.
    """

    def __init__(
        self,
        sender: Sender,
        background: Callable[[], TaskGroup],
        calls: Iterable[Prepared[T_co]] | AsyncIterable[Prepared[T_co]],
        *,
        limit: int,
        ordered: bool,
        stop_on: tuple[type[PixivError], ...] = (),
        journal: Journal | Path | str | None = None,
        progress: BulkCallback | None = None,
    ) -> None:
        opened = None if journal is None else as_journal(journal)
        total = len(calls) if isinstance(calls, list | tuple | set) else None
        work = _CallRunner(
            sender,
            None if opened is None else Recorder(sender, opened),
            stop_on,
            _ProgressCounter(progress, BulkProgress(total=total)),
        )
        super().__init__(
            background,
            _Jobs(calls, None if opened is None else Occurrences()),
            work.do,
            limit=limit,
            ordered=ordered,
            around=opened,
        )


@attrs.frozen
class _Job:
    """A call, and its number among the equal writes of the run."""

    call: Prepared[Any]
    occurrence: int


class _Jobs(AsyncIterator[_Job]):
    """The calls one by one, numbered in the order given, whichever is sent first."""

    def __init__(
        self,
        calls: Iterable[Prepared[Any]] | AsyncIterable[Prepared[Any]],
        occurrences: Occurrences | None,
    ) -> None:
        self._source = JobSource(calls)
        self._occurrences = occurrences

    async def __anext__(self) -> _Job:
        taken = await self._source.next()
        if taken is None:
            raise StopAsyncIteration
        _, call = taken
        number = 1 if self._occurrences is None else self._occurrences.next(call.request)
        return _Job(call, number)

    async def aclose(self) -> None:
        await self._source.aclose()


class _ProgressCounter:
    """Counts what a run has done, and calls back with the progress."""

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
class _CallRunner:
    """Sends calls and makes their outcomes, through a recorder where there is a journal."""

    sender: Sender
    recorder: Recorder | None
    stop_on: tuple[type[PixivError], ...]
    counter: _ProgressCounter

    async def do(self, index: int, job: _Job, put: PutResult[Outcome[Any]]) -> bool:
        call = attrs.evolve(job.call, sender=self.sender)
        if not isinstance(call, Call):
            return await self._fetch_pages(index, call, put)
        attempted = await self._attempt(call.request, job.occurrence)
        value = self._value(call.request, attempted)
        outcome = _outcome(call, index, value, attempted, job.occurrence)
        self.counter.count(done=True, failed=not outcome.ok, recorded=outcome.recorded, page=False)
        await put(outcome)
        if attempted.unrecorded is not None:
            raise attempted.unrecorded
        return not isinstance(outcome.error, self.stop_on)

    async def _fetch_pages(
        self, index: int, call: Prepared[Any], put: PutResult[Outcome[Any]]
    ) -> bool:
        """Put page after page, and at the end the error, if any, that the next one failed with."""
        fetched: set[int] = set()
        recorded = True
        following: Request | PixivError | None = call.request
        while following is not None:
            unrecorded = None
            outcome: Outcome[Any]
            if isinstance(following, Request):
                call = attrs.evolve(call, request=following)
                fetched.add(hash(following))
                attempted = await self._attempt(following, 1)
                unrecorded = attempted.unrecorded
                recorded = recorded and attempted.recorded
                page, following = self._page(following, attempted, fetched)
                outcome = _outcome(call, index, page, attempted)
            else:
                outcome = Failed(following, call=call, index=index)
                following = None
            self.counter.count(
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

    def _value(self, request: Request, attempted: RequestOutcome) -> Any:
        """Return the structured reply, or the error."""
        if isinstance(attempted.result, PixivError):
            return attempted.result
        try:
            return structure_reply(request, attempted.result.json, misfit_policy_of(self.sender))
        except PixivError as exc:
            return exc

    def _page(
        self, request: Request, attempted: RequestOutcome, fetched: set[int]
    ) -> tuple[Page[Any, Any] | PixivError, Request | PixivError | None]:
        """Return the page or the error, and the request of the next one or why there is none."""
        if isinstance(attempted.result, PixivError):
            return attempted.result, None
        try:
            page, following = make_page(request, attempted.result, misfit_policy_of(self.sender))
        except PixivError as exc:
            return exc, None
        if isinstance(following, Request) and hash(following) in fetched:
            msg = "the next page is one that was already fetched"
            following = PagingError(msg, endpoint=request.endpoint.name)
        return page, following

    async def _attempt(self, request: Request, occurrence: int) -> RequestOutcome:
        if self.recorder is None:
            return await attempt(self.sender, request)
        return await self.recorder.outcome(request, occurrence)


def _outcome(
    call: Prepared[T],
    index: int,
    result: T | PixivError,
    attempted: RequestOutcome,
    occurrence: int = 1,
) -> Outcome[T]:
    if isinstance(result, PixivError):
        return Failed(
            result, call=call, index=index, recorded=attempted.recorded, fetched_at=attempted.at,
            occurrence=occurrence,
        )  # fmt: skip
    return Succeeded(
        result, call=call, index=index, recorded=attempted.recorded, fetched_at=attempted.at,
        occurrence=occurrence,
    )  # fmt: skip


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
    except BaseExceptionGroup as group:
        # Calls raise nothing here: the iterable that makes them did.
        raise sole_exception(group) from None
    if failures:
        raise failures[0]
    return [results[index] for index in sorted(results)]

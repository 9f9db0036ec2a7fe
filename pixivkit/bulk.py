"""Many calls at once: `Bulk` hands out outcomes as they come, `gather` returns a list."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

import anyio
import attrs
from anyio.abc import TaskGroup

from ._core.background import Run, only
from ._core.call import Call, Pages, Reply, Request, Sender, make_page
from ._core.drift import drift_of
from ._core.structure import structure_reply
from .errors import InvalidArgument, PagingError, PixivError

if TYPE_CHECKING:
    from .journal import Journal

__all__ = ["Bulk", "BulkProgress", "Outcome", "gather"]

T = TypeVar("T")


@attrs.frozen
class _Rest:
    """The rest of a list, the pages that were already asked for, and what keeps from the next."""

    pages: Pages[Any, Any]
    seen: set[Request]
    error: PixivError | None = None


Job: TypeAlias = "Call[Any] | Pages[Any, Any] | _Rest"


@attrs.frozen
class Outcome(Generic[T]):
    """
    What became of one call of a run.

    Attributes:
        call: The call; for a list, the `Pages` that begin with the page of this outcome.
        index: Its position among the calls, from 0; all pages of a list have the same.
        value: Its result, a `Page` for a list; None where it failed.
        error: Why it failed; None where it did not.
        recorded: Whether it comes from the journal of an earlier run, and was not sent again.
    """

    call: Call[T] | Pages[Any, Any]
    index: int
    value: T | None = None
    error: PixivError | None = None
    recorded: bool = False
    _rest: _Rest | None = attrs.field(default=None, repr=False, eq=False, alias="rest")

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
        done: Outcomes so far, failures included.
        failed: Those of them that are failures.
        recorded: Those of them that come from the journal.
        total: How many calls there are; None where nobody knows.
    """

    done: int = 0
    failed: int = 0
    recorded: int = 0
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
        opened = journal
        if isinstance(opened, Path | str):
            from .journal import Journal

            opened = Journal(opened)
        total = len(calls) if isinstance(calls, list | tuple | set) else None
        settler: _Settler[T] = _Settler(sender, opened, progress, BulkProgress(total=total))
        super().__init__(
            tasks,
            cast("Iterable[Job] | AsyncIterable[Job]", calls),
            settler.settle,
            limit=limit,
            ordered=ordered,
            ends=lambda outcome: isinstance(outcome.error, stop_on),
            more=_rest_of,
            around=opened,
        )


def _rest_of(outcome: Outcome[Any]) -> _Rest | None:
    return outcome._rest  # pyright: ignore[reportPrivateUsage]


class _Settler(Generic[T]):
    """Turns calls into outcomes, through the journal where there is one."""

    def __init__(
        self,
        sender: Sender,
        journal: Journal | None,
        progress: BulkCallback | None,
        state: BulkProgress,
    ) -> None:
        self._sender = sender
        self._journal = journal
        self._progress = progress
        self._state = state

    async def settle(self, index: int, job: Job) -> Outcome[T]:
        call: Call[T] | Pages[Any, Any]
        rest: _Rest | None = None
        if isinstance(job, Call):
            call = job
        else:
            rest = _Rest(job, set()) if isinstance(job, Pages) else job
            call = rest.pages
        call = attrs.evolve(call, sender=self._sender)
        try:
            if rest is not None:
                _check(rest)
            outcome = await self._recorded(index, call, rest)
            if outcome is None:
                outcome = self._value(index, call, await self._sent(call), rest)
        except PixivError as exc:
            outcome = Outcome(call, index, error=exc)
        self._count(outcome)
        return outcome

    async def _recorded(
        self, index: int, call: Call[T] | Pages[Any, Any], rest: _Rest | None
    ) -> Outcome[T] | None:
        found = None if self._journal is None else await self._journal.recorded(call.request)
        if found is None:
            return None
        if found.error is not None:
            return Outcome(call, index, error=found.error, recorded=True)
        assert found.reply is not None
        return attrs.evolve(self._value(index, call, found.reply, rest), recorded=True)

    async def _sent(self, call: Call[T] | Pages[Any, Any]) -> Reply:
        """Send the call, and record what it comes to before anybody sees it."""
        try:
            reply = await self._sender.send(call.request, interactive=False)
        except PixivError as exc:
            if self._journal is not None and self._journal.takes(exc):
                await self._journal.record_failure(call.request, exc)
            raise
        if self._journal is not None:
            await self._journal.record_reply(call.request, reply)
        return reply

    def _value(
        self, index: int, call: Call[T] | Pages[Any, Any], reply: Reply, rest: _Rest | None
    ) -> Outcome[T]:
        if rest is None:
            value: T = structure_reply(call.request, reply.json, drift_of(self._sender))
            return Outcome(call, index, value)
        page, following = make_page(call.request, reply, drift_of(self._sender))
        more = None
        if isinstance(following, PixivError):
            more = _Rest(Pages(call.request), rest.seen, following)
        elif following is not None:
            more = _Rest(Pages(following), rest.seen)
        return Outcome(call, index, cast("T", page), rest=more)

    def _count(self, outcome: Outcome[T]) -> None:
        if self._progress is None:
            return
        self._state = attrs.evolve(
            self._state,
            done=self._state.done + 1,
            failed=self._state.failed + (not outcome.ok),
            recorded=self._state.recorded + outcome.recorded,
        )
        self._progress(self._state)


def _check(rest: _Rest) -> None:
    """Raise what keeps a list from going on."""
    if rest.error is not None:
        raise rest.error
    request = rest.pages.request
    if request in rest.seen:
        msg = "the next page is one that was already fetched"
        raise PagingError(msg, endpoint=request.endpoint.name)
    rest.seen.add(request)


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

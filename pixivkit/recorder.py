"""Send requests through a journal: decide what is taken from it, sent, and recorded."""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import anyio
import attrs

from ._core.calls.misfit_policy import MisfitPolicy, misfit_policy_of
from ._core.calls.request import ProgressCallback, Reply, Request, Sender
from ._core.calls.request_key import request_key
from ._core.running.journal_record import is_permanent
from .errors import (
    ApiError,
    ConnectionFailed,
    InvalidArgument,
    JournalError,
    PatienceExceeded,
    PixivError,
    ServerError,
    TokenStoreError,
)

if TYPE_CHECKING:
    from .journal import Journal

__all__ = [
    "JournalOrPath",
    "Occurrences",
    "Recorder",
    "RequestOutcome",
    "as_journal",
    "attempt",
    "through",
]

JournalOrPath: TypeAlias = "Journal | Path | str | None"


@attrs.frozen(kw_only=True)
class RequestOutcome:
    """
    The outcome of a request.

    Attributes:
        result: The reply, or the error.
        at: When that was known, in UTC.
        recorded: Whether it comes from the journal, and was not sent again.
        unrecorded: Why it is not in the journal, where it should be; nothing more may be sent
            then.
    """

    result: Reply | PixivError
    at: dt.datetime = attrs.field(factory=lambda: dt.datetime.now(dt.UTC))
    recorded: bool = False
    unrecorded: JournalError | None = None


async def attempt(
    sender: Sender,
    request: Request,
    *,
    progress: ProgressCallback | None = None,
) -> RequestOutcome:
    """Send *request*; return its reply or its error."""
    try:
        reply = await sender.send(request, progress=progress)
    except PixivError as exc:
        return RequestOutcome(result=exc)
    return RequestOutcome(result=reply)


class Recorder:
    """
    A sender that asks a journal first, and records what it sends.

    A request that changes something is recorded as begun before it is sent, and one such is under
    way at a time: a crash leaves a single one in doubt. That is then never sent again: its outcome
    is `OutcomeUnknown` until the journal is corrected.

    Args:
        sender: What sends.
        journal: The journal.
    """

    def __init__(self, sender: Sender, journal: Journal) -> None:
        self._sender = sender
        self._journal = journal
        self._writing = anyio.Lock()
        self._occurrences = Occurrences()
        self._failure: JournalError | None = None

    @property
    def misfit_policy(self) -> MisfitPolicy | None:
        """The `misfit_policy` of the sender: handles values that do not fit."""
        return misfit_policy_of(self._sender)

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
    ) -> Reply:
        """
        Return the reply to *request*, from the journal or from pixiv.

        The journal is open for as long as this takes. A reply that cannot be recorded is returned
        all the same; then nothing more is sent, and the next call raises, or `check`.

        Raises:
            JournalError: The journal cannot be read, or an earlier reply not be recorded.
            PixivError: The error of the request.
        """
        self.check()
        occurrence = self._occurrences.next(request)
        async with self._journal:
            outcome = await self.outcome(request, occurrence, progress=progress)
        self._failure = outcome.unrecorded
        if isinstance(outcome.result, PixivError):
            raise outcome.result
        return outcome.result

    def check(self) -> None:
        """
        Check that everything is recorded that `send` returned.

        Raises:
            JournalError: It is not.
        """
        if self._failure is not None:
            raise self._failure

    async def outcome(
        self,
        request: Request,
        occurrence: int = 1,
        *,
        progress: ProgressCallback | None = None,
    ) -> RequestOutcome:
        """
        Return the outcome of *request*; the journal has to be open.

        Args:
            request: The request.
            occurrence: Which of the equal writes of a run it is, from 1.
            progress: Called while a body is sent, with the bytes so far.

        Raises:
            JournalError: The journal cannot be read, or not record that a write begins; nothing
                was sent.
        """

        async def sent() -> RequestOutcome:
            outcome = await attempt(self._sender, request, progress=progress)
            return await self._record(request, occurrence, outcome)

        try:
            found = await self._journal.recorded(request, occurrence=occurrence)
        except InvalidArgument as exc:
            return RequestOutcome(result=exc)
        if found is not None:
            result = found.reply or found.error
            assert result is not None
            return RequestOutcome(result=result, at=found.recorded_at, recorded=True)
        if request.endpoint.idempotent:
            return await sent()
        async with self._writing:
            await self._journal.begin(request, occurrence=occurrence)
            return await sent()

    async def _record(
        self, request: Request, occurrence: int, outcome: RequestOutcome
    ) -> RequestOutcome:
        journal, result, at = self._journal, outcome.result, outcome.at
        try:
            if isinstance(result, Reply):
                at = await journal.record_reply(request, result, occurrence=occurrence)
            elif is_permanent(result):
                at = await journal.record_failure(request, result, occurrence=occurrence)
            elif not request.endpoint.idempotent and _was_not_done(result):
                await journal.forget(request, occurrence=occurrence)
        except JournalError as exc:
            return attrs.evolve(outcome, unrecorded=exc)
        return attrs.evolve(outcome, at=at)


def _was_not_done(error: PixivError) -> bool:
    """Whether a write that ended with *error* certainly changed nothing."""
    if isinstance(error, ApiError):
        # Who is broken may have done it before.
        return not isinstance(error, ServerError)
    return isinstance(
        error, ConnectionFailed | PatienceExceeded | InvalidArgument | TokenStoreError
    )


class Occurrences:
    """Numbers the equal writes of a run, to tell them from each other."""

    def __init__(self) -> None:
        self._counts: collections.Counter[bytes] = collections.Counter()

    def next(self, request: Request) -> int:
        """Return the number of this one, from 1; always 1 for a request that changes nothing."""
        if request.endpoint.idempotent:
            return 1
        try:
            key = request_key(request)
        except InvalidArgument:
            return 1
        self._counts[key] += 1
        return self._counts[key]


def as_journal(journal: Journal | Path | str) -> Journal:
    """Return *journal*, or the journal in the file of that name."""
    if isinstance(journal, Path | str):
        # SQLite is there for those who use it.
        from .journal import Journal

        return Journal(journal)
    return journal


@contextlib.contextmanager
def through(journal: JournalOrPath, sender: Sender) -> Generator[Sender]:
    """
    Yield what sends the requests of a crawl; on leaving, check that everything was recorded.

    It holds nothing that would have to be closed: a crawl may be left at any time.
    """
    if journal is None:
        yield sender
        return
    recorder = Recorder(sender, as_journal(journal))
    yield recorder
    recorder.check()

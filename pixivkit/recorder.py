"""The one place that decides what is taken from a journal, what is sent, and what is recorded."""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import anyio
import attrs

from ._core.calls.drift import Drift, drift_of
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

__all__ = ["Answer", "JournalOrPath", "Occurrences", "Recorder", "as_journal", "ask", "through"]

JournalOrPath: TypeAlias = "Journal | Path | str | None"


@attrs.frozen(kw_only=True)
class Answer:
    """
    What a request came to.

    Attributes:
        came: The reply, or the error.
        at: When that was known, in UTC.
        recorded: Whether it comes from the journal, and was not sent again.
        unrecorded: Why it is not in the journal, where it should be; nothing more may be sent
            then.
    """

    came: Reply | PixivError
    at: dt.datetime = attrs.field(factory=lambda: dt.datetime.now(dt.UTC))
    recorded: bool = False
    unrecorded: JournalError | None = None


async def ask(
    sender: Sender,
    request: Request,
    *,
    progress: ProgressCallback | None = None,
) -> Answer:
    """Send *request*; an error is an answer as well."""
    try:
        reply = await sender.send(request, progress=progress)
    except PixivError as exc:
        return Answer(came=exc)
    return Answer(came=reply)


class Recorder:
    """
    A sender that asks a journal first, and records what it sends.

    A request that changes something is recorded as begun before it is sent, and one such is under
    way at a time: a crash leaves a single one in doubt. That is then never sent again: its outcome
    is `OutcomeUnknown` until the journal is told otherwise.

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
    def drift(self) -> Drift | None:
        """That of what sends: who is told of values that do not fit."""
        return drift_of(self._sender)

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
            PixivError: What came of the request.
        """
        self.check()
        occurrence = self._occurrences.next(request)
        async with self._journal:
            answer = await self.answer(request, occurrence, progress=progress)
        self._failure = answer.unrecorded
        if isinstance(answer.came, PixivError):
            raise answer.came
        return answer.came

    def check(self) -> None:
        """
        See that everything is recorded that `send` returned.

        Raises:
            JournalError: It is not.
        """
        if self._failure is not None:
            raise self._failure

    async def answer(
        self,
        request: Request,
        occurrence: int = 1,
        *,
        progress: ProgressCallback | None = None,
    ) -> Answer:
        """
        Return what *request* comes to; the journal is open.

        Args:
            request: What to ask.
            occurrence: Which of the equal writes of a run it is, from 1.
            progress: Called while a body is sent, with the bytes so far.

        Raises:
            JournalError: The journal cannot be read, or not record that a write begins; nothing
                was sent.
        """

        async def sent() -> Answer:
            answer = await ask(self._sender, request, progress=progress)
            return await self._record(request, occurrence, answer)

        try:
            found = await self._journal.recorded(request, occurrence=occurrence)
        except InvalidArgument as exc:
            return Answer(came=exc)
        if found is not None:
            came = found.reply or found.error
            assert came is not None
            return Answer(came=came, at=found.recorded_at, recorded=True)
        if request.endpoint.idempotent:
            return await sent()
        async with self._writing:
            await self._journal.begin(request, occurrence=occurrence)
            return await sent()

    async def _record(self, request: Request, occurrence: int, answer: Answer) -> Answer:
        journal, came, at = self._journal, answer.came, answer.at
        try:
            if isinstance(came, Reply):
                at = await journal.record_reply(request, came, occurrence=occurrence)
            elif is_permanent(came):
                at = await journal.record_failure(request, came, occurrence=occurrence)
            elif not request.endpoint.idempotent and _was_not_done(came):
                await journal.forget(request, occurrence=occurrence)
        except JournalError as exc:
            return attrs.evolve(answer, unrecorded=exc)
        return attrs.evolve(answer, at=at)


def _was_not_done(error: PixivError) -> bool:
    """Whether a write that ended with *error* certainly changed nothing."""
    if isinstance(error, ApiError):
        # Who is broken may have done it before.
        return not isinstance(error, ServerError)
    return isinstance(
        error, ConnectionFailed | PatienceExceeded | InvalidArgument | TokenStoreError
    )


class Occurrences:
    """Tells the equal writes of a run from each other, by how many came before."""

    def __init__(self) -> None:
        self._counts: collections.Counter[bytes] = collections.Counter()

    def next(self, request: Request) -> int:
        """Return which one this is, from 1; always 1 for what changes nothing."""
        if request.endpoint.idempotent:
            return 1
        try:
            key = request_key(request)
        except InvalidArgument:
            return 1
        self._counts[key] += 1
        return self._counts[key]


def as_journal(journal: Journal | Path | str) -> Journal:
    """The journal that a caller gave, or the one in the file of that name."""
    if isinstance(journal, Path | str):
        # SQLite is there for those who use it.
        from .journal import Journal

        return Journal(journal)
    return journal


@contextlib.contextmanager
def through(journal: JournalOrPath, sender: Sender) -> Generator[Sender]:
    """
    What sends the requests of a crawl; at its end, everything it yielded is recorded.

    It holds nothing that would have to be closed: a crawl may be left at any time.
    """
    if journal is None:
        yield sender
        return
    recorder = Recorder(sender, as_journal(journal))
    yield recorder
    recorder.check()

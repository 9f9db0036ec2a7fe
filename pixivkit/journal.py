"""Record the outcomes of requests in a file, so that a crash repeats nothing."""

from __future__ import annotations

import collections
import datetime as dt
import functools
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import anyio
import attrs

from ._core.basics.clock import Clock, SystemClock
from ._core.calls.request import Reply, Request
from ._core.calls.request_key import request_key
from ._core.running.journal_file import JournalFile
from ._core.running.journal_record import (
    Recorded,
    Row,
    is_permanent,
    moment,
    record_key,
    recorded_in,
    row_of_error,
    row_of_intent,
    row_of_reply,
)
from ._core.running.serial_thread import SerialThread
from .errors import InvalidArgument, JournalError, PixivError

__all__ = ["Journal", "Recorded", "is_permanent", "request_key"]

T = TypeVar("T")

_ROWS_READ_AT_ONCE = 32


@attrs.define(eq=False)
class _Waiting:
    """A row that is to be written, and the result of writing it."""

    row: Row
    settled: bool = False
    failure: BaseException | None = None


class Journal:
    """
    A file with the outcomes of requests: an asynchronous context manager.

    What one of the ``record_`` methods has returned for stays recorded, whatever happens to the
    process or the machine after that. A journal is for one account: what another may see is not
    told apart. Open it in one process at a time; in that process any number of tasks may use it,
    and each ``async with`` may be within another.

    The file is a SQLite database on a local disk, with others beside it whose names go on with
    ``-wal``, ``-shm`` and ``-lock``; only their owner may read them. They hold what pixiv
    answered, and no credentials.

    Args:
        path: The file; it is made where there is none.
        clock: The clock to use.
    """

    def __init__(self, path: str | os.PathLike[str], *, clock: Clock | None = None) -> None:
        self._path = Path(path)
        self._clock = clock or SystemClock()
        self._worker = SerialThread()
        self._file: JournalFile | None = None
        self._waiting: collections.deque[_Waiting] = collections.deque()
        self._users = 0
        self._held = False

    async def open(self) -> None:
        """
        Open the file, until `aclose`; does nothing where it is open.

        Raises:
            JournalError: The file cannot be opened, is damaged, is no journal, or is in use by
                another process or another `Journal`.
        """
        await self._open()
        self._held = True

    async def aclose(self) -> None:
        """Close the file; does nothing where it is closed. It may be opened again."""
        self._held = False
        with anyio.CancelScope(shield=True):
            await self._worker.run(self._close)

    async def __aenter__(self) -> Self:
        # Counted first: who leaves meanwhile must not close the file.
        self._users += 1
        try:
            await self._open()
        except BaseException:
            self._users -= 1
            raise
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._users -= 1
        with anyio.CancelScope(shield=True):
            await self._worker.run(self._close_unused)

    def __repr__(self) -> str:
        return f"<Journal {os.fspath(self._path)!r}>"

    async def recorded(self, request: Request, *, occurrence: int = 1) -> Recorded | None:
        """
        Return the recorded outcome of *request*; None where there is none, and it must be sent.

        Args:
            request: What was asked.
            occurrence: Which of the equal writes of a run it is, from 1; reading has but one.

        Raises:
            InvalidArgument: Such a request is never recorded: it is one for a token, or it sends
                a file from an iterable.
            JournalError: The journal cannot be read.
        """
        key = record_key(request, occurrence)
        row = await self._on_file(lambda file: file.find(key))
        return None if row is None else recorded_in(row)

    async def begin(self, request: Request, *, occurrence: int = 1) -> None:
        """
        Record that *request*, which changes something, is about to be sent.

        Until one of the other methods replaces that, what became of it is `OutcomeUnknown`:
        it is unknown whether it was still sent before a crash. Likewise `record_reply`.

        Raises:
            InvalidArgument: Such a request is never recorded; see `recorded`.
            JournalError: It could not be written, so that nothing should be sent.
        """
        await self._write(row_of_intent(request, occurrence, self._clock.time()))

    async def record_reply(
        self, request: Request, reply: Reply, *, occurrence: int = 1
    ) -> dt.datetime:
        """
        Record that *request* brought *reply*; an earlier record of it is replaced.

        It is written even if the task is cancelled meanwhile. Records of many tasks are written
        together.

        Args:
            request: What was asked.
            reply: What it brought.
            occurrence: Which of the equal writes of a run it is, from 1; reading has but one.

        Returns:
            When it was recorded, in UTC.

        Raises:
            InvalidArgument: Such a request is never recorded; see `recorded`.
            JournalError: It could not be written.
        """
        at = self._clock.time()
        await self._write(row_of_reply(request, occurrence, at, reply))
        return moment(at)

    async def record_failure(
        self, request: Request, error: PixivError, *, occurrence: int = 1
    ) -> dt.datetime:
        """
        Record that *request* failed for good; likewise `record_reply`.

        Raises:
            InvalidArgument: The error may pass (see `is_permanent`), or such a request is never
                recorded.
            JournalError: It could not be written.
        """
        if not is_permanent(error):
            msg = f"{type(error).__name__} may pass, so it is not recorded"
            raise InvalidArgument(msg, endpoint=request.endpoint.name)
        at = self._clock.time()
        await self._write(row_of_error(request, occurrence, at, error))
        return moment(at)

    async def forget(self, what: Request | Recorded, *, occurrence: int = 1) -> bool:
        """
        Remove what is recorded of a request, so that the next run sends it.

        Args:
            what: The request; or a record, as iterating over the journal gives them.
            occurrence: Which of the equal writes of a run it is, from 1; the `occurrence` of its
                outcome. A record knows that itself.

        Returns:
            Whether there was anything.

        Raises:
            InvalidArgument: Such a request is never recorded; see `recorded`.
            JournalError: It could not be removed.
        """
        key = what.key if isinstance(what, Recorded) else record_key(what, occurrence)
        # Also for a task that is cancelled meanwhile: a write that was refused is none in doubt.
        removed = False
        with anyio.CancelScope(shield=True):
            removed = await self._on_file(lambda file: file.remove(key))
        return removed

    async def count(self) -> int:
        """Return how many requests are recorded, writes whose outcome is unknown among them."""
        return await self._on_file(lambda file: file.count())

    async def __aiter__(self) -> AsyncIterator[Recorded]:
        number = 0
        while True:
            rows = await self._on_file(functools.partial(_read, after=number))
            for at, recorded in rows:
                number = at
                yield recorded
            if len(rows) < _ROWS_READ_AT_ONCE:
                return

    async def _open(self) -> None:
        def work() -> None:
            if self._file is None:
                self._file = JournalFile(self._path)

        await self._worker.run(work)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _close_unused(self) -> None:
        if not self._users and not self._held:
            self._close()

    def _opened(self) -> JournalFile:
        if self._file is None:
            msg = f"{self._path} is not open: use it inside `async with Journal(...)`"
            raise JournalError(msg)
        return self._file

    async def _on_file(self, work: Callable[[JournalFile], T]) -> T:
        return await self._worker.run(lambda: work(self._opened()))

    async def _write(self, row: Row) -> None:
        entry = _Waiting(row)
        self._waiting.append(entry)
        # A reply that has come must not get lost; waiting for the disk takes no time to speak of.
        with anyio.CancelScope(shield=True):
            async with self._worker.turn:
                if not entry.settled:
                    await self._worker.call(self._write_waiting)
        if entry.failure is not None:
            raise JournalError(str(entry.failure)) from entry.failure

    def _write_waiting(self) -> None:
        """Write all waiting rows in one transaction, which costs as much as writing one."""
        batch: list[_Waiting] = []
        while self._waiting:
            batch.append(self._waiting.popleft())
        if not batch:
            return
        failure: BaseException | None = None
        try:
            self._opened().write([entry.row for entry in batch])
        except BaseException as exc:
            failure = exc
        for entry in batch:
            entry.failure = failure
            entry.settled = True


def _read(file: JournalFile, after: int) -> list[tuple[int, Recorded]]:
    return [(number, recorded_in(row)) for number, row in file.after(after, _ROWS_READ_AT_ONCE)]

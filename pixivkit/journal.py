"""A record, in a file, of what requests came to: what survives a crash is not sent again."""

from __future__ import annotations

import collections
import datetime as dt
import functools
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import anyio
import attrs
import orjson

from . import errors
from ._core.call import Reply, Request
from ._core.clock import Clock, SystemClock
from ._core.endpoint import OAUTH
from ._core.journal_file import JournalFile, Row
from ._core.json_text import dump_json
from ._core.request_key import request_key, spell_request
from ._core.worker import Worker
from .errors import (
    ApiError,
    InvalidArgument,
    JournalError,
    NotFound,
    OffsetLimit,
    PixivError,
    Restricted,
)

__all__ = ["Journal", "Recorded", "is_permanent", "request_key"]

T = TypeVar("T")

_ROWS_READ_AT_ONCE = 32


def is_permanent(error: BaseException) -> bool:
    """
    Return whether asking again would bring the same *error*, so that a journal records it.

    That is `NotFound` with `EndpointGone`, `Restricted` with `PremiumRequired`, and
    `OffsetLimit`. Everything else may pass: connections, rate limits, logins and servers recover,
    a plain `ApiError` says nothing that is known, and a reply that gives a `DecodeError` is
    recorded as the reply it is, which a later pixivkit may understand.
    """
    return isinstance(error, NotFound | Restricted | OffsetLimit)


@attrs.frozen
class Recorded:
    """
    What became of a request.

    Attributes:
        key: What the request is told by; see `request_key`.
        endpoint: Name of the endpoint, such as ``app.illust.detail``.
        arguments: Its arguments as JSON has them, without those that were defaults; dates are
            ISO 8601, and secrets and bytes are hashes.
        next_url: The URL of the page, where it was a later one of a list.
        recorded_at: When it was recorded, in UTC.
        reply: The reply, without its headers; None where there was an error.
        error: The error, of the type that was raised; None where there was a reply.
    """

    key: bytes
    endpoint: str
    arguments: Mapping[str, object]
    next_url: str
    recorded_at: dt.datetime
    reply: Reply | None
    error: PixivError | None

    @property
    def json(self) -> object:
        """The whole body of the reply; None where there was an error. See `structure`."""
        return None if self.reply is None else self.reply.json

    @property
    def status(self) -> int:
        """The HTTP status of the reply or the error."""
        if self.reply is not None:
            return self.reply.status
        return self.error.status if isinstance(self.error, ApiError) else 0


@attrs.define(eq=False)
class _Waiting:
    """A row that is to be written, and how that went."""

    row: Row
    settled: bool = False
    failure: BaseException | None = None


class Journal:
    """
    A file that keeps what requests came to: an asynchronous context manager.

    What one of the ``record_`` methods has returned for stays recorded, whatever happens to the
    process or the machine after that. A journal is for one account: what another may see is not
    told apart. Open it in one process at a time; in that process any number of tasks may use it,
    and each ``async with`` may be within another.

    The file is a SQLite database on a local disk, with others beside it whose names go on with
    ``-wal``, ``-shm`` and ``-lock``; only their owner may read them. They hold what pixiv
    answered, and no credentials.

    Args:
        path: The file; it is made where there is none.
        clock: What tells the time.
    """

    def __init__(self, path: str | os.PathLike[str], *, clock: Clock | None = None) -> None:
        self._path = Path(path)
        self._clock = clock or SystemClock()
        self._worker = Worker()
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

    async def recorded(self, request: Request) -> Recorded | None:
        """
        Return what became of *request*; None where that is not known, so that it must be sent.

        Raises:
            InvalidArgument: Such a request is never recorded: it is one for a token, or it sends
                a file from an iterable.
            JournalError: The journal cannot be read.
        """
        key = _key(request)
        row = await self._on_file(lambda file: file.find(key))
        return None if row is None else _recorded(row)

    async def record_reply(self, request: Request, reply: Reply) -> None:
        """
        Record that *request* brought *reply*; an earlier record of it is replaced.

        It is written even if the task is cancelled meanwhile. Records of many tasks are written
        together.

        Raises:
            InvalidArgument: Such a request is never recorded; see `recorded`.
            JournalError: It could not be written.
        """
        row = Row(
            key=_key(request),
            request=spell_request(request),
            recorded_at=self._clock.time(),
            status=reply.status,
            host=reply.host,
            body=dump_json(reply.json),
        )
        await self._write(row)

    def takes(self, error: PixivError) -> bool:
        """Whether `record_failure` takes *error*: see `is_permanent`."""
        return is_permanent(error)

    async def record_failure(self, request: Request, error: PixivError) -> None:
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
        row = Row(
            key=_key(request),
            request=spell_request(request),
            recorded_at=self._clock.time(),
            status=error.status if isinstance(error, ApiError) else 0,
            error=_spell_error(error),
        )
        await self._write(row)

    async def forget(self, request: Request) -> bool:
        """Remove what is recorded of *request*; return whether there was anything."""
        key = _key(request)
        return await self._on_file(lambda file: file.remove(key))

    async def count(self) -> int:
        """Return how many requests are recorded."""
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
        """Write all that waits in one transaction, which costs as much as writing one row."""
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


def _key(request: Request) -> bytes:
    if request.endpoint.base == OAUTH:
        msg = "answers of the token endpoint are credentials, which no journal records"
        raise InvalidArgument(msg, endpoint=request.endpoint.name)
    return request_key(request)


def _read(file: JournalFile, after: int) -> list[tuple[int, Recorded]]:
    return [(number, _recorded(row)) for number, row in file.after(after, _ROWS_READ_AT_ONCE)]


def _recorded(row: Row) -> Recorded:
    try:
        asked = cast("Mapping[str, Any]", json.loads(row.request))
        reply = error = None
        if row.error is None:
            reply = Reply(row.status, {}, orjson.loads(row.body), row.host)
        else:
            error = _restore_error(row.error, asked["endpoint"])
        return Recorded(
            key=row.key,
            endpoint=asked["endpoint"],
            arguments=asked["arguments"],
            next_url=asked["next"],
            recorded_at=dt.datetime.fromtimestamp(row.recorded_at, dt.UTC),
            reply=reply,
            error=error,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        msg = f"a record of the journal is damaged: {exc}"
        raise JournalError(msg) from exc


def _spell_error(error: PixivError) -> str:
    name = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in errors.__all__)
    content: dict[str, object] = {"type": name, "message": error.message}
    if isinstance(error, ApiError):
        content |= {
            "status": error.status,
            "user_message": error.user_message,
            "reason": error.reason,
            "retry_after": error.retry_after,
        }
    return json.dumps(content)


def _restore_error(text: str, endpoint: str) -> PixivError:
    content = json.loads(text)
    kind = getattr(errors, content.pop("type"))
    message = content.pop("message")
    return cast("PixivError", kind(message, endpoint=endpoint, **content))

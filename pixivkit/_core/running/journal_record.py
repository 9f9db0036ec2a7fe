"""Rows of a journal: a request and its outcome."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, cast

import attrs
import orjson

from ...errors import (
    ApiError,
    EndpointGone,
    InvalidArgument,
    JournalError,
    NotFound,
    OffsetLimit,
    OutcomeUnknown,
    PixivError,
    PremiumRequired,
    Restricted,
)
from ..basics.json_text import dump_json
from ..calls.request import Reply, Request
from ..calls.request_key import key_of, request_json, request_key
from ..declaration.endpoint import OAUTH

_KINDS = {
    kind.__name__: kind
    for kind in (NotFound, EndpointGone, Restricted, PremiumRequired, OffsetLimit, OutcomeUnknown)
}
"""The errors that are stored, by name."""


@attrs.frozen
class Row:
    """
    The outcome of one request, as it is stored.

    Attributes:
        key: See `record_key`.
        request: See `request_json`.
        occurrence: Which of the equal writes of a run it is, from 1; 1 for what is read.
        recorded_at: When, in seconds since 1970.
        status: The HTTP status.
        host: Where the request was sent.
        error: The error as JSON; None for a reply.
        body: The JSON of a reply; empty for an error.
    """

    # Checked, since a damaged file may hold anything.
    key: bytes = attrs.field(validator=attrs.validators.instance_of(bytes))
    request: str = attrs.field(validator=attrs.validators.instance_of(str))
    occurrence: int = attrs.field(validator=attrs.validators.instance_of(int))
    recorded_at: float = attrs.field(validator=attrs.validators.instance_of(float))
    status: int = attrs.field(default=0, validator=attrs.validators.instance_of(int))
    host: str = attrs.field(default="", validator=attrs.validators.instance_of(str))
    error: str | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.instance_of(str))
    )
    body: bytes = attrs.field(default=b"", validator=attrs.validators.instance_of(bytes))


@attrs.frozen
class Recorded:
    """
    The outcome of a request.

    Attributes:
        key: The key of the record.
        endpoint: Name of the endpoint, such as ``app.illust.detail``.
        arguments: Its arguments as JSON has them, without those that were defaults; dates are
            ISO 8601, and secrets and bytes are hashes.
        next_url: The URL of the page, where it was a later one of a list.
        occurrence: Which of the equal writes of a run it is, from 1; 1 for what is read.
        recorded_at: When it was recorded, in UTC.
        reply: The reply, without its headers; None where there was an error.
        error: The error, of the type that was raised, or `OutcomeUnknown` for a write that was
            begun and not ended; None where there was a reply.
    """

    key: bytes
    endpoint: str
    arguments: Mapping[str, object]
    next_url: str
    occurrence: int
    recorded_at: dt.datetime
    reply: Reply | None
    error: PixivError | None

    @property
    def json(self) -> object:
        """The whole body of the reply; None where there was an error. See `Call.parse`."""
        return None if self.reply is None else self.reply.json

    @property
    def status(self) -> int:
        """The HTTP status of the reply or the error."""
        if self.reply is not None:
            return self.reply.status
        return self.error.status if isinstance(self.error, ApiError) else 0


def is_permanent(error: BaseException) -> bool:
    """
    Return whether asking again would bring the same *error*, so that a journal records it.

    That is `NotFound` with `EndpointGone`, `Restricted` with `PremiumRequired`, and
    `OffsetLimit`. Everything else may pass: connections, rate limits, logins and servers recover,
    a plain `ApiError` says nothing that is known, and a reply that gives a `DecodeError` is
    recorded as the reply it is, which a later pixivkit may understand.
    """
    return isinstance(error, NotFound | Restricted | OffsetLimit)


def record_key(request: Request, occurrence: int) -> bytes:
    """
    Return the key of the record of *request*.

    Raises:
        InvalidArgument: Such a request is never recorded; or *occurrence* is no number from 1.
    """
    if request.endpoint.base == OAUTH:
        msg = "answers of the token endpoint are credentials, which no journal records"
        raise InvalidArgument(msg, endpoint=request.endpoint.name)
    if occurrence < 1:
        msg = f"occurrence must be at least 1, not {occurrence}"
        raise InvalidArgument(msg, endpoint=request.endpoint.name)
    return _nth(request_key(request), occurrence)


def _nth(key: bytes, occurrence: int) -> bytes:
    # The first has the key of the request: so it was before equal writes were told apart.
    return key if occurrence == 1 else hashlib.sha256(key + b"%d" % occurrence).digest()


def row_of_reply(request: Request, occurrence: int, at: float, reply: Reply) -> Row:
    """Return the row for *request* with its *reply*."""
    return Row(
        key=record_key(request, occurrence),
        request=request_json(request),
        occurrence=occurrence,
        recorded_at=at,
        status=reply.status,
        host=reply.host,
        body=dump_json(reply.json),
    )


def row_of_error(request: Request, occurrence: int, at: float, error: PixivError) -> Row:
    """Return the row for *request* that failed with *error*."""
    return Row(
        key=record_key(request, occurrence),
        request=request_json(request),
        occurrence=occurrence,
        recorded_at=at,
        status=error.status if isinstance(error, ApiError) else 0,
        error=_error_json(error),
    )


def row_of_intent(request: Request, occurrence: int, at: float) -> Row:
    """Return the row of a write that is about to be sent: its outcome is not known yet."""
    return row_of_error(request, occurrence, at, OutcomeUnknown())


def recorded_in(row: Row) -> Recorded:
    """
    Return the outcome that *row* stores.

    Raises:
        JournalError: It is damaged.
    """
    try:
        return _read(row)
    except Exception as exc:
        # Whatever keeps from reading what was once written: it is no longer what was written.
        msg = f"a record of the journal is damaged: {exc}"
        raise JournalError(msg) from exc


def _read(row: Row) -> Recorded:
    if _nth(key_of(row.request), row.occurrence) != row.key:
        msg = "its key is not that of its request"
        raise ValueError(msg)
    asked = cast("Mapping[str, Any]", json.loads(row.request))
    reply = error = None
    if row.error is None:
        reply = Reply(row.status, {}, orjson.loads(row.body), row.host)
    else:
        error = _restore_error(row.error, asked["endpoint"], row.occurrence)
    return Recorded(
        key=row.key,
        endpoint=asked["endpoint"],
        arguments=asked["arguments"],
        next_url=asked["next"],
        occurrence=row.occurrence,
        recorded_at=moment(row.recorded_at),
        reply=reply,
        error=error,
    )


def moment(seconds: float) -> dt.datetime:
    """Return the time in UTC of *seconds* since 1970."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _error_json(error: PixivError) -> str:
    name = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _KINDS)
    content: dict[str, object] = {"type": name, "message": error.message}
    if isinstance(error, ApiError):
        content |= {
            "status": error.status,
            "user_message": error.user_message,
            "reason": error.reason,
            "retry_after": error.retry_after,
        }
    return json.dumps(content)


def _restore_error(text: str, endpoint: str, occurrence: int) -> PixivError:
    content = json.loads(text)
    kind = _KINDS[content.pop("type")]
    message = content.pop("message")
    error = kind(message, endpoint=endpoint, **content)
    if isinstance(error, OutcomeUnknown):
        error.message = "an earlier run began to send it, and what came of it was not recorded"
        which = "request" if occurrence == 1 else f"request, occurrence={occurrence}"
        error.hint = (
            f"look whether pixiv did it: if not, `await journal.forget({which})` has the next run "
            "send it; if so, leave it, or record what it brought with `journal.record_reply`"
        )
    return error

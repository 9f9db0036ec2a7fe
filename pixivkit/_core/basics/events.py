"""
Events of a client, for logs, metrics and progress.

The logger ``pixivkit`` logs the events, and holds no credential at any level. The libraries below
have loggers of their own: at level DEBUG ``httpcore`` logs the headers of every reply, Set-Cookie
among them, and quotes replies that are not HTTP. Who logs everything at that level and does not
want these adds ``logging.getLogger("httpcore").setLevel(logging.INFO)``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from ...errors import PixivError

log = logging.getLogger("pixivkit")


@attrs.frozen(kw_only=True)
class Event:
    """
    Something that happened to a call.

    Attributes:
        call_id: Number of the call in this client: the events of one call share it. 0 for what
            belongs to all: a request to the token endpoint, a `Misfit`.
        endpoint: Name of the endpoint.
        account: The account of a `pixivkit.cluster.Cluster` whose home sent the call; empty on
            one machine.
        node: The name of the machine that is this home; empty likewise.
    """

    call_id: int
    endpoint: str
    account: str = ""
    node: str = ""


@attrs.frozen(kw_only=True)
class CallStarted(Event):
    """A call was awaited."""


@attrs.frozen(kw_only=True)
class RequestSent(Event):
    """
    A request is being sent, after it waited for its turn.

    Attributes:
        attempt: 1 for the first request of the call.
    """

    attempt: int


@attrs.frozen(kw_only=True)
class ReplyReceived(Event):
    """
    A reply arrived, with a success or an error.

    Attributes:
        attempt: Number of the request it answers.
        status: The HTTP status.
        size: Bytes of the body, decompressed.
        seconds: From sending the request to the last byte of the reply.
    """

    attempt: int
    status: int
    size: int
    seconds: float


@attrs.frozen(kw_only=True)
class RateLimitHit(Event):
    """
    Pixiv limits the rate of the account: all its requests pause.

    Attributes:
        pause: Seconds until the next request may go.
    """

    pause: float


@attrs.frozen(kw_only=True)
class CredentialRenewed(Event):
    """
    Pixiv refused the credential, and it was renewed.

    Attributes:
        renewed: Whether there is one; the call fails if not.
    """

    renewed: bool


@attrs.frozen(kw_only=True)
class Retrying(Event):
    """
    An attempt failed and is repeated.

    Attributes:
        attempt: Number of the attempt that failed.
        delay: Seconds to wait before the next.
        error: Why it failed.
    """

    attempt: int
    delay: float
    error: PixivError


WaitReason: TypeAlias = Literal["rate limit", "queue", "renewal", "retry"]
"""What requests may have to wait for; the queue is for the polite pace."""


@attrs.frozen(kw_only=True)
class LongWait(Event):
    """
    Requests will wait for ten seconds or more; emitted once for all, and every ten minutes.

    It belongs to no call: ``call_id`` is 0, ``endpoint`` empty.

    Attributes:
        reason: What they wait for.
        seconds: How long, as far as is known.
        why: The same for people.
    """

    reason: WaitReason
    seconds: float
    why: str


@attrs.frozen(kw_only=True)
class CallFinished(Event):
    """
    A call ended, with a result or an error.

    Attributes:
        attempts: How many requests it took.
        seconds: From `CallStarted` until now, waiting for turns included.
        error: Why it failed; None where it succeeded, or was cancelled.
        cancelled: Whether it was left before its end.
    """

    attempts: int
    seconds: float
    error: PixivError | None
    cancelled: bool


@attrs.frozen(kw_only=True)
class Misfit(Event):
    """
    A reply held a value that does not fit its model; emitted once for each endpoint and path.

    The value is kept in `Model.misfits`, or where it is an item of a page, in `Page.broken`.

    Attributes:
        path: Where, from the body of the reply on; elements of lists and maps are ``[]``, as in
            ``$.illusts[].title``.
        problem: What is wrong with it, such as ``expected str, got int``.
    """

    path: str
    problem: str


Listener: TypeAlias = Callable[[Event], None]
"""Called with each event, at once: it must be quick and not raise (what it raises is logged)."""

_LEVELS: dict[type[Event], int] = {
    RateLimitHit: logging.INFO,
    Retrying: logging.INFO,
    LongWait: logging.WARNING,
    Misfit: logging.WARNING,
}


_OF_A_CLUSTER: Final = ("account", "node")


def emit_misfit(listener: Listener | None, endpoint: str, path: str, problem: str) -> None:
    """Emit a `Misfit`."""
    emit(Misfit(call_id=0, endpoint=endpoint, path=path, problem=problem), listener)


def level_of(event: Event) -> int:
    """Return the level that *event* is logged with."""
    return _LEVELS.get(type(event), logging.DEBUG)


def emit(event: Event, listener: Listener | None) -> None:
    """Log *event*, with its fields as attributes of the record, and call the *listener*."""
    level = level_of(event)
    if log.isEnabledFor(level):
        fields = attrs.asdict(event, recurse=False, filter=_is_shown)
        if (error := fields.get("error")) is not None:
            fields["error"] = str(error)
        kind = type(event).__name__
        log.log(level, "%s", _log_message(event, kind, fields), extra={"event": kind, **fields})
    if listener is not None:
        try:
            listener(event)
        except Exception:
            log.exception("a listener failed")


def _is_shown(field: attrs.Attribute[Any], value: object) -> bool:
    """Whether a record has the *field*: on one machine there is neither account nor node."""
    return value != "" or field.name not in _OF_A_CLUSTER


def _log_message(event: Event, kind: str, fields: Mapping[str, object]) -> str:
    if isinstance(event, LongWait):
        home = f"account {event.account} on {event.node}: " if event.node else ""
        return f"{home}waiting {event.seconds:.0f} s: {event.why}"
    shown = " ".join(f"{k}={v}" for k, v in fields.items() if k not in ("endpoint", "call_id"))
    return f"{event.endpoint} {kind} {shown}"

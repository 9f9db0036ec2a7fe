"""What each kind of fault does to a reply, and how a reply goes out that does not go out whole."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs
import orjson

from .._core.declaration.endpoint import Base
from ..registry import REGISTRY
from .faults import FaultKind
from .messages import Answer, ReceivedRequest, answer
from .refusals import Refusal, app_error, bearer_refused, challenge, oauth_error, web_error

__all__ = [
    "ELSEWHERE", "FAULTY_REPLY", "FaultyReply", "SendFaulty", "faulty_answer", "usual_body",
]  # fmt: skip

ELSEWHERE: Final = "https://elsewhere.example"
"""Where redirects and hostile URLs lead."""

_CHUNK = 64 * 1024

_WORDS = {403: "Your access is currently restricted.", 404: "Not found", 429: "Rate Limit"}

End: TypeAlias = Literal["whole", "close", "reset", "stall"]


@attrs.frozen(kw_only=True)
class FaultyReply:
    """
    A reply that does not go out as replies do.

    Attributes:
        status: The HTTP status; 0 for a reply of which nothing is sent.
        headers: Its headers, but for Content-Length.
        chunks: What is sent of its body, taken as it is sent.
        length: What Content-Length says.
        end: What becomes of the connection then: it is kept (``whole``), closed, reset, or left
            as it is until the client goes (``stall``).
    """

    status: int = 0
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    chunks: Iterable[bytes] = ()
    length: int = 0
    end: End

    @classmethod
    def of(cls, answer: Answer, *, length: int | None = None, end: End = "whole") -> FaultyReply:
        """Send *answer* with another Content-Length, or another end."""
        return cls(
            status=answer.status,
            headers=answer.headers,
            chunks=(answer.body,),
            length=len(answer.body) if length is None else length,
            end=end,
        )


SendFaulty: TypeAlias = Callable[[FaultyReply, Any, Any], Awaitable[None]]

FAULTY_REPLY: Final = "pixivkit.faulty_reply"
"""
The ASGI extension that sends one: a `SendFaulty`, called with the reply, `receive` and `send`.

Whoever runs the application adds it to the scope, since an application cannot break a connection.
"""

Respond: TypeAlias = Callable[[], Answer]


def faulty_answer(
    kind: FaultKind, received: ReceivedRequest, respond: Respond, *, huge: int
) -> Answer | FaultyReply:
    """
    Let a request go wrong.

    Args:
        kind: How.
        received: The request.
        respond: Carries the request out, and returns what it is answered.
        huge: How many bytes there are in what is too large.
    """
    match kind:
        case "rate_limit_429" | "status_500" | "status_502" | "status_503":
            return _failure(received, int(kind[-3:]))
        case "rate_limit_403":
            envelope = REGISTRY[received.endpoint].base.envelope
            return _refused(
                web_error(403, "Rate Limit") if envelope else app_error(403, message="Rate Limit")
            )
        case "invalid_grant":
            return _refused(bearer_refused("invalid_grant"))
        case "block_page":
            return _refused(challenge())
        case "redirect":
            return Answer(302, b"", {"location": f"{ELSEWHERE}/v1/illust/detail?illust_id=1"})
        case "huge_body":
            return _large(huge, _blanks(huge))
        case "gzip_bomb":
            packed = _bomb(huge)
            pieces = (packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK))
            return _large(len(packed), pieces, encoding="gzip")
        case "reset_unhandled":
            return FaultyReply(end="reset")
        case _:
            return _faulty_reply(kind, received, respond())


def _faulty_reply(
    kind: FaultKind, received: ReceivedRequest, made: Answer
) -> Answer | FaultyReply:
    body = made.body
    half = body[: len(body) // 2]
    match kind:
        case "reset_unanswered":
            return FaultyReply(end="reset")
        case "slow":
            return FaultyReply(end="stall")
        case "reset_midway":
            sent = attrs.evolve(made, body=half[:_CHUNK])
            return FaultyReply.of(sent, length=max(1, len(body)), end="reset")
        case "length_too_long":
            return FaultyReply.of(made, length=len(body) + 1000, end="close")
        case "length_too_short":
            return FaultyReply.of(made, length=len(half), end="close")
        case "empty_body":
            return attrs.evolve(made, body=b"")
        case "foreign_next_url":
            return _leading(made, f"{ELSEWHERE}/v1/user/illusts?user_id=1&offset=30")
        case "looping_next_url":
            return _leading(made, received.url)
        case "wrong_range":
            return _shifted(made)
        case _:
            return attrs.evolve(made, body=half)


def _failure(received: ReceivedRequest, status: int) -> Answer:
    endpoint = REGISTRY.get(received.endpoint)
    if endpoint is None:
        return answer(status, f"<html><body><h1>{status}</h1></body></html>")
    return answer(status, usual_body(endpoint.base, status))


def _refused(refusal: Refusal) -> Answer:
    return answer(refusal.status, refusal.body, refusal.headers)


def _leading(made: Answer, next_url: str) -> Answer:
    """A page that goes on at *next_url*."""
    if made.status != 200:
        return made
    return attrs.evolve(made, body=orjson.dumps({**orjson.loads(made.body), "next_url": next_url}))


def _shifted(made: Answer) -> Answer:
    """A part of a file that begins one byte late, and says so."""
    size = len(made.body)
    place = made.headers.get("content-range", f"bytes 0-{size - 1}/{size}")
    first, _, rest = place.removeprefix("bytes ").partition("-")
    headers = {**made.headers, "content-range": f"bytes {int(first) + 1}-{rest}"}
    return Answer(206, made.body[1:], headers)


def _large(length: int, chunks: Iterator[bytes], *, encoding: str = "identity") -> FaultyReply:
    headers = {"content-type": "application/json", "content-encoding": encoding}
    return FaultyReply(status=200, headers=headers, chunks=chunks, length=length, end="whole")


def _blanks(size: int) -> Iterator[bytes]:
    blanks = b" " * _CHUNK
    for at in range(0, size, _CHUNK):
        yield blanks[: size - at]


@functools.lru_cache(maxsize=1)
def _bomb(size: int) -> bytes:
    """Blanks, packed to a thousandth of their *size*."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    return b"".join(map(packer.compress, _blanks(size))) + packer.flush()


def usual_body(base: Base, status: int) -> object:
    """What a host of pixiv says with a *status* that is an error."""
    words = _WORDS.get(status, "An error occurred.")
    if status in (502, 503, 504):
        return f"<html><head><title>{status}</title></head><body>nginx</body></html>"
    refusal: Refusal
    if base.envelope:
        refusal = web_error(status, words)
    elif base.name == "oauth" and status == 400:
        refusal = oauth_error("Invalid refresh token", 1508)
    elif status == 429:
        refusal = app_error(status, message=words)
    else:
        refusal = app_error(status, user_message=words)
    return refusal.body

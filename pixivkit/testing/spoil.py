"""What each kind of fault does to a reply."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import attrs
import orjson

from ..registry import REGISTRY
from .delivery import Delivery
from .fault_plan import FaultKind
from .faults import usual_body
from .received import Answer, Received, answer
from .refusals import Refusal, app_error, bearer_refused, challenge, web_error

__all__ = ["ELSEWHERE", "spoil"]

ELSEWHERE: Final = "https://elsewhere.example"
"""Where redirects and hostile URLs lead."""

_CHUNK = 64 * 1024

Respond: TypeAlias = Callable[[], Answer]


def spoil(
    kind: FaultKind, received: Received, respond: Respond, *, huge: int
) -> Answer | Delivery:
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
            return Delivery(end="reset")
        case _:
            return _spoil_reply(kind, received, respond())


def _spoil_reply(kind: FaultKind, received: Received, made: Answer) -> Answer | Delivery:
    body = made.body
    half = body[: len(body) // 2]
    match kind:
        case "reset_unanswered":
            return Delivery(end="reset")
        case "slow":
            return Delivery(end="stall")
        case "reset_midway":
            sent = attrs.evolve(made, body=half[:_CHUNK])
            return Delivery.of(sent, length=max(1, len(body)), end="reset")
        case "length_too_long":
            return Delivery.of(made, length=len(body) + 1000, end="close")
        case "length_too_short":
            return Delivery.of(made, length=len(half), end="close")
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


def _failure(received: Received, status: int) -> Answer:
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


def _large(length: int, chunks: Iterator[bytes], *, encoding: str = "identity") -> Delivery:
    headers = {"content-type": "application/json", "content-encoding": encoding}
    return Delivery(status=200, headers=headers, chunks=chunks, length=length, end="whole")


def _blanks(size: int) -> Iterator[bytes]:
    blanks = b" " * _CHUNK
    for at in range(0, size, _CHUNK):
        yield blanks[: size - at]


@functools.lru_cache(maxsize=1)
def _bomb(size: int) -> bytes:
    """Blanks, packed to a thousandth of their *size*."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    return b"".join(map(packer.compress, _blanks(size))) + packer.flush()

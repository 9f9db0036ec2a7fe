"""Decide whether and when to retry."""

from __future__ import annotations

import random

import attrs

from ...errors import (
    DecodeError,
    PixivError,
    ReplyTooLarge,
    ServerError,
    TransportError,
    UnexpectedHost,
)

_WORTH_REPEATING = (500, 502, 503, 504)


@attrs.frozen(kw_only=True)
class Retry:
    """
    How often requests are retried, and with which delays.

    Only what is safe is repeated: requests that change nothing, after a broken connection, a body
    that is no JSON, or a status of 500, 502, 503 or 504; and anything, when the connection was
    never established. Rate limits and expired tokens do not count: pixiv refused the request then,
    and how long a call waits for the end of that is a matter of its patience.

    Attributes:
        attempts: How many times a request is sent at most; 1 never repeats.
        first: Longest wait before the second attempt, in seconds; it doubles each time, and the
            wait is drawn between half of it and all of it.
        longest: The most that a wait grows to, in seconds.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30.0

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after the *attempt*-th attempt failed; random each time."""
        most = min(self.longest, self.first * 2.0 ** (attempt - 1))
        return most * random.uniform(0.5, 1.0)

    def pause_after(self, failure: PixivError, failures: int) -> float | None:
        """Return the seconds to wait after that many failures of a read; None for no retry."""
        return self.delay(failures) if failures < self.attempts and may_pass(failure) else None


def may_pass(failure: PixivError) -> bool:
    """Whether a read that failed with this error may succeed when it is sent again."""
    if isinstance(failure, ReplyTooLarge | UnexpectedHost):
        return False
    if isinstance(failure, ServerError):
        return failure.status in _WORTH_REPEATING
    # A body that is no JSON at all: it is empty, or was cut off on its way.
    return isinstance(failure, TransportError | DecodeError)

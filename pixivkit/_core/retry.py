"""When to send again."""

from __future__ import annotations

import random

import attrs


@attrs.frozen(kw_only=True)
class Retry:
    """
    How often a request is repeated, and how long to wait before.

    Only what is safe is repeated: requests that change nothing, after a broken connection, a body
    that is no JSON, or a status of 500, 502, 503 or 504; and anything, when the connection was
    never established. Rate
    limits are counted apart, since pixiv refused the request then.

    Attributes:
        attempts: How many times a request is sent at most; 1 never repeats.
        first: Longest wait before the second attempt, in seconds; it doubles each time, and the
            wait is drawn between half of it and all of it.
        longest: The most that a wait grows to, in seconds.
        rate_limits: How many rate limits a call waits out before it raises.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30.0
    rate_limits: int = 4

    def delay(self, attempt: int) -> float:
        """Seconds to wait after the *attempt*-th attempt failed; new each time."""
        most = min(self.longest, self.first * 2.0 ** (attempt - 1))
        return most * random.uniform(0.5, 1.0)

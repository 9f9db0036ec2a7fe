"""Limits of how long a call waits before it is sent, or sent again."""

from __future__ import annotations

import math
from typing import Final

import attrs

from ...errors import InvalidArgument, PatienceExceeded, PixivError
from ..basics.clock import Clock


@attrs.frozen
class Patience:
    """
    How many seconds a call may wait, for each reason.

    Attributes:
        total: By everything together, counted from when the call is awaited.
        trouble: By rate limits, renewals of the credential and retries; the queue for the polite
            pace is no trouble.
    """

    total: float
    trouble: float


USUAL: Final = Patience(math.inf, 120.0)
"""Of calls that are awaited: they queue as long as it takes, and wait two minutes for trouble."""

ENDLESS: Final = Patience(math.inf, math.inf)
"""Of runs: they wait for whatever passes."""


def patience_of(seconds: float | None, otherwise: Patience) -> Patience:
    """
    Return the patience of *seconds* for everything; *otherwise* where that is None.

    Raises:
        InvalidArgument: It is below 0, or no number.
    """
    if seconds is None:
        return otherwise
    if not seconds >= 0:
        msg = f"patience: must be 0 or more seconds, not {seconds}"
        raise InvalidArgument(msg)
    return Patience(seconds, seconds)


class WaitBudget:
    """
    The patience that one call has left.

    Attributes:
        deadline: When all patience is over, on the clock.
        trouble: How many seconds are left for trouble.
    """

    __slots__ = ("deadline", "trouble")

    def __init__(self, patience: Patience, clock: Clock) -> None:
        total = patience.total
        self.deadline: float = total if total == math.inf else clock.monotonic() + total
        self.trouble: float = patience.trouble

    def for_trouble(self, now: float) -> float:
        """Return the seconds that trouble may still take."""
        return min(self.trouble, self.deadline - now)

    def spend(self, seconds: float) -> None:
        """Subtract *seconds* that trouble took."""
        self.trouble -= seconds

    def spend_on_retry(self, delay: float, failure: PixivError, now: float) -> None:
        """
        Subtract the *delay* before another attempt, after *failure*.

        Raises:
            PatienceExceeded: There is not that much left.
        """
        if delay > self.for_trouble(now):
            msg = f"another attempt would have to wait {delay:.1f} s; the last one: {failure}"
            raise PatienceExceeded(msg) from failure
        self.spend(delay)

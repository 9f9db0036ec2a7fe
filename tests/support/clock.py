"""Time that tests move."""

from __future__ import annotations

import anyio.lowlevel

START = 1_790_000_000.0
"""Seconds since 1970 at which a clock starts."""


class FakeClock:
    """
    A clock on which waiting takes no time.

    Whoever sleeps lets the others run first, then time is moved to where the sleep ends.

    Attributes:
        slept: How long each sleep was, in seconds, in the order in which they began.
    """

    def __init__(self) -> None:
        self._elapsed = 0.0
        self._calendar = START
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self._elapsed

    def time(self) -> float:
        return self._calendar + self._elapsed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        until = self._elapsed + seconds
        for _ in range(3):
            await anyio.lowlevel.checkpoint()
        self._elapsed = max(self._elapsed, until)

    def advance(self, seconds: float) -> None:
        """Let time go by."""
        self._elapsed += seconds

    def suspend(self, seconds: float) -> None:
        """Let the machine sleep: the calendar goes on, the monotonic clock does not."""
        self._calendar += seconds

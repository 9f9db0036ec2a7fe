"""A clock for tests: no test waits."""

from __future__ import annotations

import anyio.lowlevel

__all__ = ["FakeClock"]


class FakeClock:
    """
    Time that stands still, but for `sleep`, which lets it pass at once.

    Give it to a client as ``Pixiv(clock=...)``. Several tasks that sleep at the same time wait one
    after the other on this clock.

    Attributes:
        now: Seconds since 1970.
        slept: How long each sleep was, in seconds.
    """

    def __init__(self, now: float = 1_781_924_400.0) -> None:
        self.now: float = now
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return self.now

    def time(self) -> float:
        """Seconds since 1970."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    async def sleep(self, seconds: float) -> None:
        """Let *seconds* pass at once; a checkpoint."""
        self.slept.append(seconds)
        self.now += max(seconds, 0.0)
        await anyio.lowlevel.checkpoint()

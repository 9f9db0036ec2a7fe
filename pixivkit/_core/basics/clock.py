"""The clock that everything in pixivkit uses; tests replace it."""

from __future__ import annotations

import time
from typing import Protocol

import anyio


class Clock(Protocol):
    """The interface of clocks: time, and waiting."""

    def monotonic(self) -> float:
        """Return seconds that never go back; they may stand still while the machine sleeps."""
        ...

    def time(self) -> float:
        """Return the seconds since 1970, by the machine's calendar."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a checkpoint even for 0."""
        ...


class SystemClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        return time.monotonic()

    def time(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)

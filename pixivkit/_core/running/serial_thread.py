"""Run blocking work on one file in threads, one piece at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

T = TypeVar("T")


class SerialThread:
    """
    Runs functions in threads, one at a time, in the order of the calls; once started, it finishes.

    Attributes:
        turn: Held by the task whose function runs.
    """

    def __init__(self) -> None:
        self.turn: anyio.Lock = anyio.Lock()
        # asyncio's own cancellation leaves a thread behind, and the turn with it.
        self._alone = threading.Lock()

    async def run(self, function: Callable[[], T]) -> T:
        """Wait for the turn, and run *function*; only the waiting can be cancelled."""
        async with self.turn:
            return await self.call(function)

    async def call(self, function: Callable[[], T]) -> T:
        """Run *function* for the task that has the turn."""

        def alone() -> T:
            with self._alone:
                return function()

        # A limiter of its own: the program's threads may all be waiting for this one.
        return await anyio.to_thread.run_sync(alone, limiter=anyio.CapacityLimiter(1))

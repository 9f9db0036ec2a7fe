"""The contact of a home to the head of the cluster: without it, a home sends nothing."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

from .._core.basics.clock import Clock
from .._core.http.backend import HttpBackend, HttpReply, HttpRequest, HttpStream, Timeouts
from ..errors import ConnectionFailed

__all__ = ["ContactBackend", "HeadContact"]

_BETWEEN: Final = 3.0
_LONGEST: Final = 10.0
_MOST_AT_ONCE: Final = 4


class HeadContact:
    """
    Whether the head of the cluster has said of late that the node of a home is alive.

    A head starts the homes of a node that it takes for dead elsewhere, and cannot tell them so
    while they are cut off. Five of its health checks have to fail for that, three seconds apart:
    a home that is silent after ten seconds is silent before.

    Args:
        is_alive: Asks the head; may block until there is an answer, and raise without one.
        clock: The clock.
    """

    def __init__(self, is_alive: Callable[[], bool], clock: Clock) -> None:
        self._is_alive = is_alive
        self._clock = clock
        self._lock = threading.Lock()
        self._until = (-math.inf, -math.inf)
        self._is_over = False

    def keep(self) -> None:
        """Ask from now on, as long as this process runs; blocks for the first answer."""
        self.ask()
        threading.Thread(target=self._keep_asking, name="head contact", daemon=True).start()

    def ask(self) -> None:
        """Ask the head once; blocks."""
        # The answer may be late: it is as old as the question.
        began, began_at = self._clock.monotonic(), self._clock.time()
        try:
            is_alive = self._is_alive()
        except Exception:
            # Whatever it is, the head has not answered.
            return
        with self._lock:
            # There may be several questions, and their answers come in any order.
            self._is_over = self._is_over or not is_alive
            if self._is_over:
                self._until = (-math.inf, -math.inf)
            else:
                self._until = max(self._until, (began + _LONGEST, began_at + _LONGEST))

    @property
    def is_lost(self) -> bool:
        """Whether the head did not say so of late, or said the opposite."""
        # The monotonic clock may stand still while the machine sleeps.
        until, until_at = self._until
        return self._clock.monotonic() >= until or self._clock.time() >= until_at

    def check(self) -> None:
        """
        Check that there is contact.

        Raises:
            ConnectionFailed: There is none.
        """
        if self.is_lost:
            raise ConnectionFailed("its home has lost the head of the cluster, and sends nothing")

    def _keep_asking(self) -> None:
        asking: list[threading.Thread] = []
        while True:
            time.sleep(_BETWEEN)
            asking = [thread for thread in asking if thread.is_alive()]
            # Where an answer was lost on its way, the next question finds the connection broken;
            # Ray itself would wait for minutes.
            if len(asking) < _MOST_AT_ONCE:
                thread = threading.Thread(target=self.ask, name="asking the head", daemon=True)
                thread.start()
                asking.append(thread)


class ContactBackend:
    """
    A backend that sends while there is contact to the head.

    Args:
        backend: What sends.
        check: Raises while there is none.
    """

    def __init__(self, backend: HttpBackend, check: Callable[[], None]) -> None:
        self._backend = backend
        self._check = check

    @property
    def name(self) -> str:
        """What it is, for people."""
        return self._backend.name

    async def exchange(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        """Send *request* and read the whole reply."""
        self._check()
        return await self._backend.exchange(request, timeouts, largest)

    def stream(
        self, request: HttpRequest, timeouts: Timeouts
    ) -> AbstractAsyncContextManager[HttpStream]:
        """Send *request*; leaving the block closes the reply."""
        self._check()
        return self._backend.stream(request, timeouts)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._backend.aclose()

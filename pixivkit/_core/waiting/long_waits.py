"""Report long waits to the log and to listeners."""

from __future__ import annotations

import math
from typing import Final

import attrs

from ..basics.clock import Clock
from ..basics.events import Listener, LongWait, WaitReason, emit

LONG: Final = 10.0
"""From how many seconds on a wait is reported."""

REMINDER: Final = 600.0
"""After how many seconds a wait that still goes on is reported again."""


@attrs.define(eq=False)
class LongWaits:
    """
    Reports waits of one kind, once for all calls: when one begins, and every ten minutes.

    Attributes:
        reason: What kind they are of.
    """

    reason: WaitReason
    _clock: Clock
    _listener: Listener | None
    _told_at: float = attrs.field(default=-math.inf, init=False)

    def tell(self, seconds: float, why: str, *, is_new: bool = False) -> None:
        """
        Report a wait, if it is long and nothing was reported within the last ten minutes.

        Args:
            seconds: How long it will last from now.
            why: What for, for people.
            is_new: Whether it has just begun, so that it is reported in any case.
        """
        now = self._clock.monotonic()
        if seconds < LONG or (now - self._told_at < REMINDER and not is_new):
            return
        self._told_at = now
        event = LongWait(call_id=0, endpoint="", reason=self.reason, seconds=seconds, why=why)
        emit(event, self._listener)

    async def sleep(self, seconds: float, why: str) -> None:
        """Wait, and report it every ten minutes; its beginning was reported before."""
        until = self._clock.monotonic() + seconds
        while True:
            await self._clock.sleep(min(seconds, REMINDER))
            seconds = until - self._clock.monotonic()
            if seconds <= 0:
                return
            self.tell(seconds, why)

"""Sending again: what follows a failure, for requests to the APIs and for files alike."""

from __future__ import annotations

from typing import Any

import attrs

from ...errors import PixivError, RateLimited
from ..basics.clock import Clock
from ..basics.events import Event, Listener, RateLimitHit, Retrying, emit
from .long_waits import LongWaits
from .pace import Pacer
from .patience import WaitBudget
from .retry import Retry


@attrs.define(eq=False)
class Attempts:
    """
    The attempts of one call.

    Attributes:
        call_id: Number of the call, for events.
        endpoint: Name of its endpoint.
        retry: How many there may be, and how long to wait between them.
        budget: What is left of its patience.
        pacer: The pace that it keeps.
        clock: What tells the time and waits.
        waits: Told of long waits before another attempt.
        listener: Told of events.
        observed: Whether anybody wants to know of events.
        sent: How many requests went out.
        free: How many of them do not count.
    """

    call_id: int
    endpoint: str
    retry: Retry
    budget: WaitBudget
    pacer: Pacer
    clock: Clock
    waits: LongWaits
    listener: Listener | None
    observed: bool
    sent: int = attrs.field(default=0, init=False)
    free: int = attrs.field(default=0, init=False)

    async def prepare_another(self, failure: PixivError, *, is_safe: bool) -> bool:
        """
        Note that the last one failed and wait as long as is due; return whether to send again.

        A rate limit stops all that keep the pace; their pacer makes them wait for its end.

        Args:
            failure: Why it failed.
            is_safe: Whether it does no harm to send again, and may help.

        Raises:
            PatienceExceeded: Another would have to wait for too long.
        """
        if isinstance(failure, RateLimited):
            failure.retry_after = pause = self.pacer.on_rate_limited(failure.retry_after)
            self.free += 1
            self.emit(RateLimitHit, pause=pause)
            return is_safe and pause <= self.budget.for_trouble(self.clock.monotonic())
        counted = self.sent - self.free
        if not is_safe or counted >= self.retry.attempts:
            return False
        delay = self.retry.delay(counted)
        self.budget.spend_on_retry(delay, failure, self.clock.monotonic())
        self.emit(Retrying, attempt=self.sent, delay=delay, error=failure)
        self.waits.tell(delay, f"{self.endpoint} is tried again")
        await self.clock.sleep(delay)
        return True

    def emit(self, kind: type[Event], **fields: Any) -> None:
        """Tell of something that happened to the call."""
        if self.observed:
            event = kind(call_id=self.call_id, endpoint=self.endpoint, **fields)
            emit(event, self.listener)

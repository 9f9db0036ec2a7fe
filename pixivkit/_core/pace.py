"""How fast an account may call: one pacer for each account and family of hosts."""

from __future__ import annotations

import heapq
import itertools
import random

import anyio
import attrs

from .clock import Clock


@attrs.frozen(kw_only=True)
class Pace:
    """
    The pace of an account.

    The default is polite: pixiv limits accounts that send more than about a request a second for
    minutes (users report limits from 100 to 300 quick requests).

    Attributes:
        rate: Requests a second in the long run.
        burst: How many may go at once after a rest.
        pause: Seconds that a rate limit stops all requests of the account for, where pixiv does
            not say how long; it doubles with each further limit.
        longest_pause: The most it grows to, in seconds.
        slowest: The least that limits slow the rate down to, as a part of it.
    """

    rate: float = attrs.field(default=1.0, validator=attrs.validators.gt(0))
    burst: int = attrs.field(default=5, validator=attrs.validators.ge(1))
    pause: float = 60.0
    longest_pause: float = 300.0
    slowest: float = 0.125


@attrs.frozen(kw_only=True)
class PaceState:
    """
    What a pacer is doing.

    Attributes:
        rate: Requests a second that it lets through now; None without a limit.
        waiting: How many calls wait for their turn.
        paused_for: Seconds until the next request may go after a rate limit; 0 when not paused.
        limits: How many rate limits it has seen.
    """

    rate: float | None
    waiting: int
    paused_for: float
    limits: int


@attrs.define(eq=False)
class _Ticket:
    """One that waits for its turn; *first* is set when it comes to the head of the queue."""

    order: tuple[bool, int]
    first: anyio.Event = attrs.field(factory=anyio.Event)
    gone: bool = False

    def __lt__(self, other: _Ticket) -> bool:
        return self.order < other.order


class Pacer:
    """Lets requests through at a pace; those that somebody waits for go before the others."""

    def __init__(self, pace: Pace | None, clock: Clock) -> None:
        self._limited = pace is not None
        self._pace = pace or Pace()
        self._clock = clock
        self._queue: list[_Ticket] = []
        self._numbers = itertools.count()
        self._due = 0.0
        self._paused_until = 0.0
        self._slowness = 1.0
        self._limits = 0
        self._waiting = 0
        self._limits_in_a_row = 0

    @property
    def state(self) -> PaceState:
        """What it is doing now."""
        return PaceState(
            rate=self._pace.rate / self._slowness if self._limited else None,
            waiting=self._waiting,
            paused_for=max(0.0, self._paused_until - self._clock.monotonic()),
            limits=self._limits,
        )

    def may_go(self) -> bool:
        """Take the turn, where nobody has to wait for it; return whether it was taken."""
        binds = self._limited or self._paused_until > 0
        if self._queue or (binds and self._wait() > 0):
            return False
        self._spend()
        return True

    async def turn(self, *, interactive: bool) -> None:
        """Wait until the next request may go."""
        if self.may_go():
            return
        ticket = _Ticket((not interactive, next(self._numbers)))
        heapq.heappush(self._queue, ticket)
        self._waiting += 1
        try:
            while True:
                if self._queue[0] is not ticket:
                    ticket.first = anyio.Event()
                    await ticket.first.wait()
                elif (seconds := self._wait()) > 0:
                    await self._clock.sleep(seconds)
                else:
                    self._spend()
                    return
        finally:
            ticket.gone = True
            self._waiting -= 1
            while self._queue and self._queue[0].gone:
                heapq.heappop(self._queue)
            if self._queue:
                self._queue[0].first.set()

    def _wait(self) -> float:
        """Seconds until a request may go."""
        now = self._clock.monotonic()
        earliest = self._paused_until
        if self._limited:
            interval = self._slowness / self._pace.rate
            earliest = max(earliest, self._due - (self._pace.burst - 1) * interval)
        return earliest - now

    def _spend(self) -> None:
        if self._limited:
            now = self._clock.monotonic()
            self._due = max(self._due, now) + self._slowness / self._pace.rate

    def limited(self, retry_after: float | None) -> float:
        """
        Note a rate limit: every request of the account stops for a while.

        Returns:
            The seconds until the next may go.
        """
        now = self._clock.monotonic()
        self._limits += 1
        if now >= self._paused_until:
            # Replies to requests that were under way when the limit came count as one.
            grown = self._pace.pause * 2.0**self._limits_in_a_row
            seconds = min(grown, self._pace.longest_pause) * random.uniform(1.0, 1.25)
            self._paused_until = now + (seconds if retry_after is None else retry_after)
            self._limits_in_a_row += 1
            self._slowness = min(self._slowness * 2.0, 1.0 / self._pace.slowest)
            self._due = self._paused_until
        elif retry_after is not None:
            self._paused_until = max(self._paused_until, now + retry_after)
        return self._paused_until - now

    def succeeded(self) -> None:
        """Note an answer: the pace recovers, slowly."""
        if not self._limits_in_a_row and self._slowness == 1.0:
            return
        if self._clock.monotonic() < self._paused_until:
            return  # it was under way when the limit came
        self._limits_in_a_row = 0
        if self._slowness > 1.0:
            self._slowness = max(1.0, self._slowness * 0.98)

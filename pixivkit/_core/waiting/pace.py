"""Limit the rate of requests: one pacer for each account and API."""

from __future__ import annotations

import math
import random
from collections import deque
from typing import Literal, TypeAlias

import anyio
import attrs

from ...errors import PatienceExceeded, PixivError, RateLimited
from ..basics.clock import Clock
from .long_waits import LongWaits
from .patience import WaitBudget

Priority: TypeAlias = Literal["interactive", "bulk"]
"""Whether somebody waits for a call, or it is one of many that may take their time."""


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
        bulk_share: The part of the requests that runs of many calls get at least while calls that
            somebody waits for queue as well, from 0 to 0.9.
    """

    rate: float = attrs.field(default=1.0, validator=attrs.validators.gt(0))
    burst: int = attrs.field(default=5, validator=attrs.validators.ge(1))
    pause: float = 60.0
    longest_pause: float = 300.0
    slowest: float = 0.125
    bulk_share: float = attrs.field(
        default=0.2, validator=[attrs.validators.ge(0), attrs.validators.le(0.9)]
    )


@attrs.frozen(kw_only=True)
class PaceState:
    """
    The state of a pacer.

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
    """
    A request that waits for its turn.

    Attributes:
        budget: How long it may wait.
        paused_before: How long the pacer had been paused in all when it came.
        woken: Set when there is something new for it.
        sleep: What it sleeps in, while it is the next.
        refusal: Why it will not get a turn.
    """

    budget: WaitBudget
    paused_before: float
    woken: anyio.Event = attrs.field(factory=anyio.Event)
    sleep: anyio.CancelScope | None = None
    refusal: PixivError | None = None

    def wake(self) -> None:
        self.woken.set()
        if self.refusal is not None and self.sleep is not None:
            self.sleep.cancel()


class Pacer:
    """
    Lets requests through at a pace.

    Those that somebody waits for go before those of runs, which keep a share.
    """

    def __init__(
        self, pace: Pace | None, clock: Clock, name: str, limits: LongWaits, queue: LongWaits
    ) -> None:
        """
        Args:
            pace: The pace; None for no limit.
            clock: The clock.
            name: The account and API, for display.
            limits: Reports pauses after a rate limit.
            queue: Reports long waits for the pace.
        """
        self._paced = pace is not None
        self._pace = pace or Pace()
        self._clock = clock
        self._name = name
        self._limit_waits = limits
        self._queue_waits = queue
        self._interactive: deque[_Ticket] = deque()
        self._bulk: deque[_Ticket] = deque()
        self._bulk_credit = 0.0
        self._due = 0.0
        self._paused_at = 0.0
        self._paused_until = 0.0
        self._paused_before = 0.0
        self._slowness = 1.0
        self._limits = 0
        self._limits_in_a_row = 0

    @property
    def state(self) -> PaceState:
        """The current state."""
        return PaceState(
            rate=self._pace.rate / self._slowness if self._paced else None,
            waiting=len(self._interactive) + len(self._bulk),
            paused_for=max(0.0, self._paused_until - self._clock.monotonic()),
            limits=self._limits,
        )

    def use_up_burst(self) -> None:
        """Let the next request wait as after a full burst: an earlier pacer may have had it."""
        self._due = self._clock.monotonic() + self._pace.burst * self._slowness / self._pace.rate

    def try_acquire(self) -> bool:
        """Take a turn, if there is one without waiting; return whether it was taken."""
        if self._interactive or self._bulk:
            return False
        if (self._paced or self._paused_until > 0) and self._wait(self._clock.monotonic()) > 0:
            return False
        self._take_turn()
        return True

    async def acquire(self, priority: Priority, budget: WaitBudget) -> None:
        """
        Wait until the next request may go.

        Raises:
            RateLimited: A pause after a rate limit lasts for longer than *budget* allows.
            PatienceExceeded: So does the queue.
        """
        if self.try_acquire():
            return
        now = self._clock.monotonic()
        ticket = _Ticket(budget, self._paused_so_far(now))
        queue = self._interactive if priority == "interactive" else self._bulk
        queue.append(ticket)
        try:
            self._refuse_without_patience(ticket, self._ahead(queue, len(queue) - 1), now)
            if priority == "interactive":
                self._refuse_all_without_patience(self._bulk, now)
                self._report_queue_wait(now)
            await self._wait_for_turn(ticket)
        finally:
            queue.remove(ticket)
            if not self._bulk:
                self._bulk_credit = 0.0
            now = self._clock.monotonic()
            budget.spend(self._paused_so_far(now) - ticket.paused_before)
            if (following := self._next()) is not None:
                following.wake()

    async def _wait_for_turn(self, ticket: _Ticket) -> None:
        while ticket.refusal is None:
            if self._next() is not ticket:
                ticket.woken = anyio.Event()
                await ticket.woken.wait()
            elif (seconds := self._wait(self._clock.monotonic())) > 0:
                with anyio.CancelScope() as ticket.sleep:
                    await self._limit_waits.sleep(seconds, f"requests to {self._name} wait")
                ticket.sleep = None
            else:
                self._share_turns(ticket)
                self._take_turn()
                return
        raise ticket.refusal

    def _next(self) -> _Ticket | None:
        """Return the ticket whose turn is next."""
        if self._bulk and (not self._interactive or self._bulk_credit >= 1.0):
            return self._bulk[0]
        return self._interactive[0] if self._interactive else None

    def _share_turns(self, ticket: _Ticket) -> None:
        """Credit waiting runs for each turn that others take before them."""
        if not self._bulk or not self._interactive:
            return
        if ticket is self._bulk[0]:
            self._bulk_credit -= 1.0
        else:
            self._bulk_credit += self._credit_for_a_turn

    @property
    def _credit_for_a_turn(self) -> float:
        return self._pace.bulk_share / (1.0 - self._pace.bulk_share)

    def _wait(self, now: float, ahead: int = 0) -> float:
        """Return the seconds until a request with so many ahead of it may be sent."""
        earliest = self._paused_until
        if self._paced:
            interval = self._slowness / self._pace.rate
            earliest = max(earliest, self._due + (ahead + 1 - self._pace.burst) * interval)
        return earliest - now

    def _take_turn(self) -> None:
        if self._paced:
            now = self._clock.monotonic()
            self._due = max(self._due, now) + self._slowness / self._pace.rate

    def _paused_so_far(self, now: float) -> float:
        """Return the seconds of all pauses so far."""
        return self._paused_before + min(now, self._paused_until) - self._paused_at

    def on_rate_limited(self, retry_after: float | None) -> float:
        """
        Record a rate limit: pause all requests of the account.

        Args:
            retry_after: The seconds that pixiv names; None where it names none.

        Returns:
            The seconds until the next may go.
        """
        now = self._clock.monotonic()
        self._limits += 1
        # Replies to requests that were under way when the limit came count as one.
        is_new = now >= self._paused_until
        if is_new:
            self._pause(now, retry_after)
        elif retry_after is not None:
            self._paused_until = max(self._paused_until, now + retry_after)
        left = self._paused_until - now
        self._limit_waits.tell(left, f"pixiv limits requests to {self._name}", is_new=is_new)
        for queue in (self._interactive, self._bulk):
            self._refuse_all_without_patience(queue, now)
        return left

    def _pause(self, now: float, retry_after: float | None) -> None:
        growth = 2.0**self._limits_in_a_row
        if retry_after is None:
            seconds = min(self._pace.pause * growth, self._pace.longest_pause)
            seconds *= random.uniform(1.0, 1.25)
        else:
            # Who says 0, and limits again, means something else.
            least = min(growth, self._pace.longest_pause) if self._limits_in_a_row else 0.0
            seconds = max(retry_after, least)
        self._paused_before = self._paused_so_far(now)
        self._paused_at, self._paused_until = now, now + seconds
        self._limits_in_a_row += 1
        self._slowness = min(self._slowness * 2.0, 1.0 / self._pace.slowest)
        self._due = self._paused_until

    def on_success(self) -> None:
        """Record a success: the pace recovers slowly."""
        if not self._limits_in_a_row and self._slowness == 1.0:
            return
        if self._clock.monotonic() < self._paused_until:
            return  # it was under way when the limit came
        self._limits_in_a_row = 0
        if self._slowness > 1.0:
            self._slowness = max(1.0, self._slowness * 0.98)

    def _refuse_all_without_patience(self, queue: deque[_Ticket], now: float) -> None:
        for place, ticket in enumerate(queue):
            self._refuse_without_patience(ticket, self._ahead(queue, place), now)

    def _refuse_without_patience(self, ticket: _Ticket, ahead: int, now: float) -> None:
        """Refuse requests at once that would have to wait for longer than they may."""
        budget = ticket.budget
        spent = self._paused_so_far(now) - ticket.paused_before
        left = budget.deadline - now
        pause = self._paused_until - now
        if pause > max(0.0, min(budget.trouble - spent, left)):
            ticket.refusal = limited(self._name, pause)
        elif self._wait(now, ahead) > max(0.0, left):
            wait = self._wait(now, ahead)
            msg = f"the pace lets this call go in {wait:.1f} s, after {ahead} others"
            ticket.refusal = PatienceExceeded(msg)
        if ticket.refusal is not None:
            ticket.wake()

    def _ahead(self, queue: deque[_Ticket], place: int) -> int:
        """Return how many requests will be sent before the ticket at that *place* of its queue."""
        credit, more = self._bulk_credit, self._credit_for_a_turn
        if queue is self._interactive:
            return place + min(len(self._bulk), int(credit + place * more))
        interactive = len(self._interactive)
        if not more:
            return place + interactive
        return place + min(interactive, max(0, math.ceil((place + 1 - credit) / more)))

    def _report_queue_wait(self, now: float) -> None:
        waiting = len(self._interactive)
        wait = self._wait(now, waiting - 1)
        if wait > max(0.0, self._paused_until - now):
            why = f"{waiting} calls queue for the polite pace of {self._name}"
            self._queue_waits.tell(wait, why)


def limited(name: str, seconds: float) -> RateLimited:
    """Return the error of a call that does not wait for the end of a pause."""
    msg = f"pixiv limits the requests to {name} for another {seconds:.0f} s"
    return RateLimited(msg, status=429, retry_after=seconds)

"""
Renew a credential, once for all requests that need it.

A renewal belongs to the client and not to the call that noticed: whoever waits may leave at any
time, and what pixiv granted is stored all the same. What may pass is waited out with growing
pauses; how long is for each that waits to say.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import anyio
import anyio.abc
import attrs

from ...errors import PatienceExceeded, PixivError
from ..basics.clock import Clock
from ..basics.events import log
from ..waiting.lifetime import Lifetime
from ..waiting.long_waits import LongWaits
from ..waiting.patience import WaitBudget

PauseAfter: TypeAlias = Callable[[PixivError, int], float | None]
"""Seconds to wait after a failure, given how many there were in a row; None to give up."""

_GRACE: Final = 5.0
_BETWEEN_EARLY_ONES: Final = 30.0


@attrs.define(eq=False)
class _Renewal:
    """
    A renewal under way.

    Attributes:
        waiters: How many tasks wait for it.
        resumes_at: When it goes on after a failure, on the clock.
        failure: The last failure.
        error: What those who wait are to raise.
        ended: Whether it is over.
        changed: Set when any of these has changed.
        attempt: What an attempt runs in.
        pause: What it waits in between two attempts.
    """

    waiters: int = 0
    resumes_at: float = -math.inf
    failure: PixivError | None = None
    error: Exception | None = None
    ended: bool = False
    changed: anyio.Event = attrs.field(factory=anyio.Event)
    attempt: anyio.CancelScope | None = None
    pause: anyio.CancelScope | None = None

    def notify(self) -> None:
        """Wake the tasks that wait."""
        changed, self.changed = self.changed, anyio.Event()
        changed.set()

    def abandon(self, seconds: float) -> None:
        """Let an attempt under way end within *seconds*, since no task waits any more."""
        if self.attempt is not None:
            self.attempt.deadline = min(self.attempt.deadline, anyio.current_time() + seconds)
        if self.pause is not None:
            self.pause.cancel()


class SharedRenewal:
    """
    Runs one renewal for all tasks that ask for it at the same time.

    Attributes:
        generation: How many renewals there were.
    """

    def __init__(
        self,
        action: Callable[[], Awaitable[None]],
        pause_after: PauseAfter,
        *,
        what: str,
        lifetime: Lifetime,
        clock: Clock,
        waits: LongWaits,
    ) -> None:
        """
        Args:
            action: Tries once; it is never cancelled in the middle but when the client is left.
            pause_after: Returns the pause after a failure, or None where it is final.
            what: What is renewed, for people.
            lifetime: Where it runs; in the task that needs it while the client is not entered.
            clock: The clock.
            waits: Reports long pauses.
        """
        self.generation = 0
        self._action = action
        self._pause_after = pause_after
        self._what = what
        self._lifetime = lifetime
        self._clock = clock
        self._waits = waits
        self._running: _Renewal | None = None
        self._failures = 0
        self._failure: PixivError | None = None
        self._resumes_at = -math.inf
        self._not_before = -math.inf
        lifetime.on_leave.append(self._leave)

    def start(self) -> None:
        """Renew in the background, if the client is entered and that did not fail just now."""
        tasks = self._lifetime.tasks
        if self._running is None and tasks and self._clock.monotonic() >= self._not_before:
            self._not_before = self._clock.monotonic() + _BETWEEN_EARLY_ONES
            self._begin(tasks)

    async def advance(self, generation: int, budget: WaitBudget) -> None:
        """
        Wait until there was a renewal after that *generation*.

        Raises:
            PatienceExceeded: It would take longer than *budget* allows.
            Exception: What the action raised and will not pass.
        """
        while self.generation == generation:
            if self._running is not None:
                await self._wait(self._running, budget)
            elif (tasks := self._lifetime.tasks) is not None:
                await self._wait(self._begin(tasks), budget)
            else:
                await self._renew_here(budget)

    def _begin(self, tasks: anyio.abc.TaskGroup) -> _Renewal:
        running = self._running = _Renewal(resumes_at=self._resumes_at, failure=self._failure)
        tasks.start_soon(self._run, running)
        return running

    async def _renew_here(self, budget: WaitBudget) -> None:
        """Renew in the current task."""
        error: Exception | None = None
        async with anyio.create_task_group() as tasks:
            running = self._begin(tasks)
            try:
                await self._wait(running, budget)
            except Exception as exc:
                error = exc
            finally:
                running.abandon(_GRACE)
                tasks.cancel_scope.cancel()
        if error is not None:
            raise error

    async def _wait(self, running: _Renewal, budget: WaitBudget) -> None:
        began = self._clock.monotonic()
        running.waiters += 1
        try:
            while not running.ended:
                now = self._clock.monotonic()
                left = min(budget.trouble - (now - began), budget.deadline - now)
                if running.resumes_at - now > left:
                    raise self._out_of_patience(running.failure)
                changed = running.changed
                with anyio.move_on_after(left) as scope:
                    await changed.wait()
                if scope.cancelled_caught:
                    raise self._out_of_patience(running.failure)
        finally:
            running.waiters -= 1
            budget.spend(self._clock.monotonic() - began)
            if not running.waiters and running.pause is not None:
                running.pause.cancel()
        if isinstance(running.error, PixivError):
            raise copy.copy(running.error)
        if running.error is not None:
            raise running.error

    def _out_of_patience(self, failure: PixivError | None) -> PatienceExceeded:
        because = f": {failure.message}" if failure is not None else ""
        error = PatienceExceeded(f"{self._what} takes longer than this call may wait{because}")
        error.__cause__ = failure
        return error

    async def _run(self, running: _Renewal) -> None:
        try:
            # Nobody need wait for the first attempt: it may be early.
            while await self._wait_for_next_attempt(running) and not await self._attempt(running):
                if not running.waiters:
                    return
        finally:
            if self._running is running:
                self._running = None
            running.ended = True
            running.notify()

    async def _wait_for_next_attempt(self, running: _Renewal) -> bool:
        """Wait until the next attempt may begin; return whether any task still waits for it."""
        while (left := running.resumes_at - self._clock.monotonic()) > 0:
            with anyio.CancelScope() as running.pause:
                await self._waits.sleep(left, f"{self._what} is tried again")
            running.pause = None
            if not running.waiters:
                return False
        return True

    async def _attempt(self, running: _Renewal) -> bool:
        """Try once, to the end; return whether that was the last attempt."""
        failure: Exception | None = None
        with anyio.CancelScope(shield=True) as running.attempt:
            try:
                await self._action()
                self.generation += 1
            except Exception as exc:
                failure = exc
        cut_off, running.attempt = running.attempt.cancelled_caught, None
        if cut_off:
            log.warning("%s was cut off: what pixiv may have granted is lost", self._what)
            return True
        if isinstance(failure, PixivError):
            self._failures += 1
            pause = self._pause_after(failure, self._failures)
            if pause is not None:
                self._record_failure(running, failure, pause)
                return False
        self._failures, self._failure = 0, None
        running.error = failure
        return True

    def _record_failure(self, running: _Renewal, failure: PixivError, pause: float) -> None:
        """Record a failure that may be gone after a *pause*."""
        running.failure = self._failure = failure
        running.resumes_at = self._resumes_at = self._clock.monotonic() + pause
        why = f"{self._what} fails ({failure.message})"
        self._waits.tell(pause, why, is_new=self._failures == 1)
        running.notify()

    def _leave(self, seconds: float) -> None:
        if self._running is not None:
            self._running.abandon(seconds)

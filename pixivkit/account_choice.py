"""Choose which of several accounts sends a call, and how long one that failed gets none."""

from __future__ import annotations

import copy
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from ._core.basics.clock import Clock
from ._core.basics.events import Listener
from ._core.calls.request import ProgressCallback, Reply, Request
from ._core.sending.send_options import SendOptions
from ._core.waiting.long_waits import LongWaits
from ._core.waiting.patience import Patience, WaitBudget
from .errors import (
    AuthError,
    BlockedByCloudflare,
    PixivError,
    RateLimited,
    TransportError,
)

__all__ = ["AccountChoice", "AlreadyPaused", "Member", "Pause", "Pauses", "is_of_the_account"]

_FIRST_PAUSE: Final = 30.0
_LONGEST_PAUSE: Final = 600.0
_LONGEST_TROUBLE: Final = 10.0
"""How many seconds of trouble one account may hold a call while there are others."""


@attrs.frozen(kw_only=True)
class Pause:
    """
    The reason why an account gets no calls of one API.

    Attributes:
        error: What happened.
        seconds: How long it will get none; None for good.
    """

    error: PixivError
    seconds: float | None


@attrs.frozen
class _PauseState:
    """The pause of an account: from when until when, and after how many failures."""

    error: PixivError
    since: float
    until: float
    failures: int


class Pauses:
    """The pauses of an account, by the name of the API: until when each lasts."""

    def __init__(self) -> None:
        self._states: dict[str, _PauseState] = {}

    def until(self, api: str) -> float:
        """Return when the account gets calls of *api* again, on the clock; -inf for any time."""
        state = self._states.get(api)
        return -math.inf if state is None else state.until

    def error(self, api: str) -> PixivError | None:
        """Return what paused the account last; None where nothing did."""
        state = self._states.get(api)
        return None if state is None else state.error

    def add(self, api: str, error: PixivError, now: float) -> None:
        """Pause the account after *error*: for good where it needs another login."""
        before = self._states.get(api)
        failures = 1
        if before is not None:
            # Of calls that were under way together the first counts.
            failures = max(1, before.failures + (before.until <= now))
        seconds = min(_FIRST_PAUSE * 2.0 ** (failures - 1), _LONGEST_PAUSE)
        if _is_for_good(error):
            seconds = math.inf
        elif isinstance(error, RateLimited) and error.retry_after is not None:
            seconds, failures = error.retry_after, 0
        if before is None or before.until <= now + seconds:
            self._states[api] = _PauseState(error, now, now + seconds, failures)

    def put(self, api: str, error: PixivError, until: float) -> None:
        """Pause the account *until* that moment, whatever was before."""
        self._states[api] = _PauseState(error, -math.inf, until, 0)

    def take_over(self, shown: Mapping[str, Pause], now: float) -> None:
        """Pause the account as another place has *shown* it, where that lasts longer."""
        for api, pause in shown.items():
            until = math.inf if pause.seconds is None else now + pause.seconds
            if until > self.until(api):
                self.put(api, pause.error, until)

    def end(self, api: str, began: float = math.inf) -> None:
        """End the pause: a call succeeded, which had *began* after it."""
        state = self._states.get(api)
        if state is not None and state.since < began:
            del self._states[api]

    def end_those_for_good(self) -> None:
        """End the pauses that have no end of their own: somebody may have mended the cause."""
        for api in [api for api, state in self._states.items() if state.until == math.inf]:
            del self._states[api]

    def shown(self, now: float) -> dict[str, Pause]:
        """Return the pauses that last."""
        return {
            api: Pause(
                error=state.error,
                seconds=None if state.until == math.inf else state.until - now,
            )
            for api, state in self._states.items()
            if state.until > now
        }


class AlreadyPaused(Exception):
    """The account turned out to be paused: nothing was sent, and another may be chosen."""


class Member(ABC):
    """
    One of several accounts.

    Attributes:
        under_way: How many calls it is busy with.
    """

    under_way: int = 0

    @abstractmethod
    def paused_until(self, api: str) -> float:
        """Return when it gets calls of *api* again, on the clock."""

    @abstractmethod
    def reason(self, api: str) -> PixivError:
        """Return why it gets none."""

    @abstractmethod
    def limited_for(self, api: str) -> float:
        """Return how many seconds its own pace holds calls of *api*, after a rate limit."""

    @abstractmethod
    async def send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """
        Send a request as this account.

        Raises:
            AlreadyPaused: It gets no such calls now; nothing was sent.
            PixivError: What became of it.
        """

    @abstractmethod
    def failed(self, api: str, error: PixivError, now: float) -> None:
        """Record that a call failed for a reason that concerns this account."""

    @abstractmethod
    def succeeded(self, api: str, began: float) -> None:
        """Record that a call succeeded, which *began* then, on the clock."""

    def rank(self, api: str) -> tuple[float, int]:
        """Return the rank of the account for a call of *api*: the lower, the sooner it is sent."""
        return (self.limited_for(api), self.under_way)


class AccountChoice:
    """
    Sends each call with the account that is free soonest, or the next where that one fails.

    Args:
        members: The accounts.
        clock: The clock.
        passing: Errors that even the last account waits out, as far as patience goes.
        listener: Gets an event where calls wait for the first account that is back.
    """

    def __init__(
        self,
        members: Sequence[Member],
        clock: Clock,
        *,
        passing: tuple[type[PixivError], ...] = (RateLimited,),
        listener: Listener | None = None,
    ) -> None:
        self._members = members
        self._clock = clock
        self._passing = passing
        self._waits = LongWaits("rate limit", clock, listener)

    async def send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """
        Send a request that only reads.

        Raises:
            PixivError: What the last account had to say.
        """
        api = request.endpoint.base.name
        budget = WaitBudget(options.patience, self._clock)
        tried: set[Member] = set()
        while True:
            member = await self._free(api, tried, budget)
            tried.add(member)
            now = self._clock.monotonic()
            alone = all(one in tried or one.paused_until(api) > now for one in self._members)
            trouble = budget.trouble if alone else min(_LONGEST_TROUBLE, budget.trouble)
            left = Patience(budget.deadline - now, trouble)
            member.under_way += 1
            try:
                reply = await member.send(request, attrs.evolve(options, patience=left), progress)
            except AlreadyPaused:
                continue
            except PixivError as exc:
                if not is_of_the_account(exc):
                    raise
                member.failed(api, exc, self._clock.monotonic())
                if alone and not isinstance(exc, self._passing):
                    raise
            else:
                member.succeeded(api, now)
                return reply
            finally:
                member.under_way -= 1

    async def _free(self, api: str, tried: set[Member], budget: WaitBudget) -> Member:
        """Return the account that is free soonest; wait for it where all are paused."""
        while True:
            now = self._clock.monotonic()
            free = [one for one in self._members if one.paused_until(api) <= now]
            # One that this call has met with already comes after the others.
            fresh = [one for one in free if one not in tried] or free
            if fresh:
                return min(fresh, key=lambda one: one.rank(api))
            first = min(self._members, key=lambda one: one.paused_until(api))
            seconds = first.paused_until(api) - now
            if seconds > budget.for_trouble(now):
                error = copy.copy(first.reason(api))
                if isinstance(error, RateLimited):
                    error.retry_after = seconds
                raise error
            budget.spend(seconds)
            tried.clear()
            why = "all accounts are out"
            self._waits.tell(seconds, why)
            await self._waits.sleep(seconds, why)


def _is_for_good(error: PixivError) -> bool:
    return isinstance(error, AuthError) and error.needs_login


def is_of_the_account(error: PixivError) -> bool:
    """Whether the error concerns this account, so that another may succeed."""
    return isinstance(error, AuthError | RateLimited | BlockedByCloudflare | TransportError)

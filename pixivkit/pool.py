"""Use several accounts as one: reads are spread over those that are available."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Final, Self

import attrs

from ._core.basics.clock import Clock, SystemClock
from ._core.calls.misfit_policy import MisfitPolicy
from ._core.calls.request import ProgressCallback, Reply, Request
from ._core.sending.send_options import SendOptions
from ._core.waiting.lifetime import Lifetime
from ._core.waiting.long_waits import LongWaits
from ._core.waiting.patience import Patience, WaitBudget
from .client import Pixiv
from .errors import (
    AccountSuspended,
    AuthError,
    AuthUnavailable,
    BlockedByCloudflare,
    InvalidArgument,
    PatienceExceeded,
    PixivError,
    RateLimited,
    TransportError,
)
from .session import Session

__all__ = ["AccountState", "ClientPool", "Pause"]

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


@attrs.frozen(kw_only=True)
class AccountState:
    """
    The state of a client in a pool.

    Attributes:
        client: The client.
        under_way: How many calls it is busy with.
        paused: By the name of an API (``app`` or ``web``), why it gets no calls of that; empty
            while it gets all.
    """

    client: Pixiv
    under_way: int
    paused: Mapping[str, Pause]


@attrs.frozen
class _PauseState:
    """The pause of an account: until when, and after how many failures."""

    error: PixivError
    until: float
    failures: int


@attrs.define(eq=False)
class _Member:
    client: Pixiv
    under_way: int = 0
    pauses: dict[str, _PauseState] = attrs.field(factory=dict[str, _PauseState])

    @property
    def session(self) -> Session:
        return self.client

    def paused_until(self, api: str) -> float:
        pause = self.pauses.get(api)
        return -math.inf if pause is None else pause.until

    def rank(self, api: str) -> tuple[float, int]:
        """Return the rank of the account for a call of *api*: the lower, the sooner it is sent."""
        pace = self.client.pace.get(api)
        return (pace.paused_for if pace else 0.0, self.under_way)

    def pause(self, api: str, error: PixivError, now: float) -> None:
        """Pause the account after *error*: for good where another attempt would fail alike."""
        before = self.pauses.get(api)
        failures = 1 if before is None else before.failures + 1
        seconds = min(_FIRST_PAUSE * 2.0 ** (failures - 1), _LONGEST_PAUSE)
        if _is_for_good(error):
            seconds = math.inf
        elif isinstance(error, RateLimited) and error.retry_after is not None:
            seconds, failures = error.retry_after, 0
        self.pauses[api] = _PauseState(error, now + seconds, failures)


class ClientPool(Session):
    """
    Clients of several accounts, used like one client, for reading.

    Each call goes to the account that is free soonest, and to the next where that one is out: for
    good where pixiv refuses its login or has suspended it, for a while after a rate limit, a block
    page, a failing proxy or token endpoint; either way in that API only. Where all are out, calls
    wait for the first that is back, as far as their patience goes. Mind that pixiv's terms may not
    allow you several accounts: nothing else in pixivkit uses more than one.

    Args:
        clients: The clients, each with its own login; the pool enters and closes them. Calls are
            sent with the timeouts, patience, retries and language of the first.
        clock: The clock to use; for tests.

    Raises:
        InvalidArgument: There are none.
    """

    def __init__(self, clients: Iterable[Pixiv], *, clock: Clock | None = None) -> None:
        self._members = [_Member(client) for client in clients]
        if not self._members:
            msg = "a pool needs a client"
            raise InvalidArgument(msg)
        self._clock = clock or SystemClock()
        self._waits = LongWaits("rate limit", self._clock, None)
        self._entered = AsyncExitStack()
        super().__init__(self._members[0].session._options, Lifetime())

    @property
    def accounts(self) -> list[AccountState]:
        """The state of each client, in the order they were given."""
        now = self._clock.monotonic()
        return [
            AccountState(
                client=member.client,
                under_way=member.under_way,
                paused={
                    api: Pause(
                        error=pause.error,
                        seconds=None if pause.until == math.inf else pause.until - now,
                    )
                    for api, pause in member.pauses.items()
                    if pause.until > now
                },
            )
            for member in self._members
        ]

    @property
    def misfit_policy(self) -> MisfitPolicy:
        """The policy of the first client, for values that do not fit their models."""
        return self._members[0].client.misfit_policy

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            for member in self._members:
                await stack.enter_async_context(member.client)
            await super().__aenter__()
            self._entered = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        async with self._entered:
            await super().__aexit__(exc_type, exc, tb)

    async def aclose(self) -> None:
        """Close all connections of all clients."""
        for member in self._members:
            await member.client.aclose()

    def __repr__(self) -> str:
        paused = sum(bool(account.paused) for account in self.accounts)
        return f"<ClientPool of {len(self._members)}, {paused} paused>"

    async def _send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """
        Send a request with the account that is free soonest, or the next if that one fails.

        Raises:
            InvalidArgument: The endpoint changes something: choose an account for that.
            PixivError: What the last account had to say.
        """
        endpoint = request.endpoint
        if not endpoint.idempotent:
            msg = "a pool only reads: call this with the client of the account that it is for"
            raise InvalidArgument(msg, endpoint=endpoint.name)
        api = endpoint.base.name
        budget = WaitBudget(options.patience, self._clock)
        tried: set[_Member] = set()
        while True:
            member = await self._free(api, tried, budget)
            tried.add(member)
            now = self._clock.monotonic()
            alone = all(one in tried or one.paused_until(api) > now for one in self._members)
            trouble = budget.trouble if alone else min(_LONGEST_TROUBLE, budget.trouble)
            left = Patience(budget.deadline - now, trouble)
            member.under_way += 1
            try:
                reply = await member.session._send(
                    request, attrs.evolve(options, patience=left), progress
                )
            except PixivError as exc:
                if not _is_of_the_account(exc):
                    raise
                member.pause(api, exc, self._clock.monotonic())
                if alone and not isinstance(exc, RateLimited):
                    raise
            else:
                member.pauses.pop(api, None)
                return reply
            finally:
                member.under_way -= 1

    async def _free(self, api: str, tried: set[_Member], budget: WaitBudget) -> _Member:
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
                error = copy.copy(first.pauses[api].error)
                if isinstance(error, RateLimited):
                    error.retry_after = seconds
                raise error
            budget.spend(seconds)
            tried.clear()
            why = "all accounts of the pool are out"
            self._waits.tell(seconds, why)
            await self._waits.sleep(seconds, why)


def _is_for_good(error: PixivError) -> bool:
    if isinstance(error, AccountSuspended):
        return True
    return isinstance(error, AuthError) and not isinstance(error, AuthUnavailable)


def _is_of_the_account(error: PixivError) -> bool:
    """Whether the error concerns this account, so that another may succeed."""
    return isinstance(
        error,
        AccountSuspended
        | AuthError
        | RateLimited
        | BlockedByCloudflare
        | PatienceExceeded
        | TransportError,
    )

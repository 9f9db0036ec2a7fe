"""Use several accounts as one: reads are spread over those that are available."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self, TypeAlias

import attrs

from ._core.basics.clock import Clock, SystemClock
from ._core.basics.events import Listener
from ._core.calls.misfit_policy import MisfitPolicy
from ._core.calls.request import ProgressCallback, Reply, Request
from ._core.sending.send_options import SendOptions
from ._core.waiting.lifetime import Lifetime
from .account_choice import AccountChoice, Member, Pause, Pauses
from .client import Pixiv
from .errors import InvalidArgument, PixivError
from .session import Session

__all__ = ["AccountState", "ClientPool", "Pause"]

_Send: TypeAlias = Callable[
    [Request, SendOptions, ProgressCallback | None], Coroutine[Any, Any, Reply]
]


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


class _ClientMember(Member):
    """A client of a pool."""

    def __init__(self, client: Pixiv, send: _Send) -> None:
        self.client: Pixiv = client
        self.pauses: Pauses = Pauses()
        self._send = send

    def paused_until(self, api: str) -> float:
        return self.pauses.until(api)

    def reason(self, api: str) -> PixivError:
        return self.pauses.error(api) or PixivError("the account is paused")

    def limited_for(self, api: str) -> float:
        pace = self.client.pace.get(api)
        return pace.paused_for if pace else 0.0

    async def send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        return await self._send(request, options, progress)

    def failed(self, api: str, error: PixivError, now: float) -> None:
        self.pauses.add(api, error, now)

    def succeeded(self, api: str, began: float) -> None:
        self.pauses.end(api, began)


class ClientPool(Session):
    """
    Clients of several accounts, used like one client, for reading.

    Each call goes to the account that is free soonest, and to the next where that one is out: for
    good where pixiv refuses its login or has suspended it, for a while after a rate limit, a block
    page, a failing proxy or token endpoint, or access tokens that are refused though they are new;
    either way in that API only. Where all are out, calls
    wait for the first that is back, as far as their patience goes. Mind that pixiv's terms may not
    allow you several accounts: nothing else in pixivkit uses more than one.

    Args:
        clients: The clients, each with its own login; the pool enters and closes them. Calls are
            sent with the timeouts, patience, retries and language of the first, whose ``on_event``
            hears as well when all accounts are out.
        clock: The clock to use; for tests.

    Raises:
        InvalidArgument: There are none.
    """

    def __init__(self, clients: Iterable[Pixiv], *, clock: Clock | None = None) -> None:
        self._members = [_ClientMember(one, self._send_of(one)) for one in clients]
        if not self._members:
            msg = "a pool needs a client"
            raise InvalidArgument(msg)
        self._clock = clock or SystemClock()
        first = self._members[0].client
        self._choice = AccountChoice(self._members, self._clock, listener=self._listener_of(first))
        self._entered = AsyncExitStack()
        super().__init__(self._options_of(first), Lifetime())

    @staticmethod
    def _send_of(client: Session) -> _Send:
        return client._send

    @staticmethod
    def _listener_of(client: Session) -> Listener | None:
        return client._listener

    @staticmethod
    def _options_of(client: Session) -> SendOptions:
        return client._options

    @property
    def accounts(self) -> list[AccountState]:
        """The state of each client, in the order they were given."""
        now = self._clock.monotonic()
        return [
            AccountState(
                client=member.client,
                under_way=member.under_way,
                paused=member.pauses.shown(now),
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
        return await self._choice.send(request, options, progress)

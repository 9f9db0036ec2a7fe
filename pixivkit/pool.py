"""Several accounts as one: reading spreads over them, and goes on without those that are out."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import attrs

from ._core.call import ProgressCallback, Reply, Request
from ._core.drift import Drift
from .client import Pixiv
from .errors import AuthError, InvalidArgument, RateLimited
from .session import Session

__all__ = ["AccountState", "ClientPool"]


@attrs.frozen(kw_only=True)
class AccountState:
    """
    How a client of a pool does.

    Attributes:
        client: The client.
        under_way: How many calls it is busy with.
        parked: Why it gets no more calls; None while it does.
    """

    client: Pixiv
    under_way: int
    parked: AuthError | None


@attrs.define(eq=False)
class _Member:
    client: Pixiv
    under_way: int = 0
    parked: AuthError | None = None

    def rank(self, base: str) -> tuple[float, int]:
        """The lower, the sooner a call of this *base* gets through."""
        pace = self.client.pace.get(base)
        return (pace.paused_for if pace else 0.0, self.under_way)


class ClientPool(Session):
    """
    Clients of several accounts, used like one client, for reading.

    Each call goes to the account that is free soonest. One that pixiv limits rests while the
    others go on; one whose login pixiv refuses is parked for good. Mind that pixiv's terms may
    not allow you several accounts: nothing else in pixivkit uses more than one.

    Args:
        clients: The clients, each with its own login; the pool enters and closes them.

    Raises:
        InvalidArgument: There are none.
    """

    def __init__(self, clients: Iterable[Pixiv]) -> None:
        self._members = [_Member(client) for client in clients]
        if not self._members:
            msg = "a pool needs a client"
            raise InvalidArgument(msg)
        self._entered = AsyncExitStack()
        super().__init__()

    @property
    def accounts(self) -> list[AccountState]:
        """How each client does, in the order they were given."""
        return [
            AccountState(client=m.client, under_way=m.under_way, parked=m.parked)
            for m in self._members
        ]

    @property
    def drift(self) -> Drift:
        """That of the first client: whether misfits are errors, and who is told."""
        return self._members[0].client.drift

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
        parked = sum(member.parked is not None for member in self._members)
        return f"<ClientPool of {len(self._members)}, {parked} parked>"

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
        interactive: bool = True,
    ) -> Reply:
        """
        Send a request with the account that is free soonest, and the next where that one is out.

        Args:
            request: What to send; it changes nothing at pixiv.
            progress: Called while a body is sent, with the bytes so far.
            interactive: Whether somebody waits for it; false queues behind those that do.

        Raises:
            InvalidArgument: The endpoint changes something: choose an account for that.
            RateLimited: All accounts are limited, for longer than `Retry` has patience.
            AuthError: No account is left.
            PixivError: Any other of `pixivkit.errors`.
        """
        endpoint = request.endpoint
        if not endpoint.idempotent:
            msg = "a pool only reads: call this with the client of the account that it is for"
            raise InvalidArgument(msg, endpoint=endpoint.name)
        untried = [member for member in self._members if member.parked is None]
        refusal: AuthError | None = self._members[0].parked
        while untried:
            member = min(untried, key=lambda one: one.rank(endpoint.base.name))
            untried.remove(member)
            member.under_way += 1
            try:
                # The last one waits its limits out; before that, another account may be free.
                return await member.client.send(
                    request,
                    progress=progress,
                    interactive=interactive,
                    rate_limits=0 if untried else None,
                )
            except RateLimited:
                if not untried:
                    raise
            except AuthError as exc:
                refusal = exc
                if exc.status:
                    member.parked = exc
            finally:
                member.under_way -= 1
        raise refusal or AuthError("no account of the pool is left", endpoint=endpoint.name)

"""Keep the tokens of accounts in the cluster, outside of their homes."""

from __future__ import annotations

from typing import Any, Final

import anyio
import anyio.to_thread

from .._core.account.credentials import Tokens
from ..errors import TokenStoreError
from . import engine

__all__ = ["KeptTokens", "TokenKeeper", "keeper"]

_NAME: Final = "tokens"
_ATTEMPTS: Final = 20
_PAUSE: Final = 0.5


class TokenKeeper:
    """
    An actor that keeps the tokens of all accounts which bring no store.

    It stays as long as the node of the program that came first: what pixiv replaced is nowhere
    else.
    """

    def __init__(self) -> None:
        self._tokens: dict[str, Tokens] = {}

    async def load(self, account: str) -> Tokens | None:
        """Return the tokens of an account saved last; None where there are none."""
        return self._tokens.get(account)

    async def save(self, account: str, tokens: Tokens) -> None:
        """Save *tokens* in place of those saved before."""
        self._tokens[account] = tokens

    def __repr__(self) -> str:
        return "pixivkit tokens"


def keeper(*, here: bool = False) -> Any:
    """Return the actor, on this node if it is made now and *here*; blocks."""
    return engine.actor(TokenKeeper, _NAME, here=here)


class KeptTokens:
    """
    The store of an account that brings none: it asks the `TokenKeeper`.

    There is one home for each account, so that nobody else renews: it needs no lock.

    Args:
        account: The name of the account.
    """

    def __init__(self, account: str) -> None:
        self._account = account
        self._keeper: Any = None

    async def load(self) -> Tokens | None:
        """Return the tokens saved last; None where there are none."""
        kept = await self._ask("load", self._account)
        return kept if isinstance(kept, Tokens) else None

    async def save(self, tokens: Tokens) -> None:
        """Save *tokens* in place of those saved before."""
        await self._ask("save", self._account, tokens)

    async def _ask(self, method: str, *arguments: object) -> Any:
        for _ in range(_ATTEMPTS):
            try:
                if self._keeper is None:
                    self._keeper = await anyio.to_thread.run_sync(keeper)
                return await engine.ask(self._keeper, method, *arguments)
            except engine.Lost:
                # Both are harmless to repeat.
                self._keeper = None
                await anyio.sleep(_PAUSE)
        msg = f"the tokens of the account {self._account} cannot be kept: their actor is away"
        raise TokenStoreError(msg)

"""The connection of a program to the home of an account: find it, ask it, hear what it says."""

from __future__ import annotations

import contextlib
import functools
import math
from typing import Any, Final

import anyio
import anyio.to_thread

from .._core.basics.clock import Clock
from .._core.waiting.lifetime import Lifetime
from .._core.waiting.patience import WaitBudget
from ..account_choice import Pauses
from ..errors import ClusterError, PixivError
from . import engine
from .account import Account
from .answers import Answer, HomeSettings, Rest
from .calls_under_way import CallsUnderWay
from .home import Home, home_name

__all__ = ["HomeConnection"]

_FIRST_WAIT: Final = 0.1
_LONGEST_WAIT: Final = 5.0
_WHILE_LEAVING: Final = 0.1
_TO_TELL: Final = 2.0
_LONGEST_LISTENING: Final = 30.0


class HomeConnection:
    """
    The connection of one program to the home of one account.

    Args:
        account: The account.
        settings: The settings of its home, if this program is the first.
        user: A word that tells this program from others.
        clock: The clock.
        calls: What tells of the calls of this program, of all its connections.
        lifetime: Where it listens to the home in the background.

    Attributes:
        losses: How often in a row the home was away.
        pauses: The pauses of the account that all programs know.
    """

    def __init__(
        self,
        account: Account,
        settings: HomeSettings,
        user: str,
        clock: Clock,
        calls: CallsUnderWay,
        lifetime: Lifetime,
    ) -> None:
        self.losses: int = 0
        self.pauses: Pauses = Pauses()
        self._account = account
        self._settings = settings
        self._user = user
        self._clock = clock
        self._calls = calls
        self._lifetime = lifetime
        # Of Ray's type, which is not there where Ray is not installed.
        self._home: Any = None
        self._heard_home: Any = None
        self._opening = anyio.Lock()
        self._limited: dict[str, float] = {}
        self._counts_losses_from = -math.inf
        self._wait = 0.0

    def limited_for(self, api: str) -> float:
        """Return how many seconds the home holds calls of *api*, after a rate limit."""
        return max(0.0, self._limited.get(api, -math.inf) - self._clock.monotonic())

    async def open(self) -> None:
        """
        Find the home, or make it.

        Raises:
            InvalidArgument: The home is for other hosts, or the account does not pickle.
            ClusterError: It is away.
        """
        await self._opened()

    async def leave(self) -> None:
        """Tell the home that this program does not need it any longer, if it is there."""
        home, self._home = self._home, None
        await self._tell(home, "part", self._user)

    async def tell(self, method: str, *arguments: object) -> None:
        """Tell the home something that it need not answer, if it is there."""
        await self._tell(self._home, method, *arguments)

    async def _tell(self, home: Any, method: str, *arguments: object) -> None:
        if home is not None:
            with (
                anyio.move_on_after(_TO_TELL, shield=True),
                contextlib.suppress(engine.Lost, PixivError),
            ):
                await engine.ask(home, method, *arguments)

    async def wait_after_loss(self, budget: WaitBudget, failure: ClusterError) -> None:
        """
        Wait a little for a home that is away, longer each time.

        Raises:
            PatienceExceeded: The *budget* does not allow it.
        """
        seconds = self.count_loss()
        budget.spend_on_retry(seconds, failure, self._clock.monotonic())
        await self._clock.sleep(seconds)

    async def answered(self, method: str, *arguments: object) -> Any:
        """
        Ask the home for what may be done twice, and return what it says.

        Raises:
            ClusterError: It is away.
            PixivError: What it says is an error.
        """
        answer = await self.ask(method, *arguments)
        if answer is None:
            raise self.lost_error()
        return answer.value()

    async def ask(self, method: str, *arguments: object) -> Answer[Any] | None:
        """
        Ask the home for this program; None where it died meanwhile, and may have done it.

        Raises:
            ClusterError: It cannot be found; nothing was asked.
        """
        while True:
            home = await self._opened()
            self._start_to_listen(home)
            try:
                answer: Answer[Any] = await engine.ask(home, method, self._user, *arguments)
            except engine.Lost:
                self._forget(home)
                return None
            self._learn(answer)
            if not answer.is_from_another:
                return answer
            self._forget(home)
            if answer.refused == "leaving":
                await self._clock.sleep(_WHILE_LEAVING)

    def _start_to_listen(self, home: Any) -> None:
        tasks = self._lifetime.tasks
        if home is not self._heard_home and tasks is not None:
            self._heard_home = home
            tasks.start_soon(self._listen, home)

    async def _listen(self, home: Any) -> None:
        """Hear what the home says of the calls of this program, until it dies or leaves."""
        after = 0
        while home is self._home:
            try:
                answer: Answer[None] = await engine.ask(
                    home, "messages", self._user, after, _LONGEST_LISTENING
                )
            except (engine.Lost, PixivError):
                self._forget(home)
                return
            self._learn(answer)
            if answer.is_from_another:
                self._forget(home)
            elif answer.messages:
                after = answer.messages[-1].number

    async def need_a_pulse(self) -> None:
        """
        Check that the home is there.

        Raises:
            ClusterError: It is away.
        """
        home = await self._opened()
        try:
            if await engine.ask(home, "ping"):
                return
        except engine.Lost:
            pass
        self._forget(home)
        raise self.lost_error()

    async def _opened(self) -> Any:
        if self._home is not None:
            return self._home
        async with self._opening:
            while self._home is None:
                home = await self._found()
                if home is None:
                    await self._clock.sleep(_WHILE_LEAVING)
                self._home = home
        return self._home

    async def _found(self) -> Any:
        """Return the home, which knows this program; None where it is leaving."""
        make = functools.partial(
            engine.actor, Home, home_name(self._account.name), self._account, self._settings
        )
        try:
            home = await anyio.to_thread.run_sync(make)
            answer = await engine.ask(
                home, "join", self._user, self._account, self._settings,
                self._calls.level, self._known_rest(),
            )  # fmt: skip
        except engine.Lost as exc:
            raise self.lost_error() from exc
        if isinstance(answer.result, PixivError):
            raise answer.result
        self._learn(answer)
        return None if answer.refused else home

    def _forget(self, home: Any) -> None:
        if self._home is home:
            self._home = None

    def _learn(self, answer: Answer[Any]) -> None:
        self._calls.hear(answer.messages)
        if answer.is_from_another:
            return
        now = self._clock.monotonic()
        self.pauses = Pauses()
        self.pauses.take_over(answer.rest.pauses, now)
        self._limited = {api: now + seconds for api, seconds in answer.rest.limited.items()}

    def _known_rest(self) -> Rest:
        now = self._clock.monotonic()
        limited = {api: until - now for api, until in self._limited.items() if until > now}
        return Rest(pauses=self.pauses.shown(now), limited=limited)

    def count_loss(self) -> float:
        """Note that the home is away; return the seconds to wait before it is asked again."""
        now = self._clock.monotonic()
        if now >= self._counts_losses_from:
            # All that a home had under way is lost at the same time: that counts once.
            self._wait = min(_FIRST_WAIT * 2.0**self.losses, _LONGEST_WAIT)
            self.losses = min(self.losses + 1, 10)
            self._counts_losses_from = now + self._wait
        return self._wait

    def lost_error(self) -> ClusterError:
        """Return the error for a home that is away."""
        return ClusterError(f"the home of the account {self._account.name} is away")

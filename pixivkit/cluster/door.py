"""The way of a program to the home of an account: find it, ask it, and get over its death."""

from __future__ import annotations

import functools
import math
from typing import Any, Final, TypeVar, cast

import anyio
import anyio.to_thread
import attrs

from .._core.basics.clock import Clock
from .._core.basics.events import Listener, emit
from .._core.calls.request import ProgressCallback, Reply, Request
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import Priority
from .._core.waiting.patience import Patience, WaitBudget
from ..account_choice import AlreadyPaused, Member, Pauses
from ..download.file import DownloadedFile
from ..errors import ClusterError, OutcomeUnknown, PatienceExceeded, PixivError
from . import engine
from .account import Account
from .answers import AccountReport, Answer, FileOrder, HomeSettings
from .files import carried
from .home import Home, home_name

__all__ = ["Door"]

T = TypeVar("T")

_FIRST_WAIT: Final = 0.1
_LONGEST_WAIT: Final = 5.0
_WHILE_LEAVING: Final = 0.1
_FAREWELL: Final = 2.0


class Door(Member):
    """
    The way of one program to the home of one account.

    Args:
        account: The account.
        settings: The settings of its home, if this program is the first.
        user: A word that tells this program from others.
        clock: The clock.
        limit: How many calls of each priority may be under way there for this program.
        listener: Gets the events of its calls.
    """

    def __init__(
        self,
        account: Account,
        settings: HomeSettings,
        user: str,
        clock: Clock,
        limit: int,
        listener: Listener | None,
    ) -> None:
        self.account: Account = account
        self.files: int = 0
        self._settings = settings
        self._user = user
        self._clock = clock
        self._listener = listener
        # Those that somebody waits for need not wait behind a run.
        self._room: dict[Priority, anyio.Semaphore] = {
            "interactive": anyio.Semaphore(limit),
            "bulk": anyio.Semaphore(limit),
        }
        # Of Ray's type, which is not there where Ray is not installed.
        self._home: Any = None
        self._opening = anyio.Lock()
        self._pauses = Pauses()
        self._own_pauses = Pauses()
        self._limited: dict[str, float] = {}
        self._losses = 0
        self._counts_losses_from = -math.inf
        self._wait = 0.0

    @property
    def losses(self) -> int:
        """How often in a row the home was away."""
        return self._losses

    # What the choice among accounts asks.

    def paused_until(self, api: str) -> float:
        return max(self._pauses.until(api), self._own_pauses.until(api))

    def reason(self, api: str) -> PixivError:
        those = sorted((self._pauses, self._own_pauses), key=lambda one: one.until(api))
        return those[-1].error(api) or self._lost_error()

    def limited_for(self, api: str) -> float:
        return max(0.0, self._limited.get(api, -math.inf) - self._clock.monotonic())

    async def send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        answer = await self._ask_to_send(request, options, progress, anyway=False)
        if answer is None:
            raise self._lost_error()
        if answer.refused == "paused":
            raise AlreadyPaused
        return _value_of(answer)

    def failed(self, api: str, error: PixivError, now: float) -> None:
        # What else there is concerns all programs: the home keeps it, and says so.
        if isinstance(error, ClusterError):
            self._own_pauses.put(api, error, now + self._wait_after_loss())
        elif isinstance(error, PatienceExceeded):
            self._own_pauses.add(api, error, now)

    def succeeded(self, api: str) -> None:
        self._own_pauses.end(api)
        self._losses = 0

    # What programs ask of this account alone.

    async def send_alone(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """
        Send a request as this account, whatever it does; wait for the home where it is away.

        Raises:
            OutcomeUnknown: The home died while it had a request that changes something.
            PixivError: Any other of `pixivkit.errors`.
        """
        writes = not request.endpoint.idempotent
        budget = WaitBudget(options.patience, self._clock)
        while True:
            try:
                if writes:
                    # One that is known to be there is hardly away when it gets the request.
                    await self._need_a_pulse()
                left = attrs.evolve(options, patience=_left(budget, self._clock))
                answer = await self._ask_to_send(request, left, progress, anyway=True)
            except ClusterError as exc:
                failure = exc
            else:
                if answer is not None:
                    return _value_of(answer)
                if writes:
                    msg = f"the home of {self.account.name} died while it had this"
                    raise OutcomeUnknown(msg, endpoint=request.endpoint.name)
                failure = self._lost_error()
            await self.wait_after_loss(budget, failure)

    async def download(self, order: FileOrder) -> DownloadedFile:
        """
        Have the home fetch a file.

        Raises:
            ClusterError: It is away; another may be asked.
            PixivError: Any other of `pixivkit.errors`.
        """
        answer = await self._ask("download", self._user, order)
        if answer is None:
            raise self._lost_error()
        self._losses = 0
        return cast("DownloadedFile", _value_of(answer))

    async def write(self, to: str, name: str, content: bytes) -> None:
        """Have the home write a small file; likewise `download`."""
        answer = await self._ask("write", self._user, to, name, content)
        if answer is None:
            raise self._lost_error()
        if isinstance(answer.result, PixivError):
            raise answer.result

    async def report(self) -> AccountReport:
        """Return the state of the account; likewise `download`."""
        answer = await self._ask("report", self._user)
        if answer is None:
            raise self._lost_error()
        return cast("AccountReport", _value_of(answer))

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
        if home is None:
            return
        with anyio.move_on_after(_FAREWELL, shield=True):
            try:
                await engine.ask(home, "part", self._user)
            except (engine.Lost, PixivError):
                return

    async def wait_after_loss(self, budget: WaitBudget, failure: ClusterError) -> None:
        """
        Wait a little for a home that is away, longer each time.

        Raises:
            PatienceExceeded: The *budget* does not allow it.
        """
        seconds = self._wait_after_loss()
        budget.spend_on_retry(seconds, failure, self._clock.monotonic())
        await self._clock.sleep(seconds)

    async def _ask_to_send(
        self,
        request: Request,
        options: SendOptions,
        progress: ProgressCallback | None,
        *,
        anyway: bool,
    ) -> Answer[Reply] | None:
        del progress  # The body goes to the home as a whole; nobody sees it leave from there.
        budget = WaitBudget(options.patience, self._clock)
        packed = await carried(request)
        async with self._room[options.priority]:
            left = attrs.evolve(options, patience=_left(budget, self._clock))
            observed = self._listener is not None
            return await self._ask("send", self._user, packed, left, anyway, observed)

    async def _ask(self, method: str, *arguments: object) -> Answer[Any] | None:
        """
        Ask the home; None where it died meanwhile, and may have done it.

        Raises:
            ClusterError: It cannot be found; nothing was asked.
        """
        while True:
            home = await self._opened()
            try:
                answer: Answer[Any] = await engine.ask(home, method, *arguments)
            except engine.Lost:
                self._forget(home)
                return None
            self._learn(answer)
            if answer.refused != "leaving":
                return answer
            self._forget(home)
            await self._clock.sleep(_WHILE_LEAVING)

    async def _need_a_pulse(self) -> None:
        home = await self._opened()
        try:
            if await engine.ask(home, "ping"):
                return
        except engine.Lost:
            pass
        self._forget(home)
        raise self._lost_error()

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
            engine.actor, Home, home_name(self.account.name), self.account, self._settings
        )
        try:
            home = await anyio.to_thread.run_sync(make)
            answer = await engine.ask(home, "join", self._user, self.account, self._settings)
        except engine.Lost as exc:
            raise self._lost_error() from exc
        if isinstance(answer.result, PixivError):
            raise answer.result
        self._learn(answer)
        return None if answer.refused else home

    def _forget(self, home: Any) -> None:
        if self._home is home:
            self._home = None

    def _learn(self, answer: Answer[Any]) -> None:
        now = self._clock.monotonic()
        if answer.refused != "leaving":
            self._pauses = Pauses()
        for api, pause in answer.pauses.items():
            self._pauses.put(
                api, pause.error, math.inf if pause.seconds is None else now + pause.seconds
            )
        self._limited = {api: now + seconds for api, seconds in answer.limited.items()}
        for event in answer.events:
            emit(event, self._listener)

    def _wait_after_loss(self) -> float:
        now = self._clock.monotonic()
        if now >= self._counts_losses_from:
            # All that a home had under way is lost at the same time: that counts once.
            self._wait = min(_FIRST_WAIT * 2.0**self._losses, _LONGEST_WAIT)
            self._losses = min(self._losses + 1, 10)
            self._counts_losses_from = now + self._wait
        return self._wait

    def _lost_error(self) -> ClusterError:
        return ClusterError(f"the home of the account {self.account.name} is away")


def _value_of(answer: Answer[T]) -> T:
    if isinstance(answer.result, PixivError):
        raise answer.result
    return cast("T", answer.result)


def _left(budget: WaitBudget, clock: Clock) -> Patience:
    """Return the patience that is left of *budget*."""
    if budget.deadline == math.inf:
        return Patience(math.inf, budget.trouble)
    left = max(0.0, budget.deadline - clock.monotonic())
    return Patience(left, budget.trouble)

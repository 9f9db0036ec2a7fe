"""An account as a program sees it, whose home may be anywhere in the cluster and may die."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import anyio
import attrs

from .._core.basics.clock import Clock
from .._core.calls.request import ProgressCallback, Reply, Request
from .._core.http.backend import HttpRequest, Timeouts
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import Priority
from .._core.waiting.patience import Patience, WaitBudget
from ..account_choice import AlreadyPaused, Member, Pauses
from ..download.file import DownloadedFile
from ..errors import ClusterError, OutcomeUnknown, PatienceExceeded, PixivError
from .account import Account
from .answers import AccountReport, Answer, FileOrder, FileProgress
from .calls_under_way import CallsUnderWay, CallUnderWay
from .files import carried
from .home_connection import HomeConnection
from .streams import StreamHead

__all__ = ["IMAGES", "RemoteAccount"]

IMAGES: Final = "images"
"""What pauses call the hosts of images."""


class RemoteAccount(Member):
    """
    An account whose requests are sent by its home.

    Args:
        account: The account.
        connection: The connection to its home.
        clock: The clock.
        limit: How many calls of each priority may be under way there for this program.
        calls: What tells of the calls of this program.
    """

    def __init__(
        self,
        account: Account,
        connection: HomeConnection,
        clock: Clock,
        limit: int,
        calls: CallsUnderWay,
    ) -> None:
        self.account: Account = account
        self.connection: HomeConnection = connection
        self._clock = clock
        self._calls = calls
        # Those that somebody waits for need not wait behind a run.
        self._room: dict[Priority, anyio.Semaphore] = {
            "interactive": anyio.Semaphore(limit),
            "bulk": anyio.Semaphore(limit),
        }
        self._own_pauses = Pauses()

    # What the choice among accounts asks.

    def paused_until(self, api: str) -> float:
        return max(self.connection.pauses.until(api), self._own_pauses.until(api))

    def reason(self, api: str) -> PixivError:
        those = sorted((self.connection.pauses, self._own_pauses), key=lambda one: one.until(api))
        return those[-1].error(api) or self.connection.lost_error()

    def limited_for(self, api: str) -> float:
        return self.connection.limited_for(api)

    async def send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        with self._calls.add(progress) as call:
            answer = await self._ask_to_send(request, options, call, anyway=False)
            if answer is None:
                raise self.connection.lost_error()
            if answer.refused == "paused":
                raise AlreadyPaused
            return answer.value()

    def failed(self, api: str, error: PixivError, now: float) -> None:
        # What else there is concerns all programs: the home keeps it, and says so.
        if isinstance(error, ClusterError):
            self._own_pauses.put(api, error, now + self.connection.count_loss())
        elif api == IMAGES or isinstance(error, PatienceExceeded):
            self._own_pauses.add(api, error, now)

    def succeeded(self, api: str, began: float) -> None:
        self._own_pauses.end(api, began)
        self.connection.losses = 0

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
                    await self.connection.need_a_pulse()
                left = attrs.evolve(options, patience=_left(budget, self._clock))
                with self._calls.add(progress) as call:
                    answer = await self._ask_to_send(request, left, call, anyway=True)
                    if answer is not None:
                        return answer.value()
                    if writes:
                        msg = f"the home of {self.account.name} died while it had this"
                        raise OutcomeUnknown(msg, endpoint=request.endpoint.name)
                    raise self.connection.lost_error()
            except ClusterError as exc:
                failure = exc
            await self.connection.wait_after_loss(budget, failure)

    async def save(
        self, order: FileOrder, on_progress: Callable[[FileProgress], None] | None
    ) -> list[DownloadedFile]:
        """
        Have the home save a file.

        Args:
            order: The file.
            on_progress: Called with its progress; what it raises ends this.

        Raises:
            ClusterError: It is away; another may be asked.
            PixivError: Any other of `pixivkit.errors`.
        """
        with self._calls.add(on_progress) as call:
            files: list[DownloadedFile] = await self.connection.answered(
                "save", order, call.ticket, call.has_progress
            )
        return files

    async def write(self, to: str, name: str, content: bytes) -> None:
        """Have the home write a small file; likewise `save`."""
        await self.connection.answered("write", to, name, content)

    async def open_stream(self, request: HttpRequest, timeouts: Timeouts) -> StreamHead:
        """Have the home ask an image host for a file; likewise `save`."""
        head: StreamHead = await self.connection.answered("open_stream", request, timeouts)
        return head

    async def piece(self, head: StreamHead) -> bytes:
        """Return the next piece of a file that the home reads, empty after its end; see `save`."""
        piece: bytes = await self.connection.answered("piece", head.number)
        return piece

    async def close_stream(self, head: StreamHead) -> None:
        """Tell the home that a file is not read any further, if it is there."""
        await self.connection.tell("close_stream", head.number)

    async def report(self) -> AccountReport:
        """Return the state of the account; likewise `save`."""
        report: AccountReport = await self.connection.answered("report")
        return report

    async def _ask_to_send(
        self,
        request: Request,
        options: SendOptions,
        call: CallUnderWay,
        *,
        anyway: bool,
    ) -> Answer[Reply] | None:
        budget = WaitBudget(options.patience, self._clock)
        packed = await carried(request)
        async with self._room[options.priority]:
            left = attrs.evolve(options, patience=_left(budget, self._clock))
            return await self.connection.ask(
                "send", packed, left, anyway, call.ticket, call.has_progress
            )


def _left(budget: WaitBudget, clock: Clock) -> Patience:
    """Return the patience that is left of *budget*."""
    if budget.deadline == math.inf:
        return Patience(math.inf, budget.trouble)
    left = max(0.0, budget.deadline - clock.monotonic())
    return Patience(left, budget.trouble)

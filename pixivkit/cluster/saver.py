"""Save files through the homes of a cluster: the program hears what became of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import attrs

from .._core.basics.clock import Clock
from .._core.calls.request import Progress
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import Pacer
from .._core.waiting.patience import WaitBudget
from ..download.file import DownloadedFile
from ..download.progress import ProgressCounter
from ..download.source import Source
from ..download.work_download import WorkDownload
from ..errors import (
    AccountSuspended,
    AuthError,
    BlockedByCloudflare,
    ClusterError,
    ConnectionFailed,
    DiskFull,
    PixivError,
    RateLimited,
    StorageError,
    Timeout,
)
from .answers import FileOrder, FileProgress
from .remote_account import IMAGES, RemoteAccount

__all__ = ["ClusterSaver"]

T = TypeVar("T")

_MOST_HOMES: Final = 3
"""How many homes are asked for a file that fails for a reason that may be the home's."""

_NOWHERE: Final = Path()


@attrs.define(eq=False, kw_only=True)
class ClusterSaver:
    """
    Saves files through the home that is least busy, or another where that one fails.

    Attributes:
        accounts: The accounts.
        to: The folder or URL, which only the homes know.
        options: How files are asked for.
        pacer: How fast.
        clock: The clock.
    """

    accounts: Sequence[RemoteAccount]
    to: str
    options: SendOptions
    pacer: Pacer
    clock: Clock

    @property
    def folder(self) -> Path:
        """An empty path: names are relative to *to*."""
        return _NOWHERE

    async def save(
        self, download: WorkDownload, source: Source, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        """Save one file of a work; see `Saver.save`."""
        budget = WaitBudget(self.options.patience, self.clock)
        await self.pacer.acquire(self.options.priority, budget)
        order = FileOrder(download=download.only(source), to=self.to, options=self.options)
        on_progress = None if counter.callback is None else _Watched(counter).tell
        with download.work.errors_about(source):
            files = await self._asked(
                lambda remote: remote.save(order, on_progress),
                budget,
                by_app=download.asks_app(source),
            )
        counter.expect(len(files) - 1)
        for file in files:
            counter.finished(file)
        download.learn_from(files[0])
        return files

    async def write(self, path: Path, content: bytes) -> None:
        """Write a small file; see `Saver.write`."""
        budget = WaitBudget(self.options.patience, self.clock)
        await self._asked(lambda remote: remote.write(self.to, path.as_posix(), content), budget)

    async def _asked(
        self,
        ask: Callable[[RemoteAccount], Awaitable[T]],
        budget: WaitBudget,
        *,
        by_app: bool = False,
    ) -> T:
        """Ask the best home, and others where it is away or fails; *by_app* one with a login."""
        accounts = [
            remote for remote in self.accounts if remote.account.has_app_login or not by_app
        ]
        # Without any the first says what is missing.
        accounts = accounts or list(self.accounts[:1])
        tried: set[RemoteAccount] = set()
        while True:
            remote = self._best([one for one in accounts if one not in tried], by_app)
            remote.under_way += 1
            began = self.clock.monotonic()
            try:
                result = await ask(remote)
            except ClusterError as exc:
                # A file may be asked for as often as it takes.
                await remote.connection.wait_after_loss(budget, exc)
            except PixivError as exc:
                tried.add(remote)
                if not _may_be_of_the_home(exc):
                    raise
                remote.failed(IMAGES, exc, self.clock.monotonic())
                if len(tried) >= min(len(accounts), _MOST_HOMES):
                    raise
            else:
                remote.succeeded(IMAGES, began)
                return result
            finally:
                remote.under_way -= 1

    def _best(self, accounts: Sequence[RemoteAccount], by_app: bool) -> RemoteAccount:
        """Return the home that works and is least busy."""
        now = self.clock.monotonic()
        apis = (IMAGES, "app") if by_app else (IMAGES,)

        def rank(remote: RemoteAccount) -> tuple[bool, int, int]:
            is_paused = any(remote.paused_until(api) > now for api in apis)
            return (is_paused, remote.connection.losses, remote.under_way)

        return min(accounts, key=rank)


class _Watched:
    """Counts the progress of files that homes tell of; some are found only while one is saved."""

    def __init__(self, counter: ProgressCounter) -> None:
        self._counter = counter
        self._files: dict[tuple[str, int], Callable[[Progress], None] | None] = {}

    def tell(self, told: FileProgress) -> None:
        """Count the progress of a file."""
        if told.name not in self._files:
            self._files[told.name] = self._counter.watch(told.source)
        if (watch := self._files[told.name]) is not None:
            watch(told.progress)


def _may_be_of_the_home(error: PixivError) -> bool:
    """Whether another home may have more luck: its address, its account, its disk."""
    if isinstance(error, StorageError):
        return not isinstance(error, DiskFull)
    return isinstance(
        error,
        AccountSuspended
        | AuthError
        | BlockedByCloudflare
        | ConnectionFailed
        | RateLimited
        | Timeout,
    )

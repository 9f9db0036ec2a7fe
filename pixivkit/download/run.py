"""Many works at once: each file comes as it is complete, and no failure ends the run."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from pathlib import Path

import attrs
from anyio.abc import TaskGroup

from .._core.running.background import Feed, Run
from .._core.running.results import Put
from ..errors import DiskFull, PixivError
from ..models.display import Displayed
from .file import DownloadedFile, Fetcher
from .finder import DownloadItem, Finder
from .naming import Template
from .source import Source
from .works import DownloadProgressCallback, ProgressCounter, WorkDownload, as_template

__all__ = ["DownloadOutcome", "DownloadRun", "Settings"]


@attrs.frozen(kw_only=True)
class DownloadOutcome(Displayed):
    """
    What became of one file of a run.

    Attributes:
        item: What was to be downloaded, as it was given.
        index: Its position among what was given, from 0.
        source: The file; None where it did not come so far, as for a work that is restricted.
        file: The file on the disk; None where it failed.
        error: Why it failed; None where it did not.
    """

    item: DownloadItem
    index: int
    source: Source | None = None
    file: DownloadedFile | None = None
    error: PixivError | None = None

    @property
    def ok(self) -> bool:
        """Whether the file is there."""
        return self.error is None

    @property
    def path(self) -> Path | None:
        """Where the file is; None where it failed."""
        return None if self.file is None else self.file.path

    @property
    def size(self) -> int:
        """How many bytes the file has; 0 where it failed."""
        return 0 if self.file is None else self.file.size


@attrs.frozen(kw_only=True)
class Settings:
    """How a run is done; see `Pixiv.downloads`."""

    to: Path = attrs.field(converter=Path)
    template: Template | None = attrs.field(default=None, converter=as_template)
    overwrite: bool = False
    sidecar: bool = False
    stop_on: tuple[type[PixivError], ...] = (DiskFull,)
    progress: DownloadProgressCallback | None = None


class DownloadRun(Run[DownloadOutcome]):
    """
    The files of a run: an asynchronous iterator of `DownloadOutcome`.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest; what was
    under way is gone on with when the run is repeated.
    """

    def __init__(
        self,
        finder: Finder,
        background: Callable[[], TaskGroup],
        fetcher: Fetcher,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        settings: Settings,
        *,
        limit: int,
    ) -> None:
        tally = ProgressCounter(settings.progress)
        super().__init__(
            background,
            _Jobs(finder, items, settings, tally),
            functools.partial(_work, fetcher, tally, settings.stop_on),
            limit=limit,
        )


@attrs.frozen
class _Job:
    """One file of a run, or what kept it from becoming one."""

    outcome: DownloadOutcome
    plan: WorkDownload | None = None
    sidecar: bool = False


class _Jobs(AsyncIterator[_Job]):
    """The files of the works, one by one; a work is looked at when its turn comes."""

    def __init__(
        self,
        finder: Finder,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        settings: Settings,
        tally: ProgressCounter,
    ) -> None:
        self._finder = finder
        self._feed = Feed(items)
        self._settings = settings
        self._tally = tally
        self._ready: deque[_Job] = deque()
        self._count = 0

    async def __anext__(self) -> _Job:
        while not self._ready:
            taken = await self._feed.next()
            if taken is None:
                self._tally.total = self._count
                raise StopAsyncIteration
            self._ready.extend(await self._expand(*taken))
        self._count += 1
        return self._ready.popleft()

    async def aclose(self) -> None:
        await self._feed.aclose()

    async def _expand(self, index: int, item: DownloadItem) -> list[_Job]:
        settings = self._settings
        try:
            works = await self._finder.works(item)
        except PixivError as exc:
            return [_Job(DownloadOutcome(item=item, index=index, error=exc))]
        jobs: list[_Job] = []
        for work in works:
            plan = WorkDownload(work, settings.to, settings.template, settings.overwrite)
            for number, source in enumerate(work.sources):
                outcome = DownloadOutcome(item=item, index=index, source=source)
                jobs.append(_Job(outcome, plan, settings.sidecar and number == 0))
        return jobs


async def _work(
    fetcher: Fetcher,
    tally: ProgressCounter,
    stop_on: tuple[type[PixivError], ...],
    _: int,
    job: _Job,
    put: Put[DownloadOutcome],
) -> bool:
    outcome = await _settle(fetcher, tally, job)
    await put(outcome)
    return not isinstance(outcome.error, stop_on)


async def _settle(fetcher: Fetcher, tally: ProgressCounter, job: _Job) -> DownloadOutcome:
    outcome, plan = job.outcome, job.plan
    if plan is None or outcome.source is None:
        tally.failed += 1
        return outcome
    try:
        if job.sidecar:
            await plan.write_sidecar()
        file = await plan.fetch(fetcher, outcome.source, tally)
    except PixivError as exc:
        tally.failed += 1
        tally.tell(outcome.source, 0, None)
        return attrs.evolve(outcome, error=exc)
    return DownloadOutcome(
        item=outcome.item, index=outcome.index, source=outcome.source, file=file
    )

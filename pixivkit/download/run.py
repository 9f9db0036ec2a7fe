"""Download many works at once: each file comes as it is complete, and no failure ends the run."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from pathlib import Path

import attrs
from anyio.abc import TaskGroup

from .._core.running.background import JobSource, Run
from .._core.running.results import PutResult
from ..errors import DiskFull, PixivError
from ..models.display import BoundedRepr
from .file import DownloadedFile, FileFetcher
from .finder import DownloadItem, Finder
from .naming import Template
from .source import Source
from .works import (
    DownloadProgressCallback,
    MakeDownload,
    ProgressCounter,
    WorkDownload,
    as_template,
)

__all__ = ["DownloadOutcome", "DownloadRun", "Settings"]


@attrs.frozen(kw_only=True)
class DownloadOutcome(BoundedRepr):
    """
    The outcome of one file of a run.

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
        """Whether the file is complete."""
        return self.error is None

    @property
    def path(self) -> Path | None:
        """The path of the file; None where it failed."""
        return None if self.file is None else self.file.path

    @property
    def size(self) -> int:
        """The size of the file in bytes; 0 where it failed."""
        return 0 if self.file is None else self.file.size


@attrs.frozen(kw_only=True)
class Settings:
    """The options of a run; see `Pixiv.downloads`."""

    to: Path = attrs.field(converter=Path)
    template: Template | None = attrs.field(default=None, converter=as_template)
    overwrite: bool = False
    sidecar: bool = False
    stop_on: tuple[type[PixivError], ...] = (DiskFull,)
    progress: DownloadProgressCallback | None = None
    download: MakeDownload = WorkDownload


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
        fetcher: FileFetcher,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        settings: Settings,
        *,
        limit: int,
    ) -> None:
        counter = ProgressCounter(settings.progress)
        super().__init__(
            background,
            _Jobs(finder, items, settings, counter),
            functools.partial(_do_job, fetcher, counter, settings.stop_on),
            limit=limit,
        )


@attrs.frozen
class _Job:
    """One file of a run, or the error of a work whose files are not known."""

    outcome: DownloadOutcome
    download: WorkDownload | None = None
    sidecar: bool = False


class _Jobs(AsyncIterator[_Job]):
    """The files of the works, one by one; a work is looked up when its turn comes."""

    def __init__(
        self,
        finder: Finder,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        settings: Settings,
        counter: ProgressCounter,
    ) -> None:
        self._finder = finder
        self._source = JobSource(items)
        self._settings = settings
        self._counter = counter
        self._ready: deque[_Job] = deque()
        self._count = 0

    async def __anext__(self) -> _Job:
        while not self._ready:
            taken = await self._source.next()
            if taken is None:
                self._counter.total = self._count + self._counter.unforeseen
                raise StopAsyncIteration
            self._ready.extend(await self._expand(*taken))
        self._count += 1
        return self._ready.popleft()

    async def aclose(self) -> None:
        await self._source.aclose()

    async def _expand(self, index: int, item: DownloadItem) -> list[_Job]:
        settings = self._settings
        try:
            works = await self._finder.works(item)
        except PixivError as exc:
            return [_Job(DownloadOutcome(item=item, index=index, error=exc))]
        jobs: list[_Job] = []
        for work in works:
            download = settings.download(work, settings.to, settings.template, settings.overwrite)
            for number, source in enumerate(work.sources):
                outcome = DownloadOutcome(item=item, index=index, source=source)
                jobs.append(_Job(outcome, download, settings.sidecar and number == 0))
        return jobs


async def _do_job(
    fetcher: FileFetcher,
    counter: ProgressCounter,
    stop_on: tuple[type[PixivError], ...],
    _: int,
    job: _Job,
    put: PutResult[DownloadOutcome],
) -> bool:
    outcomes = await _save(fetcher, counter, job)
    for number, outcome in enumerate(outcomes, 1):
        await put(outcome, last=number == len(outcomes))
    return not isinstance(outcomes[-1].error, stop_on)


async def _save(
    fetcher: FileFetcher, counter: ProgressCounter, job: _Job
) -> list[DownloadOutcome]:
    outcome, download = job.outcome, job.download
    if download is None or outcome.source is None:
        counter.failed += 1
        return [outcome]
    try:
        if job.sidecar:
            await download.write_sidecar(fetcher)
        files = await download.save(fetcher, outcome.source, counter)
    except PixivError as exc:
        counter.failed += 1
        counter.report(outcome.source, 0, None)
        return [attrs.evolve(outcome, error=exc)]
    return [attrs.evolve(outcome, source=file.source, file=file) for file in files]

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
from ..errors import PixivError
from ..models.display import BoundedRepr
from .file import DownloadedFile
from .finder import DownloadItem, Finder
from .progress import ProgressCounter
from .saver import Saver, SavingOptions, write_sidecar
from .source import Source
from .work_download import WorkDownload

__all__ = ["DownloadOutcome", "DownloadRun"]


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
        saver: Saver,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        options: SavingOptions,
        *,
        limit: int,
        stop_on: tuple[type[PixivError], ...],
    ) -> None:
        counter = ProgressCounter(options.progress)
        super().__init__(
            background,
            _Jobs(finder, items, saver.folder, options, counter),
            functools.partial(_do_job, saver, counter, stop_on),
            limit=limit,
        )


@attrs.frozen
class _Job:
    """One file of a run, or the error of a work whose files are not known."""

    outcome: DownloadOutcome
    download: WorkDownload | None = None
    writes_sidecar: bool = False


class _Jobs(AsyncIterator[_Job]):
    """The files of the works, one by one; a work is looked up when its turn comes."""

    def __init__(
        self,
        finder: Finder,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        folder: Path,
        options: SavingOptions,
        counter: ProgressCounter,
    ) -> None:
        self._finder = finder
        self._source = JobSource(items)
        self._folder = folder
        self._options = options
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
        try:
            works = await self._finder.works(item)
        except PixivError as exc:
            return [_Job(DownloadOutcome(item=item, index=index, error=exc))]
        jobs: list[_Job] = []
        for work in works:
            download = self._options.download_of(work, self._folder)
            writes_sidecar = self._options.writes_sidecar(download)
            for number, source in enumerate(work.sources):
                outcome = DownloadOutcome(item=item, index=index, source=source)
                jobs.append(_Job(outcome, download, writes_sidecar and number == 0))
        return jobs


async def _do_job(
    saver: Saver,
    counter: ProgressCounter,
    stop_on: tuple[type[PixivError], ...],
    _: int,
    job: _Job,
    put: PutResult[DownloadOutcome],
) -> bool:
    outcomes = await _save(saver, counter, job)
    for number, outcome in enumerate(outcomes, 1):
        await put(outcome, last=number == len(outcomes))
    return not isinstance(outcomes[-1].error, stop_on)


async def _save(saver: Saver, counter: ProgressCounter, job: _Job) -> list[DownloadOutcome]:
    outcome, download = job.outcome, job.download
    if download is None or outcome.source is None:
        counter.failed += 1
        return [outcome]
    try:
        if job.writes_sidecar:
            await write_sidecar(saver, download)
        files = await saver.save(download, outcome.source, counter)
    except PixivError as exc:
        counter.failed += 1
        counter.report(outcome.source, 0, None)
        return [attrs.evolve(outcome, error=exc)]
    return [attrs.evolve(outcome, source=file.source, file=file) for file in files]

"""Many works at once: each file comes as it is complete, and no failure ends the run."""

from __future__ import annotations

import functools
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from pathlib import Path
from typing import Any, TypeAlias, cast

import attrs
from anyio.abc import TaskGroup

from .._core.background import Run
from .._core.call import Call, Sender
from ..errors import DiskFull, PixivError
from .file import DownloadedFile, Fetcher
from .naming import Template
from .source import Downloadable, Source, work_of
from .works import DownloadProgressCallback, Plan, Tally, as_template

__all__ = ["DownloadItem", "Downloaded", "Downloads", "Settings"]

DownloadItem: TypeAlias = Downloadable | Call[Any]
"""What a run takes: what can be downloaded, or a call for it, which the run sends."""


@attrs.frozen(kw_only=True)
class Downloaded:
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

    to: str | os.PathLike[str]
    template: Template | str | None = None
    overwrite: bool = False
    sidecar: bool = False
    stop_on: tuple[type[PixivError], ...] = (DiskFull,)
    progress: DownloadProgressCallback | None = None


class Downloads(Run[Downloaded]):
    """
    The files of a run: an asynchronous iterator of `Downloaded`.

    Its workers run in the background of the client. They are cancelled when the iterator is
    closed, dropped, or left as a context manager, and with the client at the latest; what was
    under way is gone on with when the run is repeated.
    """

    def __init__(
        self,
        sender: Sender,
        tasks: TaskGroup,
        fetcher: Fetcher,
        items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        settings: Settings,
        *,
        limit: int,
    ) -> None:
        tally = Tally(settings.progress)
        super().__init__(
            tasks,
            _jobs(sender, items, settings, tally),
            functools.partial(_settle, fetcher, tally),
            limit=limit,
            ends=lambda outcome: isinstance(outcome.error, settings.stop_on),
        )


@attrs.frozen
class _Job:
    """One file of a run, or what kept it from becoming one."""

    outcome: Downloaded
    plan: Plan | None = None
    sidecar: bool = False


async def _jobs(
    sender: Sender,
    items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
    settings: Settings,
    tally: Tally,
) -> AsyncIterator[_Job]:
    template = as_template(settings.template)
    index = files = 0
    async for item in _each(items):
        try:
            works = [work_of(one) for one in await _values(sender, item)]
        except PixivError as exc:
            yield _Job(Downloaded(item=item, index=index, error=exc))
            works = []
            files += 1
        for work in works:
            plan = Plan(work, settings.to, template, settings.overwrite)
            for number, source in enumerate(work.sources):
                outcome = Downloaded(item=item, index=index, source=source)
                yield _Job(outcome, plan, settings.sidecar and number == 0)
                files += 1
        index += 1
    tally.total = files


async def _each(
    items: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
) -> AsyncIterator[DownloadItem]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item


async def _values(sender: Sender, item: DownloadItem) -> list[Downloadable]:
    """What there is to download of *item*: a call may be for a list, such as that of pages."""
    if not isinstance(item, Call):
        return [item]
    attached: Call[Any] = attrs.evolve(item, sender=sender)
    value = (await attached.response(interactive=False)).value
    return cast("list[Downloadable]", value) if isinstance(value, list) else [value]


async def _settle(fetcher: Fetcher, tally: Tally, _: int, job: _Job) -> Downloaded:
    outcome, plan = job.outcome, job.plan
    if plan is None or outcome.source is None:
        tally.failed += 1
        return outcome
    try:
        if job.sidecar:
            await plan.write_sidecar()
        file = await plan.fetch(fetcher, outcome.source, tally, interactive=False)
    except PixivError as exc:
        tally.failed += 1
        tally.tell(outcome.source, 0, None)
        return attrs.evolve(outcome, error=exc)
    return attrs.evolve(outcome, file=file)

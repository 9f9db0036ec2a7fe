"""All files of a work, in a folder, with what is known about it beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import attrs
import orjson

from .._core.call import Progress
from .._core.structure import unstructure
from .file import DownloadedFile, Fetcher, Wish
from .naming import DEFAULT_TEMPLATE, Template
from .part import in_thread, write_whole
from .source import Downloadable, Source, Work, work_of

__all__ = ["DownloadProgress", "DownloadProgressCallback", "DownloadedWork", "Plan", "save_work"]

_BARE_TEMPLATE: Final = Template("{id}{ext}")
_WORK_ID = re.compile(r"(novel)?\d+")


@attrs.frozen(kw_only=True)
class DownloadProgress:
    """
    How far a download, or a run of many, has come.

    Attributes:
        files: How many files are complete, those that were there already among them.
        failed: How many could not be had.
        total: How many there are; None while nobody knows.
        received: How many bytes have arrived.
        source: The file that this is about.
        done: How many bytes of it there are.
        size: How many bytes it has in all; None where nobody knows.
    """

    files: int
    failed: int
    total: int | None
    received: int
    source: Source
    done: int
    size: int | None


DownloadProgressCallback: TypeAlias = Callable[[DownloadProgress], None]


@attrs.frozen(kw_only=True)
class DownloadedWork:
    """
    A work that is complete on the disk.

    Attributes:
        work: What was downloaded.
        files: Its files, in order.
        sidecar: Where what is known about it was written; None where nothing was.
    """

    work: Work
    files: list[DownloadedFile]
    sidecar: Path | None

    @property
    def size(self) -> int:
        """How many bytes its files have together."""
        return sum(file.size for file in self.files)


@attrs.define(eq=False)
class Tally:
    """Counts what a download has done, and tells who wants to know."""

    callback: DownloadProgressCallback | None
    total: int | None = None
    files: int = 0
    failed: int = 0
    received: int = 0

    def watch(self, source: Source) -> Callable[[Progress], None] | None:
        """Return what is to be called while *source* arrives."""
        before: int | None = None

        def tell(progress: Progress) -> None:
            nonlocal before
            if before is not None and progress.done > before:
                self.received += progress.done - before
            before = progress.done
            self.tell(source, progress.done, progress.total)

        return None if self.callback is None else tell

    def finished(self, file: DownloadedFile) -> None:
        self.files += 1
        self.tell(file.source, file.size, file.size)

    def tell(self, source: Source, done: int, size: int | None) -> None:
        if self.callback is not None:
            self.callback(
                DownloadProgress(
                    files=self.files,
                    failed=self.failed,
                    total=self.total,
                    received=self.received,
                    source=source,
                    done=done,
                    size=size,
                )
            )


class Plan:
    """Where the files of a work go, and what is tried first for those whose URL is not sure."""

    def __init__(
        self, work: Work, to: str | os.PathLike[str], template: Template | None, overwrite: bool
    ) -> None:
        self.work: Work = work
        self._folder = Path(to)
        named = _WORK_ID.fullmatch(work.id) is not None
        self._template = template or (DEFAULT_TEMPLATE if named else _BARE_TEMPLATE)
        self._overwrite = overwrite
        self._found = ""

    @property
    def sidecar(self) -> Path:
        """Where what is known about the work goes: into the folder of its first file."""
        return self._name(self.work.sources[0], "").with_name(f"{self.work.id}.json")

    def _name(self, source: Source, ext: str) -> Path:
        alone = len(self.work.sources) == 1
        return self._folder / self._template.path(self.work.fields(source), ext, alone=alone)

    async def write_sidecar(self) -> Path | None:
        """
        Write what pixiv said about the work; return where, or None where nothing is known.

        Raises:
            StorageError: It cannot be written.
        """
        if self.work.metadata is None:
            return None
        path = self.sidecar
        content = orjson.dumps(unstructure(self.work.metadata), option=orjson.OPT_INDENT_2)
        await in_thread(path, lambda: write_whole(path, content))
        return path

    async def fetch(
        self, fetcher: Fetcher, source: Source, tally: Tally, *, interactive: bool
    ) -> DownloadedFile:
        """
        Fetch one of the files.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        # Files of a work mostly end alike: what one was found under is tried first for the next.
        urls = tuple(sorted(source.urls, key=lambda url: _suffix(url) != self._found))
        wish = Wish(
            name=lambda ext: self._name(source, ext),
            referer=self.work.referer,
            overwrite=self._overwrite,
            interactive=interactive,
            progress=tally.watch(source),
        )
        file = await fetcher.fetch(attrs.evolve(source, urls=urls), wish)
        self._found = _suffix(file.url)
        tally.finished(file)
        return file


def _suffix(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).suffix


async def save_work(
    fetcher: Fetcher,
    what: Downloadable,
    to: str | os.PathLike[str],
    *,
    template: Template | str | None = None,
    overwrite: bool = False,
    sidecar: bool = False,
    progress: DownloadProgressCallback | None = None,
) -> DownloadedWork:
    """
    Fetch all files of *what*, one after the other.

    Raises:
        PixivError: The first failure; what was complete before stays.
    """
    plan = Plan(work_of(what), to, as_template(template), overwrite)
    tally = Tally(progress, total=len(plan.work.sources))
    beside = await plan.write_sidecar() if sidecar else None
    files = [
        await plan.fetch(fetcher, source, tally, interactive=True) for source in plan.work.sources
    ]
    return DownloadedWork(work=plan.work, files=files, sidecar=beside)


def as_template(template: Template | str | None) -> Template | None:
    """The template that a caller gave, in whichever way."""
    return Template(template) if isinstance(template, str) else template

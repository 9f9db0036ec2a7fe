"""Download all files of a work into a folder, with its metadata beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import attrs

from .._core.basics.json_text import dump_json
from .._core.calls.request import Progress
from .._core.calls.structure import unstructure
from ..errors import InvalidArgument
from ..models.app import UgoiraMetadata
from .about import errors_about
from .file import DownloadedFile, Fetcher, FetchOptions, FileFetcher
from .image_url import suffix_of
from .made import MadeSource, Saving
from .naming import DEFAULT_TEMPLATE, Template
from .safe_names import safe_name
from .source import Source, Work, is_work_id

__all__ = [
    "DownloadProgress",
    "DownloadProgressCallback",
    "MakeDownload",
    "WorkDownload",
    "save_work",
]

_BARE_TEMPLATE: Final = Template("{id}{ext}")


@attrs.frozen(kw_only=True)
class DownloadProgress:
    """
    The progress of a download, or of a run of many.

    Attributes:
        files: How many files are complete, those that were there already among them.
        failed: How many could not be had.
        total: How many there are; None while that is unknown.
        received: How many bytes have arrived.
        source: The file that this is about.
        done: How many bytes of it there are.
        size: How many bytes it has in all; None where that is unknown.
    """

    files: int
    failed: int
    total: int | None
    received: int
    source: Source
    done: int
    size: int | None


DownloadProgressCallback: TypeAlias = Callable[[DownloadProgress], None]


@attrs.define(eq=False)
class ProgressCounter:
    """Counts what a download has done, and calls back with the progress."""

    callback: DownloadProgressCallback | None
    total: int | None = None
    files: int = 0
    failed: int = 0
    received: int = 0
    unforeseen: int = 0

    def expect(self, count: int) -> None:
        """Count files that were found only while a work was downloaded."""
        self.unforeseen += count
        if self.total is not None:
            self.total += count

    def watch(self, source: Source) -> Callable[[Progress], None] | None:
        """Return a callback for the progress of *source*; None where nobody listens."""
        before: int | None = None

        def report(progress: Progress) -> None:
            nonlocal before
            if before is not None and progress.done > before:
                self.received += progress.done - before
            before = progress.done
            self.report(source, progress.done, progress.total)

        return None if self.callback is None else report

    def finished(self, file: DownloadedFile) -> None:
        self.files += 1
        self.report(file.source, file.size, file.size)

    def report(self, source: Source, done: int, size: int | None) -> None:
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


class WorkDownload:
    """The download of a work: the paths of its files, and the URLs to try first."""

    def __init__(self, work: Work, to: Path, template: Template | None, overwrite: bool) -> None:
        self.work: Work = work
        self._folder = to
        self._template = template
        self._overwrite = overwrite
        self._found = ""

    @property
    def sidecar(self) -> Path:
        """The path of the metadata of the work: in the folder of its first file."""
        # How an ugoira plays is another thing than what the work is.
        ending = "_ugoira" if isinstance(self.work.metadata, UgoiraMetadata) else ""
        return self._name(self.work.sources[0], "").with_name(
            safe_name(self.work.id, ending=f"{ending}.json")
        )

    def _name(self, source: Source, ext: str) -> Path:
        alone = len(self.work.sources) == 1
        fields = self.work.fields(source)
        is_file_of_work = is_work_id(self.work.id) and not fields.is_whole
        template = self._template or (DEFAULT_TEMPLATE if is_file_of_work else _BARE_TEMPLATE)
        return self._folder / template.path(fields, ext, alone=alone)

    async def write_sidecar(self, fetcher: FileFetcher) -> None:
        """
        Write the metadata of the work, where there is any.

        Raises:
            StorageError: It cannot be written.
        """
        if self.work.metadata is None:
            return
        with errors_about(self.work.id):
            content = dump_json(unstructure(self.work.metadata), indented=True)
            await fetcher.write(self.sidecar, content)

    async def save(
        self, fetcher: FileFetcher, source: Source, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        """
        Fetch or make one of the files, with those that turn out to belong to it.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        if not isinstance(source, MadeSource):
            return [await self.fetch(fetcher, source, counter)]
        if not isinstance(fetcher, Fetcher):
            msg = "novels are put together by the program that asks: download them with a Pixiv"
            raise InvalidArgument(msg)
        saving = Saving(
            fetcher=fetcher,
            overwrite=self._overwrite,
            path=self._name,
            fetch=lambda other: self.fetch(fetcher, other, counter),
            expect=counter.expect,
            finished=counter.finished,
        )
        with self.work.errors_about(source):
            return await source.save(saving)

    async def fetch(
        self, fetcher: FileFetcher, source: Source, counter: ProgressCounter
    ) -> DownloadedFile:
        """
        Fetch one of the files.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        file = await self._receive(fetcher, source, counter)
        counter.finished(file)
        return file

    async def _receive(
        self,
        fetcher: FileFetcher,
        source: Source,
        counter: ProgressCounter,
        *,
        named: Source | None = None,
    ) -> DownloadedFile:
        """Receive *source*, whose file may be *named* as another one."""
        # Files of a work mostly end alike: what one was found under is tried first for the next.
        urls = source.urls
        if len(urls) > 1:
            urls = tuple(sorted(urls, key=lambda url: suffix_of(url) != self._found))
        options = FetchOptions(
            api=self.work.api,
            overwrite=self._overwrite,
            progress=counter.watch(source),
        )
        with self.work.errors_about(source):
            file = await fetcher.fetch(
                Source(urls, source.part, source.page),
                lambda ext: self._name(named or source, ext),
                options,
            )
        self._found = suffix_of(file.url)
        return file


MakeDownload: TypeAlias = Callable[[Work, Path, Template | None, bool], WorkDownload]
"""Makes the download of a work, given the folder, the template and whether files are replaced."""


async def save_work(
    fetcher: FileFetcher,
    works: Sequence[Work],
    to: str | os.PathLike[str],
    *,
    template: Template | str | None = None,
    overwrite: bool = False,
    sidecar: bool = False,
    progress: DownloadProgressCallback | None = None,
    download: MakeDownload = WorkDownload,
) -> list[DownloadedFile]:
    """
    Fetch all files of *works*, one after the other.

    Raises:
        PixivError: The first failure; what was complete before stays.
    """
    named = as_template(template)
    downloads = [download(work, Path(to), named, overwrite) for work in works]
    counter = ProgressCounter(progress, total=sum(len(work.sources) for work in works))
    files: list[DownloadedFile] = []
    for one in downloads:
        if sidecar:
            await one.write_sidecar(fetcher)
        for source in one.work.sources:
            files += await one.save(fetcher, source, counter)
    return files


def as_template(template: Template | str | None) -> Template | None:
    """Return the template; *template* may be its text."""
    return Template(template) if isinstance(template, str) else template

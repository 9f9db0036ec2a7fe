"""Save the files of works, and what pixiv says of them, where a session keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import attrs

from .._core.basics.json_text import dump_json
from .._core.calls.request import Sender
from .._core.calls.structure import unstructure
from .about import errors_about
from .file import DownloadedFile, Fetcher
from .naming import Template
from .progress import DownloadProgressCallback, ProgressCounter
from .source import Source, Work
from .work_download import MakeDownload, WorkDownload

__all__ = ["DiskSaver", "Saver", "SavingOptions", "as_template", "save_works", "write_sidecar"]


class Saver(Protocol):
    """
    The interface of what saves files, here or elsewhere.

    Attributes:
        folder: The folder of all paths; an empty path where only others know it.
    """

    @property
    def folder(self) -> Path: ...

    async def save(
        self, download: WorkDownload, source: Source, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        """
        Save one file of a work, unless it is there, with those that turn out to belong to it.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        ...

    async def write(self, path: Path, content: bytes) -> None:
        """
        Write a small file, in place of one of the same name.

        Raises:
            StorageError: It cannot be written.
        """
        ...


@attrs.frozen(kw_only=True)
class DiskSaver:
    """
    Saves files in a folder of this machine.

    Attributes:
        folder: The folder.
        sender: Sends calls for what is still to be known.
        fetcher: Fetches files.
    """

    folder: Path
    sender: Sender
    fetcher: Fetcher

    async def save(
        self, download: WorkDownload, source: Source, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        """Save one file of a work; see `Saver.save`."""
        return await download.save(self.sender, self.fetcher, source, counter)

    async def write(self, path: Path, content: bytes) -> None:
        """Write a small file; see `Saver.write`."""
        await self.fetcher.write(path, content)


def as_template(template: Template | str | None) -> Template | None:
    """Return the template; *template* may be its text."""
    return Template(template) if isinstance(template, str) else template


@attrs.frozen(kw_only=True)
class SavingOptions:
    """
    The options for saving works, as `DownloadSession.download` documents them.

    Attributes:
        download: Makes the download of a work.
    """

    template: Template | None = attrs.field(default=None, converter=as_template)
    overwrite: bool = False
    sidecar: bool = False
    progress: DownloadProgressCallback | None = None
    download: MakeDownload = WorkDownload

    def download_of(self, work: Work, folder: Path) -> WorkDownload:
        """Return the download of a *work* into *folder*."""
        return self.download(work, folder, self.template, self.overwrite)

    def writes_sidecar(self, download: WorkDownload) -> bool:
        """Whether the metadata of a work are written beside its files."""
        return self.sidecar or download.needs_sidecar


async def write_sidecar(saver: Saver, download: WorkDownload) -> None:
    """
    Write the metadata of a work beside its files, where there are any.

    Raises:
        StorageError: It cannot be written.
    """
    work = download.work
    if work.metadata is None:
        return
    with errors_about(work.id):
        content = dump_json(unstructure(work.metadata), indented=True)
        await saver.write(download.sidecar, content)


async def save_works(
    saver: Saver, works: Sequence[Work], options: SavingOptions
) -> list[DownloadedFile]:
    """
    Save all files of *works*, one after the other.

    Raises:
        PixivError: The first failure; what was complete before stays.
    """
    total = sum(len(work.sources) for work in works)
    counter = ProgressCounter(options.progress, total=total)
    files: list[DownloadedFile] = []
    for download in [options.download_of(work, saver.folder) for work in works]:
        if options.writes_sidecar(download):
            await write_sidecar(saver, download)
        for source in download.work.sources:
            files += await saver.save(download, source, counter)
    return files

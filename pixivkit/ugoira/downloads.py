"""Download ugoira as original frames, or exported, instead of as archives."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

import anyio
import attrs

from .._core.calls.request import Sender
from ..app import AppApi
from ..download.about import errors_about
from ..download.check import whole_size
from ..download.described import ARCHIVE, ugoira_frames, work_of
from ..download.disk import in_thread
from ..download.file import DownloadedFile, FileFetcher
from ..download.finder import Finder
from ..download.naming import Template
from ..download.source import Source, Work
from ..download.works import ProgressCounter, WorkDownload
from ..errors import DecodeError, InvalidArgument, UgoiraError
from ..models.app import UgoiraMetadata
from .archive import UgoiraArchive
from .export import ExportFormat, UgoiraFiles, check_export, ending_of, export_archive
from .folder import ANIMATION

__all__ = ["UgoiraDownloads"]

_NEEDED: Final = "frames"
"""The part of the archive that an export needs, in its name; nobody asked for that file."""


class UgoiraDownloads:
    """
    Makes downloads of ugoira what *files* says, and those of other works what they always are.

    Args:
        files: What becomes of an ugoira.
        sender: Sends the call for its metadata, where they are not known.
        locks: Locks by path, of the client: an ugoira is exported once at a time.

    Raises:
        InvalidArgument: *files* is nothing that there is.
        MissingExtra: It needs an extra.
        UgoiraError: It needs ffmpeg.
    """

    def __init__(
        self, files: UgoiraFiles, sender: Sender, locks: MutableMapping[Path, anyio.Lock]
    ) -> None:
        self._sender = sender
        self._locks = locks
        self._format: ExportFormat | None = None
        self._has_originals = files == "originals"
        if files != "zip" and files != "originals":
            self._format = _checked(files)

    def finder(self, finder: Finder) -> Finder:
        """Return a finder of the same works, of which ugoira may have other files."""
        return attrs.evolve(finder, prepare=self._prepare) if self._has_originals else finder

    def download(
        self, work: Work, to: Path, template: Template | None, overwrite: bool
    ) -> WorkDownload:
        """Return the download of a *work* that the finder found."""
        if work.type == "ugoira" and self._has_originals:
            return _Originals(work, to, template, overwrite)
        if work.type == "ugoira" and self._format is not None:
            export = _Export(work, to, template, overwrite)
            export.format, export.sender, export.locks = self._format, self._sender, self._locks
            return export
        return WorkDownload(work, to, template, overwrite)

    async def _prepare(self, work: Work) -> Work:
        if work.type != "ugoira":
            return work
        return ugoira_frames(await _metadata(self._sender, work), work)


def _checked(format: ExportFormat) -> ExportFormat:
    try:
        check_export(format)
    except InvalidArgument as exc:
        exc.args = (f"ugoira=: {exc.message}, and zip and originals",)
        exc.message = exc.args[0]
        raise
    return format


async def _metadata(sender: Sender, work: Work) -> UgoiraMetadata:
    """
    Return how *work* plays, from pixiv where that is not known.

    Raises:
        DecodeError: What pixiv says of the frames does not fit.
        PixivError: Any other of `pixivkit.errors`.
    """
    metadata = work.metadata
    with errors_about(work.id):
        if not isinstance(metadata, UgoiraMetadata):
            if not work.id.isdecimal():
                raise InvalidArgument("this ugoira has no id, and no metadata of its frames")
            metadata = await AppApi(sender).ugoira.metadata(int(work.id))
        if problems := [f"$.{one}: does not fit" for one in metadata.misfits if "frames" in one]:
            raise DecodeError(problems)
    return metadata


class _Originals(WorkDownload):
    """The download of the frames as they were uploaded, and of their delays."""

    async def fetch(
        self, fetcher: FileFetcher, source: Source, counter: ProgressCounter
    ) -> DownloadedFile:
        if source == self.work.sources[0]:
            # Without it nobody knows how they play.
            await self.write_sidecar(fetcher)
        return await super().fetch(fetcher, source, counter)


class _Export(WorkDownload):
    """
    The download of an archive that is exported, and not kept.

    What was exported before is there. The archive has a name of its own meanwhile, so that it is
    gone on with when the download is repeated; where the archive that ``zip`` gives is there
    already, it is used, and kept.
    """

    format: ExportFormat
    sender: Sender
    locks: MutableMapping[Path, anyio.Lock]

    async def fetch(
        self, fetcher: FileFetcher, source: Source, counter: ProgressCounter
    ) -> DownloadedFile:
        target = self._name(Source((), ARCHIVE), ending_of(self.format))
        # One export of a work at a time: they share the archive.
        key = self._name(Source((), ARCHIVE), "")
        lock = self.locks.setdefault(key, anyio.Lock(fast_acquire=True))
        with self.work.errors_about(source):
            async with lock:
                size = None
                if not self._overwrite:
                    size = await in_thread(target, lambda: _existing_size(target))
                file = DownloadedFile(
                    path=target,
                    size=size or 0,
                    source=source,
                    url=source.urls[0],
                    existed=size is not None,
                )
                if size is None:
                    file = await self._export(fetcher, source, counter, file)
        counter.finished(file)
        return file

    async def _export(
        self, fetcher: FileFetcher, source: Source, counter: ProgressCounter, file: DownloadedFile
    ) -> DownloadedFile:
        metadata = await _metadata(self.sender, self.work)
        kept = self._name(Source((), ARCHIVE), ".zip")
        if await in_thread(kept, lambda: whole_size(kept)) is not None:
            url = file.url
            with await in_thread(kept, lambda: UgoiraArchive(kept, metadata.frames)) as archive:
                await export_archive(archive, file.path, self.format)
        else:
            if source.part != ARCHIVE:
                source = attrs.evolve(source, urls=work_of(metadata).sources[0].urls)
            needed = Source(source.urls, _NEEDED)
            fetched = await self._receive(fetcher, source, counter, named=needed)
            url, path = fetched.url, fetched.path
            try:
                archive = await in_thread(path, lambda: UgoiraArchive(path, metadata.frames))
            except UgoiraError:
                # It may be another one the next time.
                await in_thread(path, lambda: path.unlink(missing_ok=True))
                raise
            with archive:
                await export_archive(archive, file.path, self.format)
            await in_thread(path, lambda: path.unlink(missing_ok=True))
        size = await in_thread(file.path, lambda: _existing_size(file.path))
        return attrs.evolve(file, size=size or 0, url=url)


def _existing_size(target: Path) -> int | None:
    """The size of what was exported to *target*; None where it is not there."""
    if (target / ANIMATION).is_file():
        return sum(file.stat().st_size for file in target.iterdir())
    return target.stat().st_size if target.is_file() else None

"""Download ugoira as original frames, or exported, instead of as archives."""

from __future__ import annotations

from collections.abc import Sequence
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
from ..download.file import DownloadedFile, Fetcher
from ..download.finder import Finder
from ..download.naming import Template
from ..download.progress import ProgressCounter
from ..download.source import Source, Work
from ..download.work_download import Target, WorkDownload
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
        here: Whether it is made on this machine, which then needs what that takes.

    Raises:
        InvalidArgument: *files* is nothing that there is.
        MissingExtra: It needs an extra.
        UgoiraError: It needs ffmpeg.
    """

    def __init__(self, files: UgoiraFiles, *, here: bool = True) -> None:
        self._format: ExportFormat | None = None
        self._has_originals = files == "originals"
        if files != "zip" and files != "originals":
            self._format = _known(files)
            if here:
                check_export(files)

    def finder(self, finder: Finder) -> Finder:
        """Return a finder of the same works, of which ugoira may have other files."""
        return attrs.evolve(finder, prepare=_with_originals) if self._has_originals else finder

    def download(
        self, work: Work, to: Path, template: Template | None, overwrite: bool
    ) -> WorkDownload:
        """Return the download of a *work* that the finder found."""
        if work.type == "ugoira" and self._has_originals:
            return _Originals(work, to, template, overwrite)
        if work.type == "ugoira" and self._format is not None:
            return _Export(work, to, template, overwrite, format=self._format)
        return WorkDownload(work, to, template, overwrite)


async def _with_originals(sender: Sender, work: Work) -> Work:
    if work.type != "ugoira":
        return work
    return ugoira_frames(await _metadata(sender, work), work)


def _known(format: ExportFormat) -> ExportFormat:
    try:
        ending_of(format)
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


@attrs.define(eq=False)
class _Originals(WorkDownload):
    """The download of the frames as they were uploaded, and of their delays."""

    @property
    def needs_sidecar(self) -> bool:
        """Always true: without it nobody knows how they play."""
        return True


@attrs.define(eq=False)
class _Export(WorkDownload):
    """
    The download of an archive that is exported, and not kept.

    What was exported before is there. The archive has a name of its own meanwhile, so that it is
    gone on with when the download is repeated; where the archive that ``zip`` gives is there
    already, it is used, and kept.

    Attributes:
        format: What it is exported to.
    """

    format: ExportFormat = attrs.field(kw_only=True)

    def targets(self, source: Source) -> Sequence[Target]:
        """Return the export; in a folder of frames the delays are written last."""
        target = self._archive(ending_of(self.format))
        delays = target / ANIMATION if self.format == "frames" else None
        return [Target(target, source.urls[0], whole_with=delays)]

    def asks_app(self, source: Source) -> bool:
        """Whether it has to be asked how the ugoira plays."""
        del source
        return not isinstance(self.work.metadata, UgoiraMetadata)

    def _archive(self, ext: str) -> Path:
        return self.path(Source((), ARCHIVE), ext)

    async def _fetch(
        self, sender: Sender, fetcher: Fetcher, source: Source, counter: ProgressCounter
    ) -> DownloadedFile:
        target = self._archive(ending_of(self.format))
        # One export of a work at a time: they share the archive.
        lock = fetcher.locks.setdefault(self._archive(""), anyio.Lock(fast_acquire=True))
        with self.work.errors_about(source):
            async with lock:
                size = None
                if not self.overwrite:
                    size = await in_thread(target, lambda: _existing_size(target))
                file = DownloadedFile(
                    path=target,
                    size=size or 0,
                    source=source,
                    url=source.urls[0],
                    existed=size is not None,
                )
                if size is None:
                    metadata = await _metadata(sender, self.work)
                    file = await self._export(metadata, fetcher, source, counter, file)
        counter.finished(file)
        return file

    async def _export(
        self,
        metadata: UgoiraMetadata,
        fetcher: Fetcher,
        source: Source,
        counter: ProgressCounter,
        file: DownloadedFile,
    ) -> DownloadedFile:
        kept = self._archive(".zip")
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

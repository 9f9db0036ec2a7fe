"""The download of one work: how its files are called, and how each is fetched or made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Self, TypeAlias

import attrs

from .._core.calls.request import Sender
from ..models.app import UgoiraMetadata
from .file import DownloadedFile, Fetcher, FetchOptions
from .image_url import extension_of, suffix_of
from .made import MadeSource, Saving
from .naming import DEFAULT_TEMPLATE, Template
from .progress import ProgressCounter
from .safe_names import safe_name
from .source import Source, Work, is_work_id

__all__ = ["MakeDownload", "Target", "WorkDownload"]

_BARE_TEMPLATE: Final = Template("{id}{ext}")


def _has_one_file(download: WorkDownload) -> bool:
    return len(download.work.sources) == 1


@attrs.frozen
class Target:
    """
    A file, or a folder, that a source may become.

    Attributes:
        path: Its path.
        url: What it would be from.
        whole_with: The path of the file that is there when all of it is; None for itself.
    """

    path: Path
    url: str
    whole_with: Path | None = None


@attrs.define(eq=False)
class WorkDownload:
    """
    The download of a work: plain data, which says how its files are called.

    Attributes:
        work: The work.
        folder: The folder that names are below.
        template: The template of the names; None for those of pixiv.
        overwrite: Whether files are fetched again that are there and complete.
        is_alone: Whether the work has a single file, which then needs no number in its name.
    """

    work: Work
    folder: Path
    template: Template | None = None
    overwrite: bool = False
    is_alone: bool = attrs.field(
        default=attrs.Factory(_has_one_file, takes_self=True), kw_only=True
    )
    _suffix: str = attrs.field(default="", init=False)

    @property
    def needs_sidecar(self) -> bool:
        """Whether the files are of no use without the metadata beside them."""
        return False

    @property
    def sidecar(self) -> Path:
        """The path of the metadata of the work: in the folder of its first file."""
        # How an ugoira plays is another thing than what the work is.
        ending = "_ugoira" if isinstance(self.work.metadata, UgoiraMetadata) else ""
        return self.path(self.work.sources[0], "").with_name(
            safe_name(self.work.id, ending=f"{ending}.json")
        )

    def path(self, source: Source, ext: str) -> Path:
        """Return the path of one of the files, given its extension with the dot."""
        fields = self.work.fields(source)
        is_file_of_work = is_work_id(self.work.id) and not fields.is_whole
        template = self.template or (DEFAULT_TEMPLATE if is_file_of_work else _BARE_TEMPLATE)
        return self.folder / template.path(fields, ext, alone=self.is_alone)

    def targets(self, source: Source) -> Sequence[Target]:
        """Return what *source* may become: a file of one of the extensions that it may have."""
        if isinstance(source, MadeSource):
            return [Target(self.path(source, source.ext), source.url)]
        return [Target(self.path(source, extension_of(url)), url) for url in source.urls]

    def asks_app(self, source: Source) -> bool:
        """Whether the App API has to be asked for what *source* is made of."""
        return isinstance(source, MadeSource)

    def only(self, source: Source) -> Self:
        """Return the download of one of the files, which has the name it has here."""
        # Of what a sidecar holds only how an ugoira plays is needed for anything else.
        is_needed = isinstance(self.work.metadata, UgoiraMetadata)
        work = attrs.evolve(
            self.work,
            sources=(self._likely_first(source),),
            metadata=self.work.metadata if is_needed else None,
        )
        return attrs.evolve(self, work=work)

    def learn_from(self, file: DownloadedFile) -> None:
        """Files of a work mostly end alike: what one was found under is tried first for others."""
        self._suffix = suffix_of(file.url)

    async def save(
        self, sender: Sender, fetcher: Fetcher, source: Source, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        """
        Fetch or make one of the files, with those that turn out to belong to it.

        Args:
            sender: Sends calls for what is still to be known.
            fetcher: Fetches files.
            source: The file.
            counter: Counts what arrives.

        Returns:
            The file, and then those that belong to it.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        if not isinstance(source, MadeSource):
            return [await self._fetch(sender, fetcher, source, counter)]
        saving = Saving(
            sender=sender,
            fetcher=fetcher,
            overwrite=self.overwrite,
            path=self.path,
            fetch=lambda other: self._fetch(sender, fetcher, other, counter),
            expect=counter.expect,
            finished=counter.finished,
        )
        with self.work.errors_about(source):
            return await source.save(saving)

    async def _fetch(
        self, sender: Sender, fetcher: Fetcher, source: Source, counter: ProgressCounter
    ) -> DownloadedFile:
        del sender
        file = await self._receive(fetcher, source, counter)
        counter.finished(file)
        return file

    async def _receive(
        self,
        fetcher: Fetcher,
        source: Source,
        counter: ProgressCounter,
        *,
        named: Source | None = None,
    ) -> DownloadedFile:
        """Receive *source*, whose file may be *named* as another one."""
        options = FetchOptions(
            api=self.work.api,
            overwrite=self.overwrite,
            progress=counter.watch(source),
        )
        with self.work.errors_about(source):
            file = await fetcher.fetch(
                self._likely_first(source), lambda ext: self.path(named or source, ext), options
            )
        self.learn_from(file)
        return file

    def _likely_first(self, source: Source) -> Source:
        """Return *source* with the URL first that it is likely at."""
        if isinstance(source, MadeSource) or len(source.urls) < 2:
            return source
        urls = sorted(source.urls, key=lambda url: suffix_of(url) != self._suffix)
        return Source(tuple(urls), source.part, source.page)


MakeDownload: TypeAlias = Callable[[Work, Path, Template | None, bool], WorkDownload]
"""Makes the download of a work, given the folder, the template and whether files are replaced."""

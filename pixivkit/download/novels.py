"""Download novels: the text with its pictures beside it, or a book of one novel or a series."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

import attrs

from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import PixivError, Restricted
from ..models.app import Novel, NovelSeriesDetail, NovelText
from ..pixiv_url import NovelRef, SeriesRef
from .about import errors_about
from .books import BookSource
from .described import novel_work
from .disk import in_thread, write_whole
from .file import DownloadedFile
from .lazy_novel import LazyNovel
from .made import MadeSource, Saving
from .novel_pictures import LeftOut, NovelPictures
from .source import Source, Work

__all__ = ["NovelFinder", "NovelFormat", "NovelLike"]

NovelFormat: TypeAlias = Literal["text", "epub"]
"""
What becomes of a novel:

* ``text``: its text, with pixiv's markup, as ``novel22000001.txt``; its cover and its pictures
* ``epub``: a book with all of it, as ``novel22000001.epub``
"""

NovelLike: TypeAlias = NovelRef | SeriesRef | Novel | NovelText
"""A novel, or a series of them."""

_NO_CHARACTER: Final = re.compile("[\ud800-\udfff]")


@attrs.frozen(kw_only=True)
class NovelFinder:
    """
    Finds what there is to download of novels: asks the App API, which needs a login for it.

    Attributes:
        sender: Sends the calls.
        format: What becomes of them.
    """

    sender: Sender
    format: NovelFormat

    async def works(self, what: NovelLike) -> list[Work]:
        """
        Return the work of a novel, and of a series those of its novels, or the book they make.

        Raises:
            AuthError: The client has no login for the App API.
            NotFound: There is no such novel or series.
            PixivError: Any other of `pixivkit.errors`.
        """
        match what:
            case SeriesRef():
                with errors_about(f"novelseries{what.id}"):
                    return await self._of_series(what)
            case Novel():
                return [self._work(what)]
            case NovelText():
                return [self._work(await self._detail(what.id), what)]
            case NovelRef():
                return [self._work(await self._detail(what.id))]

    async def _detail(self, novel_id: int) -> Novel:
        with errors_about(f"novel{novel_id}"):
            return await AppApi(self.sender).novel.detail(novel_id)

    def _work(self, novel: Novel, text: NovelText | None = None) -> Work:
        made = LazyNovel(novel=novel, known=text)
        source: MadeSource = TextSource((), "text", made=made)
        if self.format == "epub":
            source = BookSource((), "book", novels=(made,))
        return novel_work(novel, source)

    async def _of_series(self, ref: SeriesRef) -> list[Work]:
        novels: list[Novel] = []
        broken: list[PixivError] = []
        series: NovelSeriesDetail | None = None
        async for page in AppApi(self.sender).novel.series(ref.id).pages():
            series = series or page.body.novel_series_detail
            novels += page.items
            broken += [one.error for one in page.broken]
        if self.format == "text":
            if broken:
                raise broken[0]
            return [self._work(novel) for novel in novels]
        series = series or NovelSeriesDetail(id=ref.id)
        if not novels:
            msg = "the series has no novel that the account may see"
            raise Restricted(msg, status=200, reason="empty")
        made = tuple(LazyNovel(novel=novel) for novel in novels)
        source = BookSource((), "book", novels=made, series=series, broken=broken)
        return [
            Work(
                id=f"novelseries{ref.id}",
                sources=(source,),
                title=series.title,
                type="novel",
                user_id=series.user.id,
                user_name=series.user.name,
                date=source.date,
                metadata=series,
                api="app",
            )
        ]


@attrs.frozen
class TextSource(MadeSource):
    """
    The text of a novel, with its cover and its pictures beside it.

    Attributes:
        made: The novel.
    """

    made: LazyNovel = attrs.field(kw_only=True, repr=False)

    @property
    def ext(self) -> str:
        """The extension of the text."""
        return ".txt"

    @property
    def url(self) -> str:
        """The URL of the page of the novel."""
        return self.made.url

    async def save(self, saving: Saving) -> list[DownloadedFile]:
        """Write the text and fetch the pictures; those that cannot be had are left out."""
        text = await self.made.text(saving.sender)
        path = saving.path(self, self.ext)
        content = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text.text).encode()

        def write() -> tuple[int, bool]:
            if not saving.overwrite and path.is_file():
                return path.stat().st_size, True
            write_whole(path, content)
            return len(content), False

        size, existed = await in_thread(path, write)
        written = DownloadedFile(path=path, size=size, source=self, url=self.url, existed=existed)
        saving.finished(written)
        left_out = LeftOut()
        files = await self._pictures(text, saving, left_out)
        return [attrs.evolve(written, left_out=tuple(left_out.errors)), *files]

    async def _pictures(
        self, text: NovelText, saving: Saving, left_out: LeftOut
    ) -> list[DownloadedFile]:
        pictures = NovelPictures(sender=saving.sender, novel=self.made.novel, text=text)
        nodes, cover = list(pictures.nodes()), pictures.cover()
        saving.expect(len(nodes) + (cover is not None))
        files: list[DownloadedFile] = []

        async def fetch(source: Source) -> None:
            files.append(await saving.fetch(source))

        if cover is not None:
            with left_out.noting(self.made.name, "cover"):
                await fetch(cover)
        for node in nodes:
            with left_out.noting(self.made.name, node.source):
                await fetch(await pictures.source(node))
        return files

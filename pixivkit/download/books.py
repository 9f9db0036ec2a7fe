"""Make an EPUB of a novel or a series, one novel and one picture in memory at a time."""

from __future__ import annotations

import datetime as dt
import functools
import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import anyio
import attrs

from ..errors import PixivError
from ..models.app import Novel, NovelSeriesDetail, NovelText
from ..novel.book import Book, BookSeries, Chapter
from ..novel.epub import EpubFile
from ..pixiv_url import SeriesRef
from .check import whole_size
from .disk import in_thread
from .file import DownloadedFile
from .lazy_novel import LazyNovel
from .made import MadeSource, Saving
from .memory import MemoryFile
from .novel_pictures import LeftOut, NovelPictures
from .source import Source

__all__ = ["BookSource"]

_BREAK: Final = re.compile(r"<br\s*/?>", re.I)
_TAG: Final = re.compile(r"<[^<>]*>")


@attrs.frozen
class BookSource(MadeSource):
    """
    A book.

    Attributes:
        novels: The novels in it, in their order.
        series: The series that they are; None for a book of one novel.
        broken: Why other novels of the series are not in it.
    """

    novels: tuple[LazyNovel, ...] = attrs.field(kw_only=True, repr=False)
    series: NovelSeriesDetail | None = attrs.field(default=None, kw_only=True, repr=False)
    broken: Sequence[PixivError] = attrs.field(default=(), kw_only=True, repr=False)

    async def save(self, saving: Saving) -> list[DownloadedFile]:
        """Make the book; novels of a series and pictures that cannot be had are left out."""
        path = saving.path(self, self.ext)
        size = None
        if not saving.overwrite:
            size = await in_thread(path, lambda: whole_size(path))
        existed = size is not None
        left_out = LeftOut(list(self.broken))
        if size is None:
            size = await _Writing(self, saving, path, left_out).write()
        file = DownloadedFile(
            path=path, size=size, source=self, url=self.url, existed=existed,
            left_out=() if existed else tuple(left_out.errors),
        )  # fmt: skip
        saving.finished(file)
        return [file]

    @property
    def ext(self) -> str:
        """The extension of the book."""
        return ".epub"

    @property
    def url(self) -> str:
        """The URL of the page of what it is of."""
        return self.novels[0].url if self.series is None else SeriesRef(self.series.id).url

    @property
    def date(self) -> dt.datetime | None:
        """When the last of its novels was posted."""
        dates = [one.novel.create_date for one in self.novels]
        return max((date for date in dates if date is not None), default=None)

    def about(self, text: NovelText | None) -> Book:
        """Return the book without its chapters; *text* is that of its only novel."""
        first = self.novels[0].novel
        if self.series is None:
            tags = [tag.name for tag in first.tags]
            return Book(
                id=self.url, title=first.title, author=first.user.name, tags=tags,
                description=_plain(first.caption), date=self.date,
                series=_place(first, text),
            )  # fmt: skip
        series = self.series
        novels = [one.novel for one in self.novels]
        return Book(
            id=self.url,
            title=series.title,
            author=series.user.name or first.user.name,
            tags=list(dict.fromkeys(tag.name for novel in novels for tag in novel.tags)),
            description=_plain(series.caption),
            date=self.date,
            series=BookSeries(title=series.title, id=self.url),
        )


@attrs.define
class _Writing:
    """A book that is being written."""

    source: BookSource
    saving: Saving
    path: Path
    left_out: LeftOut
    _notes: dict[str, str] = attrs.field(factory=dict[str, str], init=False)
    _has_cover: bool = attrs.field(default=False, init=False)
    _has_text: bool = attrs.field(default=False, init=False)

    async def write(self) -> int:
        """Write the book, and return its size."""
        path, novels = self.path, self.source.novels
        # Asked for first: what cannot be read leaves nothing behind.
        text = await novels[0].text(self.saving.sender) if self.source.series is None else None
        about = self.source.about(text)

        def begin() -> EpubFile:
            path.parent.mkdir(parents=True, exist_ok=True)
            return EpubFile(path, about)

        file = await in_thread(path, begin)
        try:
            for one in novels:
                await self._add(file, one, text)
            if not self._has_text:
                raise self.left_out.errors[-1]
            await in_thread(path, file.finish)
        finally:
            with anyio.CancelScope(shield=True):
                await in_thread(path, file.discard)
        return await in_thread(path, lambda: path.stat().st_size)

    async def _add(self, file: EpubFile, one: LazyNovel, text: NovelText | None) -> None:
        name = one.name
        if self.source.series is not None:
            before = len(self.left_out.errors)
            with self.left_out.noting(name, "text"):
                text = await one.text(self.saving.sender)
            if len(self.left_out.errors) > before:
                note = f"{one.url}: {_reason(self.left_out.errors[-1])}"
                await self._add_chapter(file, Chapter(title=one.novel.title, text=note))
                return
        assert text is not None
        pictures = NovelPictures(sender=self.saving.sender, novel=one.novel, text=text)
        cover: bytes | None = None
        if (source := pictures.cover()) is not None:
            with self.left_out.noting(name, "cover"):
                cover = await self._fetched(source)
        if cover is not None and not self._has_cover:
            await in_thread(self.path, functools.partial(file.add_cover, cover))
            self._has_cover, cover = True, None
        for node in pictures.nodes():
            if file.has_picture(node.source):
                continue
            before = len(self.left_out.errors)
            with self.left_out.noting(name, node.source):
                content = await self._fetched(await pictures.source(node))
                add = functools.partial(file.add_picture, node.source, content)
                await in_thread(self.path, add)
            if len(self.left_out.errors) > before:
                self._notes[node.source] = _reason(self.left_out.errors[-1])
        title = one.novel.title or text.title
        chapter = Chapter(title=title, text=text.text, notes=self._notes, cover=cover)
        await self._add_chapter(file, chapter)
        self._has_text = True

    async def _add_chapter(self, file: EpubFile, chapter: Chapter) -> None:
        await in_thread(self.path, functools.partial(file.add_chapter, chapter))

    async def _fetched(self, source: Source) -> bytes:
        file = MemoryFile()
        await self.saving.fetcher.receive(source, "app", file)
        return file.content


def _place(novel: Novel, text: NovelText | None) -> BookSeries | None:
    """Return which place a novel has in its series."""
    series = novel.series
    if series is None or series.id is None or not 0 < series.id < 2**63:
        return None
    position: int | None = None
    if text is not None and (near := text.series_navigation) is not None:
        if near.prev_novel is not None and near.prev_novel.content_order is not None:
            position = near.prev_novel.content_order + 1
        elif near.next_novel is not None and near.next_novel.content_order is not None:
            position = near.next_novel.content_order - 1
    return BookSeries(
        title=series.title, id=SeriesRef(series.id).url,
        position=position if position and position > 0 else None,
    )  # fmt: skip


def _reason(error: PixivError) -> str:
    """Return why something is left out, for the reader of the book."""
    return error.message or getattr(error, "user_message", "") or type(error).__name__


def _plain(caption: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", caption))).strip()

"""Write a book as EPUB 3: complete under its name, or absent."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from .._core.basics.new_file import unfinished_path
from ..errors import InvalidArgument, StorageError
from ..file_kind import HEAD_BYTES, FileKind, kind_of
from .book import Book, Chapter, Picture
from .language import language_of
from .markup import ChapterTitle, Node, PixivImage, Ruby, Text, UploadedImage, parse_markup
from .package import CONTAINER, Entry, Item, modified, nav_document, package_document
from .to_xhtml import STYLE, PageXhtml, document, escaped, pages_of

__all__ = ["EpubFile", "write_epub"]

_XHTML: Final = "application/xhtml+xml"
_EXTENSIONS: Final[dict[FileKind, str]] = {
    "jpeg": "jpg", "png": "png", "gif": "gif", "webp": "webp",
}  # fmt: skip
_LAST_YEAR_OF_ZIP: Final = 2107
_HEAD: Final = '<link rel="stylesheet" type="text/css" href="{}style.css"/>'


def write_epub(path: str | os.PathLike[str], book: Book) -> None:
    """
    Write a book as EPUB 3, which epubcheck accepts.

    The same book becomes the same bytes. Of it one chapter and one picture are in memory at a
    time; pictures that are paths are not read whole.

    Args:
        path: The file; what is there is replaced when the new one is complete. Its folder has to
            exist.
        book: The book.

    Raises:
        InvalidArgument: There is no chapter, or a picture is of no kind that EPUB has.
        StorageError: The file cannot be written, or a picture not be read.
    """
    target = Path(path)
    try:
        with EpubFile(target, book) as file:
            if book.cover is not None:
                file.add_cover(book.cover)
            for chapter in book.chapters:
                for source, picture in chapter.pictures.items():
                    file.add_picture(source, picture)
                file.add_chapter(chapter)
            file.finish()
    except OSError as exc:
        where = str(exc.filename or target)
        raise StorageError(f"{where}: {exc.strerror or exc}", path=where) from exc


class EpubFile:
    """
    An EPUB that is being written, beside its name until `finish`. Its methods block.

    Args:
        path: What it is called when it is complete.
        book: What it is; its cover and chapters are those that are added.

    Raises:
        OSError: The system refuses it.
    """

    def __init__(self, path: Path, book: Book) -> None:
        self._path = path
        self._book = book
        self._unfinished = unfinished_path(path)
        self._file = self._unfinished.open("xb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._date = modified(book)
        self._items: list[Item] = []
        self._entries: list[Entry] = []
        self._pictures: dict[str, str] = {}
        self._language = book.language
        self._chapters = 0
        try:
            self._write("mimetype", "application/epub+zip", stored=True)
            self._write("META-INF/container.xml", CONTAINER)
            self._add(Item("style", "style.css", "text/css"), STYLE)
        except BaseException:
            self.discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.discard()

    def add_cover(self, picture: Picture) -> None:
        """
        Add the cover; it comes first, whatever was added before.

        Raises:
            InvalidArgument: It is no picture.
        """
        path = self._add_picture("cover-image", "images/cover", picture, "cover-image")
        body = f'<figure epub:type="cover"><img src="{path}" alt="{escaped("cover")}"/></figure>\n'
        # The language of what follows is not known yet, and a cover has none.
        page = document(body, title=self._book.title, language="", head=_HEAD.format(""))
        self._write("EPUB/cover.xhtml", page)
        self._items.insert(0, Item("cover", "cover.xhtml", _XHTML, is_read=True))

    def add_picture(self, source: str, picture: Picture) -> None:
        """
        Add a picture; one that is there already is not added again.

        Args:
            source: What stands for it in the text, such as ``[pixivimage:140000001]``.
            picture: The picture.

        Raises:
            InvalidArgument: It is no picture.
        """
        if source not in self._pictures:
            name = f"picture-{len(self._pictures) + 1}"
            self._pictures[source] = self._add_picture(name, f"images/{name}", picture)

    def has_picture(self, source: str) -> bool:
        """Whether the picture for *source* was added."""
        return source in self._pictures

    def add_chapter(self, chapter: Chapter) -> None:
        """Add a chapter, after its pictures."""
        self._chapters += 1
        nodes = parse_markup(chapter.text)
        language = chapter.language or language_of(_words(nodes))
        self._language = self._language or language
        name = f"{self._chapters:04}"
        cover = ""
        if chapter.cover is not None:
            path = self._add_picture(f"cover-{name}", f"images/cover-{name}", chapter.cover)
            cover = f'<figure><img src="../{path}" alt="{escaped("cover")}"/></figure>\n'
        pages = pages_of(
            nodes, self._find,
            link_to=lambda page: f"{name}-{page}.xhtml", notes=chapter.notes,
        )  # fmt: skip
        below: list[Entry] = []
        for number, page in enumerate(pages, 1):
            path = f"text/{name}-{number}.xhtml"
            below += [Entry(title, f"{path}#{anchor}") for anchor, title in page.titles]
            self._add_page(chapter, language, path, page, cover if number == 1 else None)
        titled = tuple(entry for entry in below if entry.title.strip())
        self._entries.append(Entry(chapter.title, f"text/{name}-1.xhtml", titled))

    def _add_page(
        self, chapter: Chapter, language: str, path: str, page: PageXhtml, cover: str | None
    ) -> None:
        title = f"<h1>{escaped(chapter.title)}</h1>\n" if chapter.title.strip() else ""
        beginning = "" if cover is None else f"{title}{cover}"
        # A body of nothing is refused by some readers.
        body = f"<section>\n{beginning}{page.body or '<p><br/></p>'}</section>\n"
        text = document(
            body, title=chapter.title or self._book.title, language=language,
            head=_HEAD.format("../"),
        )  # fmt: skip
        name = path.removeprefix("text/").removesuffix(".xhtml")
        self._add(Item(f"text-{name}", path, _XHTML, is_read=True), text)

    def finish(self) -> None:
        """
        Write the table of contents and give the file its name.

        Raises:
            InvalidArgument: There is no chapter.
        """
        if not self._chapters:
            raise InvalidArgument("a book needs a chapter, and this one has none")
        nav = Item("nav", "nav.xhtml", _XHTML, "nav")
        self._add(nav, nav_document(self._book, self._language, self._entries))
        package = package_document(self._book, self._language, self._items)
        self._write("EPUB/package.opf", package)
        self._zip.close()
        self._file.close()
        self._unfinished.replace(self._path)

    def discard(self) -> None:
        """Remove what was written, unless it is finished."""
        if not self._file.closed:
            with contextlib.suppress(OSError, ValueError):
                self._zip.close()
            with contextlib.suppress(OSError):
                self._file.close()
        with contextlib.suppress(OSError):
            self._unfinished.unlink(missing_ok=True)

    def _find(self, node: PixivImage | UploadedImage) -> str | None:
        path = self._pictures.get(node.source)
        return None if path is None else f"../{path}"

    def _add(self, item: Item, content: str) -> None:
        self._write(f"EPUB/{item.path}", content)
        self._items.append(item)

    def _add_picture(self, name: str, path: str, picture: Picture, properties: str = "") -> str:
        with _opened(picture) as file:
            kind = kind_of(file.read(HEAD_BYTES))
            file.seek(0)
            if kind is None or kind not in _EXTENSIONS:
                raise InvalidArgument(f"{name}: this is no JPEG, PNG, GIF or WebP")
            path = f"{path}.{_EXTENSIONS[kind]}"
            with self._zip.open(self._info(f"EPUB/{path}", stored=True), "w") as inside:
                shutil.copyfileobj(file, inside)
        self._items.append(Item(name, path, f"image/{kind}", properties))
        return path

    def _write(self, name: str, content: str, *, stored: bool = False) -> None:
        self._zip.writestr(self._info(name, stored=stored), content.encode())

    def _info(self, name: str, *, stored: bool) -> zipfile.ZipInfo:
        date = self._date
        known = 1980 <= date.year <= _LAST_YEAR_OF_ZIP
        when = date.timetuple()[:6] if known else (1980, 1, 1, 0, 0, 0)
        info = zipfile.ZipInfo(name, when)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        # The rights of a file that is read by everybody, whatever system it is written on.
        info.create_system, info.external_attr = 3, 0o644 << 16
        return info


def _words(nodes: Iterable[Node]) -> str:
    """What *nodes* say in the language of the text: no addresses, and no words of markup."""
    words: list[str] = []
    for node in nodes:
        match node:
            case Text():
                words.append(node.source)
            case Ruby():
                words.append(f"{node.base}{node.reading}")
            case ChapterTitle():
                words.append(_words(node.parts))
            case _:
                pass
    return "".join(words)


def _opened(picture: Picture) -> BinaryIO:
    return io.BytesIO(picture) if isinstance(picture, bytes) else Path(picture).open("rb")

"""The XML of an EPUB beside its text: the package, and the table of contents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import attrs

from .book import Book
from .to_xhtml import document, escaped, named

__all__ = ["CONTAINER", "Entry", "Item", "modified", "nav_document", "package_document"]

CONTAINER: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

_LONG_AGO: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


@attrs.frozen
class Item:
    """
    A file of the package.

    Attributes:
        id: Its id in the package.
        path: Its path, relative to the package.
        media_type: Its type.
        properties: What it is for.
        is_read: Whether it is read in turn with the others.
    """

    id: str
    path: str
    media_type: str
    properties: str = ""
    is_read: bool = False


@attrs.frozen
class Entry:
    """
    An entry of the table of contents.

    Attributes:
        title: What it is called.
        path: Where it leads, relative to the package.
        entries: Those below it.
    """

    title: str
    path: str
    entries: tuple[Entry, ...] = ()


def modified(book: Book) -> dt.datetime:
    """Return when *book* was changed last, in UTC: it says so itself, not the clock."""
    date = book.date
    if date is None:
        return _LONG_AGO
    if date.tzinfo is None:
        date = date.replace(tzinfo=dt.UTC)
    try:
        return date.astimezone(dt.UTC).replace(microsecond=0)
    except (OverflowError, ValueError):  # In UTC it is before or after all years.
        return _LONG_AGO


def package_document(book: Book, language: str, items: Sequence[Item]) -> str:
    """Return the package: what the book is, its files, and their order."""
    manifest = [_manifested(item) for item in items]
    spine = [f'<itemref idref="{item.id}"/>' for item in items if item.is_read]
    has_cover = any(item.properties == "cover-image" for item in items)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">',
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
        *_metadata(book, language),
        *(['<meta name="cover" content="cover-image"/>'] if has_cover else []),
        "</metadata>",
        "<manifest>",
        *manifest,
        "</manifest>",
        "<spine>",
        *spine,
        "</spine>",
        "</package>",
    ]
    return "\n".join(lines) + "\n"


def _manifested(item: Item) -> str:
    properties = f' properties="{item.properties}"' if item.properties else ""
    return f'<item id="{item.id}" href="{item.path}" media-type="{item.media_type}"{properties}/>'


def _metadata(book: Book, language: str) -> list[str]:
    date = modified(book).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    lines = [
        f'<dc:identifier id="id">{named(book.id)}</dc:identifier>',
        f"<dc:title>{named(book.title)}</dc:title>",
        f"<dc:language>{escaped(language)}</dc:language>",
    ]
    if book.author.strip():
        lines += [
            f'<dc:creator id="author">{escaped(book.author)}</dc:creator>',
            '<meta refines="#author" property="role" scheme="marc:relators">aut</meta>',
        ]
    if book.description.strip():
        lines.append(f"<dc:description>{escaped(book.description)}</dc:description>")
    lines += [f"<dc:subject>{escaped(tag)}</dc:subject>" for tag in book.tags if tag.strip()]
    if book.date is not None:
        lines.append(f"<dc:date>{date}</dc:date>")
    lines.append(f'<meta property="dcterms:modified">{date}</meta>')
    if (series := book.series) is not None:
        about = '<meta refines="#series" property='
        lines += [
            f'<meta property="belongs-to-collection" id="series">{named(series.title)}</meta>',
            f'{about}"collection-type">series</meta>',
        ]
        if series.position is not None:
            lines.append(f'{about}"group-position">{series.position}</meta>')
        if series.id.strip():
            lines.append(f'{about}"dcterms:identifier">{escaped(series.id)}</meta>')
    return lines


def nav_document(book: Book, language: str, entries: Sequence[Entry]) -> str:
    """Return the table of contents."""
    listed = _listed(entries)
    body = f'<nav epub:type="toc" id="toc">\n<h1>{named(book.title)}</h1>\n{listed}</nav>\n'
    return document(body, title=book.title, language=language)


def _listed(entries: Sequence[Entry]) -> str:
    lines = [
        f'<li><a href="{escaped(entry.path)}">{named(entry.title)}</a>'
        f"{_listed(entry.entries) if entry.entries else ''}</li>\n"
        for entry in entries
    ]
    return f"<ol>\n{''.join(lines)}</ol>\n"

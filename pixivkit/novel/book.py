"""A book of one novel or of several, as values."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

import attrs

__all__ = ["Book", "BookSeries", "Chapter", "Picture"]

Picture: TypeAlias = bytes | os.PathLike[str]
"""A JPEG, PNG, GIF or WebP: its bytes, or the path of its file, of which little is in memory."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_PICTURES: Final[Mapping[str, Picture]] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class Chapter:
    """
    A novel in a book.

    Attributes:
        title: Its title.
        text: Its text, in pixiv's markup.
        pictures: The pictures in it, by what stands in the text, such as
            ``[pixivimage:140000001]``.
        notes: Why others are left out, by the same; it is said in their place.
        cover: Its own cover, shown before the text; None for none.
        language: The language of the text, such as ``ja``; empty for the one that its letters
            are of.
    """

    title: str
    text: str
    pictures: Mapping[str, Picture] = attrs.field(default=_NO_PICTURES, repr=False)
    notes: Mapping[str, str] = _NOTHING
    cover: Picture | None = attrs.field(default=None, repr=False)
    language: str = ""


@attrs.frozen(kw_only=True)
class BookSeries:
    """
    The series that a book is part of.

    Attributes:
        title: Its title.
        id: What identifies it, such as its URL; empty for nothing.
        position: The number of the book in it, from 1; None for not known.
    """

    title: str
    id: str = ""
    position: int | None = None


@attrs.frozen(kw_only=True)
class Book:
    """
    A book.

    Attributes:
        id: What identifies it and no other, such as the URL of the novel.
        title: Its title.
        chapters: The novels in it, in their order; taken one by one.
        author: Who wrote it; empty for not known.
        description: What it is about, as plain text.
        tags: Its tags.
        date: When it was posted, or the last of its novels was; without a zone it is UTC.
        language: Its language, such as ``ja``; empty for that of its first chapter.
        cover: Its cover.
        series: The series it is part of.
    """

    id: str
    title: str
    chapters: Iterable[Chapter] = attrs.field(default=(), repr=False)
    author: str = ""
    description: str = ""
    tags: Sequence[str] = ()
    date: dt.datetime | None = None
    language: str = ""
    cover: Picture | None = attrs.field(default=None, repr=False)
    series: BookSeries | None = None

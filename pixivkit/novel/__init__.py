"""
Novels: pixiv's markup as nodes, rendered as plain text, Markdown or XHTML, and as EPUB.

Nothing here asks pixiv for anything: ``px.app.novel.text(1)`` brings the text, and
``px.download(..., novel="epub")`` makes a whole book.
"""

from __future__ import annotations

from .blocks import FindPicture, Pictures
from .book import Book, BookSeries, Chapter, Picture
from .epub import write_epub
from .markup import (
    ChapterTitle,
    Jump,
    JumpUri,
    NewPage,
    Node,
    PixivImage,
    Ruby,
    Text,
    UploadedImage,
    parse_markup,
)
from .plain import plain_text
from .to_markdown import markdown
from .to_xhtml import xhtml

__all__ = [
    "Book",
    "BookSeries",
    "Chapter",
    "ChapterTitle",
    "FindPicture",
    "Jump",
    "JumpUri",
    "NewPage",
    "Node",
    "Picture",
    "Pictures",
    "PixivImage",
    "Ruby",
    "Text",
    "UploadedImage",
    "markdown",
    "parse_markup",
    "plain_text",
    "write_epub",
    "xhtml",
]

"""What the text of a novel looks like on a page: lines, titles, pictures, and where pages end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol, TypeAlias
from urllib.parse import quote, urlsplit

import attrs

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
)

__all__ = [
    "Block",
    "FindPicture",
    "Inline",
    "Line",
    "Pictures",
    "blocks_of",
    "finder_of",
    "web_url",
]

Inline: TypeAlias = Text | Ruby | JumpUri | Jump
"""What stands in a line."""


@attrs.frozen
class Line:
    """
    A line of the text.

    Attributes:
        parts: What is in it; nothing for an empty line.
    """

    parts: tuple[Inline, ...]


Block: TypeAlias = Line | ChapterTitle | NewPage | PixivImage | UploadedImage


class FindPicture(Protocol):
    """Says where the picture is that a novel shows: a file, relative to the page, or a URL."""

    def __call__(self, node: PixivImage | UploadedImage, /) -> str | None:
        """Return its path with slashes, or its URL; None where it cannot be shown."""
        ...


Pictures: TypeAlias = Mapping[str, str] | FindPicture
"""
Where pictures are: by what stands in the text, such as ``[pixivimage:140000001]``, or a function
that is called with the node. The values are paths with slashes, relative to where the text will
be, or URLs; only http and https ones are used.
"""

_NEWLINE: Final = re.compile(r"\r\n|\r|\n")
_WEB_URL: Final = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*+"
    r"(?::[0-9]{1,5})?(?=[/?#]|\Z)",
    re.I | re.A,
)
_BARE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST_URL: Final = 8192
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def blocks_of(nodes: Iterable[Node]) -> Iterator[Block]:
    """
    Split *nodes* into lines and what stands between lines.

    As at pixiv, the ends of the line before and behind a title or the end of a page belong to it.
    """
    line: list[Inline] = []
    after_block = False
    for node in nodes:
        match node:
            case Text():
                first, *others = _NEWLINE.split(node.source)
                if first:
                    line.append(Text(first))
                for other in others:
                    if line or not after_block:
                        yield Line(tuple(line))
                    after_block = False
                    line = [Text(other)] if other else []
            case Ruby() | JumpUri() | Jump():
                line.append(node)
            case _:
                if line:
                    yield Line(tuple(line))
                line = []
                yield node
                after_block = True
    if line:
        yield Line(tuple(line))


def finder_of(pictures: Pictures | None) -> FindPicture:
    """Return a function for *pictures* that gives only what may be shown."""

    def find(node: PixivImage | UploadedImage) -> str | None:
        if pictures is None:
            return None
        found = pictures.get(node.source) if isinstance(pictures, Mapping) else pictures(node)
        if not found:
            return None
        return web_url(found) if _SCHEME.match(found) or found.startswith("//") else _path(found)

    return find


def web_url(text: str) -> str | None:
    """Return *text* as an http or https URL in ASCII; None where it is none."""
    if len(text) > _LONGEST_URL or not _WEB_URL.match(text):
        return None
    try:
        split = urlsplit(text)
    except ValueError:
        return None
    # The browser may take a backslash for a slash, and control characters for nothing at all.
    rest = text[text.index("//") + 2 + len(split.netloc) :]
    if any(character.isspace() or character < " " or character == "\\" for character in rest):
        return None
    origin = f"{split.scheme}://{split.netloc}"
    return origin + _quoted(rest, "/?#:@!$&'()*+,;=%-._~")


def _path(text: str) -> str:
    return _quoted(text, "/!$&'()*+,;=@%-._~")


def _quoted(text: str, safe: str) -> str:
    head, mark, fragment = _BARE_PERCENT.sub("%25", text).partition("#")
    fragment = fragment.replace("#", "%23")
    return quote(f"{head}{mark}{fragment}", safe=safe, errors="replace")

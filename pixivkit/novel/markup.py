"""
The markup in the text of a novel, as typed nodes.

The rules are those of pixiv's own parser (github.com/pixiv/pixiv-novel-parser), with
``[uploadedimage:]``, which is newer. Where that one lets markup that is not closed swallow all up
to the next that is, here it costs only itself: markup ends with its line and holds no other but
ruby in titles and links. What is malformed is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs

__all__ = [
    "ChapterTitle",
    "Jump",
    "JumpUri",
    "NewPage",
    "Node",
    "PixivImage",
    "Ruby",
    "Text",
    "UploadedImage",
    "parse_markup",
]


@attrs.frozen
class Text:
    """
    Text between markup.

    Attributes:
        source: The text, as it stands.
    """

    source: str

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class NewPage:
    """
    The end of a page: ``[newpage]``.

    Attributes:
        source: What stands in the text.
    """

    source: str

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class Ruby:
    """
    Text with its reading above it: ``[[rb:base > reading]]``.

    Attributes:
        base: The text, without the blanks around it.
        reading: How it is read, without the blanks around it.
        source: What stands in the text.
    """

    base: str
    reading: str
    source: str

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class ChapterTitle:
    """
    The title of a chapter: ``[chapter:title]``.

    Attributes:
        title: The title without readings, and without the blanks around it.
        parts: What it is made of; all of it, blanks included.
        source: What stands in the text.
    """

    title: str
    parts: tuple[Text | Ruby, ...]
    source: str

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class JumpUri:
    """
    A link: ``[[jumpuri:text > url]]``.

    Attributes:
        text: The text without readings, and without the blanks around it.
        url: Where it leads, without the blanks around it; whatever the author wrote, so it may
            be no URL, or one that is better not followed.
        parts: What the text is made of; all of it, blanks included.
        source: What stands in the text.
    """

    text: str
    url: str
    parts: tuple[Text | Ruby, ...]
    source: str

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class Jump:
    """
    A link to a page of the novel: ``[jump:2]``.

    Attributes:
        page: Number of the page, from 1; there may be none of that number.
        source: What stands in the text.
    """

    page: int
    source: str

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class PixivImage:
    """
    A work of pixiv: ``[pixivimage:140000001]``; one of its pages: ``[pixivimage:140000001-2]``.

    Attributes:
        illust_id: Id of the work.
        page: Number of the page, from 1; None where the text names none, for the first.
        source: What stands in the text.
    """

    illust_id: int
    page: int | None
    source: str

    @property
    def key(self) -> str:
        """What stands after the colon: the key of it in `NovelText.illusts`."""
        return _key(self.source)

    def __str__(self) -> str:
        return self.source


@attrs.frozen
class UploadedImage:
    """
    A picture that the author uploaded with the novel: ``[uploadedimage:8100001]``.

    Attributes:
        image_id: Id of the picture.
        source: What stands in the text.
    """

    image_id: int
    source: str

    @property
    def key(self) -> str:
        """What stands after the colon: the key of it in `NovelText.images`."""
        return _key(self.source)

    def __str__(self) -> str:
        return self.source


Node: TypeAlias = (
    Text | NewPage | ChapterTitle | Ruby | JumpUri | Jump | PixivImage | UploadedImage
)
"""What the text of a novel is made of; ``str(node)`` is what stands in the text."""

# All repetitions are possessive, and none runs past the beginning of the same markup again: the
# time is proportional to the text, whatever it is. The limit on pieces bounds the memory.
_PIECES: Final = "{0,999}+"
_ID: Final = "0*+[1-9][0-9]{0,17}+"
_TO_ITS_END: Final = rf"(?:[^\[\]\r\n]++|\[(?!\[)|\](?!\])){_PIECES}"
_RUBY: Final = rf"""
    \[\[rb: (?:[^>\[\]\r\n]++|\[(?!\[)|\](?!\])){_PIECES} > {_TO_ITS_END} \]\]
"""
_BEGINS: Final = r"\[(?:newpage\]|chapter:|pixivimage:|uploadedimage:|jump:|\[jumpuri:)"
_TITLE: Final = rf"(?:[^\[\]\r\n]++|{_RUBY}|(?!{_BEGINS})\[)"
_LINK_TEXT: Final = rf"(?:[^\[\]>\r\n]++|{_RUBY}|(?!{_BEGINS})\[|\](?!\]))"
_MARKUP: Final = re.compile(
    rf"""
      (?P<newpage>\[newpage\])
    | \[chapter:(?P<chapter>{_TITLE}{{1,999}}+)\]
    | \[pixivimage:(?P<illust>{_ID})(?:-(?P<illust_page>0*+[1-9][0-9]{{0,8}}+))?\]
    | \[uploadedimage:(?P<image>{_ID})\]
    | \[jump:(?P<jump>{_ID})\]
    | \[\[jumpuri:(?P<link>{_LINK_TEXT}{_PIECES})>(?P<url>{_TO_ITS_END})\]\]
    | (?P<ruby>{_RUBY})
    """,
    re.X,
)
_RUBIES: Final = re.compile(_RUBY, re.X)


def parse_markup(text: str) -> list[Node]:
    """
    Parse the text of a novel.

    Args:
        text: The text, such as `NovelText.text`; any text will do.

    Returns:
        What it is made of, in its order: ``"".join(map(str, nodes))`` is the text again. No two
        `Text` follow each other, and none is empty.
    """
    nodes: list[Node] = []
    end = 0
    for found in _MARKUP.finditer(text):
        if found.start() > end:
            nodes.append(Text(text[end : found.start()]))
        nodes.append(_node(found))
        end = found.end()
    if end < len(text):
        nodes.append(Text(text[end:]))
    return nodes


def as_nodes(novel: str | Iterable[Node]) -> Iterable[Node]:
    """Return the nodes of *novel*, which may be its text."""
    return parse_markup(novel) if isinstance(novel, str) else novel


def _node(found: re.Match[str]) -> Node:
    source = found[0]
    match found.lastgroup:
        case "newpage":
            return NewPage(source)
        case "chapter":
            parts = _parts(found["chapter"])
            return ChapterTitle(_plain(parts), parts, source)
        case "illust" | "illust_page":
            page = found["illust_page"]
            return PixivImage(int(found["illust"]), int(page) if page else None, source)
        case "image":
            return UploadedImage(int(found["image"]), source)
        case "jump":
            return Jump(int(found["jump"]), source)
        case "url":
            parts = _parts(found["link"])
            return JumpUri(_plain(parts), found["url"].strip(), parts, source)
        case _:
            return _ruby(source)


def _ruby(source: str) -> Ruby:
    base, _, reading = source.removeprefix("[[rb:").removesuffix("]]").partition(">")
    return Ruby(base.strip(), reading.strip(), source)


def _parts(text: str) -> tuple[Text | Ruby, ...]:
    """The parts of a title, or of the text of a link."""
    parts: list[Text | Ruby] = []
    end = 0
    for found in _RUBIES.finditer(text):
        if found.start() > end:
            parts.append(Text(text[end : found.start()]))
        parts.append(_ruby(found[0]))
        end = found.end()
    if end < len(text):
        parts.append(Text(text[end:]))
    return tuple(parts)


def _plain(parts: Iterable[Text | Ruby]) -> str:
    return "".join(one.base if isinstance(one, Ruby) else one.source for one in parts).strip()


def _key(source: str) -> str:
    return source.partition(":")[2].removesuffix("]")

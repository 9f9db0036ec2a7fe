"""The text of a novel as plain text."""

from __future__ import annotations

from collections.abc import Iterable

from .blocks import Inline, Line, blocks_of
from .markup import ChapterTitle, Jump, JumpUri, NewPage, Node, Ruby, Text, as_nodes

__all__ = ["plain_text"]


def plain_text(novel: str | Iterable[Node], *, readings: bool = True) -> str:
    """
    The text of a novel for reading, counting or searching, without markup.

    Titles of chapters and ends of pages are parted by empty lines. A link is its text with the
    URL in brackets, and a picture what stands in the text, such as ``[pixivimage:140000001]``.

    Args:
        novel: The text, or its nodes.
        readings: Whether readings stand behind their text, as ``漢字《かんじ》``, the way of
            Aozora Bunko; else they are left out.

    Returns:
        The text, its lines ended by ``\\n``.
    """
    lines: list[str] = []
    for block in blocks_of(as_nodes(novel)):
        match block:
            case Line(parts):
                lines.append("".join(plain_part(part, readings) for part in parts))
            case ChapterTitle():
                title = "".join(plain_part(part, readings) for part in block.parts).strip()
                lines += ["", title, ""]
            case NewPage():
                lines.append("")
            case _:
                lines.append(block.source)
    return "\n".join(lines)


def plain_part(part: Inline, readings: bool = True) -> str:
    """Return what stands in a line, as plain text."""
    match part:
        case Text():
            return part.source
        case Ruby(base, reading):
            return f"{base}《{reading}》" if reading and readings else base
        case JumpUri(parts=parts, url=url):
            text = "".join(plain_part(one, readings) for one in parts).strip()
            return f"{text} ({url})" if text and url else text or url
        case Jump(page):
            return f"→ {page}"

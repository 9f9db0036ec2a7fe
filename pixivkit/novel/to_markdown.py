"""The text of a novel as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .blocks import Inline, Line, Pictures, blocks_of, finder_of, web_url
from .markup import ChapterTitle, JumpUri, NewPage, Node, as_nodes
from .plain import plain_part

__all__ = ["markdown"]

# In GitHub's kind, addresses become links without any mark.
_MARKS: Final = re.compile(r"[\\`*_\[\]<>&~|$^#{}@]|:(?=//)|(?<=www)\.", re.I)
_AT_THE_START: Final = re.compile(r"([-+=:])|([0-9]{1,9})([.)])")
_BLANKS: Final = re.compile(r"[ \t]+")
_NO_CHARACTER: Final = re.compile("[\0\ud800-\udfff]")
_TITLE_LEVEL: Final = "##"


def markdown(novel: str | Iterable[Node], *, pictures: Pictures | None = None) -> str:
    """
    The text of a novel as Markdown (CommonMark).

    Lines stay lines, titles of chapters become headings of the second level, ends of pages
    thematic breaks, links links where they lead to http or https, and readings stand behind their
    text, as ``漢字《かんじ》``. Whatever else would be taken for markup is escaped.

    Args:
        novel: The text, or its nodes.
        pictures: Where pictures are; what it does not know is shown as it stands in the text.

    Returns:
        The Markdown. It has no characters that UTF-8 cannot spell.
    """
    find = finder_of(pictures)
    paragraphs: list[str] = []
    lines: list[str] = []

    def end_paragraph() -> None:
        if lines:
            paragraphs.append("\\\n".join(lines))
            lines.clear()

    for block in blocks_of(as_nodes(novel)):
        if isinstance(block, Line):
            line = "".join(map(_inline, block.parts))
            if line.strip(" \t"):
                lines.append(_at_the_start(line.rstrip(" \t")))
            else:
                end_paragraph()
            continue
        end_paragraph()
        match block:
            case ChapterTitle():
                title = "".join(map(_inline, block.parts)).strip()
                if title:
                    paragraphs.append(f"{_TITLE_LEVEL} {_at_the_start(title)}")
            case NewPage():
                paragraphs.append("* * *")
            case _:
                url = find(block)
                shown = _escaped(block.source)
                paragraphs.append(shown if url is None else f"![{shown}]({_target(url)})")
    end_paragraph()
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _inline(part: Inline) -> str:
    if isinstance(part, JumpUri) and (url := web_url(part.url)):
        text = "".join(map(plain_part, part.parts)).strip() or part.url
        return f"[{_escaped(text)}]({_target(url)})"
    return _escaped(plain_part(part))


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text))


def _at_the_start(line: str) -> str:
    """Return *line* so that nothing at its start makes it a list, a heading or code."""
    if blanks := _BLANKS.match(line):
        return "".join(f"&#{ord(blank)};" for blank in blanks[0]) + line[blanks.end() :]
    if begins := _AT_THE_START.match(line):
        mark, number, point = begins.groups()
        rest = line[begins.end() :]
        return f"\\{mark}{rest}" if mark else f"{number}\\{point}{rest}"
    return line


def _target(url: str) -> str:
    # URLs are in ASCII by now, without blanks, brackets and backslashes.
    return "<" + url.replace("&", "\\&") + ">"

"""The text of a novel as XHTML, well-formed whatever the text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import attrs

from .blocks import FindPicture, Inline, Line, Pictures, blocks_of, finder_of, web_url
from .markup import ChapterTitle, Jump, JumpUri, NewPage, Node, Ruby, Text, as_nodes

__all__ = ["STYLE", "PageXhtml", "document", "escaped", "named", "pages_of", "xhtml"]

# What XML 1.0 has no place for, not even escaped.
_NO_CHARACTER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NO_TITLE: Final = "-"

STYLE: Final = """\
p { margin: 0; white-space: pre-wrap; }
figure { margin: 1em 0; text-align: center; }
figure img { max-width: 100%; max-height: 100%; }
.left-out { font-style: italic; }
"""


def escaped(text: str) -> str:
    """Return *text* as the content of an element or an attribute in quotes."""
    return html.escape(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text))


def named(title: str) -> str:
    """Return *title*, escaped, where something can be seen of it: titles may not be empty."""
    return escaped(title if title.strip() else _NO_TITLE)


@attrs.frozen
class PageXhtml:
    """
    A page of a novel.

    Attributes:
        body: Its XHTML: elements, one a line, to be put into a body or a section.
        titles: The chapters that begin on it: the id of the heading, and the title.
    """

    body: str
    titles: tuple[tuple[str, str], ...]


def xhtml(
    novel: str | Iterable[Node],
    *,
    title: str = "",
    language: str = "",
    pictures: Pictures | None = None,
) -> str:
    """
    The text of a novel as a document of XHTML.

    Each page is a ``section`` with the id ``page-1`` and so on, each line a paragraph. Text is
    escaped, characters that XML forbids are replaced by U+FFFD, and only links to http and https
    are links: nothing that the author wrote becomes markup of another kind.

    Args:
        novel: The text, or its nodes.
        title: The title of the document.
        language: Its language, such as ``ja``; empty for not said.
        pictures: Where pictures are; what it does not know is shown as it stands in the text.

    Returns:
        The document, without an XML declaration, since a text has no encoding.
    """
    nodes = list(as_nodes(novel))
    sections = [
        f'<section id="page-{number}">\n{page.body}</section>\n'
        for number, page in enumerate(
            pages_of(nodes, finder_of(pictures), link_to=lambda page: f"#page-{page}"), 1
        )
    ]
    return document(
        "".join(sections), title=title, language=language, head=f"<style>\n{STYLE}</style>"
    )


def document(body: str, *, title: str, language: str, head: str = "") -> str:
    """
    Return a whole document.

    Args:
        body: XHTML.
        title: Its title, not escaped.
        language: Its language; empty for not said.
        head: XHTML that stands in the head.
    """
    language = escaped(language)
    spoken = f' lang="{language}" xml:lang="{language}"' if language else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"{spoken}>\n'
        f"<head>\n<title>{named(title)}</title>\n{head}\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def pages_of(
    nodes: list[Node],
    find: FindPicture,
    *,
    link_to: Callable[[int], str],
    notes: Mapping[str, str] | None = None,
) -> Iterator[PageXhtml]:
    """
    Return the pages of a novel, one by one.

    Args:
        nodes: What the text is made of.
        find: Says where pictures are.
        link_to: Returns the URL of the page of that number.
        notes: Why pictures are left out, by what stands in the text.
    """
    last = 1 + sum(isinstance(node, NewPage) for node in nodes)
    lines: list[str] = []
    titles: list[tuple[str, str]] = []
    count = 0

    def inline(part: Inline) -> str:
        match part:
            case Text():
                return escaped(part.source)
            case Ruby():
                return _ruby(part)
            case JumpUri():
                return _link(part, "".join(map(inline, part.parts)).strip())
            case Jump(page):
                shown = f"→ {page}"
                return f'<a href="{link_to(page)}">{shown}</a>' if page <= last else shown

    for block in blocks_of(nodes):
        match block:
            case Line(()):
                lines.append("<p><br/></p>")
            case Line(parts):
                lines.append(f"<p>{''.join(map(inline, parts))}</p>")
            case ChapterTitle():
                count += 1
                name = f"chapter-{count}"
                titles.append((name, block.title))
                lines.append(f'<h2 id="{name}">{"".join(map(inline, block.parts)).strip()}</h2>')
            case NewPage():
                yield PageXhtml(_joined(lines), tuple(titles))
                lines, titles = [], []
            case _:
                url, shown = find(block), escaped(block.source)
                if url is not None:
                    image = f'<img src="{escaped(url)}" alt="{shown}"/>'
                    lines.append(f"<figure>{image}</figure>")
                    continue
                why = escaped((notes or {}).get(block.source, ""))
                lines.append(f'<p class="left-out">{shown}{f": {why}" if why else ""}</p>')
    yield PageXhtml(_joined(lines), tuple(titles))


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _ruby(ruby: Ruby) -> str:
    base, reading = escaped(ruby.base), escaped(ruby.reading)
    if not base or not reading:
        return base or reading
    return f"<ruby>{base}<rp>《</rp><rt>{reading}</rt><rp>》</rp></ruby>"


def _link(link: JumpUri, text: str) -> str:
    """Return a link with *text*, which is XHTML; where it leads nowhere, its text and URL."""
    url, shown = web_url(link.url), escaped(link.url)
    if url is not None:
        return f'<a href="{escaped(url)}">{text or shown}</a>'
    return f"{text} ({shown})" if text and shown else text or shown

"""Novels as plain text, Markdown and XHTML."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support.each import for_each
from support.novels import NOVELS

from pixivkit.novel import (
    PixivImage,
    UploadedImage,
    markdown,
    parse_markup,
    plain_text,
    xhtml,
)

XHTML = "{http://www.w3.org/1999/xhtml}"
NOVEL = (
    "[chapter:灯台の[[rb:夜 > よる]]]\n一行目\n二行目\n\n[newpage]\n[pixivimage:5-2]\n"
    "[[jumpuri:地図 > https://example.com/?a=1&b=2]]と[jump:1]と[jump:9]"
)


def tree(text: str, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(xhtml(text, **options))  # type: ignore[arg-type]


def test_plain_text() -> None:
    assert plain_text(NOVEL) == (
        "\n灯台の夜《よる》\n\n一行目\n二行目\n\n\n[pixivimage:5-2]\n"
        "地図 (https://example.com/?a=1&b=2)と→ 1と→ 9"
    )
    assert plain_text("[[rb:夜 > よる]]", readings=False) == "夜"


def test_markdown() -> None:
    assert markdown(NOVEL, pictures={"[pixivimage:5-2]": "img/夜 1.png"}) == (
        "## 灯台の夜《よる》\n\n一行目\\\n二行目\n\n* * *\n\n"
        "![\\[pixivimage:5-2\\]](<img/%E5%A4%9C%201.png>)\n\n"
        "[地図](<https://example.com/?a=1\\&b=2>)と→ 1と→ 9\n"
    )


def test_xhtml_has_a_section_for_each_page() -> None:
    body = tree(NOVEL, title="手紙", language="ja", pictures={"[pixivimage:5-2]": "5.png"})
    assert body.get("lang") == "ja"
    one, two = body.iter(f"{XHTML}section")
    assert (one.get("id"), two.get("id")) == ("page-1", "page-2")
    assert [e.tag.removeprefix(XHTML) for e in one] == ["h2", "p", "p", "p"]
    assert [e.get("src") for e in two.iter(f"{XHTML}img")] == ["5.png"]
    assert [e.get("href") for e in two.iter(f"{XHTML}a")] == [
        "https://example.com/?a=1&b=2", "#page-1"
    ]  # fmt: skip
    assert [e.text for e in one.iter(f"{XHTML}rt")] == ["よる"]


@for_each(
    "url",
    [
        *(
            "javascript:alert(1)",
            "//example.com",
            "data:text/html,x",
            "www.example.com",
            "ftp://x",
        ),
        *("https://", "https://a@example.com/", "https://exa mple.com", "https://example.com/\\x"),
        *("https://例え.jp/", "https:// x", "HTTP:example.com", "https://a..b/", "http://[::1]/"),
    ],
)
def test_other_links_are_text(url: str) -> None:
    link = f"[[jumpuri:地図 > {url}]]"
    assert url in plain_text(link)
    assert not list(tree(link).iter(f"{XHTML}a"))
    assert url in "".join(tree(link).itertext())
    assert "](<" not in markdown(link)


def test_a_link_is_spelled_in_ascii() -> None:
    [link] = tree("[[jumpuri:a > https://example.com/夜?q=%E5%A4%9C&x=100%#[1] ]]").iter(
        f"{XHTML}a"
    )
    assert link.get("href") == (
        "https://example.com/%E5%A4%9C?q=%E5%A4%9C&x=100%25#%5B1%5D"
    )  # fmt: skip


def test_pictures_are_found_by_a_function_too() -> None:
    def find(node: PixivImage | UploadedImage) -> str | None:
        return f"{node.key}.png" if isinstance(node, PixivImage) else None

    root = tree("[pixivimage:5][uploadedimage:7]", pictures=find)
    assert [e.get("src") for e in root.iter(f"{XHTML}img")] == ["5.png"]
    assert "[uploadedimage:7]" in "".join(root.itertext())


@for_each("where", ["javascript:alert(1)", "data:image/png;base64,x", "//example.com/x.png"])
def test_pictures_come_from_files_and_the_web_only(where: str) -> None:
    root = tree("[pixivimage:5]", pictures={"[pixivimage:5]": where})
    assert not list(root.iter(f"{XHTML}img"))
    assert "![" not in markdown("[pixivimage:5]", pictures={"[pixivimage:5]": where})


TAGS = {"html", "head", "title", "style", "body", "section", "h2", "p", "br", "ruby", "rp", "rt",
        "a", "figure", "img"}  # fmt: skip


@given(NOVELS, st.text(), st.text())
def test_xhtml_is_well_formed_and_the_text_is_text(text: str, title: str, url: str) -> None:
    root = tree(text, title=title, language=title, pictures={"[pixivimage:5-2]": url})

    assert {element.tag.removeprefix(XHTML) for element in root.iter()} <= TAGS
    for element in root.iter(f"{XHTML}a"):
        assert re.match(r"(https?://|#page-\d+$)", element.get("href", ""))
    assert len(list(root.iter(f"{XHTML}section"))) == 1 + text.count("[newpage]")


LETTERS = re.compile(r"[a-z0-9猫夜海*_`#<>&|~\\()!'.\[\]-]+")


def shown(source: str) -> str:
    """The letters that the Markdown *source* shows, without what marks its structure."""
    found: list[str] = []
    for block in MarkdownIt().enable("table").parse(source):
        assert block.type in {
            *("paragraph_open", "paragraph_close", "heading_open", "heading_close", "inline"),
            *("hr",),
        }  # fmt: skip
        for inline in block.children or ():
            assert inline.type in {"text", "text_special", "hardbreak", "link_open", "link_close"}
            found.append(inline.content)
    return "".join(LETTERS.findall("".join(found)))


@given(NOVELS)
def test_markdown_shows_what_the_plain_text_does(text: str) -> None:
    # A link shows its URL in the one and not in the other.
    without = "".join(
        str(node) for node in parse_markup(text) if "jumpuri" not in str(node)
    )  # fmt: skip
    nodes = [node for node in parse_markup(without) if "jumpuri" not in str(node)]
    assert shown(markdown(nodes)) == "".join(LETTERS.findall(plain_text(nodes)))


@given(NOVELS)
def test_all_rendering_is_spelled_in_utf8(text: str) -> None:
    markdown(text).encode()
    xhtml(text).encode()


def test_large_texts_are_no_trouble() -> None:
    for piece in ("[[rb:a > b]]", "*", "<", "\n", "[chapter:a]", "[newpage]", " ", "https://"):
        text = piece * (200_000 // len(piece))
        tree(text)
        markdown(text)
        plain_text(text)

"""The object of a novel in the page that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pixivkit import structure
from pixivkit.app.novel_page import NovelPage
from pixivkit.conformance import check_manifest
from pixivkit.errors import DecodeError, NotFound

NOVEL = {"id": "26000001", "title": "手紙", "text": "本文"}


def page(script: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><script>{script}</script></body></html>"


@pytest.mark.parametrize(
    "text",
    [
        "本文",
        'He said "}" and {',
        "</script><script>novel: {}</script>",
        "isOwnWork: false,\n  novel: {",
        "back\\slash \\\" and \u2028 and 'quotes' // /* `",
    ],
)
def test_any_text_comes_back_from_a_page(text: str) -> None:
    novel = {**NOVEL, "text": text}

    assert NovelPage().read(NovelPage().page(novel)) == novel


@pytest.mark.parametrize(
    "before",
    [
        'title: "novel: {\\"text\\": 1}", ',
        "title: 'it\\'s, novel: {', ",
        "// don't\n",
        "/* novel: {'a */ ",
        "novel: null, x: {novel: {id: 1}}, ",
        'a: `,novel: {"text": 1}`, ',
        'a: "</script>", ',
    ],
)
def test_only_the_key_of_the_object_counts(before: str) -> None:
    script = f"window.pixiv = {{{before}novel : {json.dumps(NOVEL)}, isOwnWork: false}}"

    assert NovelPage().read(page(script)) == NOVEL


def test_what_is_outside_of_scripts_does_not_count() -> None:
    head = '<title>{novel: {"text": 1}}</title><script src="a.js"></script>'

    assert NovelPage().read(page(f'p = {{"novel":{json.dumps(NOVEL)}}}', head)) == NOVEL


@pytest.mark.parametrize("script", ["", 'p = {novel: {"text": ', 'p = {novel: {"id": 1}}'])
def test_a_page_without_a_novel_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match="no script of the page"):
        NovelPage().read(page(script))


def test_a_stored_page_is_structured_like_its_object() -> None:
    stored = NovelPage().page(NOVEL)

    novel = structure("app.novel.text", stored)

    assert novel == structure("app.novel.text", NOVEL)
    assert novel == structure("app.novel.text", stored.encode())
    with pytest.raises(DecodeError):
        structure("app.novel.text", page(""))
    with pytest.raises(DecodeError):
        structure("app.novel.detail", stored)
    with pytest.raises(NotFound):
        structure("app.novel.text", '{"error": {"user_message": "deleted", "message": ""}}')


def test_a_recorded_page_is_checked_like_its_object(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(NovelPage().page(NOVEL), encoding="utf-8")
    (tmp_path / "none.html").write_text(page(""), encoding="utf-8")
    request = "GET app-api.pixiv.net/webview/v2/novel?id=26000001"
    rows = f"file,endpoint\npage.html,{request}\nnone.html,{request}\n"
    (tmp_path / "MANIFEST.csv").write_text(rows, encoding="utf-8")

    good, bad = check_manifest(tmp_path / "MANIFEST.csv")

    assert good.ok and good.endpoint == "app.novel.text"
    assert bad.error == "no script of the page has the object of a novel"

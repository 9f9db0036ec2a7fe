"""Pages of novels as nobody would send them: they are read, or refused, and never cost more."""

from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import FakeClock
from support.each import for_each

from pixivkit import Pixiv, PixivError, structure
from pixivkit.app.novel_page import NovelPage
from pixivkit.models.app import NovelText
from pixivkit.novel import markdown, parse_markup, plain_text, xhtml
from pixivkit.testing import FakePixiv

NOVEL = {"id": "26000001", "title": "手紙", "text": "本文</script>"}
OBJECT = json.dumps(NOVEL, ensure_ascii=False)

PIECES = (
    "<script>", "<script ", "</script>", "<!--", "-->", "{", "}", "novel", '"novel"', ":", ",",
    "=", "novel:", "{novel:{", '"text"', '"id"', '"', "'", "`", "${", "\\", "/", "/*", "*/", "//",
    "\n", "[", "]", "(", ")", "1", "null", "NaN", "1e999", "9" * 5000, "\0", "\ud800", "\\ud800",
    OBJECT, f"{{novel:{OBJECT}", '{"id":"1","text":', '"text":[[[[', '"id":1,"text":"a"}',
    "\u2028", "<", ">",
)  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
FIELDS = (
    *("id", "title", "seriesId", "userId", "tags", "rating", "text", "marker", "illusts"),
    *("images", "seriesNavigation", "glossaryItems", "replaceableItemIds", "aiType"),
)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), JSON).map(lambda odd: {**NOVEL, **odd})


def read(page: str | bytes) -> NovelText | None:
    """The novel of a page that is structured; None for one that is refused with our error."""
    try:
        novel = structure("app.novel.text", page)
    except PixivError:
        return None
    assert isinstance(novel, NovelText)
    for render in (plain_text, markdown, xhtml, parse_markup):
        assert render(novel.text) is not None
    return novel


@given(PAGES)
def test_pages_raise_nothing_but_our_errors(page: str) -> None:
    read(page)
    read(f"<script>{page}")
    read(page.encode("utf-8", "surrogatepass"))


@given(OBJECTS)
def test_objects_raise_nothing_but_our_errors(novel: dict[str, object]) -> None:
    read(NovelPage().page(novel))


@given(st.binary())
def test_bytes_raise_nothing_but_our_errors(page: bytes) -> None:
    read(page)


class OnePage:
    """A transport that answers everything with one page, but logs in like the fake."""

    def __init__(self, fake: FakePixiv, page: bytes) -> None:
        self.fake = fake.transport
        self.page = page

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if "webview" in request.url.path:
            return httpx.Response(200, headers={"content-type": "text/html"}, content=self.page)
        answer: httpx.Response = await self.fake.handle_async_request(request)
        return answer

    async def aclose(self) -> None:
        return


@pytest.mark.anyio
async def test_the_client_raises_nothing_but_our_errors() -> None:
    fake = FakePixiv(works=3)
    hostile = [
        b"", b"\xff\xfe", b"<script>", b"<script>{novel:{", b"null", b"[]", b"{}", b'"novel"',
        b'<script>{novel:{"text":1}}', b'<script>{novel:{"id":[],"text":{}}}</script>',
        b'<script>{"novel":' + b'{"text":' * 3000, b"<html>" + b"\0" * 100,
        b'<script>{novel:{"id":"1","text":"' + b"[" * 100_000 + b'"}}',
    ]  # fmt: skip
    for page in hostile:
        async with fake.client(pace=None, transport=OnePage(fake, page), clock=FakeClock()) as px:
            assert isinstance(px, Pixiv)
            try:
                novel = await px.app.novel.text(1)
            except PixivError:
                continue
            assert isinstance(novel, NovelText)


BEFORE = (
    'var a = /"/; x = {', 'var a = /[/"]/.test(b), q = {', "a = b / c / '\"'; z = {",
    'x = `a${ {b: "`"}["b"] + `c${1}` }d "`; y = {', "if (x) y = 3 / 2; z = {a: \"it's\",",
    "f(/'/g, {", "return /`/ ; x = {", "/* \" */ x = { // ' \n", 'x = "</script>"; y = {',
    'a = `${`${"}"}`}`, {', "/\\/\"/; {", 'x = a[1] / 2; y = "/"; z = {', "'\\\n', {", "`\n`, {",
)  # fmt: skip


@for_each("before", list(BEFORE), repr)
def test_quotes_in_templates_and_regular_expressions_hide_nothing(before: str) -> None:
    page = f"<script src='a.js'></script><script>{before}novel: {OBJECT}}}</script>"

    assert NovelPage().read(page) == NOVEL


@for_each("script", ["it's", "`", "/*", "x = /[", "x = /", '{"novel": {}}', "{novel: {id: 1}}"])
def test_a_script_that_is_broken_does_not_cost_the_next(script: str) -> None:
    page = f"<script>{script}</script><script>{{novel: {OBJECT}}}</script>"

    assert NovelPage().read(page) == NOVEL


@for_each(
    "piece",
    [
        *("<script>", "<script ", '"', '\\"', "`", "`${", "/*", "/", "=/[a", "{novel:", "it's\\'"),
        *('{"novel":{', '<script>\\"</script>', '<script>,"novel":{"x":1', "$`{", "}", "novel:"),
    ],
    repr,
)
def test_any_length_of_beginnings_are_no_trouble(piece: str) -> None:
    # What is worse than linear does not end here before the time limit of the whole run.
    page = piece * (200_000 // len(piece))
    for whole in (page, f"<script>{page}", f"<script>{page}\n</script><script>{{novel:{OBJECT}}}"):
        try:
            assert NovelPage().read(whole) == NOVEL
        except ValueError:
            continue


def test_a_long_script_is_read() -> None:
    script = 'var a = "b", c = {d: [1, 2]};\n' * (300_000 // 30)
    page = f"<script>{script}x = {{novel: {OBJECT}}}</script>"
    assert NovelPage().read(page) == NOVEL

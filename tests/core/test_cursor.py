"""Cursors: where a list goes on, as text that any process can read."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from toy_api import Server, nobody

from pixivkit import Request
from pixivkit._core.calls.cursor import decode_cursor, encode_cursor
from pixivkit.errors import InvalidArgument
from pixivkit.registry import REGISTRY, AppApi, WebApi

modest = settings(deadline=None, derandomize=True, max_examples=60)

app = AppApi(Server(nobody))
web = WebApi(Server(nobody))

WORDS = st.text(min_size=1, max_size=30).filter(str.strip)
DAYS = st.none() | st.dates(min_value=dt.date(2007, 9, 10))
PAGES = st.integers(1, 1000)


def spelled(content: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(content)).rstrip(b"=").decode()


@modest
@given(WORDS, DAYS, DAYS, PAGES, st.none() | st.booleans(), st.none() | st.floats(-5, 5))
def test_every_argument_comes_back(
    word: str,
    start_date: dt.date | None,
    end_date: dt.date | None,
    p: int,
    group_by_author: bool | None,
    ratio: float | None,
) -> None:
    pages = web.search.artworks(
        word,
        start_date=start_date,
        end_date=end_date,
        p=p,
        group_by_author=group_by_author,
        ratio=ratio,
    )
    assert decode_cursor(encode_cursor(pages.request), REGISTRY) == pages.request


@modest
@given(WORDS, st.text(alphabet="abc%&=[]0123456789+夏", max_size=60))
def test_the_url_of_the_next_page_comes_back_byte_for_byte(word: str, query: str) -> None:
    url = f"https://app-api.pixiv.net/v1/search/illust?{query}"
    request = Request(
        REGISTRY["app.search.illust"], app.search.illust(word).request.arguments, url
    )
    assert decode_cursor(encode_cursor(request), REGISTRY) == request


@modest
@given(WORDS)
def test_it_is_one_word_that_may_stand_in_a_url_or_a_file_name(word: str) -> None:
    cursor = encode_cursor(web.search.manga(word).request)
    assert cursor.isascii()
    assert cursor.replace("-", "").replace("_", "").isalnum()


@modest
@given(st.text(max_size=40))
@example("")
@example("e30")
@example("=")
@example("\ud800")
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="not a cursor"):
        decode_cursor(text, REGISTRY)


@pytest.mark.parametrize(
    "content",
    [
        None,
        5,
        [],
        {},
        {"endpoint": "app.user.illusts"},
        {"endpoint": ["app.user.illusts"], "arguments": {}, "next": ""},
        {"endpoint": "app.user.nope", "arguments": {"user_id": 1}, "next": ""},
        {"endpoint": "app.user.illusts", "arguments": [], "next": ""},
        {"endpoint": "app.user.illusts", "arguments": None, "next": ""},
        {"endpoint": "app.user.illusts", "arguments": {}, "next": ""},
        {"endpoint": "app.user.illusts", "arguments": {"user_id": "1"}, "next": ""},
        {"endpoint": "app.user.illusts", "arguments": {"user_id": {}}, "next": ""},
        {"endpoint": "app.user.illusts", "arguments": {"user_id": 1, "nope": 2}, "next": ""},
        {"endpoint": "app.user.illusts", "arguments": {"user_id": 1}, "next": 5},
        {"endpoint": "app.user.illusts", "arguments": {"user_id": 1}, "next": None},
        {"endpoint": "app.user.illusts", "arguments": {"user_id": 1}, "next": "https://[::1"},
        {"endpoint": "app.illust.detail", "arguments": {"illust_id": 1}, "next": ""},
        {"endpoint": "web.ranking", "arguments": {"date": 20260309}, "next": ""},
        {"endpoint": "web.ranking", "arguments": {"date": "yesterday"}, "next": ""},
    ],
    ids=str,
)
def test_what_only_looks_like_a_cursor_is_refused(content: object) -> None:
    with pytest.raises(InvalidArgument):
        decode_cursor(spelled(content), REGISTRY)


def test_defaults_are_not_in_it() -> None:
    """So a cursor outlives a change of defaults, and stays short."""
    cursor = encode_cursor(app.user.illusts(5).request)
    content: Any = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    assert content["arguments"] == {"user_id": 5}

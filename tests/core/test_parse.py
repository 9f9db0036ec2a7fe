"""Replies that are there already become what awaiting the call would bring; nothing is sent."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import orjson
import pytest
from support.examples import example
from support.script import ScriptedTransport, app_error, json_reply

from pixivkit import AccessToken, Call, Page, Pages, Pixiv, SessionCookie, structure
from pixivkit.errors import ApiError, DecodeError, NotFound, PixivError, RateLimited
from pixivkit.examples import examples_of
from pixivkit.models.app import Illust
from pixivkit.models.web.user import User, UserFull

pytestmark = pytest.mark.anyio

px = Pixiv()
CALLS: list[Call[Any]] = [
    px.app.illust.detail(1),
    px.app.upload.novel_covers(),
    px.web.illust.pages(1),
    px.web.user.detail(1),
]
LISTS: list[Pages[Any, Any]] = [
    px.app.user.illusts(1),
    px.app.search.illust("x"),
    px.web.ranking(),
    px.web.search.artworks("x"),
    px.web.user.followers(1),
]
VALUES: list[Call[Any] | Pages[Any, Any]] = [*CALLS, *LISTS]


def answering(reply: httpx.Response, **options: Any) -> Pixiv:
    """A client that gets *reply* to everything."""
    return Pixiv(
        app=AccessToken("token"),
        web=SessionCookie("1_cookie"),
        transport=ScriptedTransport(lambda _: reply),
        pace=None,
        **options,
    )


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.endpoint.name)
async def test_a_body_becomes_what_the_client_makes_of_it(call: Call[Any]) -> None:
    body = example(call.endpoint.name)
    async with answering(json_reply(body)) as client:
        assert call.parse(body) == await client.attach(call)
    assert call.parse(body) == structure(call.endpoint.name, body)


@pytest.mark.parametrize("pages", LISTS, ids=lambda pages: pages.endpoint.name)
async def test_that_of_a_list_becomes_its_first_page(pages: Pages[Any, Any]) -> None:
    body = example(pages.endpoint.name)
    async with answering(json_reply(body)) as client:
        first = await client.attach(pages).first()
    page = pages.parse(body)
    assert isinstance(page, Page)
    assert (page.body, page.items, page.broken) == (first.body, first.items, first.broken)
    assert page.items
    assert (page.cursor, page.request) == (first.cursor, first.request)
    assert (page.reply.json, page.reply.status, page.reply.attempts) == (body, 0, 0)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.endpoint.name)
def test_its_text_will_do(value: Call[Any] | Pages[Any, Any]) -> None:
    body = example(value.endpoint.name)
    text = orjson.dumps(body)
    assert value.parse(text) == value.parse(text.decode()) == value.parse(body)


def test_the_arguments_choose_the_type() -> None:
    full = next(one.reply for one in examples_of("web.user.detail") if one.call.get("full"))
    assert type(px.web.user.detail(1, full=True).parse(full)) is UserFull
    assert type(px.web.user.detail(1).parse(full)) is User


def test_what_belongs_to_no_client_parses_as_well() -> None:
    orphan: Call[Illust] = pickle.loads(pickle.dumps(px.app.illust.detail(1)))
    assert orphan.parse({"illust": {"id": 7}}).id == 7


def test_items_without_their_core_are_broken_here_as_well() -> None:
    page = px.app.user.illusts(1).parse({"illusts": [{"id": 1}, {"title": "x"}]})
    assert [work.id for work in page.items] == [1]
    assert [one.raw for one in page.broken] == [{"title": "x"}]


@pytest.mark.parametrize("paged", [False, True])
@pytest.mark.parametrize(
    ("message", "status", "kind"),
    [
        ("Rate Limit", 403, RateLimited),
        ("The work was deleted", 404, NotFound),
        ("?", 400, ApiError),
    ],
)
async def test_an_error_body_raises_what_the_client_raises(
    message: str, status: int, kind: type[ApiError], paged: bool
) -> None:
    reply = app_error(message, status)
    async with answering(reply, patience=0) as client:
        with pytest.raises(kind) as caught:
            await (client.app.user.illusts(1).first() if paged else client.app.illust.detail(1))
    error = caught.value
    value = px.app.user.illusts(1) if paged else px.app.illust.detail(1)
    for body in (reply.content, reply.json()):
        with pytest.raises(kind) as caught:
            value.parse(body)
        assert type(caught.value) is type(error)
        assert caught.value.message == error.message
        assert caught.value.endpoint == error.endpoint == value.endpoint.name


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.endpoint.name)
def test_what_is_no_reply_raises_with_the_endpoint(value: Call[Any] | Pages[Any, Any]) -> None:
    for body in (b"<html>", "", b"\xff", 5, "[[]"):
        with pytest.raises(DecodeError) as caught:
            value.parse(body)
        assert caught.value.endpoint == value.endpoint.name
        assert "<html>" not in str(caught.value)
        assert caught.value.__context__ is None


def test_a_misfit_raises_only_where_that_is_asked_for() -> None:
    body = {"illust": {"id": 1, "title": 5}}
    call = px.app.illust.detail(1)
    assert call.parse(body).misfits == {"title": 5}
    with pytest.raises(DecodeError, match=r"\$\.illust\.title: expected str, got int"):
        call.parse(body, strict=True)
    pages = px.app.user.illusts(1)
    works = {"illusts": [body["illust"]]}
    assert pages.parse(works).items[0].misfits == {"title": 5}
    with pytest.raises(DecodeError, match="title"):
        pages.parse(works, strict=True)


def test_a_strict_client_is_strict_here_as_well() -> None:
    with pytest.raises(PixivError, match="title"):
        Pixiv(strict=True).app.illust.detail(1).parse({"illust": {"id": 1, "title": 5}})

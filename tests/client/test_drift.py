"""A client tells what of its replies does not fit: once, as a warning and an event."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from pixivkit import AccessToken, ClientPool, Page, Pixiv
from pixivkit.errors import DecodeError
from pixivkit.events import Event, Misfit

pytestmark = pytest.mark.anyio

ITEMS: list[dict[str, object]] = [
    {"id": 1, "title": 5, "tags": [{"name": "a"}, 7, 8]},
    {"id": 2, "title": 6},
    {"id": "none"},
]


def client(events: list[Event], *, items: list[Any] = ITEMS, strict: bool = False) -> Pixiv:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/illust/detail":
            return httpx.Response(200, json={"illust": items[0]})
        return httpx.Response(200, json={"illusts": items, "next_url": None})

    return Pixiv(
        app=AccessToken("secret"),
        pace=None,
        transport=httpx.MockTransport(answer),
        strict=strict,
        on_event=events.append,
    )


def misfits(events: list[Event]) -> list[tuple[str, str, str]]:
    return [(e.endpoint, e.path, e.problem) for e in events if isinstance(e, Misfit)]


FOUND = {
    ("app.search.illust", "$.illusts[].title", "expected str, got int"),
    ("app.search.illust", "$.illusts[].tags[]", "expected dict, got int"),
    ("app.search.illust", "$.illusts[].id", "expected int, got str"),
}


async def test_each_path_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    events: list[Event] = []
    with caplog.at_level(logging.WARNING, logger="pixivkit"):
        async with client(events) as px:
            for _ in range(3):
                page = await px.app.search.illust("風景").first()
                assert [work.id for work in page.items] == [1, 2]
                assert [one.raw for one in page.broken] == [{"id": "none"}]
            assert len(misfits(events)) == len(FOUND)
            assert set(misfits(events)) == FOUND
            await px.app.illust.detail(1)
    assert misfits(events)[len(FOUND) :] == [
        ("app.illust.detail", "$.illust.title", "expected str, got int"),
        ("app.illust.detail", "$.illust.tags[]", "expected dict, got int"),
    ]
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == len(FOUND) + 2
    assert "$.illusts[].title" in caplog.text


async def test_runs_and_pools_tell_it_too() -> None:
    events: list[Event] = []
    async with ClientPool([client(events), client([])]) as pool:
        async for outcome in pool.bulk([pool.app.search.illust("x")] * 3):
            assert isinstance(outcome.unwrap(), Page)
        assert set(misfits(events)) == FOUND
        assert len(misfits(events)) == len(FOUND)


async def test_many_of_one_kind_hide_no_other() -> None:
    events: list[Event] = []
    items: list[Any] = [{"id": 1, "tags": [7] * 200}, {"id": 2, "title": 5}]
    async with client(events, items=items) as px:
        await px.app.search.illust("x").first()
    assert [path for _, path, _ in misfits(events)] == ["$.illusts[].tags[]", "$.illusts[].title"]


async def test_a_reply_that_fits_tells_nothing() -> None:
    events: list[Event] = []
    async with client(events, items=[{"id": 1, "brand_new": 1}]) as px:
        await px.app.search.illust("x").first()
        await px.app.illust.detail(1)
    assert misfits(events) == []


async def test_strict_makes_it_an_error() -> None:
    events: list[Event] = []
    async with client(events, strict=True) as px:
        with pytest.raises(DecodeError) as caught:
            await px.app.search.illust("x").first()
        with pytest.raises(DecodeError):
            await px.app.illust.detail(1)
    assert "$.illusts[2].id: expected int, got str" in caught.value.problems
    assert misfits(events) == []

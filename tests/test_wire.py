"""
Every seed endpoint on the wire, held against a table written from the documents by hand.

The fake answers with the examples of `spec/` here, so that any id will do; both over a real socket
and in process, on both backends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
from wire_table import CASES, Form, Json, Multipart, WireCase

from pixivkit import REGISTRY, Call, Page, Pages, Pixiv
from pixivkit.models.base import Model
from pixivkit.testing import FakePixiv, Server
from pixivkit.testing.received import Received

pytestmark = pytest.mark.anyio

NEVER_FILLED = {"web.linked.service_tumeng"}
"""No reply with an item in it was ever recorded."""

PARTS = {"app-api.pixiv.net": "app", "www.pixiv.net": "web", "oauth.secure.pixiv.net": "oauth"}


@pytest.fixture(scope="module")
def fake() -> FakePixiv:
    return FakePixiv(works=5, users=2, answers="examples")


@pytest.fixture(scope="module")
def server(fake: FakePixiv) -> Iterator[Server]:
    with fake.serve() as server:
        yield server


@asynccontextmanager
async def connected(fake: FakePixiv, server: Server | None) -> AsyncIterator[Pixiv]:
    async with fake.client() if server is None else server.client() as px:
        yield px


async def called(px: Pixiv, case: WireCase) -> Any:
    """Make the call of a case through the typed namespaces, and await it."""
    base, *names = case.name.split(".")
    method: Any = getattr(px, base)
    for name in names:
        method = getattr(method, name)
    value: Call[Any] | Pages[Any, Any] = method(**case.call)
    return await value.first() if isinstance(value, Pages) else await value


def check_request(case: WireCase, received: Received, *, prefix: str) -> None:
    """Compare what arrived with what the table says."""
    expected = urlsplit(case.url)
    path, _, query = received.url.split("://", 1)[1].partition("/")[2].partition("?")

    assert case.method == received.method
    assert f"{prefix}{expected.path}" == f"/{path}"
    assert sorted(case.query) == sorted(parse_qsl(query, keep_blank_values=True))
    assert case.referer == received.headers.get("referer")
    check_credentials(case, received)
    check_body(case, received)


def check_credentials(case: WireCase, received: Received) -> None:
    headers = received.headers
    assert ("authorization" in headers) == (case.auth == "bearer")
    assert ("cookie" in headers) == (case.auth in ("cookie", "csrf", "optional"))
    assert ("x-csrf-token" in headers) == (case.auth == "csrf")


def check_body(case: WireCase, received: Received) -> None:
    kind = received.headers.get("content-type", "").partition(";")[0]
    match case.body:
        case None:
            assert not received.body
        case Form(pairs):
            assert kind == "application/x-www-form-urlencoded"
            sent = parse_qsl(received.body.decode(), keep_blank_values=True)
            assert Counter(pairs) == Counter(sent)
        case Json(value):
            assert kind == "application/json"
            assert value == orjson.loads(received.body)
        case Multipart(fields, files):
            assert kind == "multipart/form-data"
            assert Counter(fields) == Counter(received.fields)
            assert list(files) == [(file.field, file.content) for file in received.files]


def check_result(case: WireCase, result: Any) -> None:
    endpoint = REGISTRY[case.name]
    if isinstance(result, Page):
        assert isinstance(result.body, endpoint.response)
        assert result.items or case.name in NEVER_FILLED
        assert not result.broken
        assert all(isinstance(item, endpoint.item) for item in result.items)
        return
    kind = endpoint.variants["full"] if case.call.get("full") else endpoint.response
    if isinstance(kind, type) and issubclass(kind, Model):
        assert isinstance(result, kind)
    else:
        assert isinstance(result, list)


@pytest.mark.parametrize("served", [False, True], ids=["in-process", "socket"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_request_and_result(
    case: WireCase, served: bool, fake: FakePixiv, server: Server
) -> None:
    fake.log.clear()

    async with connected(fake, server if served else None) as px:
        result = await called(px, case)

    received = [one for one in fake.log if one.endpoint == case.name]
    assert len(received) == 1
    prefix = f"/{PARTS[urlsplit(case.url).netloc]}" if served else ""
    check_request(case, received[0], prefix=prefix)
    check_result(case, result)


def test_table_covers_every_endpoint_of_the_documents() -> None:
    named = {case.name for case in CASES}

    assert len([name for name in named if name.startswith("web.")]) == 47
    assert named <= REGISTRY.keys()

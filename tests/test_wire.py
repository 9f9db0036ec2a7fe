"""
What a call sends and what comes back, held against `spec/examples` and hostile values by hand.

The fake answers with the examples here, so that any id will do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
from hostile_requests import HOSTILE_REQUESTS
from support.each import for_each

from pixivkit import REGISTRY, Call, Page, Pages, Pixiv
from pixivkit.errors import RefreshTokenInvalid
from pixivkit.examples import Example, ExpectedRequest, example_names, examples_of
from pixivkit.models.base import Model
from pixivkit.testing import FakePixiv, ReceivedRequest, Server

pytestmark = pytest.mark.anyio

EXAMPLES = [example for name in example_names() for example in examples_of(name)]
PARTS = {"app-api.pixiv.net": "app", "www.pixiv.net": "web", "oauth.secure.pixiv.net": "oauth"}


def label(example: Example) -> str:
    return f"{example.endpoint}-{example.name}"


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


async def called(px: Pixiv, example: Example) -> Any:
    """Make the call through the typed namespaces, and await it."""
    base, *names = example.endpoint.split(".")
    if base == "oauth":
        # Clients renew tokens by themselves: there is no namespace of it.
        value: Any = px.call(example.endpoint, **example.call)
    else:
        method: Any = getattr(px, base)
        for name in names:
            method = getattr(method, name)
        value = method(**example.call)
    assert isinstance(value, Call | Pages)
    return await value.first() if isinstance(value, Pages) else await value


def check_request(
    expected: ExpectedRequest, received: ReceivedRequest, *, prefix: str = ""
) -> None:
    """Compare what arrived with what must arrive."""
    url = urlsplit(expected.url)
    path, _, query = received.url.split("://", 1)[1].partition("/")[2].partition("?")

    assert expected.method == received.method
    assert f"{prefix}{url.path}" == f"/{path}"
    wanted = parse_qsl(url.query, keep_blank_values=True)
    assert sorted(wanted) == sorted(parse_qsl(query, keep_blank_values=True))
    assert expected.referer == received.headers.get("referer")
    check_login(expected.login, received)
    check_body(expected, received)


def check_login(login: str, received: ReceivedRequest) -> None:
    headers = received.headers
    assert ("authorization" in headers) == (login == "bearer")
    assert ("cookie" in headers) == (login in ("cookie", "csrf", "optional"))
    assert ("x-csrf-token" in headers) == (login == "csrf")


def check_body(expected: ExpectedRequest, received: ReceivedRequest) -> None:
    kind = received.headers.get("content-type", "").partition(";")[0]
    if expected.form is not None:
        assert kind == "application/x-www-form-urlencoded"
        sent = parse_qsl(received.body.decode(), keep_blank_values=True)
        assert Counter(expected.form) == Counter(sent)
    elif expected.json is not None:
        assert kind == "application/json"
        assert expected.json == orjson.loads(received.body)
    elif expected.multipart is not None:
        assert kind == "multipart/form-data"
        files = [(file.field, file.content) for file in received.files]
        assert Counter(expected.multipart) == Counter([*received.fields, *files])
        assert [pair for pair in expected.multipart if isinstance(pair[1], bytes)] == files
    else:
        assert not received.body


def check_result(example: Example, result: Any) -> None:
    endpoint = REGISTRY[example.endpoint]
    if isinstance(result, Page):
        assert isinstance(result.body, endpoint.response)
        # Lists of `object` are those of which nobody has seen an item.
        assert result.items or endpoint.item is object
        assert not result.broken
        assert all(isinstance(item, endpoint.item) for item in result.items)
        return
    kind = next(
        (kind for name, kind in endpoint.variants.items() if example.call.get(name)),
        endpoint.response,
    )
    if isinstance(kind, type) and issubclass(kind, Model):
        assert isinstance(result, kind)
    else:
        assert isinstance(result, list)


async def request_of(example: Example, fake: FakePixiv, server: Server | None) -> ReceivedRequest:
    """The one request that the call of an *example* sends; its result is looked at as well."""
    fake.log.clear()
    async with connected(fake, server) as px:
        # Tokens and codes of examples are those of nobody.
        with suppress(RefreshTokenInvalid):
            check_result(example, await called(px, example))
    (received,) = [one for one in fake.log if one.endpoint == example.endpoint]
    return received


@for_each("example", EXAMPLES, label)
async def test_example(example: Example, fake: FakePixiv) -> None:
    received = await request_of(example, fake, None)

    check_request(example.request, received)


@pytest.mark.parametrize("served", [False, True], ids=["in-process", "socket"])
@pytest.mark.parametrize("example", HOSTILE_REQUESTS, ids=label)
async def test_hostile_values(
    example: Example, served: bool, fake: FakePixiv, server: Server
) -> None:
    received = await request_of(example, fake, server if served else None)

    prefix = f"/{PARTS[urlsplit(example.request.url).netloc]}" if served else ""
    check_request(example.request, received, prefix=prefix)

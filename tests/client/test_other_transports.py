"""Transports of other libraries carry requests: caches, aiohttp, curl, mocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias, cast

import httpx
import pytest

from pixivkit import AccessToken, Pixiv, Retry, Transport
from pixivkit.errors import ConnectionFailed, NotFound
from pixivkit.testing import FakePixiv, Server

pytestmark = pytest.mark.anyio

Make: TypeAlias = Callable[[], Transport]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with FakePixiv(works=100, users=3).serve() as server:
        yield server


def with_hishel(database: Path) -> Transport:
    """A cache in a file."""
    hishel = pytest.importorskip("hishel", reason="hishel is not installed")
    cache = pytest.importorskip("hishel.httpx", reason="hishel is not installed")
    storage = hishel.AsyncSqliteStorage(database_path=database)
    return cast(
        "Transport",
        cache.AsyncCacheTransport(next_transport=httpx.AsyncHTTPTransport(), storage=storage),
    )


def with_aiohttp(_: Path) -> Transport:
    aiohttp = pytest.importorskip("aiohttp", reason="aiohttp is not installed")
    bridge = pytest.importorskip("httpx_aiohttp", reason="httpx-aiohttp is not installed")
    return cast("Transport", bridge.AiohttpTransport(client=aiohttp.ClientSession))


def with_curl(_: Path) -> Transport:
    bridge = pytest.importorskip("httpx_curl_cffi", reason="httpx-curl-cffi is not installed")
    return cast("Transport", bridge.AsyncCurlTransport())


LIBRARIES = {"hishel": with_hishel, "httpx-aiohttp": with_aiohttp, "httpx-curl-cffi": with_curl}

over_each = pytest.mark.parametrize(
    ("make", "anyio_backend"),
    [
        ("hishel", "asyncio"),
        ("hishel", "trio"),
        # These need asyncio's event loop.
        ("httpx-aiohttp", "asyncio"),
        ("httpx-curl-cffi", "asyncio"),
    ],
    indirect=True,
)


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes the transport, in the event loop."""
    return lambda: LIBRARIES[request.param](tmp_path / "cache.db")


@over_each
async def test_a_list_to_its_end(make: Make, server: Server) -> None:
    fake = server.fake
    async with server.client(transport=make()) as px:
        found = [work.id async for work in px.app.user.illusts(fake.account)]
        assert found == [work.id for work in fake.world.works_of(fake.account, fake.user)]
        assert len(found) > 30


@over_each
async def test_both_apis_and_the_token(make: Make, server: Server) -> None:
    illust_id = next(iter(server.fake.world.works))
    async with server.client(transport=make()) as px:
        app = await px.app.illust.detail(illust_id)
        web = await px.web.illust.detail(illust_id)
    assert app.title == web.title


@over_each
async def test_a_write_with_files(make: Make, server: Server) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"not much of a picture"
    async with server.client(transport=make()) as px:
        before = len(server.fake.world.works)
        await px.publish(px.app.upload.illust("駅", files=[picture], tags=["風景"]))
    assert len(server.fake.world.works) == before + 1


@over_each
async def test_a_refusal_is_what_pixiv_says(make: Make, server: Server) -> None:
    async with server.client(transport=make()) as px:
        with pytest.raises(NotFound):
            await px.app.illust.detail(1)


@over_each
async def test_no_connection_is_a_typed_error(make: Make) -> None:
    with FakePixiv(works=5, users=2).serve() as server:
        hosts = server.hosts
    async with Pixiv(transport=make(), hosts=hosts, pace=None, retry=Retry(attempts=1)) as px:
        with pytest.raises(ConnectionFailed):
            await px.web.illust.pages(1)


async def test_a_cache_answers_what_it_knows(server: Server, tmp_path: Path) -> None:
    illust_id = next(iter(server.fake.world.works))
    before = server.fake.count("web.illust.pages")
    for _ in range(2):  # the second client finds what the first has left
        async with server.client(transport=with_hishel(tmp_path / "cache.db")) as px:
            assert await px.web.illust.pages(illust_id)
    assert server.fake.count("web.illust.pages") == before + 1


async def test_mocks_of_respx() -> None:
    respx = pytest.importorskip("respx", reason="respx is not installed")
    router = respx.MockRouter(base_url="https://app-api.pixiv.net")
    works = router.get("/v1/user/illusts")
    works.side_effect = [
        httpx.Response(
            200,
            json={
                "illusts": [{"id": 1}],
                "next_url": "https://app-api.pixiv.net/v1/user/illusts?user_id=7&offset=30",
            },
        ),
        httpx.Response(200, json={"illusts": [{"id": 2}], "next_url": None}),
    ]
    gone = router.get("/v1/illust/detail", params={"illust_id": 1})
    gone.side_effect = httpx.ConnectError("no route")
    transport = httpx.MockTransport(router.async_handler)

    async with Pixiv(
        app=AccessToken("token"), transport=transport, pace=None, retry=Retry(attempts=1)
    ) as px:
        assert [work.id for work in await px.app.user.illusts(7).take(9)] == [1, 2]
        with pytest.raises(ConnectionFailed):
            await px.app.illust.detail(1)

    assert [call.request.url.params["user_id"] for call in works.calls] == ["7", "7"]

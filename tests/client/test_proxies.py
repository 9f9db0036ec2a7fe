"""Requests go through the proxy they are told to, those for images through another."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import pytest
from support import backends
from support.raw_server import Connection, RawServer

from pixivkit import AccessToken, Hosts, Pixiv, Retry, Timeouts
from pixivkit.errors import InvalidArgument, NotFound, Timeout, TransportError
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

# Nobody listens there: what arrives, arrives through a proxy.
NOWHERE = "http://127.0.0.1:9"
HOSTS = Hosts(app=NOWHERE, oauth=NOWHERE, web=NOWHERE, images=NOWHERE)


@pytest.fixture(params=backends.BACKENDS, autouse=True)
def wire(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On aiohttp, where it is the default, and on httpx."""
    backends.use(str(request.param), monkeypatch)


async def answer_work(connection: Connection) -> None:
    await connection.request()
    await connection.reply(b'{"illust": {"id": 7}}')


async def answer_absent(connection: Connection) -> None:
    await connection.request()
    await connection.reply(b"nothing here", status=404)


async def test_images_have_a_proxy_of_their_own(tmp_path: Path) -> None:
    async with (
        RawServer(answer_work).serving() as api,
        RawServer(answer_absent).serving() as images,
        Pixiv(
            app=AccessToken("token"),
            hosts=HOSTS,
            pace=None,
            proxy=f"http://127.0.0.1:{api.port}",
            image_proxy=f"http://127.0.0.1:{images.port}",
        ) as px,
    ):
        work = await px.app.illust.detail(7)
        with pytest.raises(NotFound):
            await px.download("https://i.pximg.net/img-original/img/7_p0.png", tmp_path)

    assert work.id == 7
    assert [f"{NOWHERE}/v1/illust/detail?illust_id=7"] == [r.target for r in api.requests]
    assert [f"{NOWHERE}/img-original/img/7_p0.png"] == [r.target for r in images.requests]
    assert not any("authorization" in r.headers for r in images.requests)


async def test_ipv4_only_reaches_a_server_on_ipv4() -> None:
    fake = FakePixiv(works=3)
    async with fake.serve() as server, server.client(ipv4_only=True) as px:
        work = fake.world.newest()[0]
        assert work.id == (await px.app.illust.detail(work.id)).id
    assert urlsplit(server.url).hostname == "127.0.0.1"


def test_a_transport_brings_its_own_proxy() -> None:
    with pytest.raises(InvalidArgument, match="proxy"):
        Pixiv(transport=FakePixiv(works=1).transport, image_proxy="http://127.0.0.1:9")


@pytest.mark.parametrize("proxy", ["127.0.0.1:8080", "ftp://user:hunter2@127.0.0.1:21", ""])
def test_a_proxy_of_an_unknown_kind_is_refused(proxy: str) -> None:
    with pytest.raises(InvalidArgument, match="http://") as caught:
        Pixiv(proxy=proxy)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "proxy",
    ["http://user:hunter2@", "http://user:hunter2@host:port", "http://user:hunter2@host:99999"],
)
def test_a_proxy_without_a_host_or_port_is_refused_at_once(proxy: str) -> None:
    with pytest.raises(InvalidArgument, match="no valid host and port") as caught:
        Pixiv(proxy=proxy)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("login", ["", "user:p%40ss@"])
async def test_a_call_goes_through_a_socks_proxy(login: str) -> None:
    heard: list[bytes] = []

    async def behave(connection: Connection) -> None:
        heard.append(await connection.raw())
        if login:
            await connection.send(b"\x05\x02")
            heard.append(await connection.raw())
            await connection.send(b"\x01\x00")
        else:
            await connection.send(b"\x05\x00")
        heard.append(await connection.raw())
        await connection.send(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x09")
        while await connection.request() is not None:
            await connection.reply(b'{"illust": {"id": 7}}')

    server = RawServer(behave)
    async with server.serving():
        proxy = f"socks5://{login}127.0.0.1:{server.port}"
        async with Pixiv(app=AccessToken("token"), hosts=HOSTS, pace=None, proxy=proxy) as px:
            for _ in range(2):
                assert (await px.app.illust.detail(7)).id == 7
    assert server.opened == 1
    assert (b"user" in heard[1] and b"p@ss" in heard[1]) if login else len(heard) == 2
    assert heard[-1].endswith(b"\x00\x09")
    assert server.requests[0].target == "/v1/illust/detail?illust_id=7"


async def test_a_download_through_a_proxy_that_says_nothing_ends(tmp_path: Path) -> None:
    async def behave(connection: Connection) -> None:
        await connection.head()
        await anyio.sleep_forever()

    async with (
        RawServer(behave).serving() as server,
        Pixiv(
            app=AccessToken("token"),
            pace=None,
            retry=Retry(attempts=1),
            proxy=f"http://127.0.0.1:{server.port}",
            timeout=Timeouts(connect=0.05, read=0.05, total=None),
        ) as px,
    ):
        with anyio.fail_after(20), pytest.raises(TransportError):
            await px.download("https://i.pximg.net/img-original/img/7_p0.png", tmp_path)


async def test_a_socks_proxy_that_says_nothing_is_a_timeout() -> None:
    async def behave(connection: Connection) -> None:
        await connection.raw()
        await anyio.sleep_forever()

    async with (
        RawServer(behave).serving() as server,
        Pixiv(
            app=AccessToken("token"),
            hosts=HOSTS,
            pace=None,
            retry=Retry(attempts=1),
            proxy=f"socks5://127.0.0.1:{server.port}",
            timeout=Timeouts(connect=0.05, total=None),
        ) as px,
    ):
        with anyio.fail_after(20), pytest.raises(Timeout):
            await px.app.illust.detail(7)


async def test_a_socks_proxy_without_the_extra_is_refused_with_a_hint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "socksio" else find(name)
    )
    async with Pixiv(app=AccessToken("token"), pace=None, proxy="socks5://127.0.0.1:9") as px:
        with pytest.raises(InvalidArgument, match="socks"):
            await px.app.illust.detail(7)


def test_the_client_says_what_carries_it() -> None:
    assert "over" in repr(Pixiv())
    assert "httpx" in repr(Pixiv(proxy="socks5://127.0.0.1:9"))

"""Encrypted connections: used again, refused where nobody vouches for them, and bound in time."""

from __future__ import annotations

import gc
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import pytest
import trustme
from support import backends
from support.raw_server import Connection, RawServer

from pixivkit import AccessToken, Pixiv, Retry, Timeouts
from pixivkit._core.http.tls import shared_ssl_context
from pixivkit.errors import ConnectionFailed

pytestmark = pytest.mark.anyio

Make = Callable[..., Pixiv]
WORK = b'{"illust": {"id": 7}}'


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """What a server shows who is 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The system trusts the authority, as it does a company's own."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    shared_ssl_context.cache_clear()
    yield
    shared_ssl_context.cache_clear()


@pytest.fixture(params=backends.BACKENDS)
def make_client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Make:
    backends.use(str(request.param), monkeypatch)

    def make(server: RawServer, timeout: Timeouts | None = None) -> Pixiv:
        return Pixiv(
            app=AccessToken("token"),
            hosts=server.hosts,
            pace=None,
            retry=Retry(attempts=1),
            timeout=timeout,
        )

    return make


async def answer(connection: Connection) -> None:
    while await connection.request() is not None:
        await connection.reply(WORK)


@pytest.mark.usefixtures("trusted")
async def test_calls_share_an_encrypted_connection(
    make_client: Make, certificate: ssl.SSLContext
) -> None:
    server = RawServer(answer, certificate)
    async with server.serving(), make_client(server) as px:
        for _ in range(3):
            assert (await px.app.illust.detail(7)).id == 7
    assert server.opened == 1
    assert server.requests[0].headers["authorization"] == "Bearer token"


@pytest.mark.usefixtures("trusted")
async def test_large_bodies_come_whole_both_ways(
    make_client: Make, certificate: ssl.SSLContext
) -> None:
    body = b'{"convert_key": "key", "more": "%s"}' % (b"x" * 3_000_000)

    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            await connection.reply(body)

    server = RawServer(behave, certificate)
    async with server.serving(), make_client(server) as px:
        started = await px.app.upload.illust("A quiet hill", [b"y" * 3_000_000])
    assert len(str(started.extra["more"])) == 3_000_000
    assert b"y" * 3_000_000 in server.requests[0].body


async def test_a_server_that_nobody_vouches_for_is_told_nothing(
    make_client: Make, certificate: ssl.SSLContext
) -> None:
    server = RawServer(answer, certificate)
    async with server.serving(), make_client(server) as px:
        with pytest.raises(ConnectionFailed):
            await px.app.illust.detail(7)
    assert server.requests == []
    # Sockets that were left open would warn here, and warnings are errors.
    gc.collect()


async def test_a_handshake_that_does_not_end_is_given_up(make_client: Make) -> None:
    async def mute(connection: Connection) -> None:
        del connection
        await anyio.sleep_forever()

    server = RawServer(mute)
    async with server.serving():
        hosts = RawServer(mute, ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))
        hosts.port = server.port
        async with make_client(hosts, Timeouts(connect=0.05)) as px:
            with pytest.raises(ConnectionFailed):
                await px.app.illust.detail(7)
    gc.collect()


async def test_a_call_that_is_cancelled_in_the_handshake_leaves_no_socket(
    make_client: Make,
) -> None:
    greeted = anyio.Event()

    async def mute(connection: Connection) -> None:
        await connection.raw()
        greeted.set()
        await anyio.sleep_forever()

    server = RawServer(mute)
    async with server.serving():
        hosts = RawServer(mute, ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))
        hosts.port = server.port
        async with make_client(hosts) as px, anyio.create_task_group() as tasks:
            tasks.start_soon(px.app.illust.detail(7).response)
            await greeted.wait()
            tasks.cancel_scope.cancel()
    gc.collect()

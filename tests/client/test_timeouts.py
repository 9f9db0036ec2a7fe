"""Servers that stall: every wait has an end."""

from __future__ import annotations

import gzip
import socket
from collections.abc import AsyncIterator, Callable

import anyio
import httpx
import pytest
from support import backends
from support.raw_server import Connection, RawServer, answers

from pixivkit import AccessToken, Pixiv, Retry, Timeouts
from pixivkit._core.http.backend import HttpRequest
from pixivkit._core.http.default_backend import DefaultBackend
from pixivkit.errors import ApiError, OutcomeUnknown, Timeout, TransportError

pytestmark = pytest.mark.anyio

SHORT = 0.05


@pytest.fixture(params=backends.BACKENDS)
def make_client(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[RawServer, Timeouts | float], Pixiv]:
    backends.use(str(request.param), monkeypatch)

    def make(server: RawServer, timeout: Timeouts | float) -> Pixiv:
        return Pixiv(
            app=AccessToken("token"),
            hosts=server.hosts,
            pace=None,
            retry=Retry(attempts=1),
            timeout=timeout,
        )

    return make


Make = Callable[[RawServer, Timeouts | float], Pixiv]


async def silent(connection: Connection) -> None:
    while await connection.request() is not None:
        pass


async def trickling(connection: Connection) -> None:
    """Send a reply byte by byte, without an end, each soon enough for the read timeout."""
    await connection.request()
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        await connection.send(b" ")
        await anyio.sleep(SHORT / 10)


async def stalling(connection: Connection) -> None:
    """Send half of a reply."""
    await connection.request()
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await connection.request()


async def packed_trickling(connection: Connection) -> None:
    """Send a packed reply without an end, which never becomes anything."""
    await connection.request()
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1000000000000\r\n\r\n"
    await connection.send(head + gzip.compress(b"")[:10])
    while True:
        await connection.send(b"\0\0\0\xff\xff" * 10_000)


@pytest.mark.parametrize("behave", [silent, stalling])
@pytest.mark.parametrize(
    "within",
    [5 * SHORT, Timeouts(read=SHORT, total=None), Timeouts(read=None, total=SHORT)],
    ids=["seconds for all", "read", "total"],
)
async def test_a_reply_that_does_not_come_is_a_timeout(
    make_client: Make, behave: Callable[[Connection], object], within: Timeouts | float
) -> None:
    async with (
        RawServer(behave).serving() as server,  # type: ignore[arg-type]
        make_client(server, within) as px,
    ):
        with pytest.raises(Timeout) as caught:
            await px.app.illust.detail(1)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.endpoint == "app.illust.detail"


async def test_a_reply_that_never_ends_is_bound_by_the_total(make_client: Make) -> None:
    timeouts = Timeouts(read=10.0, total=3 * SHORT)
    async with RawServer(trickling).serving() as server, make_client(server, timeouts) as px:
        with pytest.raises(Timeout):
            await px.app.illust.detail(1)


@pytest.mark.parametrize("over", [*backends.BACKENDS, "given"])
async def test_so_is_one_that_is_packed(over: str, monkeypatch: pytest.MonkeyPatch) -> None:
    backends.use(over, monkeypatch)
    async with (
        RawServer(packed_trickling).serving() as server,
        Pixiv(
            app=AccessToken("token"),
            hosts=server.hosts,
            pace=None,
            retry=Retry(attempts=1),
            timeout=Timeouts(read=10.0, total=3 * SHORT),
            transport=httpx.AsyncHTTPTransport() if over == "given" else None,
        ) as px,
    ):
        with anyio.fail_after(20), pytest.raises(Timeout):
            await px.app.illust.detail(1)


async def test_a_client_is_as_good_as_new_after_timeouts(make_client: Make) -> None:
    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            if received.target.endswith("illust_id=1"):
                await connection.reply(b'{"illust": {"id": 1}}')

    async with (
        RawServer(behave).serving() as server,
        make_client(server, Timeouts(read=SHORT)) as px,
    ):
        for _ in range(3):
            with pytest.raises(Timeout):
                await px.app.illust.detail(2)
    async with RawServer(behave).serving() as server, make_client(server, 10.0) as px:
        with anyio.move_on_after(SHORT):
            await px.app.illust.detail(2)
        assert (await px.app.illust.detail(1)).id == 1


async def test_the_time_limit_of_the_caller_is_not_ours(make_client: Make) -> None:
    async with RawServer(silent).serving() as server, make_client(server, 10.0) as px:
        with pytest.raises(TimeoutError) as caught:
            with anyio.fail_after(SHORT):
                await px.app.illust.detail(1)
    assert not isinstance(caught.value, Timeout)


# On trio, httpx leaves its generator of a body to the garbage collector when sending ends early.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning")
async def test_an_upload_that_the_server_stops_taking_is_a_timeout(make_client: Make) -> None:
    async def behave(connection: Connection) -> None:
        await connection.head()
        await anyio.sleep_forever()

    timeouts = Timeouts(write=SHORT, read=SHORT)
    async with RawServer(behave).serving() as server, make_client(server, timeouts) as px:
        with pytest.raises(OutcomeUnknown, match="Timeout"):
            await px.app.upload.illust("A quiet hill", [b"x" * 20_000_000])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning")
@pytest.mark.parametrize("size", [700, 2000, 16 * 1024])
async def test_so_is_one_in_small_pieces(make_client: Make, size: int) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * size

    timeouts = Timeouts(write=SHORT, read=SHORT, total=None)
    # The system takes the connection and what fits its buffers; nobody ever reads.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = RawServer(answers)
        server.port = listening.getsockname()[1]
        async with make_client(server, timeouts) as px:
            with anyio.fail_after(20), pytest.raises(OutcomeUnknown, match="Timeout"):
                await px.app.upload.illust("A quiet hill", [endless()])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning")
@pytest.mark.parametrize("over", backends.BACKENDS)
async def test_so_is_a_body_in_one_piece(over: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def behave(connection: Connection) -> None:
        await connection.head()
        await anyio.sleep_forever()

    backends.use(over, monkeypatch)
    wire = DefaultBackend()
    timeouts = Timeouts(write=SHORT, read=SHORT, total=None)
    async with RawServer(behave).serving() as server:
        request = HttpRequest("POST", f"{server.hosts.app}/", [], b"x" * 20_000_000)
        with anyio.fail_after(20), pytest.raises(Timeout):
            await wire.exchange(request, timeouts, 1000)
        await wire.aclose()


async def test_an_upload_that_makes_progress_may_take_longer_than_any_one_wait(
    make_client: Make,
) -> None:
    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            assert len(received.body) > 100 * 1000
            await connection.reply(b'{"convert_key": "key"}')

    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(100):
            await anyio.sleep(SHORT / 12)
            yield b"x" * 1000

    timeouts = Timeouts(write=6 * SHORT, read=6 * SHORT, total=6 * SHORT)
    async with RawServer(behave).serving() as server, make_client(server, timeouts) as px:
        assert (await px.app.upload.illust("A quiet hill", [slowly()])).convert_key == "key"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning")
async def test_an_answer_may_come_before_all_is_sent(make_client: Make) -> None:
    async def behave(connection: Connection) -> None:
        await connection.head()
        await connection.reply(b'{"error": {"message": "Too large"}}', status=413)
        while True:
            await connection.raw()

    async with RawServer(behave).serving() as server, make_client(server, 10 * SHORT) as px:
        with pytest.raises((ApiError, TransportError)):
            await px.app.upload.illust("A quiet hill", [b"x" * 20_000_000])

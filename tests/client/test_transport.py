"""Connections: kept and reused, given back when calls are cancelled, closed with the client."""

from __future__ import annotations

import gc
from collections.abc import Callable

import anyio
import anyio.lowlevel
import pytest
from support import backends
from support.clock import FakeClock
from support.raw_server import Connection, RawServer

from pixivkit import AccessToken, Pixiv, Retry
from pixivkit._core.http.connections import Slots
from pixivkit.errors import DecodeError, TransportError

pytestmark = pytest.mark.anyio

Make = Callable[..., Pixiv]


@pytest.fixture(params=backends.BACKENDS)
def make_client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes clients of a raw server, with the transport a user gets, and with that of httpx."""

    def make(server: RawServer, *, connections: int = 500) -> Pixiv:
        backends.use(str(request.param), monkeypatch, connections=connections)
        return Pixiv(app=AccessToken("token"), hosts=server.hosts, pace=None, clock=FakeClock())

    return make


async def numbered(connection: Connection) -> None:
    """Answer with the number of the connection as the id."""
    while await connection.request() is not None:
        await connection.reply(b'{"illust": {"id": %d}}' % connection.number)


async def test_calls_one_after_the_other_share_a_connection(make_client: Make) -> None:
    async with RawServer(numbered).serving() as server, make_client(server) as px:
        ids = [(await px.app.illust.detail(i)).id for i in range(20)]
    assert ids == [1] * 20
    assert server.opened == 1


async def test_calls_at_once_have_connections_of_their_own_which_are_kept(
    make_client: Make,
) -> None:
    together = anyio.Event()
    waiting = 0

    async def behave(connection: Connection) -> None:
        nonlocal waiting
        while await connection.request() is not None:
            waiting += 1
            if waiting == 5:
                together.set()
            await together.wait()
            await connection.reply(b'{"illust": {"id": %d}}' % connection.number)

    async with RawServer(behave).serving() as server, make_client(server) as px:
        works = await px.gather([px.app.illust.detail(i) for i in range(5)], limit=5)
        assert sorted(work.id for work in works) == [1, 2, 3, 4, 5]
        for _ in range(10):
            await px.gather([px.app.illust.detail(i) for i in range(5)], limit=5)
    assert server.opened == 5


async def test_the_connection_that_was_used_last_is_used_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backends.use("httpx", monkeypatch)
    turns = {number: anyio.Event() for number in (1, 2, 3)}

    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            if connection.number in turns:
                await turns[connection.number].wait()
            await connection.reply(b'{"illust": {"id": %d}}' % connection.number)

    finished: list[int] = []

    async def call(px: Pixiv) -> None:
        finished.append((await px.app.illust.detail(1)).id)

    server = RawServer(behave)
    async with (
        server.serving(),
        Pixiv(app=AccessToken("token"), hosts=server.hosts, pace=None) as px,
    ):
        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(call, px)
            while len(server.requests) < 3:
                await anyio.lowlevel.checkpoint()
            for number in (3, 1, 2):
                turns[number].set()
                while number not in finished:
                    await anyio.lowlevel.checkpoint()
        assert [(await px.app.illust.detail(1)).id for _ in range(3)] == [2, 2, 2]
    assert server.opened == 3


@pytest.mark.parametrize("connections", [1, 10])
async def test_connections_survive_a_storm_of_cancelled_calls(
    make_client: Make, connections: int
) -> None:
    storm = True

    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            if storm:
                # Some calls are cancelled before they are sent, some before the answer came.
                await anyio.lowlevel.checkpoint()
            await connection.reply(b'{"illust": {"id": 1}}')

    async def cancelled(px: Pixiv, after: int) -> None:
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(px.app.illust.detail(1).response)
                for _ in range(after):
                    await anyio.lowlevel.checkpoint()
                scope.cancel()

    server = RawServer(behave)
    async with server.serving(), make_client(server, connections=connections) as px:
        for _ in range(5):
            async with anyio.create_task_group() as tasks:
                for i in range(200):
                    tasks.start_soon(cancelled, px, i % 40)
        storm = False
        with anyio.fail_after(20):
            works = await px.gather([px.app.illust.detail(i) for i in range(20)], limit=20)
    assert len(works) == 20


async def test_a_reply_that_is_cancelled_half_way_does_not_spoil_its_connection(
    make_client: Make,
) -> None:
    half = anyio.Event()

    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            if received.target.endswith("=1"):
                await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")
                half.set()
            else:
                await connection.reply(b'{"illust": {"id": 2}}')

    server = RawServer(behave)
    async with server.serving(), make_client(server, connections=1) as px:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(px.app.illust.detail(1).response)
            await half.wait()
            await anyio.wait_all_tasks_blocked()
            tasks.cancel_scope.cancel()
        assert (await px.app.illust.detail(2)).id == 2


async def test_three_hundred_at_once_are_no_trouble(make_client: Make) -> None:
    async with RawServer(numbered).serving() as server, make_client(server) as px:
        works = await px.gather([px.app.illust.detail(i) for i in range(900)], limit=300)
    assert len(works) == 900
    assert server.opened <= 300


async def test_neither_are_more_tasks_than_connections(make_client: Make) -> None:
    server = RawServer(numbered)
    async with server.serving(), make_client(server, connections=5) as px:
        works = await px.gather([px.app.illust.detail(i) for i in range(500)], limit=500)
    assert len(works) == 500
    assert server.opened <= 5


async def test_sockets_are_closed_with_the_client(make_client: Make) -> None:
    open_now = 0

    async def behave(connection: Connection) -> None:
        nonlocal open_now
        open_now += 1
        await numbered(connection)
        open_now -= 1

    async with RawServer(behave).serving() as server:
        async with make_client(server) as px:
            await px.gather([px.app.illust.detail(i) for i in range(20)], limit=10)
            assert open_now > 0
        with anyio.fail_after(10):
            while open_now:
                await anyio.lowlevel.checkpoint()
        # Sockets that were left open would warn here, and warnings are errors.
        gc.collect()


async def test_a_connection_that_the_server_ends_with_its_reply_is_not_used_again(
    make_client: Make,
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        body = b'{"illust": {"id": 1}}'
        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        await connection.send(head + body)

    async with RawServer(behave).serving() as server, make_client(server) as px:
        for _ in range(3):
            await px.app.illust.detail(1)
    assert server.opened == 3


@pytest.mark.parametrize("end", ["close", "reset"])
async def test_an_idle_connection_that_the_server_has_ended_is_not_used_for_a_write(
    make_client: Make, end: str
) -> None:
    ended = anyio.Event()

    async def behave(connection: Connection) -> None:
        await connection.request()
        if connection.number > 1:
            await connection.reply(b'{"comment": {"id": 3}}')
            return
        await connection.reply(b'{"illust": {"id": 1}}')
        await getattr(connection, end)()
        ended.set()

    async with RawServer(behave).serving() as server, make_client(server) as px:
        await px.app.illust.detail(1)
        await ended.wait()
        await anyio.wait_all_tasks_blocked()
        assert (await px.app.illust.comment_add(1, "hello")).id == 3
    assert server.opened == 2


async def test_a_body_that_is_packed_as_nobody_asked_for_is_refused(make_client: Make) -> None:
    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            if received.target.endswith("=1"):
                head = (
                    b"HTTP/1.1 200 OK\r\nContent-Encoding: compress\r\nContent-Length: 4\r\n\r\n"
                )
                await connection.send(head + b"\x1f\x9d\x90\x00")
            else:
                await connection.reply(b'{"illust": {"id": 2}}')

    async with RawServer(behave).serving() as server, make_client(server) as px:
        with pytest.raises((TransportError, DecodeError)):
            await px.app.illust.detail(1)
        assert (await px.app.illust.detail(2)).id == 2


async def test_replies_in_chunks_or_to_the_end_of_the_connection_are_whole(
    make_client: Make,
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        if connection.number == 1:
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            await connection.send(
                head + b'a\r\n{"illust":\r\n9\r\n{"id": 7}\r\n1\r\n}\r\n0\r\n\r\n'
            )
            await connection.request()
        else:
            await connection.send(b'HTTP/1.1 200 OK\r\n\r\n{"illust": {"id": 8}}')

    server = RawServer(behave)
    for expected in (7, 8):
        async with server.serving(), make_client(server) as px:
            assert (await px.app.illust.detail(1)).id == expected


def test_a_client_may_be_used_in_one_event_loop_after_another(
    make_client: Make, anyio_backend: str
) -> None:
    server = RawServer(numbered)
    ids: list[int] = []

    async def find_a_port() -> None:
        async with server.serving():
            pass

    async def use(px: Pixiv) -> None:
        async with server.serving(server.port), px:
            works = await px.gather([px.app.illust.detail(i) for i in range(5)])
            ids.extend(work.id for work in works)

    anyio.run(find_a_port, backend=anyio_backend)
    px = make_client(server)
    for _ in range(2):
        anyio.run(use, px, backend=anyio_backend)
    assert len(ids) == 10


async def test_a_connection_that_cannot_be_made_leaves_its_place_to_others() -> None:
    made = 0

    class Works:
        def is_ready(self) -> bool:
            return True

        async def aclose(self) -> None:
            return

    def connect(origin: str) -> Works:
        nonlocal made
        made += 1
        if made <= 3:
            raise OSError(f"no TLS for {origin}")
        return Works()

    slots: Slots[str, Works] = Slots(1, connect)
    for _ in range(3):
        with pytest.raises(OSError, match="TLS"):
            await slots.take("pixiv")
    with anyio.fail_after(10):
        await slots.take("pixiv")


async def test_a_proxy_that_is_not_there_is_a_failed_connection(make_client: Make) -> None:
    del make_client
    async with RawServer(numbered).serving() as server:
        port = server.port
    proxy = f"http://user:hunter2@127.0.0.1:{port}"
    px = Pixiv(
        app=AccessToken("token"),
        pace=None,
        retry=Retry(attempts=1),
        proxy=proxy,
        clock=FakeClock(),
    )
    async with px:
        with pytest.raises(TransportError) as caught:
            await px.app.illust.detail(1)
    assert "hunter2" not in f"{caught.value}{caught.value!r}{px!r}"


async def test_a_call_goes_through_the_proxy_with_no_more_than_a_tunnel() -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    server = RawServer(behave)
    async with server.serving():
        px = Pixiv(
            app=AccessToken("token-seven"),
            pace=None,
            retry=Retry(attempts=1),
            proxy=f"http://127.0.0.1:{server.port}",
            clock=FakeClock(),
        )
        async with px:
            with pytest.raises(TransportError):
                await px.app.illust.detail(1)
    (received,) = server.requests
    assert (received.method, received.target) == ("CONNECT", "app-api.pixiv.net:443")
    assert "token-seven" not in str(received)

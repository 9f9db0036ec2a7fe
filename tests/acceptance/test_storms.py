"""Stories 8, 9 and 15: connections under storms, and a write over one that breaks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import cycle, islice

import anyio
import anyio.lowlevel
import pytest
from support import backends
from support.clock import FakeClock
from support.raw_server import Connection, RawServer

from pixivkit import AccessToken, Call, Pixiv, SessionCookie, Timeouts
from pixivkit.errors import TransportError
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

# A crowd that begins at once keeps the event loop from seeing that a connection is there.
UNHURRIED = Timeouts(connect=None, read=None, write=None, total=None)
Make = Callable[[RawServer], Pixiv]
WORK = b'{"illust": {"id": 1}}'


WIRES = [("asyncio", "aiohttp"), ("asyncio", "httpx"), ("trio", "httpx")]
every_wire = pytest.mark.parametrize(("anyio_backend", "make_client"), WIRES, indirect=True)


@pytest.fixture
def make_client(
    request: pytest.FixtureRequest, connections: int, monkeypatch: pytest.MonkeyPatch
) -> Make:
    """Makes clients of a raw server, over a wire of so many connections at most."""
    backends.use(str(request.param), monkeypatch, connections=connections)

    def make(server: RawServer) -> Pixiv:
        if request.param == "aiohttp":
            pytest.importorskip("aiohttp")
        px = Pixiv(
            app=AccessToken("token"),
            web=SessionCookie("1_session"),
            hosts=server.hosts,
            pace=None,
            timeout=UNHURRIED,
            clock=FakeClock(),
        )
        assert request.param in repr(px)
        return px

    return make


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """What storms say about each of their calls would fill the memory, and nobody reads it."""
    caplog.set_level(logging.WARNING, logger="pixivkit")


@pytest.fixture
def connections(request: pytest.FixtureRequest) -> int:
    """How many connections there may be at once."""
    return int(getattr(request, "param", 500))


@every_wire
@pytest.mark.parametrize("connections", [10], indirect=True)
async def test_08_connections_survive_5000_cancellations(make_client: Make) -> None:
    storm = True

    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            if storm:
                await anyio.lowlevel.checkpoint()
            await connection.reply(WORK)

    cancelled = 0

    async def call(px: Pixiv, scope: anyio.CancelScope) -> None:
        nonlocal cancelled
        with scope:
            await px.app.illust.detail(1)
        cancelled += scope.cancelled_caught

    server = RawServer(behave)
    async with server.serving(), make_client(server) as px:
        for wave in range(25):
            scopes = [anyio.CancelScope() for _ in range(200)]
            async with anyio.create_task_group() as tasks:
                for scope in scopes:
                    tasks.start_soon(call, px, scope)
                # In the queue, while they connect, while they wait for the answer, or too late.
                for step in range(20):
                    await anyio.lowlevel.checkpoint()
                    for scope in scopes[(step + wave) % 20 :: 20]:
                        scope.cancel()
        assert cancelled > 4000
        storm = False
        with anyio.fail_after(30):
            works = await px.gather([px.app.illust.detail(i) for i in range(20)], limit=20)
    assert [work.id for work in works] == [1] * 20


@every_wire
@pytest.mark.parametrize("connections", [20], indirect=True)
async def test_09_ten_thousand_tasks_on_twenty_connections(make_client: Make) -> None:
    """None fails for want of a connection, and none is overtaken by the crowd."""
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(WORK), WORK)

    async def behave(connection: Connection) -> None:
        while await connection.raw():
            await connection.send(reply)

    began: list[int] = []
    ended: list[int] = []

    async def call(px: Pixiv, number: int) -> None:
        began.append(number)
        await px.app.illust.detail(number)
        ended.append(number)

    server = RawServer(behave)
    async with (
        server.serving(),
        make_client(server) as px,
        anyio.create_task_group() as tasks,
    ):
        for number in range(10_000):
            tasks.start_soon(call, px, number)
    assert sorted(ended) == list(range(10_000))
    assert server.opened == 20
    place = {number: index for index, number in enumerate(began)}
    overtaken = [index - place[number] for index, number in enumerate(ended)]
    assert max(overtaken) <= 500


async def test_09_a_run_holds_a_few_of_ten_thousand_calls(fake_pixiv: FakePixiv) -> None:
    """Its memory does not grow with the number of calls."""
    taken = most = 0

    def calls(px: Pixiv) -> Iterator[Call[Illust]]:
        nonlocal taken
        for illust_id in islice(cycle(fake_pixiv.world.works), 10_000):
            taken += 1
            yield px.app.illust.detail(illust_id)

    async with fake_pixiv.client() as px:
        done = 0
        async for outcome in px.bulk(calls(px), limit=20):
            assert outcome.ok
            done += 1
            most = max(most, taken - done)
            if done == 1000:
                break
    assert most <= 3 * 20


@every_wire
@pytest.mark.parametrize("when", ["after the request", "in the middle of the answer"])
async def test_15_a_bookmark_over_a_connection_that_breaks_is_made_once(
    make_client: Make, when: str
) -> None:
    """Whether pixiv took it is not known, so it is not sent again, and the caller is told."""
    bookmarks: list[bytes] = []

    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            if received.method == "GET":
                await connection.reply(b'"token":"c5f0d3a17be94428a6c1f20e9b7d8345"')
                continue
            bookmarks.append(received.body)
            if when != "after the request":
                await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{")
            await connection.reset()
            return

    server = RawServer(behave)
    async with server.serving(), make_client(server) as px:
        with pytest.raises(TransportError) as caught:
            await px.web.illust.bookmark_add(140000001)
    assert caught.value.endpoint == "web.illust.bookmark_add"
    assert len(bookmarks) == 1
    assert b"140000001" in bookmarks[0]

"""What is sent again, how often, and after which waits."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import httpx
import pytest
from support import backends
from support.clock import FakeClock
from support.raw_server import Connection, RawServer
from support.script import ScriptedTransport, app_error, html_reply, in_turn, json_reply

from pixivkit import AccessToken, Pixiv, Retry, Timeouts
from pixivkit.errors import (
    ApiError,
    BlockedByCloudflare,
    ConnectionFailed,
    DecodeError,
    NotFound,
    OutcomeUnknown,
    PixivError,
    ServerError,
    TransportError,
)

pytestmark = pytest.mark.anyio

WORK = b'{"illust": {"id": 1}}'


@pytest.fixture(params=backends.BACKENDS)
def make_client(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Pixiv]:
    """Makes clients of a raw server, with the transport a user gets, and with that of httpx."""
    backends.use(str(request.param), monkeypatch)

    def make(
        server: RawServer, *, retry: Retry | None = None, timeout: Timeouts | None = None
    ) -> Pixiv:
        return Pixiv(
            app=AccessToken("token"),
            hosts=server.hosts,
            pace=None,
            clock=FakeClock(),
            retry=retry,
            timeout=timeout,
        )

    return make


def scripted(
    *answers: httpx.Response | Exception, retry: Retry | None = None
) -> tuple[ScriptedTransport, FakeClock, Pixiv]:
    transport, clock = ScriptedTransport(in_turn(*answers)), FakeClock()
    px = Pixiv(app=AccessToken("token"), transport=transport, clock=clock, pace=None, retry=retry)
    return transport, clock, px


PASSING: dict[str, httpx.Response | Exception] = {
    "500": app_error("Internal error", 500),
    "502": html_reply("<h1>Bad gateway</h1>", 502),
    "503": app_error("Service unavailable", 503),
    "504": httpx.Response(504),
    "empty body": httpx.Response(200),
    "cut off body": httpx.Response(200, content=b'{"illust": {"id": 1'),
    "page instead of JSON": html_reply("<p>Hello</p>"),
    "reset": httpx.ReadError("connection reset"),
    "closed": httpx.RemoteProtocolError("server disconnected without sending a response"),
    "read timeout": httpx.ReadTimeout("slow"),
    "no connection": httpx.ConnectError("no route"),
    "connect timeout": httpx.ConnectTimeout("slow"),
}


@pytest.mark.parametrize("trouble", PASSING.values(), ids=PASSING)
async def test_a_read_is_sent_again_after_what_may_pass(
    trouble: httpx.Response | Exception,
) -> None:
    transport, _, px = scripted(trouble, trouble, json_reply({"illust": {"id": 1}}))
    async with px:
        response = await px.app.illust.detail(1).response()
    assert response.value.id == 1
    assert response.reply.attempts == len(transport.seen) == 3


@pytest.mark.parametrize("trouble", PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("attempts", [1, 2, 5])
async def test_it_is_sent_no_more_often_than_told(
    trouble: httpx.Response | Exception, attempts: int
) -> None:
    transport, clock, px = scripted(trouble, retry=Retry(attempts=attempts))
    async with px:
        with pytest.raises((TransportError, ServerError, DecodeError)) as caught:
            await px.app.illust.detail(1)
    assert caught.value.endpoint == "app.illust.detail"
    assert len(transport.seen) == attempts
    assert len(clock.slept) == attempts - 1


UNKNOWN = {
    name: PASSING[name] for name in PASSING if name not in ("no connection", "connect timeout")
}


@pytest.mark.parametrize("trouble", UNKNOWN.values(), ids=UNKNOWN)
async def test_a_write_that_may_have_arrived_is_never_sent_again(
    trouble: httpx.Response | Exception,
) -> None:
    transport, _, px = scripted(trouble)
    async with px:
        with pytest.raises((TransportError, ServerError, DecodeError)):
            await px.app.illust.comment_delete(1)
    assert len(transport.seen) == 1


@pytest.mark.parametrize("name", ["no connection", "connect timeout"])
async def test_a_write_is_sent_again_when_there_never_was_a_connection(name: str) -> None:
    transport, _, px = scripted(PASSING[name], PASSING[name], json_reply({}))
    async with px:
        await px.app.illust.comment_delete(1)
    assert len(transport.seen) == 3


async def test_a_post_that_changes_nothing_is_sent_again_like_a_read() -> None:
    status = json_reply({"status": "COMPLETE", "illust_id": 5})
    transport, _, px = scripted(PASSING["reset"], status)
    async with px:
        assert (await px.app.upload.status("key")).is_complete
    assert len(transport.seen) == 2


FINAL: dict[str, tuple[httpx.Response, type[PixivError]]] = {
    "not found": (app_error("", 404), NotFound),
    "bad request": (app_error("Invalid Request", 400), ApiError),
    "challenge": (
        html_reply("<title>Just a moment...</title>", 403, headers={"cf-ray": "8f-NRT"}),
        BlockedByCloudflare,
    ),
    "challenge with 503": (
        html_reply("<title>Just a moment...</title>", 503, headers={"cf-mitigated": "challenge"}),
        BlockedByCloudflare,
    ),
}


@pytest.mark.parametrize(("reply", "kind"), FINAL.values(), ids=FINAL)
async def test_what_will_not_pass_is_raised_at_once(
    reply: httpx.Response, kind: type[PixivError]
) -> None:
    transport, clock, px = scripted(reply)
    async with px:
        with pytest.raises(kind):
            await px.app.illust.detail(1)
    assert len(transport.seen) == 1
    assert not clock.slept


async def test_the_waits_grow_differ_and_have_an_end() -> None:
    runs: list[list[float]] = []
    for _ in range(5):
        _, clock, px = scripted(PASSING["502"], retry=Retry(attempts=6, first=1.0, longest=4.0))
        async with px:
            with pytest.raises(ServerError):
                await px.app.illust.detail(1)
        runs.append(clock.slept)
    for waits in runs:
        for wait, most in zip(waits, [1.0, 2.0, 4.0, 4.0, 4.0], strict=True):
            assert most / 2 <= wait <= most
    assert len({tuple(waits) for waits in runs}) == 5


async def test_rate_limits_do_not_count_as_attempts() -> None:
    limit = app_error("Rate Limit", 429)
    transport, _, px = scripted(
        limit, PASSING["502"], limit, PASSING["502"], json_reply({"illust": {"id": 1}}),
        retry=Retry(attempts=3),
    )  # fmt: skip
    async with px:
        await px.with_options(patience=600).app.illust.detail(1)
    assert len(transport.seen) == 5


# Over a real socket: what the server counts.


async def test_a_read_survives_connections_that_are_reset(
    make_client: Callable[..., Pixiv],
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        if connection.number < 3:
            await connection.reset()
        else:
            await connection.reply(WORK)

    async with RawServer(behave).serving() as server, make_client(server) as px:
        response = await px.app.illust.detail(1).response()
    assert response.reply.attempts == len(server.requests) == 3


async def test_a_write_over_a_connection_that_is_reset_arrives_once(
    make_client: Callable[..., Pixiv],
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.reset()

    async with RawServer(behave).serving() as server, make_client(server) as px:
        with pytest.raises(TransportError) as caught:
            await px.app.illust.comment_delete(1)
    assert not isinstance(caught.value, ConnectionFailed)
    assert len(server.requests) == 1


async def test_a_write_over_a_used_connection_that_is_reset_arrives_once(
    make_client: Callable[..., Pixiv],
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.reply(WORK)
        await connection.request()
        await connection.reset()

    async with RawServer(behave).serving() as server, make_client(server) as px:
        await px.app.illust.detail(1)
        with pytest.raises(TransportError):
            await px.app.illust.comment_delete(1)
    assert [received.method for received in server.requests] == ["GET", "POST"]


async def test_a_kept_connection_that_the_server_closes_in_between_does_no_harm(
    make_client: Callable[..., Pixiv],
) -> None:
    closed = [anyio.Event(), anyio.Event()]

    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.reply(WORK if connection.number == 1 else b"{}")
        await connection.close()
        if connection.number <= 2:
            closed[connection.number - 1].set()

    async with RawServer(behave).serving() as server, make_client(server) as px:
        await px.app.illust.detail(1)
        await closed[0].wait()
        await anyio.wait_all_tasks_blocked()
        await px.app.illust.comment_delete(1)
        await closed[1].wait()
        await anyio.wait_all_tasks_blocked()
        await px.app.illust.comment_delete(2)
    assert [received.method for received in server.requests] == ["GET", "POST", "POST"]


async def test_a_reply_that_breaks_off_is_asked_for_again(
    make_client: Callable[..., Pixiv],
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        if connection.number == 1:
            await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + WORK)
            await connection.close()
        else:
            await connection.reply(WORK)

    async with RawServer(behave).serving() as server, make_client(server) as px:
        response = await px.app.illust.detail(1).response()
    assert response.reply.attempts == len(server.requests) == 2


async def test_what_is_not_http_is_a_transport_error(make_client: Callable[..., Pixiv]) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"220 mail.example ESMTP\r\n\r\n")
        await connection.close()

    server = RawServer(behave)
    async with server.serving(), make_client(server, retry=Retry(attempts=1)) as px:
        with pytest.raises(TransportError):
            await px.app.illust.detail(1)


async def test_where_nobody_listens_a_write_is_tried_as_often_as_a_read(
    make_client: Callable[..., Pixiv],
) -> None:
    async def behave(connection: Connection) -> None:
        raise AssertionError(connection)

    async with RawServer(behave).serving() as server:
        pass
    async with make_client(server, retry=Retry(attempts=3)) as px:
        for call in (px.app.illust.detail(1), px.app.illust.comment_delete(1)):
            with pytest.raises(ConnectionFailed) as caught:
                await call.response()
            assert caught.value.endpoint == call.endpoint.name
    assert server.opened == 0


async def test_a_server_that_never_answers_a_write_has_seen_it_once(
    make_client: Callable[..., Pixiv],
) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.request()

    async with (
        RawServer(behave).serving() as server,
        make_client(server, timeout=Timeouts(read=0.05)) as px,
    ):
        with pytest.raises(OutcomeUnknown, match="Timeout"):
            await px.app.illust.comment_delete(1)
    assert len(server.requests) == 1

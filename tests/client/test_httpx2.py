"""Transports of httpx2 carry requests as those of httpx do."""

from __future__ import annotations

import gzip

import httpx2
import pytest
from support.raw_server import Connection, RawServer, answers

from pixivkit import AccessToken, Pixiv, Retry
from pixivkit.errors import ConnectionFailed

pytestmark = pytest.mark.anyio

WORK = b'{"illust": {"id": 1, "title": "A quiet hill"}}'


def client(transport: httpx2.AsyncBaseTransport, server: RawServer | None = None) -> Pixiv:
    return Pixiv(
        app=AccessToken("token"),
        hosts=None if server is None else server.hosts,
        transport=transport,
        pace=None,
        retry=Retry(attempts=1),
    )


async def test_over_a_socket_packed_replies_included() -> None:
    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            body = gzip.compress(WORK)
            head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}"
            await connection.send(f"{head}\r\n\r\n".encode() + body)

    async with (
        RawServer(behave).serving() as server,
        client(httpx2.AsyncHTTPTransport(), server) as px,
    ):
        assert (await px.app.illust.detail(1)).title == "A quiet hill"


async def test_writes_as_well() -> None:
    async with (
        RawServer(answers).serving() as server,
        client(httpx2.AsyncHTTPTransport(), server) as px,
    ):
        await px.app.illust.comment_delete(1)
    assert server.requests[0].body == b"comment_id=1"


async def test_its_exceptions_are_translated() -> None:
    def refuse(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route")

    async with client(httpx2.MockTransport(refuse)) as px:
        with pytest.raises(ConnectionFailed):
            await px.app.illust.detail(1)


async def test_what_it_answers_without_a_socket_is_read() -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, content=WORK))
    async with client(transport) as px:
        assert "httpx2" in repr(px)
        assert (await px.app.illust.detail(1)).id == 1

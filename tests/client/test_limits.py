"""Replies that are too large are not read to their end."""

from __future__ import annotations

import gzip
import zlib

import httpx
import pytest
from support import backends
from support.raw_server import Connection, RawServer
from support.script import Chunks, ScriptedTransport, json_reply

from pixivkit import AccessToken, Pixiv
from pixivkit.errors import ReplyTooLarge

pytestmark = [
    pytest.mark.anyio,
    # httpx leaves its generators to the garbage collector when a body is not read to its end.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning"),
]

MEGABYTE = 1024 * 1024


def client(transport: ScriptedTransport) -> Pixiv:
    return Pixiv(app=AccessToken("token"), transport=transport, pace=None, largest_reply=MEGABYTE)


async def test_a_body_without_an_end_is_given_up_soon_after_the_limit() -> None:
    body = Chunks(b" " * 65536, count=10**9)
    transport = ScriptedTransport(lambda _: httpx.Response(200, stream=body))
    async with client(transport) as px:
        with pytest.raises(ReplyTooLarge) as caught:
            await px.app.illust.detail(1)
    assert caught.value.endpoint == "app.illust.detail"
    assert body.given <= MEGABYTE // 65536 + 2
    assert body.closed
    # It would be as large again.
    assert len(transport.seen) == 1


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_swells_when_it_is_unpacked_counts_as_what_it_becomes(
    encoding: str,
) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    packed = pack(b" " * (20 * MEGABYTE))
    assert len(packed) < MEGABYTE / 10
    headers = {"content-encoding": encoding, "content-type": "application/json"}
    transport = ScriptedTransport(
        lambda _: httpx.Response(200, headers=headers, stream=Whole(packed))
    )
    async with client(transport) as px:
        with pytest.raises(ReplyTooLarge):
            await px.app.illust.detail(1)
    assert len(transport.seen) == 1


class Whole(httpx.AsyncByteStream):
    """A body in one chunk, still packed."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self):  # type: ignore[no-untyped-def]
        yield self._content


@pytest.mark.parametrize("packed", [False, True])
async def test_a_body_up_to_the_limit_is_fine(packed: bool) -> None:
    title = "x" * (MEGABYTE - 200)
    plain = json_reply({"illust": {"id": 1, "title": title}}).content
    content = gzip.compress(plain) if packed else plain
    headers = {"content-encoding": "gzip"} if packed else {}
    transport = ScriptedTransport(
        lambda _: httpx.Response(200, headers=headers, stream=Whole(content))
    )
    async with client(transport) as px:
        assert (await px.app.illust.detail(1)).title == title


async def test_a_client_asks_only_for_encodings_it_can_unpack() -> None:
    transport = ScriptedTransport(lambda _: json_reply({"illust": {"id": 1}}))
    async with client(transport) as px:
        await px.app.illust.detail(1)
    assert transport.seen[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("over", backends.BACKENDS)
async def test_it_is_so_over_a_real_connection(over: str, monkeypatch: pytest.MonkeyPatch) -> None:
    backends.use(over, monkeypatch)
    packed = gzip.compress(b" " * (20 * MEGABYTE))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"

    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            if received.target.endswith("=1"):
                await connection.send(head.encode() + packed)
            else:
                await connection.reply(b'{"illust": {"id": 2}}')

    server = RawServer(behave)
    async with (
        server.serving(),
        Pixiv(
            app=AccessToken("token"),
            hosts=server.hosts,
            pace=None,
            largest_reply=MEGABYTE,
        ) as px,
    ):
        with pytest.raises(ReplyTooLarge):
            await px.app.illust.detail(1)
        assert (await px.app.illust.detail(2)).id == 2
    assert len(server.requests) == 2

"""Bodies that come packed."""

from __future__ import annotations

import gzip
import importlib
import math
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import anyio
import anyio.lowlevel
import pytest
from support import backends
from support.raw_server import Connection, RawServer

from pixivkit._core.http.backend import HttpRequest, Timeouts
from pixivkit._core.http.decompress import decompress, encoding_of
from pixivkit._core.http.default_backend import DefaultBackend
from pixivkit.errors import ReplyTooLarge, Timeout, TransportError

pytestmark = pytest.mark.anyio

MEGABYTE = 1024 * 1024
WORDS = b"a quiet hill " * 1000


async def chunks(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def whole(content: bytes, encoding: str = "gzip", size: int = 100) -> bytes:
    return b"".join([part async for part in decompress(chunks(content, size), encoding)])


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "identity"])
async def test_a_body_is_what_was_packed(encoding: str, size: int) -> None:
    packed = {"gzip": gzip.compress(WORDS), "deflate": zlib.compress(WORDS), "identity": WORDS}
    assert await whole(packed[encoding], encoding, size) == WORDS


@pytest.mark.parametrize("size", [1, 7, 10_000])
async def test_a_body_may_be_several_one_after_the_other(size: int) -> None:
    packed = gzip.compress(WORDS) + gzip.compress(b"") + gzip.compress(b"the end")
    assert await whole(packed, size=size) == WORDS + b"the end"


async def test_no_body_at_all_is_none() -> None:
    assert await whole(b"") == b""


@pytest.mark.parametrize("size", [1, 10_000])
@pytest.mark.parametrize(
    "content",
    [WORDS, gzip.compress(WORDS)[:-1], gzip.compress(WORDS)[:50], gzip.compress(WORDS) + b"!"],
    ids=["not packed", "cut at its end", "cut", "something after it"],
)
async def test_a_body_that_is_not_what_it_says_is_a_failure(content: bytes, size: int) -> None:
    with pytest.raises(TransportError, match="gzip"):
        await whole(content, size=size)


async def test_an_encoding_that_nobody_asked_for_is_refused() -> None:
    with pytest.raises(TransportError, match="'br'"):
        await whole(b"packed", "br")


async def test_encodings_are_found_however_they_are_spelled() -> None:
    assert encoding_of([(b"Vary", b"x"), (b"Content-Encoding", b" GZIP ")]) == "gzip"
    assert encoding_of([(b"content-encoding", b"")]) == "identity"
    assert encoding_of([]) == "identity"


async def test_unpacking_ends_at_the_deadline() -> None:
    packed = gzip.compress(b" " * (200 * MEGABYTE), 1)
    parts = 0
    with pytest.raises(Timeout):
        async for _ in decompress(chunks(packed, len(packed)), "gzip", anyio.current_time()):
            parts += 1
    assert parts == 1


async def test_others_have_their_turn_meanwhile() -> None:
    packed = gzip.compress(b" " * (20 * MEGABYTE), 1)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(others)
        async for _ in decompress(chunks(packed, len(packed)), "gzip", math.inf):
            pass
        tasks.cancel_scope.cancel()
    assert turns >= 10


@pytest.mark.parametrize("over", backends.BACKENDS)
async def test_a_bomb_takes_no_more_memory_than_the_limit(
    over: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backends.use(over, monkeypatch)
    # Loading a library takes memory as well, whichever test needs it first.
    importlib.import_module("aiohttp")
    packed = gzip.compress(b" " * (200 * MEGABYTE), 1)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"

    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.send(head.encode() + packed)

    async with RawServer(behave).serving() as server:
        wire = DefaultBackend()
        request = HttpRequest("GET", f"{server.hosts.app}/", [])
        tracemalloc.start()
        try:
            with pytest.raises(ReplyTooLarge):
                await wire.exchange(request, Timeouts(), 2 * MEGABYTE)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            await wire.aclose()
    assert peak < 2 * MEGABYTE + 4 * MEGABYTE + len(packed)


@pytest.mark.parametrize("name", [b"gzip", b"GZIP", b"x-gzip", b" X-Gzip "])
async def test_gzip_has_several_names(name: bytes) -> None:
    encoding = encoding_of([(b"Content-Encoding", name)])
    assert await whole(gzip.compress(WORDS), encoding) == WORDS

"""Replies of image hosts that a home reads for programs, piece by piece as they ask for it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from typing import Final

import attrs

from .._core.http.backend import HttpBackend, HttpRequest, Timeouts
from ..errors import ConnectionFailed, PixivError

__all__ = ["StreamHead", "Streams"]

_PIECE: Final = 256 * 1024
_AHEAD: Final = 2
_UNREAD: Final = 60.0
"""After how many seconds a reply is given up that nobody reads on."""


@attrs.frozen
class StreamHead:
    """
    A reply whose body is still to come.

    Attributes:
        number: What its home calls it.
        status: The HTTP status.
        headers: The headers, names in lower case.
    """

    number: int
    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)


@attrs.define(eq=False)
class _Stream:
    number: int
    head: asyncio.Future[StreamHead]
    pieces: asyncio.Queue[bytes | PixivError] = attrs.field(
        factory=lambda: asyncio.Queue[bytes | PixivError](_AHEAD)
    )
    task: asyncio.Task[None] | None = None


class Streams:
    """The replies that are being read."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._streams: dict[int, _Stream] = {}

    async def open(
        self, backend: HttpBackend, request: HttpRequest, timeouts: Timeouts
    ) -> StreamHead:
        """
        Send *request*, and return when the head of the reply is there.

        Raises:
            PixivError: There is none.
        """
        number = next(self._numbers)
        loop = asyncio.get_running_loop()
        stream = self._streams[number] = _Stream(number, loop.create_future())
        stream.task = loop.create_task(self._read(stream, backend, request, timeouts))
        try:
            return await asyncio.shield(stream.head)
        except BaseException:
            self.close(number)
            raise

    async def piece(self, number: int) -> bytes:
        """
        Return what comes next of a reply; empty after its end.

        Raises:
            PixivError: It broke off.
        """
        stream = self._streams.get(number)
        if stream is None:
            raise ConnectionFailed("the reply is no longer open")
        piece = await stream.pieces.get()
        if isinstance(piece, PixivError):
            raise piece
        return piece

    def close(self, number: int) -> None:
        """Close the connection of a reply that is not read any further."""
        stream = self._streams.pop(number, None)
        if stream is not None and stream.task is not None:
            stream.task.cancel()

    async def _read(
        self, stream: _Stream, backend: HttpBackend, request: HttpRequest, timeouts: Timeouts
    ) -> None:
        try:
            end = await _pass_on(stream, backend, request, timeouts)
            if not stream.head.done() and isinstance(end, PixivError):
                stream.head.set_exception(end)
            await _put(stream, end)
            await asyncio.sleep(_UNREAD)
        except _NobodyReads:
            pass
        finally:
            self._streams.pop(stream.number, None)


class _NobodyReads(Exception):
    """The program that asked for a reply does not read it, or is no more."""


async def _put(stream: _Stream, piece: bytes | PixivError) -> None:
    try:
        async with asyncio.timeout(_UNREAD):
            await stream.pieces.put(piece)
    except TimeoutError:
        raise _NobodyReads from None


async def _pass_on(
    stream: _Stream, backend: HttpBackend, request: HttpRequest, timeouts: Timeouts
) -> bytes | PixivError:
    """Pass a reply on in pieces that are worth a message of their own; return how it ended."""
    try:
        async with backend.stream(request, timeouts) as received:
            stream.head.set_result(
                StreamHead(stream.number, received.status, dict(received.headers))
            )
            piece = bytearray()
            try:
                async for chunk in received.chunks:
                    piece += chunk
                    if len(piece) >= _PIECE:
                        await _put(stream, bytes(piece))
                        piece.clear()
            except BaseException:
                await received.abandon()
                raise
            if piece:
                await _put(stream, bytes(piece))
    except PixivError as exc:
        return exc
    return b""

"""HTTP requests and replies, and the interface of backends, independent of HTTP libraries."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol

import anyio
import attrs

from ...errors import ReplyTooLarge

LARGEST_REPLY: Final = 64 * 1024 * 1024
"""How many bytes the body of a reply may have, decompressed, where nobody says another number."""

LARGEST_FILE: Final = 256 * 1024 * 1024
"""The same for a downloaded file."""


@attrs.frozen(kw_only=True, cache_hash=True)
class Timeouts:
    """
    Timeouts in seconds; ``None`` for no limit.

    Attributes:
        connect: Until a connection is established.
        read: Between two chunks of a reply.
        write: Between two chunks of a request.
        total: For one attempt, from its start to the last byte of the reply. Uploads and
            downloads are not bound by it.
    """

    connect: float | None = 10.0
    read: float | None = 30.0
    write: float | None = 30.0
    total: float | None = 60.0


@attrs.frozen
class HttpRequest:
    """A request, complete with credentials; it is never logged."""

    method: str
    url: str
    headers: Sequence[tuple[str, str]] = attrs.field(repr=False)
    content: bytes | AsyncIterable[bytes] | None = attrs.field(default=None, repr=False)


@attrs.frozen
class HttpReply:
    """A reply, read to its end; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class HttpStream:
    """A reply whose body is still to come, in chunks, decompressed."""

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    chunks: AsyncIterator[bytes] = attrs.field(repr=False)

    async def abandon(self) -> None:
        """Stop reading a body that was begun."""
        await abandon(self.chunks)


async def abandon(chunks: AsyncIterator[bytes]) -> None:
    """
    Stop reading *chunks* that were begun.

    The generators they come through are ended by a cancellation, which reaches all of them;
    dropped as they are, trio would complain about each.
    """
    with anyio.CancelScope() as scope:
        scope.cancel()
        async for _ in chunks:
            pass


class HttpBackend(Protocol):
    """
    The interface of backends, which send requests through an HTTP library.

    Attributes:
        name: What it is, for people.
    """

    @property
    def name(self) -> str: ...

    def exchange(
        self, request: HttpRequest, timeouts: Timeouts, largest: int
    ) -> Coroutine[Any, Any, HttpReply]:
        """
        Send *request* and read the whole reply, of *largest* bytes at most, within the total time.

        Raises:
            TransportError: No reply arrived, or not all of it, or more than *largest*.
        """
        ...

    def stream(
        self, request: HttpRequest, timeouts: Timeouts
    ) -> AbstractAsyncContextManager[HttpStream]:
        """
        Send *request*, without a limit of the total time; leaving the block closes the reply.

        Raises:
            TransportError: No reply arrived, or its body broke off.
        """
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


async def read_whole(received: HttpStream, largest: int) -> HttpReply:
    """
    Read a streamed reply to its end.

    Raises:
        ReplyTooLarge: It is more than *largest* bytes.
    """
    parts: list[bytes] = []
    size = 0
    async for chunk in received.chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > largest:
            await received.abandon()
            raise too_large(largest)
    return HttpReply(received.status, received.headers, b"".join(parts))


def too_large(largest: int) -> ReplyTooLarge:
    """Return the error for a body of more than *largest* bytes."""
    return ReplyTooLarge(f"the body is larger than {largest} bytes")

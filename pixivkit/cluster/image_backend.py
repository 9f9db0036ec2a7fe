"""Fetch files into the memory of a program, through the homes of a cluster."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager

import anyio
import attrs

from .._core.http.backend import HttpReply, HttpRequest, HttpStream, Timeouts, read_whole
from ..errors import ClusterError, ConnectionFailed
from .remote_account import RemoteAccount
from .streams import StreamHead

__all__ = ["ImageBackend"]


@attrs.frozen
class ImageBackend:
    """
    An `HttpBackend` whose requests are sent by the home that is least busy.

    Attributes:
        accounts: The accounts.
    """

    accounts: Sequence[RemoteAccount]

    @property
    def name(self) -> str:
        """What it is, for people."""
        return "the homes of a cluster"

    async def exchange(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        """Send *request* and read the whole reply."""
        async with self.stream(request, timeouts) as received:
            return await read_whole(received, largest)

    @asynccontextmanager
    async def stream(self, request: HttpRequest, timeouts: Timeouts) -> AsyncGenerator[HttpStream]:
        """Send *request*; leaving the block closes the reply."""
        remote = min(
            self.accounts, key=lambda remote: (remote.connection.losses, remote.under_way)
        )
        remote.under_way += 1
        try:
            with _lost_as_connection():
                head = await remote.open_stream(request, timeouts)
            try:
                yield HttpStream(head.status, head.headers, _chunks(remote, head))
            finally:
                with anyio.CancelScope(shield=True):
                    await remote.close_stream(head)
        finally:
            remote.under_way -= 1

    async def aclose(self) -> None:
        """Do nothing: the homes keep their connections."""


async def _chunks(remote: RemoteAccount, head: StreamHead) -> AsyncIterator[bytes]:
    with _lost_as_connection():
        while piece := await remote.piece(head):
            yield piece


@contextmanager
def _lost_as_connection() -> Generator[None]:
    """A home that is away is a connection that is lost: another attempt finds another home."""
    try:
        yield
    except ClusterError as exc:
        raise ConnectionFailed(exc.message) from exc

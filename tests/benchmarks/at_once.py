"""A wire without a network: pixivkit alone is left."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable

from pixivkit import AccessToken, Pixiv
from pixivkit._core.wire import Timeouts, WireReply, WireRequest, WireStream

_HEADERS = {"content-type": "application/json"}


class AtOnce:
    """Answers every request at once, with the body that *answer* gives for its URL."""

    name = "at once"

    def __init__(self, answer: Callable[[str], bytes]) -> None:
        self._answer = answer

    async def exchange(self, request: WireRequest, timeouts: Timeouts, largest: int) -> WireReply:
        del timeouts, largest
        return WireReply(200, _HEADERS, self._answer(request.url))

    @contextlib.asynccontextmanager
    async def stream(self, request: WireRequest, timeouts: Timeouts) -> AsyncGenerator[WireStream]:
        del timeouts
        chunks = _chunks(self._answer(request.url))
        yield WireStream(200, _HEADERS, chunks)

    async def aclose(self) -> None:
        return


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    yield body


def client(wire: AtOnce) -> Pixiv:
    """A client over *wire*."""
    px = Pixiv(app=AccessToken("token"), pace=None)
    px._executor._wire = wire
    return px

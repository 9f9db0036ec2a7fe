"""A wire without a network: pixivkit alone is left."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable

from pixivkit import AccessToken, Pixiv
from pixivkit._core.http.backend import HttpReply, HttpRequest, HttpStream, Timeouts

_HEADERS = {"content-type": "application/json"}


class AtOnce:
    """Answers every request at once, with the body that *answer* gives for its URL."""

    name = "at once"

    def __init__(self, answer: Callable[[str], bytes]) -> None:
        self._answer = answer

    async def exchange(self, request: HttpRequest, timeouts: Timeouts, largest: int) -> HttpReply:
        del timeouts, largest
        return HttpReply(200, _HEADERS, self._answer(request.url))

    @contextlib.asynccontextmanager
    async def stream(self, request: HttpRequest, timeouts: Timeouts) -> AsyncGenerator[HttpStream]:
        del timeouts
        chunks = _chunks(self._answer(request.url))
        yield HttpStream(200, _HEADERS, chunks)

    async def aclose(self) -> None:
        return


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    yield body


def client(wire: AtOnce) -> Pixiv:
    """A client over *wire*."""
    px = Pixiv(app=AccessToken("token"), pace=None)
    px._executor._backend = wire
    return px

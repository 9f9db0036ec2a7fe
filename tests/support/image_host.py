"""An image host without a network, which can be told to misbehave."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias

import anyio
import anyio.lowlevel
import httpx

from support.script import Seen

CHUNK = 1000
"""How many bytes a body comes in at a time."""

Misbehaviour: TypeAlias = Callable[[Seen, httpx.Response], httpx.Response]


class Body(httpx.AsyncByteStream):
    """
    Bytes in chunks.

    Args:
        content: All of them.
        breaks_at: After how many the connection is reset.
        stalls_at: After how many nothing more comes.
    """

    def __init__(
        self, content: bytes, *, breaks_at: int | None = None, stalls_at: int | None = None
    ) -> None:
        self.content = content
        self.breaks_at = breaks_at
        self.stalls_at = stalls_at
        self.on_close: Callable[[], None] | None = None

    async def aclose(self) -> None:
        on_close, self.on_close = self.on_close, None
        if on_close is not None:
            on_close()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        end = next((n for n in (self.breaks_at, self.stalls_at) if n is not None), None)
        sent = self.content[:end]
        for at in range(0, len(sent), CHUNK):
            await anyio.lowlevel.checkpoint()
            yield sent[at : at + CHUNK]
        if self.stalls_at is not None:
            await anyio.sleep_forever()
        if self.breaks_at is not None:
            raise httpx.ReadError("connection reset")


class ImageHost:
    """
    Serves files with ranges and ETags, as pixiv's image hosts do.

    Attributes:
        files: What is there, by path.
        misbehave: What is done to the next replies, one after the other; None for nothing.
        seen: Every request, in the order of arrival.
        now: How many are under way.
        most_at_once: How many were under way together.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.misbehave: list[Misbehaviour | None] = []
        self.seen: list[Seen] = []
        self.most_at_once = 0
        self.now = 0

    async def handle_async_request(self, request: Any) -> Any:
        seen = Seen(request.method, request.url, request.headers, b"")
        self.seen.append(seen)
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        await anyio.lowlevel.checkpoint()
        answer = self._serve(seen)
        if change := self.misbehave.pop(0) if self.misbehave else None:
            answer = change(seen, answer)
        assert isinstance(answer.stream, Body)
        answer.stream.on_close = self._leave
        return answer

    def _leave(self) -> None:
        self.now -= 1

    async def aclose(self) -> None:
        return

    @property
    def ranges(self) -> list[str]:
        """What part of a file each request was for; empty for all of it."""
        return [seen.headers.get("range", "") for seen in self.seen]

    def _serve(self, seen: Seen) -> httpx.Response:
        content = self.files.get(seen.path)
        if content is None:
            return page(404)
        etag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
        headers = {"content-type": "application/octet-stream", "etag": etag}
        wanted = re.fullmatch(r"bytes=(\d+)-", seen.headers.get("range", ""))
        if wanted is None or seen.headers.get("if-range") != etag:
            return reply(200, content, headers)
        first = int(wanted[1])
        if first >= len(content):
            return reply(416, b"", {**headers, "content-range": f"bytes */{len(content)}"})
        place = f"bytes {first}-{len(content) - 1}/{len(content)}"
        return reply(206, content[first:], {**headers, "content-range": place})


def reply(status: int, content: bytes, headers: dict[str, str]) -> httpx.Response:
    """A reply whose body says how long it is."""
    sent = {"content-length": str(len(content)), **headers}
    return httpx.Response(status, headers=sent, stream=Body(content))


def page(status: int, text: str = "<html><body>no</body></html>") -> httpx.Response:
    """A page where a picture was asked for."""
    return reply(status, text.encode(), {"content-type": "text/html"})


def breaks_at(count: int) -> Misbehaviour:
    """The connection is reset after *count* bytes of the body."""

    def change(_: Seen, answer: httpx.Response) -> httpx.Response:
        assert isinstance(answer.stream, Body)
        answer.stream.breaks_at = count
        return answer

    return change


def stalls_at(count: int) -> Misbehaviour:
    """After *count* bytes nothing more comes."""

    def change(_: Seen, answer: httpx.Response) -> httpx.Response:
        assert isinstance(answer.stream, Body)
        answer.stream.stalls_at = count
        return answer

    return change


def ends_at(count: int) -> Misbehaviour:
    """The body ends after *count* bytes as if that were all, whatever its length should be."""

    def change(_: Seen, answer: httpx.Response) -> httpx.Response:
        assert isinstance(answer.stream, Body)
        answer.stream.content = answer.stream.content[:count]
        return answer

    return change


def with_headers(**headers: str) -> Misbehaviour:
    """Other headers, an underscore for each hyphen; an empty one is left out."""

    def change(_: Seen, answer: httpx.Response) -> httpx.Response:
        for name, value in headers.items():
            answer.headers[name.replace("_", "-")] = value
            if not value:
                del answer.headers[name.replace("_", "-")]
        return answer

    return change


def instead(answer: httpx.Response) -> Misbehaviour:
    """Another reply, as often as it is used."""
    body = answer.stream
    assert isinstance(body, Body)
    return lambda _, __: httpx.Response(
        answer.status_code, headers=answer.headers, stream=Body(body.content)
    )

"""Transports that keep the replies of a live session as files, and that answer from them."""

from __future__ import annotations

import functools
import hashlib
import itertools
import os
import re
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import anyio.to_thread
import httpx
import orjson

from ..errors import InvalidArgument, ReplyNotRecorded
from .recorded import Key, Recorded, StoredBody, body_of, stored_body
from .scrubbing import Scrubber

if TYPE_CHECKING:
    from .._core.http.transport import Transport

__all__ = ["RecordingTransport", "ReplayTransport"]

_KEPT_HEADERS: Final = (
    "content-type", "retry-after", "location", "last-modified", "etag", "cf-mitigated", "server",
)  # fmt: skip
_TEXTS: Final = re.compile(r"application/json|text/|application/javascript|application/xml", re.I)
_MOST_KEPT: Final = 16 * 1024 * 1024
"""How many bytes of a body are looked at; of one that is larger, only size and hash are kept."""


class RecordingTransport:
    """
    Sends requests as ever, and keeps each reply as a file, without secrets: ``transport=``.

        async with Pixiv(app=..., transport=RecordingTransport("tests/replies")) as px:
            await px.app.illust.detail(140000001)

    One JSON file for each request, named after it, with what is needed to answer it again:
    method, host, path, parameters; status, the headers that mean something, and the body. Tokens,
    cookies, codes, passwords and mail addresses are replaced everywhere, and so is what was seen
    to be one, wherever it stands later. No picture is kept, only its format, measures and hash.
    Look through the files before you publish them: names, texts and ids are pixiv's and those of
    its users, unless they are in *hide*.

    Args:
        folder: Where; it is made where it is not there. What is in it stays.
        transport: What sends; by default a transport of httpx.
        hide: Further texts to replace, such as the names of your account.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        *,
        transport: Transport | None = None,
        hide: Iterable[str] = (),
    ) -> None:
        self._folder = Path(folder).absolute()
        self._transport: Transport | httpx.AsyncHTTPTransport = (
            transport or httpx.AsyncHTTPTransport()
        )
        self._scrubber = Scrubber(hide)
        self._numbers: itertools.count[int] | None = None

    async def handle_async_request(self, request: Any) -> Any:
        """Send the request, and keep the reply when it has been read to its end."""
        sent: httpx.Request = request
        content = await sent.aread()
        number = await self._next_number()
        self._scrubber.learn_headers(sent.headers.multi_items())
        response: httpx.Response = await self._transport.handle_async_request(
            httpx.Request(
                sent.method, sent.url, headers=sent.headers.raw, content=content,
                extensions=sent.extensions,
            )
        )  # fmt: skip
        self._scrubber.learn_headers(response.headers.multi_items())
        read_already = response.is_stream_consumed
        keep = functools.partial(self._keep, number, sent, content, response)
        body = _Kept(response, keep, is_unpacked=read_already)
        headers = response.headers.multi_items()
        if read_already:
            headers = [one for one in headers if one[0] != "content-encoding"]
        return httpx.Response(
            response.status_code, headers=headers, stream=body, extensions=response.extensions
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _next_number(self) -> int:
        if self._numbers is None:
            first = await anyio.to_thread.run_sync(self._first_number)
            # Another request may have begun meanwhile.
            self._numbers = self._numbers or itertools.count(first)
        return next(self._numbers)

    def _first_number(self) -> int:
        self._folder.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name[:5]) for path in self._folder.glob("[0-9][0-9][0-9][0-9][0-9]-*")]
        return max(taken, default=0) + 1

    async def _keep(
        self,
        number: int,
        request: httpx.Request,
        content: bytes,
        response: httpx.Response,
        body: StoredBody | bytes,
    ) -> None:
        """Write the file of a request; *body* is what was stored of it, or its bytes."""
        described = _described(request, content, self._scrubber)
        stored = body if isinstance(body, dict) else _stored_text(body, self._scrubber)
        headers = {
            name: self._scrubber.text(_without_query(value, self._scrubber))
            for name, value in response.headers.items()
            if name in _KEPT_HEADERS
        }
        made = Recorded(**described, status=response.status_code, headers=headers, body=stored)
        words = re.sub(r"[^\w.]+", "-", f"{made.method}-{made.host}{made.path}")[:120]
        path = self._folder / f"{number:05}-{words.strip('-')}.json"
        await anyio.to_thread.run_sync(_write, path, made.dump())


class _Kept(httpx.AsyncByteStream):
    """A body on its way to the client, which is kept when it has arrived."""

    def __init__(
        self,
        response: httpx.Response,
        keep: Callable[[StoredBody | bytes], Awaitable[None]],
        *,
        is_unpacked: bool,
    ) -> None:
        self._response = response
        self._keep = keep
        self._is_unpacked = is_unpacked

    async def __aiter__(self) -> AsyncIterator[bytes]:
        response = self._response
        parts: list[bytes] = []
        digest, size = hashlib.sha256(), 0
        chunks = response.aiter_bytes() if self._is_unpacked else response.aiter_raw()
        async for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            if size <= _MOST_KEPT:
                parts.append(chunk)
            yield chunk
        whole = b"".join(parts)
        kind = response.headers.get("content-type", "")
        if size <= _MOST_KEPT and (_TEXTS.match(kind) or not size):
            kept: StoredBody | bytes = whole
            if not self._is_unpacked:
                kept = httpx.Response(200, headers=response.headers, content=whole).content
        else:
            kept = stored_body(whole, kind, size, digest.hexdigest())
        await self._keep(kept)

    async def aclose(self) -> None:
        await self._response.aclose()


class ReplayTransport:
    """
    Answers requests with the replies that a `RecordingTransport` kept: ``transport=``.

        replies = ReplayTransport("tests/replies")
        async with Pixiv(app=RefreshToken("any"), transport=replies) as px:
            await px.app.illust.detail(140000001)

    A request gets the reply to the one of the same method, host, path, query and form, whatever
    their order and whoever sends it; sent several times, it gets the replies in the order that
    they were recorded in, and then the last of them again. For each picture stands one of one
    colour, of the same format and measures.

    Args:
        folder: Where the recordings are.
        hide: The texts that were replaced when recording.

    Raises:
        InvalidArgument: There are none, or a file is no recording.
    """

    def __init__(self, folder: str | os.PathLike[str], *, hide: Iterable[str] = ()) -> None:
        self._folder = Path(folder)
        self._scrubber = Scrubber(hide)
        self._replies: defaultdict[Key, deque[Recorded]] = defaultdict(deque)
        for path in sorted(self._folder.glob("*.json")):
            recorded = Recorded.load(path)
            self._replies[recorded.key].append(recorded)
        if not self._replies:
            raise InvalidArgument(f"there are no recordings in {self._folder}")

    async def handle_async_request(self, request: Any) -> Any:
        """
        Answer the request.

        Raises:
            ReplyNotRecorded: There is no such request among the recordings.
        """
        sent: httpx.Request = request
        self._scrubber.learn_headers(sent.headers.multi_items())
        described = _described(sent, await sent.aread(), self._scrubber)
        key = Recorded(**described, status=0, headers={}, body={}).key
        replies = self._replies.get(key)
        if not replies:
            raise ReplyNotRecorded(_missing(described, self._folder))
        found = replies.popleft() if len(replies) > 1 else replies[0]
        content = body_of(found.body)
        headers = {**found.headers, "content-length": str(len(content))}
        return httpx.Response(found.status, headers=headers, content=content)

    async def aclose(self) -> None:
        """Do nothing: there are no connections."""


def _described(request: httpx.Request, content: bytes, scrubber: Scrubber) -> dict[str, Any]:
    """Return what is kept of a request."""
    query = parse_qsl(request.url.query.decode("latin-1"), keep_blank_values=True)
    return {
        "method": request.method,
        "host": request.url.netloc.decode("ascii"),
        "path": request.url.path,
        "query": scrubber.pairs(query),
        "form": scrubber.pairs(_fields(request.headers.get("content-type", ""), content)),
    }


def _fields(kind: str, content: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form; of a file its size stands for it."""
    if kind.startswith("application/x-www-form-urlencoded"):
        return parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True)
    if kind.startswith("multipart/form-data"):
        boundary = kind.partition("boundary=")[2].strip('"').encode()
        return [_field(part) for part in content.split(b"--" + boundary)[1:-1]]
    return [("body", content.decode("utf-8", "replace"))] if content else []


def _field(part: bytes) -> tuple[str, str]:
    head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
    name = re.search(rb'name="([^"]*)"', head)
    named = name[1].decode("utf-8", "replace") if name else ""
    if b"filename=" in head:
        return named, f"a file of {len(content)} bytes"
    return named, content.decode("utf-8", "replace")


def _stored_text(content: bytes, scrubber: Scrubber) -> StoredBody:
    try:
        return {"json": scrubber.json(orjson.loads(content))}
    except ValueError:
        return {"text": scrubber.text(content.decode("utf-8", "replace"))}


def _without_query(value: str, scrubber: Scrubber) -> str:
    """Return a header with the query of its URL scrubbed."""
    address, mark, query = value.partition("?")
    return f"{address}?{scrubber.query(query)}" if mark else value


def _missing(described: dict[str, Any], folder: Path) -> str:
    asked = "&".join(f"{name}={value}" for name, value in described["query"] + described["form"])
    address = f"{described['method']} {described['host']}{described['path']}"
    return f"no reply is recorded in {folder} for {address} {asked}".rstrip()


def _write(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(content)
    os.replace(part, path)

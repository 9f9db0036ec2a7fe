"""One file, from an image host to the disk: complete under its name, or not there."""

from __future__ import annotations

import contextlib
import functools
import re
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import anyio
import attrs

from .._core.call import Progress, ProgressCallback
from .._core.clock import Clock
from .._core.hosts import Hosts
from .._core.pace import Pacer
from .._core.patience import WaitBudget
from .._core.profile import BROWSER
from .._core.send_options import SendOptions
from .._core.wire import Carrier, WireRequest, WireStream
from ..errors import (
    DecodeError,
    IncompleteFile,
    NotFound,
    PatienceExceeded,
    PixivError,
    RateLimited,
    ServerError,
    TransportError,
    UnexpectedHost,
)
from .check import HEAD_BYTES, is_complete, kind_of
from .disk import in_thread
from .image_url import routed, suffix_of
from .part import Mark, PartFile
from .refusals import ENDPOINT, read_refusal
from .source import Source

__all__ = ["DownloadedFile", "Fetcher", "Wish"]

_BLOCK: Final = 256 * 1024
_WORTH_REPEATING: Final = (502, 503, 504)
_EXTENSION = re.compile(r"\.[a-z0-9]{1,4}")
_CONTENT_RANGE = re.compile(r"bytes (?:(?P<first>\d+)-(?P<last>\d+)|\*)/(?P<size>\d+|\*)")

Naming: TypeAlias = Callable[[str], Path]


@attrs.frozen(kw_only=True)
class DownloadedFile:
    """
    A file that is complete.

    Attributes:
        path: Where it is.
        size: How many bytes it has.
        source: What it is of.
        url: Which of the URLs of the source it is from.
        existed: Whether it was there already, so that nothing was sent.
    """

    path: Path
    size: int
    source: Source
    url: str
    existed: bool = False


@attrs.frozen(kw_only=True)
class Wish:
    """
    How a file is to be fetched.

    Attributes:
        name: Where it goes, given the extension with its dot.
        referer: What the image host is told it is on.
        overwrite: Whether a complete file is fetched again.
        progress: Called as bytes arrive.
    """

    name: Naming
    referer: str
    overwrite: bool = False
    progress: ProgressCallback | None = None


@attrs.define(eq=False, kw_only=True)
class Fetcher:
    """
    Fetches files from image hosts: without credentials, and from nowhere else.

    Two tasks that want the same file get it one after the other, the second from the disk.
    """

    carrier: Carrier
    hosts: Hosts
    options: SendOptions
    clock: Clock
    pacer: Pacer
    _locks: weakref.WeakValueDictionary[Path, anyio.Lock] = attrs.field(
        factory=weakref.WeakValueDictionary[Path, anyio.Lock], alias="locks"
    )

    def with_pacer(self, pacer: Pacer) -> Fetcher:
        """The same at another pace."""
        return attrs.evolve(self, pacer=pacer)

    async def fetch(self, source: Source, wish: Wish) -> DownloadedFile:
        """
        Fetch *source*, unless it is there.

        Raises:
            NotFound: It is at none of its URLs.
            UnexpectedHost: A URL is on no host of images; nothing was sent.
            StorageError: It cannot be written.
            PixivError: Any other of `pixivkit.errors`.
        """
        for url in source.urls:
            routed(url, self.hosts)
        parts = {url: PartFile(wish.name(_extension(url))) for url in source.urls}
        try:
            async with contextlib.AsyncExitStack() as locks:
                for target in sorted({part.target for part in parts.values()}):
                    lock = self._locks.setdefault(target, anyio.Lock(fast_acquire=True))
                    await locks.enter_async_context(lock)
                return await self._fetch(source, parts, wish)
        except PixivError as exc:
            exc.endpoint = exc.endpoint or ENDPOINT
            raise

    async def _fetch(
        self, source: Source, parts: Mapping[str, PartFile], wish: Wish
    ) -> DownloadedFile:
        missing = NotFound("the file has no URL", status=404)
        if not parts:
            raise missing
        first = next(iter(parts.values()))
        look = functools.partial(_look, parts, overwrite=wish.overwrite)
        seen = await in_thread(first.target, look)
        mark = seen.mark
        for url in seen.urls:
            size = seen.size
            try:
                if size is None:
                    size = await self._persist(url, parts[url], wish, mark)
            except NotFound as exc:
                missing, mark = exc, None
                continue
            return DownloadedFile(
                path=parts[url].target,
                size=size,
                source=source,
                url=url,
                existed=seen.size is not None,
            )
        raise missing

    async def _persist(self, url: str, part: PartFile, wish: Wish, mark: Mark | None) -> int:
        """Try until the file is there, as often as is allowed; return its size."""
        tries = most = 0
        budget = WaitBudget(self.options.patience, self.clock)
        retry = self.options.retry
        while True:
            try:
                if mark is None:
                    mark = await in_thread(part.target, functools.partial(part.mark, url))
                begun, mark = mark, None
                return await self._attempt(url, part, wish, begun, budget)
            except RateLimited as exc:
                exc.retry_after = self.pacer.on_rate_limited(exc.retry_after)
                if exc.retry_after > budget.for_trouble(self.clock.monotonic()):
                    raise
                continue
            except UnexpectedHost:
                raise
            except ServerError as exc:
                if exc.status not in _WORTH_REPEATING:
                    raise
                failure: PixivError = exc
            except TransportError as exc:
                failure = exc
            # A long file may break off more often than a short one: what brings it on is free.
            tries = 1 if part.size - most >= _BLOCK else tries + 1
            most = max(most, part.size)
            if tries >= retry.attempts:
                raise failure
            delay = retry.delay(tries)
            if delay > budget.for_trouble(self.clock.monotonic()):
                msg = f"another attempt would have to wait {delay:.1f} s; the last one: {failure}"
                raise PatienceExceeded(msg) from failure
            budget.spend(delay)
            await self.clock.sleep(delay)

    async def _attempt(
        self, url: str, part: PartFile, wish: Wish, mark: Mark, budget: WaitBudget
    ) -> int:
        size = mark.size
        if not mark.offset or mark.offset != size:
            try:
                size = await self._transfer(url, part, wish, mark, budget)
            except BaseException:
                await part.keep()
                raise
        await part.finish(size)
        return part.size

    async def _transfer(
        self, url: str, part: PartFile, wish: Wish, mark: Mark, budget: WaitBudget
    ) -> int | None:
        """Receive what is missing; return how long the file should be."""
        await self.pacer.acquire(self.options.priority, budget)
        request = WireRequest("GET", routed(url, self.hosts), _headers(wish.referer, mark))
        async with self.carrier.stream(request) as received:
            status = received.status
            if status == 416 and mark.offset:
                if _content_range(received.headers)[1] != mark.offset:
                    await in_thread(part.target, part.discard)
                    raise IncompleteFile("the file is another one now")
                return mark.offset
            if status not in (200, 206):
                raise await read_refusal(received, self.clock.time)
            self.pacer.on_success()
            try:
                size = await self._place(url, part, mark, received)
                await _receive(received, part, size, wish.progress)
            except BaseException:
                await received.abandon()
                raise
        return size

    async def _place(
        self, url: str, part: PartFile, mark: Mark, received: WireStream
    ) -> int | None:
        """Decide where the body belongs in the file; return how long that will be."""
        headers = received.headers
        kind = headers.get("content-type", "")
        if "html" in kind or "json" in kind:
            raise DecodeError([f"$: expected a picture or an archive, got {kind}"])
        if received.status == 206:
            first, size = _content_range(headers)
            other = size is not None and mark.size is not None and size != mark.size
            if not mark.offset or first != mark.offset or other:
                await in_thread(part.target, part.discard)
                raise IncompleteFile("the part that came is not the part that is missing")
            return mark.size if size is None else size
        encoded = headers.get("content-encoding", "identity") != "identity"
        length = headers.get("content-length", "")
        size = int(length) if length.isdecimal() and not encoded else None
        # A file that went through compression has other bytes than a part of it would have.
        validator = "" if encoded else _validator(headers)
        part.size = 0
        head = await _head(received)
        if len(head) < HEAD_BYTES:
            raise IncompleteFile("hardly anything came")
        if kind_of(head) is None:
            raise DecodeError([f"$: expected a picture or an archive, got {head[:16]!r}"])
        part.begin(url, validator, size)
        await part.append(head)
        return size


async def _head(received: WireStream) -> bytes:
    """The first bytes, enough to tell what they are of; fewer where there are no more."""
    head = b""
    async for chunk in received.chunks:
        head += chunk
        if len(head) >= HEAD_BYTES:
            break
    return head


async def _receive(
    received: WireStream, part: PartFile, size: int | None, progress: ProgressCallback | None
) -> None:
    def tell() -> None:
        if progress is not None:
            progress(Progress(part.size, size))

    tell()
    async for chunk in received.chunks:
        await part.append(chunk)
        tell()
        if size is not None and part.size > size:
            await in_thread(part.target, part.discard)
            raise IncompleteFile("more came than was announced")


@attrs.frozen
class _Seen:
    """
    What there is of a file.

    Attributes:
        urls: The URLs to try, in turn; of a file that is whole, only its own.
        size: The size of a file that is whole; None where it is not.
        mark: From where the first of the URLs can be gone on with.
    """

    urls: list[str]
    size: int | None = None
    mark: Mark | None = None


def _look(parts: Mapping[str, PartFile], *, overwrite: bool) -> _Seen:
    """Look for the file and for what has arrived of it, under the name of each of its URLs."""
    if not overwrite:
        for url, part in parts.items():
            size = _whole(part.target)
            if size is not None:
                return _Seen([url], size)
    # What was begun goes before the others.
    urls = sorted(parts, key=lambda url: not parts[url].exists) if len(parts) > 1 else list(parts)
    return _Seen(urls, mark=parts[urls[0]].mark(urls[0]))


def _whole(path: Path) -> int | None:
    """The size of the file at *path*; None where it is not there or not complete."""
    try:
        with path.open("rb") as file:
            return path.stat().st_size if is_complete(file) else None
    except FileNotFoundError:
        return None


def _headers(referer: str, mark: Mark) -> list[tuple[str, str]]:
    headers = [
        ("User-Agent", BROWSER),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        ("Referer", referer),
    ]
    if mark.offset:
        headers += [("Range", f"bytes={mark.offset}-"), ("If-Range", mark.validator)]
    return headers


def _validator(headers: Mapping[str, str]) -> str:
    """What If-Range may hold: a strong ETag, or else the date of the last change."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def _content_range(headers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The first byte of the part and the size of the whole, each None where it is not said."""
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", ""))
    if match is None:
        return None, None
    size = None if match["size"] == "*" else int(match["size"])
    return (None if match["first"] is None else int(match["first"])), size


def _extension(url: str) -> str:
    """The extension of the file at *url*, in small letters, with its dot."""
    suffix = suffix_of(url).lower()
    return suffix if _EXTENSION.fullmatch(suffix) else ""

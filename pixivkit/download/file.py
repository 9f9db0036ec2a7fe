"""Fetch one file from an image host to the disk: complete under its name, or absent."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Final, TypeAlias

import anyio
import attrs

from .._core.account.hosts import Hosts
from .._core.account.profile import ImageSource
from .._core.basics.clock import Clock
from .._core.calls.request import Progress, ProgressCallback
from .._core.http.backend import HttpBackend, HttpRequest, HttpStream, too_large
from .._core.sending.send_options import SendOptions, unbounded
from .._core.waiting.attempts import Attempts
from .._core.waiting.long_waits import LongWaits
from .._core.waiting.pace import Pacer
from .._core.waiting.patience import WaitBudget
from .._core.waiting.retry import may_pass
from ..errors import (
    DecodeError,
    IncompleteFile,
    NotFound,
    PixivError,
    RateLimited,
    ServerError,
)
from ..file_kind import HEAD_BYTES, kind_of
from ..models.display import BoundedRepr
from .disk import in_thread, write_whole
from .image_url import extension_of, routed
from .lookup import look
from .memory import Receiver
from .part import PartFile
from .ranges import ResumePoint, content_length, content_range, request_headers, validator
from .refusals import ENDPOINT, read_refusal
from .source import Source

__all__ = ["DownloadedFile", "FetchOptions", "Fetcher"]

_BLOCK: Final = 256 * 1024

Naming: TypeAlias = Callable[[str], Path]


@attrs.frozen(kw_only=True)
class DownloadedFile(BoundedRepr):
    """
    A file that is complete.

    Attributes:
        path: Where it is.
        size: How many bytes it has.
        source: What it is of.
        url: Which of the URLs of the source it is from.
        existed: Whether it was there already, so that nothing was sent.
        left_out: Of a novel or a book: why pictures, or novels of a series, are not in it.
    """

    path: Path
    size: int
    source: Source
    url: str
    existed: bool = False
    left_out: tuple[PixivError, ...] = ()


@attrs.frozen(kw_only=True)
class FetchOptions:
    """
    Options for fetching a file.

    Attributes:
        api: The API that the URL came from; it decides the headers sent.
        overwrite: Whether a complete file is fetched again.
        progress: Called as bytes arrive.
    """

    api: ImageSource
    overwrite: bool = False
    progress: ProgressCallback | None = None


@attrs.define(eq=False, kw_only=True)
class Fetcher:
    """
    Fetches files from image hosts: without credentials, and from nowhere else.

    Two downloads of the same file get it one after the other, the second from the disk, also in
    different processes.

    Attributes:
        check: Called before anything is sent; raises where nothing may be sent any longer.
        largest: How many bytes a file may have, decompressed.
        locks: Locks by path: tasks of one client need not ask the disk whose turn it is.
    """

    check: Callable[[], None]
    backend: HttpBackend
    identity: Callable[[ImageSource], Mapping[str, str]]
    hosts: Hosts
    options: SendOptions
    clock: Clock
    pacer: Pacer
    retry_waits: LongWaits
    largest: int
    locks: MutableMapping[Path, anyio.Lock] = attrs.field(
        factory=weakref.WeakValueDictionary[Path, anyio.Lock]
    )

    def with_pacer(self, pacer: Pacer) -> Fetcher:
        """Return a fetcher that is the same but for its pacer."""
        return attrs.evolve(self, pacer=pacer)

    async def fetch(self, source: Source, name: Naming, wanted: FetchOptions) -> DownloadedFile:
        """
        Fetch *source*, unless its file exists.

        Args:
            source: What it is.
            name: Where it goes, given the extension with its dot.
            wanted: The options.

        Raises:
            NotFound: It is at none of its URLs.
            UnexpectedHost: A URL is on no host of images; nothing was sent.
            ReplyTooLarge: It has more bytes than a file may have.
            StorageError: It cannot be written.
            PixivError: Any other of `pixivkit.errors`.
        """
        for url in source.urls:
            routed(url, self.hosts)
        parts = {url: PartFile(name(extension_of(url))) for url in source.urls}
        async with self.locks.setdefault(name(""), anyio.Lock(fast_acquire=True)):
            try:
                return await self._fetch(source, parts, wanted)
            finally:
                for part in parts.values():
                    part.leave()

    async def write(self, path: Path, content: bytes) -> None:
        """
        Write a small file, such as a sidecar, in place of one of the same name.

        Raises:
            StorageError: It cannot be written.
        """
        await in_thread(path, lambda: write_whole(path, content))

    async def receive(self, source: Source, api: ImageSource, file: Receiver) -> None:
        """
        Receive *source*, from the first of its URLs that exists.

        Args:
            source: What it is.
            api: The API that the URLs came from; it decides the headers sent.
            file: Where its bytes go.

        Raises:
            PixivError: As `fetch`; nothing is stored.
        """
        for url in source.urls:
            routed(url, self.hosts)
        missing = _nowhere()
        for url in source.urls:
            try:
                await self._persist(url, file, FetchOptions(api=api), ResumePoint())
            except NotFound as exc:
                if file.size:
                    raise
                missing = exc
            else:
                return
        raise missing

    async def _fetch(
        self, source: Source, parts: Mapping[str, PartFile], wanted: FetchOptions
    ) -> DownloadedFile:
        missing = _nowhere()
        left = dict(parts)
        while left:
            existing = await look(left, overwrite=wanted.overwrite)
            part, size = left.pop(existing.url), existing.size
            try:
                if size is None:
                    size = await self._persist(existing.url, part, wanted, existing.resume_point)
            except NotFound as exc:
                missing = exc
                part.leave()
                continue
            return DownloadedFile(
                path=part.target,
                size=size,
                source=source,
                url=existing.url,
                existed=existing.size is not None,
            )
        raise missing

    async def _persist(
        self, url: str, part: Receiver, wanted: FetchOptions, resume_point: ResumePoint
    ) -> int:
        """Try until the file is complete, as often as retries allow; return its size."""
        budget = WaitBudget(self.options.patience, self.clock)
        attempts = Attempts(
            call_id=0,
            endpoint=ENDPOINT,
            retry=self.options.retry,
            budget=budget,
            pacer=self.pacer,
            clock=self.clock,
            waits=self.retry_waits,
            listener=None,
            observed=False,
        )
        most = 0
        while True:
            await self.pacer.acquire(self.options.priority, budget)
            self.check()
            attempts.sent += 1
            try:
                if attempts.sent > 1:
                    resume_point = await part.resume_point(url)
                return await self._attempt(url, part, wanted, resume_point)
            except PixivError as exc:
                failure = exc
            # A long file may break off more often than a short one: what brings it on is free.
            if part.size - most >= _BLOCK:
                attempts.free = attempts.sent - 1
            most = max(most, part.size)
            is_safe = part.can_go_on and _may_pass(failure)
            if not await attempts.prepare_another(failure, is_safe=is_safe):
                raise failure

    async def _attempt(
        self, url: str, part: Receiver, wanted: FetchOptions, resume_point: ResumePoint
    ) -> int:
        size = resume_point.size
        if not resume_point.offset or resume_point.offset != size:
            try:
                size = await self._transfer(url, part, wanted, resume_point)
            except BaseException:
                await part.keep()
                raise
        return await part.finish(size)

    async def _transfer(
        self, url: str, part: Receiver, wanted: FetchOptions, resume_point: ResumePoint
    ) -> int | None:
        """Receive the missing bytes; return the expected size of the file."""
        request = HttpRequest(
            "GET",
            routed(url, self.hosts),
            request_headers(self.identity(wanted.api), resume_point),
        )
        async with self.backend.stream(request, unbounded(self.options.timeouts)) as received:
            status = received.status
            if status == 416 and resume_point.offset:
                if content_range(received.headers)[1] != resume_point.offset:
                    await part.discard()
                    raise IncompleteFile("the file is another one now")
                return resume_point.offset
            if status not in (200, 206):
                raise await read_refusal(received, self.clock.time)
            self.pacer.on_success()
            try:
                size = await self._begin(url, part, wanted.progress, resume_point, received)
                await self._receive(received, part, size, wanted.progress)
            except BaseException:
                await received.abandon()
                raise
        return size

    async def _begin(
        self,
        url: str,
        part: Receiver,
        progress: ProgressCallback | None,
        resume_point: ResumePoint,
        received: HttpStream,
    ) -> int | None:
        """Decide where the body belongs in the file; return the expected size of the file."""
        headers = received.headers
        kind = headers.get("content-type", "")
        if "html" in kind or "json" in kind:
            raise DecodeError([f"$: expected a picture or an archive, got {kind}"])
        if received.status == 206:
            first, size = content_range(headers)
            other = (
                size is not None and resume_point.size is not None and size != resume_point.size
            )
            if not resume_point.offset or first != resume_point.offset or other:
                await part.discard()
                raise IncompleteFile("the part that came is not the part that is missing")
            return self._bounded(resume_point.size if size is None else size)
        encoded = headers.get("content-encoding", "identity") != "identity"
        size = None if encoded else self._bounded(content_length(headers))
        # A file that went through compression has other bytes than a part of it would have.
        version = "" if encoded else validator(headers)
        part.size = 0
        head = await _head(received)
        if len(head) < HEAD_BYTES:
            raise IncompleteFile("hardly anything came")
        if kind_of(head) is None:
            raise DecodeError(["$: expected a picture or an archive, got other bytes"])
        self._bounded(len(head))
        part.begin(url, version, size)
        if progress is not None:
            progress(Progress(0, size))
        await part.append(head)
        return size

    def _bounded(self, size: int | None) -> int | None:
        if size is not None and size > self.largest:
            raise too_large(self.largest)
        return size

    async def _receive(
        self,
        received: HttpStream,
        part: Receiver,
        size: int | None,
        progress: ProgressCallback | None,
    ) -> None:
        def tell() -> None:
            if progress is not None:
                progress(Progress(part.size, size))

        tell()
        async for chunk in received.chunks:
            if part.size + len(chunk) > self.largest:
                await part.discard()
                raise too_large(self.largest)
            await part.append(chunk)
            tell()
            if size is not None and part.size > size:
                await part.discard()
                raise IncompleteFile("more came than was announced")


def _may_pass(failure: PixivError) -> bool:
    """Whether a file that failed may come when it is asked for once more."""
    if isinstance(failure, RateLimited):
        return True
    # A host that sends something else, or an error of its own, has nothing better.
    is_final = isinstance(failure, DecodeError) or (
        isinstance(failure, ServerError) and failure.status == 500
    )
    return not is_final and may_pass(failure)


def _nowhere() -> NotFound:
    return NotFound("the file has no URL", status=404)


async def _head(received: HttpStream) -> bytes:
    """Return the first bytes, enough to detect the kind of file; fewer where there are no more."""
    head = b""
    async for chunk in received.chunks:
        head += chunk
        if len(head) >= HEAD_BYTES:
            break
    return head

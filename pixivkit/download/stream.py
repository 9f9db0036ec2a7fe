"""Fetch one file into memory: in chunks as they arrive, or whole."""

from __future__ import annotations

import builtins
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Self, TypeAlias

import anyio
import attrs
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from ..errors import InvalidArgument, PixivError
from .about import errors_about
from .file import Fetcher
from .memory import MemoryFile, PassedFile
from .source import Source, Work

__all__ = ["FileStream", "only_source"]

LIMIT: Final = 50 * 1024 * 1024

Opened: TypeAlias = tuple[Fetcher, Work]


class FileStream:
    """
    One file, into memory: made by `Pixiv.fetch`, which sends nothing.

        async with px.fetch("https://www.pixiv.net/artworks/123#1") as file:
            async for chunk in file:
                ...

        data = await px.fetch("https://www.pixiv.net/artworks/123#1").bytes()

    Entering it sends the request, and raises where there is no such file. Chunks come as they are
    asked for, so that little of the file is in memory; a transfer that breaks off is gone on with
    where it broke. That the file is whole is known after the last chunk: what ends the iteration
    with an error is not. Leaving it closes the connection. Use it in one task.
    """

    def __init__(self, opened: Callable[[], Awaitable[Opened]]) -> None:
        self._opened = opened
        self._source: Source | None = None
        self._url = ""
        self._size: int | None = None
        self._ahead = b""
        self._error: Exception | None = None
        self._tasks: TaskGroup | None = None
        self._chunks: MemoryObjectReceiveStream[bytes] | None = None

    @property
    def source(self) -> Source | None:
        """The file; None before it is entered."""
        return self._source

    @property
    def url(self) -> str:
        """The URL of the file that it comes from; empty before it is entered."""
        return self._url

    @property
    def size(self) -> int | None:
        """The size of the file in bytes; None before it is entered, or where it is unknown."""
        return self._size

    async def bytes(self, *, limit: int = LIMIT) -> builtins.bytes:
        """
        Fetch the whole file, without entering.

        Args:
            limit: How many bytes it may have, decompressed; the ``largest_file`` of the client
                is a limit as well.

        Returns:
            A file that is complete.

        Raises:
            ReplyTooLarge: It has more bytes; no more than *limit* were read.
            NotFound: It is at none of its URLs.
            PixivError: Any other of `pixivkit.errors`; see `Pixiv.download`.
        """
        fetcher, work = await self._opened()
        [source] = work.sources
        file = MemoryFile()
        with work.errors_about(source):
            bounded = attrs.evolve(fetcher, largest=min(limit, fetcher.largest))
            await bounded.receive(source, work.api, file)
        return file.content

    async def __aenter__(self) -> Self:
        if self._tasks is not None:
            raise PixivError("this file is being read already: px.fetch makes another one")
        fetcher, work = await self._opened()
        [self._source] = work.sources
        self._error = None
        passed, self._chunks = anyio.create_memory_object_stream[builtins.bytes](0)
        self._tasks = await anyio.create_task_group().__aenter__()
        self._tasks.start_soon(self._receive, fetcher, work, self._source, passed)
        try:
            self._ahead = await self._next()
        except BaseException:
            await self._leave()
            raise
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._leave()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> builtins.bytes:
        if self._ahead:
            ahead, self._ahead = self._ahead, b""
            return ahead
        return await self._next()

    async def _next(self) -> builtins.bytes:
        if self._chunks is None:
            raise PixivError("this file is not open: read it inside `async with px.fetch(...)`")
        try:
            return await self._chunks.receive()
        except anyio.EndOfStream:
            pass
        raise self._error or StopAsyncIteration

    async def _receive(
        self,
        fetcher: Fetcher,
        work: Work,
        source: Source,
        passed: MemoryObjectSendStream[builtins.bytes],
    ) -> None:
        # Closed without a checkpoint, so that the error is there when the end is seen.
        with passed:
            try:
                with work.errors_about(source):
                    file = PassedFile(self._begun, passed.send)
                    await fetcher.receive(source, work.api, file)
            except Exception as exc:
                self._error = exc

    def _begun(self, url: str, size: int | None) -> None:
        self._url, self._size = url, size

    async def _leave(self) -> None:
        """End the transfer; an exception of the block is raised as it is, ungrouped."""
        tasks, self._tasks = self._tasks, None
        chunks, self._chunks = self._chunks, None
        self._ahead = b""
        if chunks is not None:
            chunks.close()
        if tasks is not None:
            tasks.cancel_scope.cancel()
            await tasks.__aexit__(None, None, None)


def only_source(works: list[Work]) -> Work:
    """
    Return the work, which has to have a single file.

    Raises:
        InvalidArgument: There are several.
    """
    if len(works) == 1 and len(works[0].sources) == 1:
        return works[0]
    count = sum(len(work.sources) for work in works)
    with errors_about(works[0].id if len(works) == 1 else ""):
        raise InvalidArgument(f"there are {count} files, not one: say which with page=")

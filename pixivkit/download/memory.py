"""Receive the bytes of a file: into memory, or pass them on to a reader."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

import attrs

from ..errors import IncompleteFile
from .check import EndCheck, is_complete
from .ranges import ResumePoint

__all__ = ["MemoryFile", "PassedFile", "Receiver"]

_LACKS_END: Final = "the file lacks its end"


class Receiver(Protocol):
    """
    The interface of objects that receive a file; see `PartFile` for what each method does.

    Attributes:
        size: How many bytes have arrived.
    """

    size: int

    @property
    def can_go_on(self) -> bool:
        """Whether another attempt may bring what is missing."""
        ...

    async def resume_point(self, url: str) -> ResumePoint: ...

    def begin(self, url: str, validator: str, size: int | None) -> None: ...

    async def append(self, data: bytes) -> None: ...

    async def keep(self) -> None: ...

    async def discard(self) -> None: ...

    async def finish(self, size: int | None) -> int: ...


@attrs.define(eq=False)
class MemoryFile:
    """
    A file in memory.

    Attributes:
        size: How many bytes have arrived.
        content: All of it, when it is complete.
    """

    size: int = 0
    content: bytes = b""
    _url: str = ""
    _mark: ResumePoint = attrs.field(factory=ResumePoint)
    _pieces: list[bytes] = attrs.field(factory=list[bytes])

    @property
    def can_go_on(self) -> bool:
        """Always true: what has arrived can be discarded."""
        return True

    async def resume_point(self, url: str) -> ResumePoint:
        """Return where the download of *url* can resume."""
        arrived = sum(map(len, self._pieces))
        if not arrived or url != self._url or not self._mark.validator:
            await self.discard()
            return ResumePoint()
        self.size = arrived
        return attrs.evolve(self._mark, offset=arrived)

    def begin(self, url: str, validator: str, size: int | None) -> None:
        """Start again from the first byte."""
        self._url, self._mark = url, ResumePoint(0, validator, size)
        self._pieces.clear()
        self.size = 0

    async def append(self, data: bytes) -> None:
        """Add *data* at the end."""
        self._pieces.append(data)
        self.size += len(data)

    async def keep(self) -> None:
        """Do nothing: everything is in memory already."""

    async def discard(self) -> None:
        """Discard what has arrived."""
        self._pieces.clear()
        self.size = 0

    async def finish(self, size: int | None) -> int:
        """
        Set `content` to the whole file.

        Raises:
            IncompleteFile: It has fewer bytes than *size*, or lacks its end.
        """
        _need(self.size, size)
        content = b"".join(self._pieces)
        if not is_complete(io.BytesIO(content)):
            if size is not None:
                await self.discard()
            raise IncompleteFile(_LACKS_END)
        self._pieces.clear()
        self.content = content
        return len(content)


@attrs.define(eq=False)
class PassedFile:
    """
    A file that is passed on as it arrives; bytes that were passed on cannot be taken back.

    Attributes:
        size: How many bytes were passed on.
        begun: Called when it is known how many bytes it has, with its URL and that.
        put: Passes bytes on, and returns when there is room for more.
    """

    begun: Callable[[str, int | None], None]
    put: Callable[[bytes], Awaitable[None]]
    size: int = 0
    _url: str = ""
    _mark: ResumePoint = attrs.field(factory=ResumePoint)
    _passed: int = 0
    _watch: EndCheck = attrs.field(factory=EndCheck)
    _is_spoiled: bool = False

    @property
    def can_go_on(self) -> bool:
        """Whether nothing was passed on yet, or the rest can be fetched alone."""
        return not self._passed or (bool(self._mark.validator) and not self._is_spoiled)

    async def resume_point(self, url: str) -> ResumePoint:
        """Return where the download of *url* can resume."""
        self.size = self._passed
        if not self._passed or url != self._url:
            return ResumePoint()
        return attrs.evolve(self._mark, offset=self._passed)

    def begin(self, url: str, validator: str, size: int | None) -> None:
        """
        Start.

        Raises:
            IncompleteFile: Bytes of another version were passed on already.
        """
        if self._passed:
            self._is_spoiled = True
            raise IncompleteFile("the file became another one while it was read")
        self._url, self._mark, self.size = url, ResumePoint(0, validator, size), 0
        self.begun(url, size)

    async def append(self, data: bytes) -> None:
        """Pass *data* on."""
        self._watch.feed(data)
        # If this is cancelled, nobody knows whether it was taken; and nobody asks for more.
        self._passed += len(data)
        self.size += len(data)
        await self.put(data)

    async def keep(self) -> None:
        """Do nothing: everything was passed on already."""

    async def discard(self) -> None:
        """Refuse to start again where bytes were passed on."""
        self._is_spoiled = True

    async def finish(self, size: int | None) -> int:
        """
        Return the size of the file.

        Raises:
            IncompleteFile: It has fewer bytes than *size*, or lacks its end.
        """
        _need(self.size, size)
        if not self._watch.is_complete():
            self._is_spoiled = True
            raise IncompleteFile(_LACKS_END)
        return self.size


def _need(arrived: int, size: int | None) -> None:
    if size is not None and arrived < size:
        msg = f"{arrived} of {size} bytes arrived"
        raise IncompleteFile(msg)

"""Where the bytes of a file go as they arrive: to the disk, into memory, or to who reads them."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

import attrs

from ..errors import IncompleteFile
from .check import EndWatch, is_complete
from .ranges import ResumePoint

__all__ = ["MemoryFile", "PassedFile", "Receiver"]

_LACKS_END: Final = "the file lacks its end"


class Receiver(Protocol):
    """
    What a file is received with; see `PartFile` for what each method does.

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
        """Always: what has arrived can be thrown away."""
        return True

    async def resume_point(self, url: str) -> ResumePoint:
        """Return from where the download of *url* can go on."""
        arrived = sum(map(len, self._pieces))
        if not arrived or url != self._url or not self._mark.validator:
            await self.discard()
            return ResumePoint()
        self.size = arrived
        return attrs.evolve(self._mark, offset=arrived)

    def begin(self, url: str, validator: str, size: int | None) -> None:
        """Start anew."""
        self._url, self._mark = url, ResumePoint(0, validator, size)
        self._pieces.clear()
        self.size = 0

    async def append(self, data: bytes) -> None:
        """Add *data* at the end."""
        self._pieces.append(data)
        self.size += len(data)

    async def keep(self) -> None:
        """Everything is kept."""

    async def discard(self) -> None:
        """Throw away what is there."""
        self._pieces.clear()
        self.size = 0

    async def finish(self, size: int | None) -> int:
        """
        Make *content* of it.

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
    A file that is passed on as it arrives; what was passed on cannot be taken back.

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
    _watch: EndWatch = attrs.field(factory=EndWatch)
    _is_spoiled: bool = False

    @property
    def can_go_on(self) -> bool:
        """Whether nothing was passed on yet, or the rest can be had alone."""
        return not self._passed or (bool(self._mark.validator) and not self._is_spoiled)

    async def resume_point(self, url: str) -> ResumePoint:
        """Return from where the download of *url* can go on."""
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
        """Nothing waits."""

    async def discard(self) -> None:
        """What was passed on is no use."""
        self._is_spoiled = True

    async def finish(self, size: int | None) -> int:
        """
        Return how many bytes it has.

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

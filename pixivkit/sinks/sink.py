"""The base classes of sinks."""

from __future__ import annotations

import datetime as dt
import os
from abc import abstractmethod
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import anyio

from .._core.running.serial_thread import SerialThread
from ..errors import SinkError
from ..models.base import Model
from .row import Row, row_of

__all__ = ["FileSink", "Sink"]


class Sink(Protocol):
    """Base of sinks, which results are written to: an asynchronous context manager."""

    async def __aenter__(self) -> Self:
        """Open it."""
        ...

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Close it."""
        ...

    async def write(
        self,
        model: Model,
        *,
        endpoint: str | None = None,
        fetched_at: dt.datetime | None = None,
    ) -> None:
        """
        Write one result.

        Args:
            model: Any model; works fill most columns.
            endpoint: Name of the endpoint it is from, such as ``app.user.illusts``.
            fetched_at: When it was fetched, with an offset, such as an outcome's `fetched_at`; by
                default it was just now.

        Raises:
            SinkError: It could not be written.
        """
        ...

    async def write_many(
        self,
        models: Iterable[Model],
        *,
        endpoint: str | None = None,
        fetched_at: dt.datetime | None = None,
    ) -> None:
        """Write many results, which is faster; likewise `write`."""
        ...

    async def aclose(self) -> None:
        """Finish the file and close it; does nothing where it is closed."""
        ...


class FileSink(Sink):
    """
    A sink that writes to one file.

    Its work is done in threads, a call at a time. A call that is cancelled has written nothing
    or all it was given.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        # Absolute: the program may change its folder before the file is finished.
        self._path = Path(path).absolute()
        self._worker = SerialThread()
        self._is_open = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {str(self._path)!r}>"

    async def __aenter__(self) -> Self:
        def work() -> None:
            if self._is_open:
                msg = f"{self._path} is open already"
                raise SinkError(msg)
            self._open()
            self._is_open = True

        await self._worker.run(work)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._finish(complete=exc is None)

    async def aclose(self) -> None:
        await self._finish(complete=True)

    async def write(
        self,
        model: Model,
        *,
        endpoint: str | None = None,
        fetched_at: dt.datetime | None = None,
    ) -> None:
        await self.write_many((model,), endpoint=endpoint, fetched_at=fetched_at)

    async def write_many(
        self,
        models: Iterable[Model],
        *,
        endpoint: str | None = None,
        fetched_at: dt.datetime | None = None,
    ) -> None:
        taken = list(models)
        moment = fetched_at or dt.datetime.now(dt.UTC)

        def work() -> None:
            if not self._is_open:
                msg = f"{self._path} is not open: use the sink inside `async with`"
                raise SinkError(msg)
            self._write([row_of(model, endpoint=endpoint, fetched_at=moment) for model in taken])

        await self._worker.run(work)

    async def _finish(self, *, complete: bool) -> None:
        def work() -> None:
            if self._is_open:
                self._is_open = False
                self._close(complete=complete)

        with anyio.CancelScope(shield=True):
            await self._worker.run(work)

    @abstractmethod
    def _open(self) -> None:
        """Open the file; blocks, as do the others."""

    @abstractmethod
    def _write(self, rows: list[Row]) -> None:
        """Write all *rows* or none."""

    @abstractmethod
    def _close(self, *, complete: bool) -> None:
        """Close the file; it is not *complete* where an exception ended the writing."""

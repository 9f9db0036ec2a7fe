"""Blocking work on files, away from the event loop."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Generic, TypeVar, cast

import anyio
import anyio.to_thread
import attrs

from ..errors import DiskFull, FileNotWritable, StorageError

__all__ = ["Disk", "in_thread"]

T = TypeVar("T")

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_FEW: Final = 1
_SLOW: Final = 0.005
"""Seconds for a job, from which on a disk is slow."""


async def in_thread(path: Path, function: Callable[[], T]) -> T:
    """
    Run *function*, which works on *path*, away from the event loop; what starts is finished.

    Raises:
        StorageError: The system refuses it.
    """
    try:
        return await anyio.to_thread.run_sync(function)
    except OSError as exc:
        raise _refused(path, exc) from exc


def _refused(path: Path, exc: OSError) -> StorageError:
    kind = StorageError
    if exc.errno in _FULL:
        kind = DiskFull
    elif exc.errno in _FORBIDDEN:
        kind = FileNotWritable
    # What cannot be renamed is named after what it was to become.
    named = exc.filename2 or path
    return kind(f"{named}: {exc.strerror or exc}", path=str(named))


@attrs.define(eq=False)
class _Job(Generic[T]):
    """
    Something short that a task waits for.

    Attributes:
        trip: What its task is to do together with it.
        told: Set when it is done, or when its task is to make a trip.
    """

    function: Callable[[], T]
    trip: list[_Job[Any]] = attrs.field(factory=list["_Job[Any]"])
    told: anyio.Event | None = None
    done: bool = False
    error: Exception | None = None
    value: T | None = None
    # asyncio's own cancellation leaves a thread behind, with jobs that another then takes on.
    _turn: threading.Lock = attrs.field(factory=threading.Lock)

    def do(self) -> None:
        with self._turn:
            if not self.done:
                try:
                    self.value = self.function()
                except Exception as exc:
                    self.error = exc
                self.done = True

    def tell(self) -> None:
        if self.told is not None:
            self.told.set()


@attrs.define(eq=False)
class Disk:
    """
    Does what is short, such as to write a small file, for many tasks.

    A trip to a thread costs more than what is done there. So only a few are made at once, and
    when one ends the next is for all that wait by then. Where the disk is slow, as over a
    network, nobody waits for others.
    """

    _trips: int = attrs.field(default=0, init=False)
    _is_slow: bool = attrs.field(default=False, init=False)
    _waiting: list[_Job[Any]] = attrs.field(factory=list[_Job[Any]], init=False)

    async def run(self, path: Path, function: Callable[[], T]) -> T:
        """
        Run *function*, which works on *path*, away from the event loop; what starts is finished.

        Raises:
            StorageError: The system refuses it.
        """
        job = _Job(function)
        self._waiting.append(job)
        if self._trips < _FEW or self._is_slow:
            self._set_out()
        else:
            await self._wait(job)
        if job.trip:
            await self._go(job)
        if isinstance(job.error, OSError):
            raise _refused(path, job.error) from job.error
        if job.error is not None:
            raise job.error
        return cast("T", job.value)

    def _set_out(self) -> None:
        """Give all that wait to the first of them."""
        if self._waiting:
            self._trips += 1
            first = self._waiting[0]
            first.trip, self._waiting = self._waiting, []
            first.tell()

    async def _wait(self, job: _Job[Any]) -> None:
        job.told = anyio.Event()
        try:
            await job.told.wait()
        except BaseException:
            if job.trip:
                self._come_back(job)
            elif job in self._waiting:
                self._waiting.remove(job)
            raise

    async def _go(self, leader: _Job[Any]) -> None:
        try:
            seconds = await anyio.to_thread.run_sync(_do_all, leader.trip)
            self._is_slow = seconds > _SLOW * len(leader.trip)
        finally:
            self._come_back(leader)

    def _come_back(self, leader: _Job[Any]) -> None:
        self._trips -= 1
        left: list[_Job[Any]] = []
        for job in leader.trip:
            if job.done:
                job.tell()
            elif job is not leader:
                left.append(job)
        leader.trip = []
        self._waiting[:0] = left
        self._set_out()


def _do_all(jobs: Sequence[_Job[Any]]) -> float:
    began = time.perf_counter()
    for job in jobs:
        job.do()
    return time.perf_counter() - began

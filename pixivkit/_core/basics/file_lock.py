"""A lock that one process has at a time, and that ends with it, however it ends."""

from __future__ import annotations

import errno
import functools
import os
import stat
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

import anyio
import anyio.to_thread

T = TypeVar("T")

_FIRST_PAUSE: Final = 0.01
_LONGEST_PAUSE: Final = 0.25
_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # Not lockf: its locks are lost as soon as this process closes any other descriptor.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """
    The lock on *path*, a regular file.

    Args:
        path: The file; it is made where it is not there, and a symbolic link is not followed.
        mode: The rights of a new file.
        removed: Whether the file goes with the lock if it is empty then; else it stays.

    Attributes:
        descriptor: Of the file, open for reading and writing.

    Raises:
        BlockingIOError: Somebody else has it.
        OSError: The file cannot be made, or its file system knows no locks.
    """

    def __init__(self, path: Path, *, mode: int = 0o600, removed: bool = False) -> None:
        self._path = path
        self._removed = removed
        while True:
            self.descriptor: int = _locked(path, mode)
            # Whoever had the lock may have moved the file away after it was opened here.
            if self.is_at_path():
                break
            os.close(self.descriptor)

    def is_at_path(self) -> bool:
        """Whether the locked file is still the one at the path, which others would lock."""
        try:
            return os.path.samestat(os.fstat(self.descriptor), self._path.lstat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Release the lock."""
        empty = self._removed and os.fstat(self.descriptor).st_size == 0
        if empty and sys.platform != "win32":
            # Before the lock is gone: afterwards it may be the file of somebody else.
            with suppress(OSError):
                if self.is_at_path():
                    self._path.unlink()
        os.close(self.descriptor)
        if empty and sys.platform == "win32":
            # A file that is open cannot be removed there, neither one's own nor another's.
            with suppress(OSError):
                self._path.unlink()


def _locked(path: Path, mode: int) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, mode)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        _lock(descriptor)
    except OSError as exc:
        os.close(descriptor)
        kind = BlockingIOError if exc.errno in _TAKEN else OSError
        raise kind(exc.errno, exc.strerror, str(path)) from exc
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


class LockOwner:
    """
    Holds a lock for a task whose work is done in threads.

    asyncio's own cancellation leaves a thread behind, which may still take the lock, or work on
    what it protects: the lock is let go when the task has left and no such thread is at work.

    Args:
        path: See `FileLock`.
        mode: See `FileLock`.
        removed: See `FileLock`.
    """

    def __init__(self, path: Path, *, mode: int = 0o600, removed: bool = False) -> None:
        self._make = functools.partial(FileLock, path, mode=mode, removed=removed)
        self._lock: FileLock | None = None
        self._threads = 0
        self._has_left = False
        self._state = threading.Lock()
        self._alone = threading.Lock()

    def run(self, function: Callable[[], T]) -> T:
        """Run *function*, which may `take` the lock, after those that run; this blocks."""
        with self._state:
            self._threads += 1
        try:
            with self._alone:
                return function()
        finally:
            with self._state:
                self._threads -= 1
                self._release_unused()

    def take(self) -> bool:
        """
        Take the lock, inside of `run`; return whether it is held now.

        Raises:
            OSError: The file cannot be made, or its file system knows no locks.
        """
        if self._lock is not None and not self._lock.is_at_path():
            lock, self._lock = self._lock, None
            lock.release()
        if self._lock is None:
            try:
                self._lock = self._make()
            except BlockingIOError:
                return False
        return True

    def has_locked(self, descriptor: int) -> bool:
        """Whether *descriptor* is of the locked file; inside of `run`."""
        lock = self._lock
        return lock is not None and os.path.sameopenfile(lock.descriptor, descriptor)

    def leave(self) -> None:
        """Release the lock as soon as no thread is at work; does nothing the second time."""
        with self._state:
            self._has_left = True
            self._release_unused()

    def _release_unused(self) -> None:
        if self._has_left and not self._threads and self._lock is not None:
            lock, self._lock = self._lock, None
            lock.release()


async def taken(attempt: Callable[[], Awaitable[bool]]) -> None:
    """Repeat *attempt* to take a lock until it returns true, with growing pauses."""
    pause = _FIRST_PAUSE
    while not await attempt():
        await anyio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


@asynccontextmanager
async def held_lock(path: Path) -> AsyncGenerator[None]:
    """
    Hold the lock on *path* while the block lasts; others wait for it, in whichever process.

    Waiting does not keep the event loop from other work, and may be cancelled. The lock ends with
    the process at the latest, also when that is killed. A task that has it must not ask for it
    again.

    Args:
        path: The file of the lock, which stays. Only its owner can read it; a folder that is not
            there is made, for its owner alone.

    Raises:
        OSError: The file cannot be made, is a symbolic link, or its file system knows no locks.
    """
    owner = LockOwner(path)

    def take() -> bool:
        try:
            return owner.take()
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return owner.take()

    async def attempt() -> bool:
        # A limiter of its own: the program's threads may all be waiting for whoever has the lock.
        limiter = anyio.CapacityLimiter(1)
        return await anyio.to_thread.run_sync(owner.run, take, limiter=limiter)

    try:
        await taken(attempt)
        yield
    finally:
        owner.leave()

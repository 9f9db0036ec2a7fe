"""Where a file goes: what there is of it, and the lock that one download of it has at a time."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import attrs

from .._core.file_lock import LockOwner, taken
from .check import is_complete
from .disk import in_thread
from .image_url import extension_of
from .part import PartFile
from .ranges import Mark

__all__ = ["Naming", "Place", "Seen"]

Naming: TypeAlias = Callable[[str], Path]


@attrs.frozen
class Seen:
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


class Place:
    """
    The names of a file that may be at one of several URLs.

    They share a lock, ``name.part.lock`` without the extension, which is there only as long as
    somebody fetches the file.

    Args:
        urls: Where the file may be.
        name: Where it goes, given the extension with its dot.

    Attributes:
        lock: The file of the lock.
        parts: The unfinished file for each URL.
    """

    def __init__(self, urls: Sequence[str], name: Naming) -> None:
        self.lock: Path = Path(f"{name('')}.part.lock")
        self._owner = LockOwner(self.lock, removed=True)
        self.parts: dict[str, PartFile] = {
            url: PartFile(name(extension_of(url)), self._owner) for url in urls
        }

    async def look(self, *, overwrite: bool) -> Seen:
        """
        Look for the file; unless it is whole, have the lock before, until it is complete.

        Where somebody else fetches it, in whichever process, this waits until they are done.

        Args:
            overwrite: Whether a file that is whole does not count.

        Raises:
            StorageError: The system refuses it.
        """
        look = functools.partial(self._owner.run, functools.partial(self._look, overwrite))
        found: list[Seen] = []

        async def attempt() -> bool:
            seen = await in_thread(self.lock, look)
            if seen is not None:
                found.append(seen)
            return seen is not None

        await taken(attempt)
        return found[0]

    def leave(self) -> None:
        """Let others have the lock."""
        self._owner.leave()

    def _look(self, overwrite: bool) -> Seen | None:
        """What there is; None while somebody else has the lock."""
        if not overwrite and (seen := self._whole()):
            self._tidy()
            return seen
        if not self._take():
            return None
        # It may have been completed until a moment ago.
        if not overwrite and (seen := self._whole()):
            self._owner.leave()
            return seen
        parts = self.parts
        # What was begun goes before the others.
        urls = sorted(parts, key=lambda url: not parts[url].exists) if len(parts) > 1 else [*parts]
        return Seen(urls, mark=parts[urls[0]].mark(urls[0]))

    def _take(self) -> bool:
        try:
            return self._owner.take()
        except FileNotFoundError:
            self.lock.parent.mkdir(parents=True, exist_ok=True)
            return self._owner.take()

    def _whole(self) -> Seen | None:
        for url, part in self.parts.items():
            with suppress(FileNotFoundError), part.target.open("rb") as file:
                if is_complete(file):
                    return Seen([url], os.fstat(file.fileno()).st_size)
        return None

    def _tidy(self) -> None:
        """Remove what a process left that was killed when the file had just become complete."""
        if not os.access(self.lock, os.F_OK):
            return
        with suppress(OSError):
            if self._owner.take():
                for part in self.parts.values():
                    part.tidy()
                self._owner.leave()

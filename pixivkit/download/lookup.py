"""Find what exists of a file that may be at one of several URLs."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from .._core.basics.file_lock import taken
from .check import whole_size
from .disk import in_thread
from .part import PartFile
from .ranges import ResumePoint

__all__ = ["ExistingFile", "look"]


@attrs.frozen
class ExistingFile:
    """
    What exists of a file on the disk.

    Attributes:
        url: The URL to try; of a file that is whole, its own.
        size: The size of a file that is whole; None where it is not.
        resume_point: How far an unfinished one has come.
    """

    url: str
    size: int | None = None
    resume_point: ResumePoint = attrs.field(factory=ResumePoint)


async def look(parts: Mapping[str, PartFile], *, overwrite: bool) -> ExistingFile:
    """
    Look for the file; unless it is complete, lock the unfinished file of the URL to try.

    Where somebody else fetches it, in whichever process, this waits until they are done.

    Args:
        parts: The unfinished file for each URL, which the caller leaves afterwards.
        overwrite: Whether a file that is whole does not count.

    Raises:
        StorageError: The system refuses it.
    """
    found: list[ExistingFile] = []
    target = next(iter(parts.values())).target

    async def attempt() -> bool:
        existing = await in_thread(target, lambda: _look(parts, overwrite))
        if existing is not None:
            found.append(existing)
        return existing is not None

    await taken(attempt)
    return found[0]


def _look(parts: Mapping[str, PartFile], overwrite: bool) -> ExistingFile | None:
    """Return what exists; None while somebody else fetches it."""
    if not overwrite:
        for url, part in parts.items():
            if (size := whole_size(part.target)) is not None:
                return ExistingFile(url, size)
    # What was begun goes before the others.
    url = (
        min(parts, key=lambda url: not parts[url].exists) if len(parts) > 1 else next(iter(parts))
    )
    part = parts[url]
    resume_point = part.hold(url)
    if resume_point is None:
        return None
    # It may have been completed until a moment ago.
    if not overwrite and (size := whole_size(part.target)) is not None:
        part.leave()
        return ExistingFile(url, size)
    return ExistingFile(url, resume_point=resume_point)

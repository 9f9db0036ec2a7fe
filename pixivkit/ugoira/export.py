"""Export an ugoira to a file that other programs show."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, TypeAlias

from ..errors import InvalidArgument
from .archive import ArchiveSource, UgoiraArchive
from .entries import ArchiveLimits
from .folder import write_folder
from .movie import find_ffmpeg, write_movie
from .stoppable import in_stoppable_thread
from .timing import FrameTiming

__all__ = [
    "ExportFormat",
    "UgoiraFiles",
    "check_export",
    "ending_of",
    "export",
    "export_archive",
]

ExportFormat: TypeAlias = Literal["gif", "webp", "apng", "mp4", "webm", "frames"]
"""
What an ugoira is exported to:

* ``gif``, ``webp``, ``apng``: a picture that plays for ever; needs the extra ``images``
* ``mp4`` (H.264), ``webm`` (VP9): a video of one round; needs ``ffmpeg``
* ``frames``: a folder with the frames as they are, and their delays: ``animation.json``, and
  ``frames.ffconcat`` for ``ffmpeg -f concat``
"""

UgoiraFiles: TypeAlias = Literal["zip", "originals"] | ExportFormat
"""
What `Pixiv.download` makes of an ugoira:

* ``zip``: the archive with its frames, the larger one of the two that pixiv has
* ``originals``: the frames as they were uploaded, one file each, and ``140000001_ugoira.json``
  with their delays
* any `ExportFormat`: the archive, exported
"""

_ENDINGS: Final[dict[ExportFormat, str]] = {
    "gif": ".gif",
    "webp": ".webp",
    "apng": ".png",
    "mp4": ".mp4",
    "webm": ".webm",
    "frames": "",
}
_FORMATS: Final[dict[str, ExportFormat]] = {
    **{ending: format for format, ending in _ENDINGS.items()},
    ".apng": "apng",
}


async def export(
    archive: ArchiveSource,
    frames: Iterable[FrameTiming],
    to: str | os.PathLike[str],
    *,
    format: ExportFormat | None = None,
    quality: int = 90,
    lossless: bool = False,
    limits: ArchiveLimits | None = None,
) -> Path:
    """
    Export an ugoira whose archive is there already.

        await export("140000001_ugoira.zip", metadata.frames, "140000001.webp")

    Each frame is shown for its delay, to the millisecond; in a GIF to 10 ms, without drift over
    the whole. Browsers show what a GIF shows for less than 20 ms for 100 ms, so there such a
    frame is left out, and its time goes to its neighbour. Frames that look alike become one.
    Frames of another size than the first are made to fit; where a format has no transparency,
    there is white behind them. One frame or two are in memory, however many there are. The work
    is done in a thread, that of videos in another process; both end soon when this is cancelled.

    Args:
        archive: The archive: a path, bytes, or a binary file, which must not be used meanwhile.
        frames: How it plays: ``metadata.frames`` of ``px.app.ugoira.metadata``.
        to: The file, or the folder for ``frames``; what is there is replaced, by what is complete.
        format: What it becomes; by default what the name of the file ends in: ``.gif``, ``.webp``,
            ``.png`` or ``.apng``, ``.mp4``, ``.webm``, and nothing for ``frames``.
        quality: Quality of a WebP, from 0 to 100; of a lossless one, how hard it is packed.
        lossless: Whether a WebP keeps every pixel as it is.
        limits: How large the archive and its frames may be.

    Returns:
        The path of the file or the folder.

    Raises:
        InvalidArgument: There is no such format, or quality.
        MissingExtra: Pictures need the extra ``images``, which is not installed.
        UgoiraError: The archive is damaged or dangerous, a frame cannot be decoded, or ffmpeg is
            not installed or fails.
        StorageError: A file cannot be read or written; `DiskFull` where there is no room.
    """
    path = Path(to)
    chosen = format or _FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise InvalidArgument(f"no format has names that end in {path.suffix!r}: give format=")
    check_export(chosen)
    if not 0 <= quality <= 100:
        raise InvalidArgument(f"quality is from 0 to 100, not {quality}")
    opened = await in_stoppable_thread(
        path, lambda _: UgoiraArchive(archive, frames, limits=limits)
    )
    with opened:
        await export_archive(opened, path, chosen, quality=quality, lossless=lossless)
    return path


def check_export(format: ExportFormat) -> None:
    """
    Raise where *format* cannot be made here.

    Raises:
        InvalidArgument: There is no such format.
        MissingExtra: It needs the extra ``images``.
        UgoiraError: It needs ffmpeg.
    """
    ending_of(format)
    match format:
        case "gif" | "webp" | "apng":
            from . import pictures as _  # noqa: F401
        case "mp4" | "webm":
            find_ffmpeg()
        case "frames":
            pass


def ending_of(format: ExportFormat) -> str:
    """
    Return what the names of files of *format* end in; empty for a folder.

    Raises:
        InvalidArgument: There is no such format.
    """
    if format not in _ENDINGS:
        msg = f"there is no format {format!r}, only {', '.join(_ENDINGS)}"
        raise InvalidArgument(msg)
    return _ENDINGS[format]


async def export_archive(
    archive: UgoiraArchive,
    to: Path,
    format: ExportFormat,
    *,
    quality: int = 90,
    lossless: bool = False,
) -> None:
    """Export an open *archive*; see `export`."""
    match format:
        case "mp4" | "webm":
            await write_movie(archive, to, format)
        case "frames":
            await in_stoppable_thread(to, lambda check: write_folder(archive, to, check))
        case _:
            # Pillow is imported when it is needed.
            from .animation import write_animation

            await in_stoppable_thread(
                to,
                lambda check: write_animation(
                    archive, to, format, quality=quality, lossless=lossless, check=check
                ),
            )

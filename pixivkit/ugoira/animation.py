"""Write a picture that plays: GIF, WebP or APNG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from .._core.basics.new_file import new_file
from . import apng, gif, webp
from .archive import Frame, UgoiraArchive
from .pictures import canvas_of, changes
from .timing import in_hundredths

__all__ = ["PictureFormat", "write_animation"]

PictureFormat: TypeAlias = Literal["gif", "webp", "apng"]


def write_animation(
    archive: UgoiraArchive,
    to: Path,
    format: PictureFormat,
    *,
    quality: int,
    lossless: bool,
    check: Callable[[], None],
) -> None:
    """
    Write the frames of *archive* as one picture.

    Args:
        archive: The frames; they are read twice.
        to: The file.
        format: What it becomes.
        quality: Of a WebP, from 0 to 100.
        lossless: Whether a WebP keeps every pixel.
        check: Called before each frame; what it raises ends it, and there is no file.

    Raises:
        UgoiraError: A frame cannot be decoded, or is too large for the format.
    """
    canvas = canvas_of(_checked(archive, check), alpha=format != "gif")
    frames: Iterable[Frame] = _checked(archive, check)
    with new_file(to) as file:
        match format:
            case "gif":
                # Rounded before frames that look alike become one, so that nothing adds up.
                delays = in_hundredths(frame.delay for frame in archive.timings)
                rounded = _with_delays(frames, delays)
                gif.write_gif(file, canvas, changes(rounded, canvas, longest=gif.LONGEST))
            case "apng":
                apng.write_apng(file, changes(frames, canvas, longest=apng.LONGEST))
            case "webp":
                shown = changes(frames, canvas, longest=webp.LONGEST, step=webp.STEP)
                webp.write_webp(file, canvas, shown, quality=quality, lossless=lossless)


def _checked(frames: Iterable[Frame], check: Callable[[], None]) -> Iterator[Frame]:
    for frame in frames:
        check()
        yield frame


def _with_delays(frames: Iterable[Frame], hundredths: Iterable[int]) -> Iterator[Frame]:
    for frame, delay in zip(frames, hundredths, strict=True):
        yield attrs.evolve(frame, delay=10 * delay)

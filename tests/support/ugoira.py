"""Archives of ugoira made for tests, and what exports of them show."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

from pixivkit.models.app import UgoiraFrame

Colour = tuple[int, int, int]
Timeline = list[tuple[Colour, int]]


def picture(
    colour: Colour = (200, 40, 90), size: tuple[int, int] = (20, 14), format: str = "PNG"
) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, format)
    return buffer.getvalue()


def archive_of(pictures: Sequence[bytes], ending: str = "png") -> bytes:
    """An archive with *pictures*, named as pixiv names them."""
    return zip_of((f"{index:06}.{ending}", data) for index, data in enumerate(pictures))


def zip_of(files: Iterable[tuple[str, bytes]], packing: int = zipfile.ZIP_STORED) -> bytes:
    """An archive with *files*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as made:
        for name, data in files:
            made.writestr(name, data)
    return buffer.getvalue()


def frames_of(delays: Sequence[int], ending: str = "png") -> list[UgoiraFrame]:
    """The metadata of frames that are named as pixiv names them."""
    return [
        UgoiraFrame(file=f"{index:06}.{ending}", delay=delay) for index, delay in enumerate(delays)
    ]


def left_in(folder: Path) -> list[str]:
    """The names of what is in *folder*."""
    return sorted(path.name for path in folder.iterdir())


def merged(timeline: Timeline) -> Timeline:
    """*timeline* with what follows itself once."""
    shown: Timeline = []
    for colour, delay in timeline:
        if not delay:
            continue
        if shown and shown[-1][0] == colour:
            shown[-1] = (colour, shown[-1][1] + delay)
        else:
            shown.append((colour, delay))
    return shown


def timeline_of(path: Path, at: tuple[int, int] = (0, 0)) -> Timeline:
    """What Pillow shows of the animation at *path*: the colour of a pixel, and how long."""
    timeline: Timeline = []
    with Image.open(path) as opened:
        for index in range(getattr(opened, "n_frames", 1)):
            opened.seek(index)
            red, green, blue = opened.convert("RGB").getpixel(at)  # type: ignore[misc]
            timeline.append(((red, green, blue), round(opened.info["duration"])))
    return merged(timeline)

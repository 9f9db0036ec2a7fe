"""Write the frames of an ugoira into a folder, with their delays beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import attrs

from .._core.basics.json_text import dump_json
from .._core.basics.new_file import new_folder
from ..errors import UgoiraError
from .archive import Frame, UgoiraArchive

__all__ = ["ANIMATION", "MANIFEST", "Stored", "store_frames", "write_folder"]

ANIMATION: Final = "animation.json"
"""The delays as pixiv has them; written last."""

MANIFEST: Final = "frames.ffconcat"
"""The frames and their delays for the concat demuxer of ffmpeg."""

_MIME_TYPES: Final = {"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
_ENDINGS: Final = {"jpeg": ".jpg", "png": ".png", "gif": ".gif"}


@attrs.frozen
class Stored:
    """
    The frames in a folder.

    Attributes:
        names: Their names, in the order they are shown; some may be there several times.
        delays: How long each is shown, in milliseconds.
        kinds: What they are.
        size: The width and height of the first.
    """

    names: list[str]
    delays: list[int]
    kinds: set[str]
    size: tuple[int, int]


def store_frames(
    frames: Iterable[Frame], folder: Path, check: Callable[[], None], *, renamed: bool
) -> Stored:
    """
    Write *frames* into *folder*, as they are.

    Args:
        frames: The frames.
        folder: Where they go.
        check: Called before each; what it raises ends it.
        renamed: Whether they get names that say nothing but their number and kind.

    Raises:
        UgoiraError: Two names differ in case alone.
    """
    names: dict[str, str] = {}
    stored: dict[str, str] = {}
    delays: list[int] = []
    kinds: set[str] = set()
    order: list[str] = []
    size: tuple[int, int] | None = None
    for frame in frames:
        check()
        size = size or frame.size
        if frame.file not in names:
            name = f"{len(names):06}{_ENDINGS[frame.kind]}" if renamed else frame.file
            if stored.setdefault(name.casefold(), frame.file) != frame.file:
                raise UgoiraError(f"another frame has the name {name!r}, in other letters")
            names[frame.file] = name
            (folder / name).write_bytes(frame.data)
        order.append(names[frame.file])
        delays.append(frame.delay)
        kinds.add(frame.kind)
    assert size is not None
    return Stored(order, delays, kinds, size)


def write_folder(archive: UgoiraArchive, to: Path, check: Callable[[], None]) -> None:
    """Write the frames of *archive* into the folder *to*, which is complete or not there."""
    with new_folder(to) as folder:
        stored = store_frames(archive, folder, check, renamed=False)
        (folder / MANIFEST).write_text(manifest(stored), "utf-8", newline="\n")
        frames = [
            {"file": name, "delay": delay}
            for name, delay in zip(stored.names, stored.delays, strict=True)
        ]
        kind = stored.kinds.pop() if len(stored.kinds) == 1 else ""
        animation = {"mime_type": _MIME_TYPES.get(kind, ""), "frames": frames}
        (folder / ANIMATION).write_bytes(dump_json(animation, indented=True))


def manifest(stored: Stored) -> str:
    """
    Return the text of a file for ``ffmpeg -f concat -safe 0``.

    The last frame is there twice, the second time for a millisecond of its delay: ffmpeg gives the
    last picture of a video no duration but that of a tick.
    """
    lines = ["ffconcat version 1.0"]
    # As it comes, the demuxer of pictures counts in 25ths of a second. That of GIF does not.
    options = () if "gif" in stored.kinds else ("option framerate 1000",)

    def show(name: str, delay: int) -> None:
        quoted = name.replace("'", "'\\''")
        lines.extend((f"file '{quoted}'", *options, f"duration {_seconds(delay)}"))

    shown = [
        (name, delay) for name, delay in zip(stored.names, stored.delays, strict=True) if delay
    ]
    *others, (last, delay) = shown
    for name, before in others:
        show(name, before)
    if delay > 1:
        show(last, delay - 1)
    show(last, 1)
    return "\n".join((*lines, ""))


def _seconds(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole}.{rest:03}"

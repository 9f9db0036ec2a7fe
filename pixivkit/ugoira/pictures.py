"""Decode frames with Pillow, and tell what changes from one to the next."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from .._core.basics.extras import needs
from ..errors import UgoiraError
from .archive import Frame

with needs("images", "the export of an ugoira"):
    from PIL import GifImagePlugin, Image, ImageChops, ImageOps

__all__ = ["Canvas", "Change", "GifImagePlugin", "Image", "canvas_of", "changes"]

_WHITE: Final = (255, 255, 255, 0)


@attrs.frozen
class Canvas:
    """
    What all frames are drawn on: as large as the first one.

    Attributes:
        width: In pixels.
        height: In pixels.
        has_alpha: Whether any frame has transparent pixels.
    """

    width: int
    height: int
    has_alpha: bool

    def draw(self, frame: Frame) -> Image.Image:
        """
        Decode *frame*; one of another size is made to fit, with white or nothing around it.

        Returns:
            A picture in the mode ``RGBA`` where there is alpha, else ``RGB``.

        Raises:
            UgoiraError: It cannot be decoded.
        """
        size = (self.width, self.height)
        try:
            with _open(frame) as opened:
                if opened.mode == "RGB" and not self.has_alpha and opened.size == size:
                    opened.load()
                    return opened.copy()
                picture = opened.convert("RGBA")
            if picture.size != size:
                picture = ImageOps.pad(picture, size, color=_WHITE)
            if self.has_alpha:
                return picture
            ground = Image.new("RGBA", size, _WHITE[:3])
            return Image.alpha_composite(ground, picture).convert("RGB")
        except UgoiraError:
            raise
        # Decoders raise what they like for hostile bytes.
        except Exception as exc:
            raise UgoiraError(f"{frame.file!r} cannot be decoded: {exc}") from exc


@attrs.frozen
class Change:
    """
    A rectangle of the canvas that is replaced.

    Attributes:
        picture: What comes there.
        left: Its position on the canvas.
        top: Its position on the canvas.
        delay: For how long nothing else changes, in milliseconds.
    """

    picture: Image.Image
    left: int
    top: int
    delay: int


def canvas_of(frames: Iterable[Frame], *, alpha: bool) -> Canvas:
    """
    Return what *frames* are drawn on; only their headers are read.

    Args:
        frames: All frames.
        alpha: Whether transparency is kept where there is any.

    Raises:
        UgoiraError: A frame is no picture, or too large for Pillow.
    """
    first: Frame | None = None
    has_alpha = False
    for frame in frames:
        first = first or frame
        # Only of a JPEG it is known that it has none.
        if frame.kind != "jpeg" and alpha and not has_alpha:
            with _open(frame) as picture:
                has_alpha = picture.has_transparency_data
    assert first is not None
    return Canvas(*first.size, has_alpha)


def changes(
    frames: Iterable[Frame], canvas: Canvas, *, longest: int, step: int = 1
) -> Iterator[Change]:
    """
    Decode *frames* one by one, and tell what each changes; the first is the whole canvas.

    A frame that looks like the one before it makes that one longer; one that is not shown at all
    is left out. Two frames are in memory.

    Args:
        frames: The frames.
        canvas: What they are drawn on.
        longest: How many milliseconds a change may last; one that lasts longer is followed by
            others that change nothing.
        step: What the positions have to be multiples of.

    Raises:
        UgoiraError: A frame cannot be decoded.
    """
    shown: Image.Image | None = None
    waiting: Change | None = None
    for frame in frames:
        if not frame.delay:
            continue
        picture = canvas.draw(frame)
        box: tuple[int, int, int, int] | None = (0, 0, *picture.size)
        if shown is not None:
            box = ImageChops.difference(shown, picture).getbbox(alpha_only=False)
        if waiting is not None:
            if box is None:
                waiting = attrs.evolve(waiting, delay=waiting.delay + frame.delay)
                continue
            yield from _split(waiting, longest)
        assert box is not None
        left, top = box[0] - box[0] % step, box[1] - box[1] % step
        waiting = Change(picture.crop((left, top, *box[2:])), left, top, frame.delay)
        shown = picture
    if waiting is not None:
        yield from _split(waiting, longest)


def _split(change: Change, longest: int) -> Iterator[Change]:
    yield attrs.evolve(change, delay=min(change.delay, longest))
    same = change.picture.crop((0, 0, 1, 1))
    left = change.delay - longest
    while left > 0:
        yield Change(same, change.left, change.top, min(left, longest))
        left -= longest


def _open(frame: Frame) -> Image.Image:
    """
    Open the picture of *frame*; nothing is decoded yet.

    Raises:
        UgoiraError: Pillow does not take it.
    """
    most = Image.MAX_IMAGE_PIXELS
    if most is not None and frame.header.width * frame.header.height > most:
        raise UgoiraError(f"{frame.file!r} has more than {most:,} pixels")
    try:
        picture = Image.open(io.BytesIO(frame.data), formats=("JPEG", "PNG", "GIF"))
    except Exception as exc:
        raise UgoiraError(f"{frame.file!r} is no picture: {exc}") from exc
    if picture.size != frame.size:
        picture.close()
        raise UgoiraError(f"{frame.file!r} has two sizes")
    return picture

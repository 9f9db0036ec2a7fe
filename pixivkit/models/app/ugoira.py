"""The frames of an ugoira."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["UgoiraFrame", "UgoiraMetadata", "ZipUrls"]


@attrs.define(kw_only=True)
class ZipUrls(Model):
    """
    Archives of the frames.

    Attributes:
        medium: Frames of at most 600 by 600 pixels; ends in ``_ugoira600x600.zip``.
    """

    medium: str | None = None


@attrs.define(kw_only=True)
class UgoiraFrame(Model):
    """
    One frame.

    Attributes:
        file: Name of the file in the archive, such as ``000000.jpg``.
        delay: How long it is shown, in milliseconds.
    """

    file: str = ""
    delay: int = 0


@attrs.define(kw_only=True)
class UgoiraMetadata(Model):
    """
    How an ugoira plays.

    Attributes:
        zip_urls: Archives of the frames.
        frames: The frames, in the order they are shown.
    """

    zip_urls: ZipUrls = attrs.field(factory=ZipUrls)
    frames: list[UgoiraFrame] = attrs.field(factory=list[UgoiraFrame])

    @property
    def duration_ms(self) -> int:
        """How long one round takes, in milliseconds."""
        return sum(frame.delay for frame in self.frames)

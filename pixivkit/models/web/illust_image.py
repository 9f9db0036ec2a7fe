"""The images of an illustration, manga or ugoira."""

from __future__ import annotations

import attrs

from ..base import Model, WebModel

__all__ = ["IllustImage", "IllustImageUrls", "IllustUrls"]


@attrs.define(kw_only=True)
class IllustUrls(WebModel):
    """
    The first page of a work in its sizes.

    All of them are None where the work needs a login that the request lacked.

    Attributes:
        mini: 48 by 48 pixels.
        thumb: 250 by 250 pixels.
        small: At most 540 by 540 pixels.
        regular: At most 1200 pixels on the longer side.
        original: As it was uploaded.
    """

    mini: str | None = None
    thumb: str | None = None
    small: str | None = None
    regular: str | None = None
    original: str | None = None


@attrs.define(kw_only=True)
class IllustImageUrls(Model):
    """
    One page of a work in its sizes.

    Attributes:
        thumb_mini: 128 by 128 pixels.
        small: At most 540 by 540 pixels.
        regular: At most 1200 pixels on the longer side.
        original: As it was uploaded.
    """

    thumb_mini: str | None = None
    small: str | None = None
    regular: str | None = None
    original: str | None = None


@attrs.define(kw_only=True)
class IllustImage(WebModel):
    """
    One page of a work.

    Attributes:
        width: Width of the original, in pixels.
        height: Height of the original, in pixels.
    """

    urls: IllustImageUrls = attrs.field(factory=IllustImageUrls)
    width: int = 0
    height: int = 0

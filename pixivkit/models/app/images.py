"""Addresses of pictures in several sizes."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["ImageUrls", "ProfileImageUrls"]


@attrs.define(kw_only=True)
class ImageUrls(Model):
    """
    One picture in several sizes.

    Attributes:
        square_medium: Cut to a square of 360 pixels.
        medium: At most 540 pixels wide and high.
        large: At most 600 pixels wide and 1200 high.
        original: The file as it was uploaded; only in the pages of a work that has several.
    """

    square_medium: str | None = None
    medium: str | None = None
    large: str | None = None
    original: str | None = None


@attrs.define(kw_only=True)
class ProfileImageUrls(Model):
    """
    The picture of a user.

    Attributes:
        medium: A square of 170 pixels.
    """

    medium: str | None = None

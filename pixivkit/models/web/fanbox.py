"""Advertisements of the FANBOX of a user."""

from __future__ import annotations

import attrs

from ..base import WebModel

__all__ = ["FanboxPromotion"]


@attrs.define(kw_only=True)
class FanboxPromotion(WebModel):
    """
    The FANBOX of a user, as pixiv advertises it beside their works.

    Attributes:
        user_image_url: Profile image of the user.
        content_url: Page that leads to the FANBOX.
        image_url: Cover image.
        image_url_mobile: Cover image for small screens.
    """

    user_name: str = ""
    user_image_url: str = ""
    content_url: str = ""
    description: str = ""
    image_url: str = ""
    image_url_mobile: str = ""
    has_adult_content: bool | None = None

"""The account at tumeng, a service linked with pixiv."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import WebModel
from .site_reply import SiteReply

__all__ = ["Tumeng", "TumengContent", "TumengUser", "TumengUserMeta"]


@attrs.define(kw_only=True)
class TumengUserMeta(WebModel):
    """A flag whose meaning is not known."""

    f0: bool | None = None


@attrs.define(kw_only=True)
class TumengUser(WebModel):
    """
    The account as the linked service shows it.

    Attributes:
        id: Id of the pixiv user.
        link_state: Such as ``disconnected``.
        update_datetime: None where it was never linked.
        custom_profile: Raw; no reply with one was seen.
        profile_image_configured: Whether the user chose a profile picture.
    """

    id: int
    name: str = ""
    comment: str = ""
    profile_image_url: str = ""
    follower_count: int | None = None
    link_state: str = ""
    update_datetime: dt.datetime | None = None
    enable_custom_profile: bool | None = None
    custom_profile: object = None
    profile_image_configured: bool | None = None
    meta: TumengUserMeta = attrs.field(factory=TumengUserMeta)


@attrs.define(kw_only=True)
class TumengContent(WebModel):
    """
    The works and the account on a page of linked works.

    Attributes:
        works: Raw; no reply with any was seen.
        total_item_count: How many works there are on all pages.
    """

    user: TumengUser | None = None
    works: list[object] = attrs.field(factory=list[object])
    total_item_count: int | None = None


@attrs.define(kw_only=True)
class Tumeng(SiteReply):
    """One page of the works at the linked service, and the account there."""

    page: TumengContent = attrs.field(factory=TumengContent)

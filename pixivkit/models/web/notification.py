"""Notifications of the account, and whether the browser may show them."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import WebModel, alias

__all__ = ["Notification", "NotificationFilter", "Notifications", "WebPush"]


@attrs.define(kw_only=True)
class Notification(WebModel):
    """
    One notification.

    Attributes:
        type: What happened, such as ``favorited``, ``bookmarked``, ``commented`` or
            ``fanbox_newbie``.
        link_url: Path of the page it leads to.
        icon_url: Image beside it.
        target_blank: Whether pixiv opens the page in a new tab.
        is_profile_icon: Whether the image is the profile image of a user.
        content: The text, as HTML.
    """

    id: int
    type: str = ""
    unread: bool | None = None
    notified_at: dt.datetime | None = None
    link_url: str = ""
    icon_url: str = ""
    target_blank: bool | None = None
    is_profile_icon: bool | None = None
    content: str = ""


@attrs.define(kw_only=True)
class NotificationFilter(WebModel):
    """The groups that pixiv's page sorts notifications into, each with its types."""

    reactions: list[str] = attrs.field(factory=list[str])


@attrs.define(kw_only=True)
class Notifications(WebModel):
    """
    The latest notifications.

    Attributes:
        remaining_unread_count: How many more are unread.
        image_response_count: How many image responses wait for approval.
    """

    items: list[Notification] = attrs.field(factory=list[Notification])
    remaining_unread_count: int | None = alias("remaining_unread_count", default=None)
    image_response_count: int | None = None
    quotation_count: int | None = None
    is_not_authorized: bool | None = None
    filter: NotificationFilter = attrs.field(factory=NotificationFilter)


@attrs.define(kw_only=True)
class WebPush(WebModel):
    """
    The setting for push notifications in the browser.

    Attributes:
        permission: ``nosettings`` where it was never set.
    """

    permission: str = ""

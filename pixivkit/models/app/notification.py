"""Notifications for the account; the shapes are what clients read, no reply was recorded."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model

__all__ = [
    "Notification",
    "NotificationContent",
    "NotificationList",
    "NotificationSettings",
    "NotificationType",
    "NotificationViewMore",
]


@attrs.define(kw_only=True)
class NotificationContent(Model):
    """
    What a notification says.

    Attributes:
        text: HTML, with names in ``<b>``.
        left_icon: A small picture at its left, such as that of a user.
        left_image: A picture at its left.
        right_icon: A small picture at its right.
        right_image: A picture at its right, such as the work.
    """

    text: str = ""
    left_icon: str | None = None
    left_image: str | None = None
    right_icon: str | None = None
    right_image: str | None = None


@attrs.define(kw_only=True)
class NotificationViewMore(Model):
    """
    That a notification stands for several.

    Attributes:
        title: What they have in common.
        unread_exists: Whether one of them is unread.
    """

    title: str = ""
    unread_exists: bool | None = None


@attrs.define(kw_only=True)
class Notification(Model):
    """
    Something that happened.

    Attributes:
        id: Its id.
        created_datetime: When.
        type: What: 7 a bookmark, 8 a follower; there are more.
        content: What it says.
        view_more: Not None where it stands for several, which `app.notification.view_more` has.
        target_url: What it is about, for the apps, such as ``pixiv://illusts/...``.
        is_read: Whether the account has read it.
    """

    id: int
    created_datetime: dt.datetime | None = None
    type: int | None = None
    content: NotificationContent | None = None
    view_more: NotificationViewMore | None = None
    target_url: str | None = None
    is_read: bool | None = None


@attrs.define(kw_only=True)
class NotificationList(Model):
    """
    A page of notifications.

    Attributes:
        notifications: The notifications, newest first.
        next_url: Where the next page is; None at the end.
    """

    notifications: list[Notification] = attrs.field(factory=list[Notification])
    next_url: str | None = None


@attrs.define(kw_only=True)
class NotificationType(Model):
    """
    A kind of notifications.

    Attributes:
        id: Its id.
        name: What it is called.
        enabled: Whether the account wants it.
    """

    id: int
    name: str = ""
    enabled: bool | None = None


@attrs.define(kw_only=True)
class NotificationSettings(Model):
    """
    Which notifications are sent to the devices of the account.

    Attributes:
        device_registered: Whether the device that asks is known to pixiv.
        types: The kinds.
    """

    device_registered: bool | None = None
    types: list[NotificationType] = attrs.field(factory=list[NotificationType])

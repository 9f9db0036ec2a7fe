"""Notifications for the account, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.paging import NextUrl
from ..models.app import Done, Notification, NotificationList, NotificationSettings
from .resource import AppResource
from .sources import IOS_CAPTURE, MISC


class NotificationApi(AppResource, resource="notification", source=IOS_CAPTURE):
    """Notifications for the account."""

    @get("/v1/notification/list", paging=NextUrl(items="notifications"))
    def list(self) -> Pages[NotificationList, Notification]:
        """
        What has happened around the account's works: bookmarks, new followers and the like.

        Returns:
            Notifications, newest first; one with `view_more` stands for several. No reply has been
            recorded: the keys are those that clients read.
        """
        ...

    @get("/v1/notification/view-more", paging=NextUrl(items="notifications"))
    def view_more(self, notification_id: int) -> Pages[NotificationList, Notification]:
        """
        The notifications that one of `list` stands for.

        Args:
            notification_id: Id of a notification that has `view_more`.

        Returns:
            Notifications, newest first. No reply has been recorded: the keys are those that
            clients read.
        """
        ...

    @get(
        "/v1/notification/settings",
        source="mika-f/Pixiv.Net, cssxsh/pixiv-client",
        status="uncertain",
    )
    def settings(self) -> Call[NotificationSettings]:
        """
        Which notifications the account wants to be sent to its devices.

        Returns:
            The kinds of notifications, each with whether it is wanted. No reply has been recorded:
            the keys are those that clients read.
        """
        ...

    @get(
        "/v2/notification/settings",
        source="pixiv's Android app 6.199, as Pixeval/Pixeval lists its endpoints",
        status="uncertain",
    )
    def settings_v2(self) -> Call[NotificationSettings]:
        """
        Which notifications the account wants, at the path that pixiv's Android app asks now.

        Returns:
            The kinds of notifications, each with whether it is wanted. No reply has been
            recorded, and no client reads one: it is taken to be that of `settings`.
        """
        ...

    @post("/v1/notification/user/register", source=MISC, idempotent=True)
    def user_register(self, timezone_offset: int, *, disable_notifications: bool) -> Call[Done]:
        """
        Say whether the account wants notifications, and in which time zone it is.

        Args:
            timezone_offset: Distance from UTC; in which unit is not documented.
            disable_notifications: Whether none are wanted.

        Returns:
            Nothing more than that it is done.
        """
        ...

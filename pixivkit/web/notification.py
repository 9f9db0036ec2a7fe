"""Notifications on the web API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.web.notification import Notifications
from .resource import WebResource


class NotificationApi(WebResource, resource="notification", auth=Auth.COOKIE):
    """Notifications of the account."""

    @get("/ajax/notification")
    def __call__(self) -> Call[Notifications]:
        """
        The latest notifications of the account.

        Returns:
            The notifications, the newest first, and how many more are unread.
        """
        ...

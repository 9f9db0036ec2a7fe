"""Notifications on the web API."""

from __future__ import annotations

from .._core.call import Call
from .._core.declare import Api, get
from .._core.endpoint import WEB, Auth
from ..models.web.notification import Notifications
from .sources import AJAX_DOCS, SITE


class NotificationApi(
    Api,
    base=WEB,
    resource="notification",
    auth=Auth.COOKIE,
    source=AJAX_DOCS,
    referer=SITE,
):
    """Notifications of the account."""

    @get("/ajax/notification")
    def __call__(self) -> Call[Notifications]:
        """
        The latest notifications of the account.

        Returns:
            The notifications, the newest first, and how many more are unread.
        """
        ...

"""Push notifications on the web API."""

from __future__ import annotations

from .._core.call import Call
from .._core.declare import Api, get
from .._core.endpoint import WEB, Auth
from ..models.web.notification import WebPush
from .sources import AJAX_DOCS, SITE


class WebpushApi(
    Api,
    base=WEB,
    resource="webpush",
    auth=Auth.OPTIONAL,
    source=AJAX_DOCS,
    referer=SITE,
):
    """Push notifications in the browser."""

    @get("/ajax/webpush")
    def __call__(self) -> Call[WebPush]:
        """
        Whether the account wants push notifications in the browser.

        Returns:
            The setting.
        """
        ...

"""Push notifications on the web API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.web.notification import WebPush
from .resource import WebResource


class WebpushApi(WebResource, resource="webpush"):
    """Push notifications in the browser."""

    @get("/ajax/webpush")
    def __call__(self) -> Call[WebPush]:
        """
        Whether the account wants push notifications in the browser.

        Returns:
            The setting.
        """
        ...

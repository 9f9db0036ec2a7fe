"""Live streams of pixiv Sketch on the web API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.web.sketch import SketchLive
from .resource import WebResource
from .sources import AJAX_DOCS


class SketchApi(
    WebResource, resource="sketch", auth=Auth.COOKIE, source=f"{AJAX_DOCS}, User Information"
):
    """Live streams of pixiv Sketch."""

    @get("/ajax/sketch/live/following")
    def live_following(self) -> Call[list[SketchLive]]:
        """
        The live streams of users that the account follows.

        Only an empty reply was ever recorded; the streams are taken to look like those of the
        top page.

        Returns:
            The streams that are on, in pixiv's order.
        """
        ...

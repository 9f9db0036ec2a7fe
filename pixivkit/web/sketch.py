"""Live streams of pixiv Sketch on the web API."""

from __future__ import annotations

from .._core.call import Call
from .._core.declare import Api, get
from .._core.endpoint import WEB, Auth
from ..models.web.sketch import SketchLive

AJAX_DOCS = "daydreamer-json/pixiv-ajax-api-docs, User Information"


class SketchApi(
    Api,
    base=WEB,
    resource="sketch",
    auth=Auth.COOKIE,
    source=AJAX_DOCS,
    referer="https://www.pixiv.net/",
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

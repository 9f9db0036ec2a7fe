"""Live streams of pixiv Sketch on the web API."""

from __future__ import annotations

from .._core.call import Call
from .._core.declare import Api, get
from .._core.endpoint import WEB, Auth
from ..models.web.sketch import SketchLive
from .sources import AJAX_DOCS, SITE


class SketchApi(
    Api,
    base=WEB,
    resource="sketch",
    auth=Auth.COOKIE,
    source=f"{AJAX_DOCS}, User Information",
    referer=SITE,
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

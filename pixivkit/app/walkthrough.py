"""What the apps show before a login, on the App API."""

from __future__ import annotations

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import NextUrl
from ..models.app import Illust, IllustList
from ..parameters import AppToAnswerAs
from .resource import AppResource
from .sources import BROWSING_WORKS


class WalkthroughApi(AppResource, resource="walkthrough", source=BROWSING_WORKS):
    """What the apps show before a login."""

    @get("/v1/walkthrough/illusts", paging=NextUrl(items="illusts"), auth=Auth.NONE)
    def illusts(self, *, filter: AppToAnswerAs | None = None) -> Pages[IllustList, Illust]:
        """
        The works that the apps show behind their first screen; needs no login.

        Returns:
            Works, in pixiv's order, on one page.
        """
        ...

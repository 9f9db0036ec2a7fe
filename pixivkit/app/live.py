"""Live drawing on pixiv Sketch, on the App API."""

from __future__ import annotations

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.paging import NextUrl
from ..models.app import Live, LiveList
from ..parameters import HowManyToSkip
from .resource import AppResource
from .sources import CLIENTS


class LiveApi(AppResource, resource="live", source=CLIENTS):
    """Live drawing on pixiv Sketch."""

    @get("/v1/live/list", paging=NextUrl(items="lives"))
    def list(
        self, *, list_type: str = "popular", offset: HowManyToSkip | None = None
    ) -> Pages[LiveList, Live]:
        """
        What is drawn live now.

        Args:
            list_type: Which list; every client sends ``popular``.

        Returns:
            Lives, in pixiv's order.
        """
        ...

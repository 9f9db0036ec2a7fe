"""New works of followed users."""

from __future__ import annotations

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import PageNumber
from ..models.web.follow import LatestIllusts
from ..models.web.work import IllustThumb
from ..parameters import FirstPage, ForWhichAges
from .resource import WebResource


class FollowApi(WebResource, resource="follow", auth=Auth.COOKIE):
    """New works of the users that the account follows."""

    @get(
        "/ajax/follow_latest/illust",
        paging=PageNumber(items="thumbnails.illust", ended="page.isLastPage"),
    )
    def latest_illust(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
        tag: str | None = None,
    ) -> Pages[LatestIllusts, IllustThumb]:
        """
        New illustrations, manga and ugoira of the users that the account follows.

        Args:
            tag: Only works of users that the account filed under this tag, one of those in
                `LatestIllusts.page` (ppixiv). None for all.

        Returns:
            Works, newest first; `LatestIllusts.page` holds their ids in the same order.
        """
        ...

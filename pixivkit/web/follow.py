"""New works of followed users."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.arguments import Between
from .._core.call import Pages
from .._core.declare import get
from .._core.endpoint import Auth
from .._core.paging import PageNumber
from ..models.web.follow import LatestIllusts
from ..models.web.work import IllustThumb
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
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
        tag: str | None = None,
    ) -> Pages[LatestIllusts, IllustThumb]:
        """
        New illustrations, manga and ugoira of the users that the account follows.

        Args:
            mode: Which works: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.
            tag: Only works of users that the account filed under this tag, one of those in
                `LatestIllusts.page` (ppixiv). None for all.

        Returns:
            Works, newest first; `LatestIllusts.page` holds their ids in the same order.
        """
        ...

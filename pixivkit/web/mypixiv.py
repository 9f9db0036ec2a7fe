"""New works of mypixiv."""

from __future__ import annotations

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import PageNumber
from ..models.web.follow import LatestIllusts
from ..models.web.work import IllustThumb
from ..parameters import FirstPage
from .resource import WebResource


class MypixivApi(WebResource, resource="mypixiv", auth=Auth.COOKIE):
    """New works of the account's mypixiv."""

    @get(
        "/ajax/mypixiv_latest/illust",
        paging=PageNumber(items="thumbnails.illust", ended="page.isLastPage"),
    )
    def latest_illust(self, *, p: FirstPage = 1) -> Pages[LatestIllusts, IllustThumb]:
        """
        New illustrations, manga and ugoira of the account's mypixiv.

        Returns:
            Works, newest first; `LatestIllusts.page` holds their ids in the same order.
        """
        ...

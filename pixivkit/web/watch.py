"""The watchlist."""

from __future__ import annotations

from typing import Annotated

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.arguments import Spelling
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import PageNumber
from ..models.web.site_reply import IllustSeries
from ..models.web.watch import WatchedManga
from ..parameters import FirstPage
from .resource import WebResource


class WatchApi(WebResource, resource="watch", auth=Auth.COOKIE):
    """The series that the account watches."""

    @get(
        "/ajax/watch_list/manga",
        paging=PageNumber(items="illustSeries", last="page.maxPage"),
    )
    def list_manga(
        self,
        *,
        p: FirstPage = 1,
        new: Annotated[bool | None, Spelling(digit=True)] = None,
    ) -> Pages[WatchedManga, IllustSeries]:
        """
        The manga series on the account's watchlist.

        Args:
            new: Pixiv's own page sends true (DowneyRem/PixivSource); its meaning is not
                documented. None sends nothing.

        Returns:
            Series, in pixiv's order; `WatchedManga.page` says how many there are.
        """
        ...

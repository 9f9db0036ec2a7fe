"""The account's watchlists on the App API."""

from __future__ import annotations

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.paging import NextUrl
from ..models.app import Done, WatchedSeries, WatchedSeriesList
from ..parameters import HowManyToSkip, SeriesId
from .resource import AppResource


# A comment in a client shows a reply of 2024.
class WatchlistApi(
    AppResource,
    resource="watchlist",
    source="CeuiLiSA/Pixiv-Shaft, Notsfsssf/pixez-flutter, Pixeval/Mako",
):
    """The series that the account watches."""

    @get("/v1/watchlist/manga", paging=NextUrl(items="series"))
    def manga(
        self, *, offset: HowManyToSkip | None = None
    ) -> Pages[WatchedSeriesList, WatchedSeries]:
        """
        The series of manga on the account's watchlist.

        Returns:
            Series, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
        """
        ...

    @get("/v1/watchlist/novel", paging=NextUrl(items="series"))
    def novel(
        self, *, offset: HowManyToSkip | None = None
    ) -> Pages[WatchedSeriesList, WatchedSeries]:
        """
        The series of novels on the account's watchlist.

        Returns:
            Series, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
        """
        ...

    @post("/v1/watchlist/manga/add")
    def manga_add(self, series_id: SeriesId) -> Call[Done]:
        """
        Watch a series of manga.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @post("/v1/watchlist/manga/delete")
    def manga_delete(self, series_id: SeriesId) -> Call[Done]:
        """
        Watch a series of manga no more.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @post("/v1/watchlist/novel/add")
    def novel_add(self, series_id: SeriesId) -> Call[Done]:
        """
        Watch a series of novels.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @post("/v1/watchlist/novel/delete")
    def novel_delete(self, series_id: SeriesId) -> Call[Done]:
        """
        Watch a series of novels no more.

        Returns:
            Nothing more than that it is done.
        """
        ...

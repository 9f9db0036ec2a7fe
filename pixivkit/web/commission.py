"""Requests for works (commissions)."""

from __future__ import annotations

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get
from .._core.declaration.paging import PageNumber
from ..models.web.commission import (
    CommissionComplete,
    CommissionCreators,
    CommissionHome,
    CommissionInProgress,
)
from ..models.web.request import CommissionRequest
from ..parameters import FirstPage, ForWhichAges, RequestsTaken
from .resource import WebResource

REQUESTS = PageNumber(items="requests", more="page.pager.hasNextPage")

CREATORS = PageNumber(items="page.creatorUserIds", more="page.pager.hasNextPage")
"""By id: the recorded pages name the users in no other way."""


class CommissionApi(WebResource, resource="commission"):
    """
    Requests: works that fans order from artists.

    In every list `mode` ``r18`` needs a client that is logged in.
    """

    @get("/ajax/commission/page/request")
    def request(self) -> Call[CommissionHome]:
        """
        The front page of requests.

        Returns:
            Requests, completed and in progress, users who accept some, and works of theirs.
        """
        ...

    @get("/ajax/commission/page/request/complete/illust", paging=REQUESTS)
    def request_complete_illust(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionComplete, CommissionRequest]:
        """
        Requests that became illustrations.

        Returns:
            Requests: of each page first those that pixiv recommends beside it, then its own;
            `CommissionComplete.page` tells which are which.
        """
        ...

    @get("/ajax/commission/page/request/complete/manga", paging=REQUESTS)
    def request_complete_manga(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionComplete, CommissionRequest]:
        """
        Requests that became manga.

        Returns:
            Requests: of each page first those that pixiv recommends beside it, then its own;
            `CommissionComplete.page` tells which are which.
        """
        ...

    @get("/ajax/commission/page/request/complete/ugoira", paging=REQUESTS)
    def request_complete_ugoira(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionComplete, CommissionRequest]:
        """
        Requests that became ugoira.

        Returns:
            Requests: of each page first those that pixiv recommends beside it, then its own;
            `CommissionComplete.page` tells which are which.
        """
        ...

    @get("/ajax/commission/page/request/creators/illust", paging=CREATORS)
    def request_creators_illust(
        self,
        *,
        mode: RequestsTaken = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionCreators, int]:
        """
        Users who accept requests for illustrations.

        Returns:
            Ids of users, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/creators/manga", paging=CREATORS)
    def request_creators_manga(
        self,
        *,
        mode: RequestsTaken = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionCreators, int]:
        """
        Users who accept requests for manga.

        Returns:
            Ids of users, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/creators/ugoira", paging=CREATORS)
    def request_creators_ugoira(
        self,
        *,
        mode: RequestsTaken = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionCreators, int]:
        """
        Users who accept requests for ugoira.

        Returns:
            Ids of users, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/all", paging=REQUESTS)
    def request_in_progress_all(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionInProgress, CommissionRequest]:
        """
        Requests for works of every kind that are being worked on.

        Returns:
            Requests, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/illust", paging=REQUESTS)
    def request_in_progress_illust(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionInProgress, CommissionRequest]:
        """
        Requests for illustrations that are being worked on.

        Returns:
            Requests, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/manga", paging=REQUESTS)
    def request_in_progress_manga(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionInProgress, CommissionRequest]:
        """
        Requests for manga that are being worked on.

        Returns:
            Requests, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/ugoira", paging=REQUESTS)
    def request_in_progress_ugoira(
        self,
        *,
        mode: ForWhichAges = "all",
        p: FirstPage = 1,
    ) -> Pages[CommissionInProgress, CommissionRequest]:
        """
        Requests for ugoira that are being worked on.

        Returns:
            Requests, in pixiv's order.
        """
        ...

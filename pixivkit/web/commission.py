"""Requests for works (commissions)."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.arguments import Between
from .._core.call import Call, Pages
from .._core.declare import get
from .._core.paging import PageNumber
from ..models.web.commission import (
    CommissionComplete,
    CommissionCreators,
    CommissionInProgress,
    CommissionRequest,
)
from ..models.web.request import Request
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
    def request(self) -> Call[CommissionRequest]:
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
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionComplete, Request]:
        """
        Requests that became illustrations.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests: of each page first those that pixiv recommends beside it, then its own;
            `CommissionComplete.page` tells which are which.
        """
        ...

    @get("/ajax/commission/page/request/complete/manga", paging=REQUESTS)
    def request_complete_manga(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionComplete, Request]:
        """
        Requests that became manga.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests: of each page first those that pixiv recommends beside it, then its own;
            `CommissionComplete.page` tells which are which.
        """
        ...

    @get("/ajax/commission/page/request/complete/ugoira", paging=REQUESTS)
    def request_complete_ugoira(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionComplete, Request]:
        """
        Requests that became ugoira.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests: of each page first those that pixiv recommends beside it, then its own;
            `CommissionComplete.page` tells which are which.
        """
        ...

    @get("/ajax/commission/page/request/creators/illust", paging=CREATORS)
    def request_creators_illust(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionCreators, int]:
        """
        Users who accept requests for illustrations.

        Args:
            mode: Users who accept which requests: ``all``, those for all ages (``safe``), or
                R-18 ones (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Ids of users, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/creators/manga", paging=CREATORS)
    def request_creators_manga(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionCreators, int]:
        """
        Users who accept requests for manga.

        Args:
            mode: Users who accept which requests: ``all``, those for all ages (``safe``), or
                R-18 ones (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Ids of users, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/creators/ugoira", paging=CREATORS)
    def request_creators_ugoira(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionCreators, int]:
        """
        Users who accept requests for ugoira.

        Args:
            mode: Users who accept which requests: ``all``, those for all ages (``safe``), or
                R-18 ones (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Ids of users, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/all", paging=REQUESTS)
    def request_in_progress_all(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionInProgress, Request]:
        """
        Requests for works of every kind that are being worked on.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/illust", paging=REQUESTS)
    def request_in_progress_illust(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionInProgress, Request]:
        """
        Requests for illustrations that are being worked on.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/manga", paging=REQUESTS)
    def request_in_progress_manga(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionInProgress, Request]:
        """
        Requests for manga that are being worked on.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests, in pixiv's order.
        """
        ...

    @get("/ajax/commission/page/request/in_progress/ugoira", paging=REQUESTS)
    def request_in_progress_ugoira(
        self,
        *,
        mode: Literal["all", "safe", "r18"] = "all",
        p: Annotated[int, Between(1)] = 1,
    ) -> Pages[CommissionInProgress, Request]:
        """
        Requests for ugoira that are being worked on.

        Args:
            mode: Which requests: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).
            p: Page to begin with, from 1.

        Returns:
            Requests, in pixiv's order.
        """
        ...

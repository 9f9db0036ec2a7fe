"""The ranking on the web API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.arguments import Spelling
from .._core.declaration.paging import PageNumber
from ..models.web.ranking import RankedIllust, Ranking
from ..parameters import FirstPage
from .resource import WebResource
from .sources import AJAX_DOCS


class RankingApi(WebResource, resource="ranking", source=f"{AJAX_DOCS}, Ranking"):
    """The ranking of illustrations and manga."""

    @get("/ranking.php", envelope="", paging=PageNumber(items="contents", more="next"))
    def __call__(
        self,
        *,
        format: Literal["json"] = "json",
        mode: Literal[
            "daily",
            "weekly",
            "monthly",
            "rookie",
            "original",
            "male",
            "female",
            "daily_ai",
            "daily_r18",
            "weekly_r18",
            "male_r18",
            "female_r18",
            "daily_r18_ai",
            "r18g",
        ] = "daily",
        date: Annotated[dt.date | str | None, Spelling(date="%Y%m%d")] = None,
        content: Literal["all", "illust", "ugoira", "manga", "complex"] = "all",
        p: FirstPage = 1,
    ) -> Pages[Ranking, RankedIllust]:
        """
        A ranking, 50 works a page.

        Args:
            format: Only ``json``.
            mode: Which ranking: of the day, the week or the month, of newcomers (``rookie``), of
                original works, among men or women, of works made by AI. Those with ``r18`` need
                a login and an account that shows such works.
            date: The day of the ranking: a date or ``YYYYMMDD``, before today in Japan. None for
                the latest there is.
            content: The kind of works. ``complex`` is what the documentation calls ``all``, which
                is what later clients send.

        Returns:
            Pages of works, the first place first.
        """
        ...

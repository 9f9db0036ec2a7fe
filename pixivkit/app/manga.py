"""Manga on the App API; most endpoints of illustrations are for manga too."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.paging import NextUrl
from ..models.app import Illust, IllustList, RecommendedIllustList
from ..parameters import (
    AlreadySeen,
    AppToAnswerAs,
    BookmarkedWorks,
    HowManyToSkip,
    WithPrivacyPolicy,
    WithRanking,
    WithRankingLabel,
)
from .resource import AppResource

MangaRankingMode: TypeAlias = Literal[
    "day_manga", "week_manga", "month_manga", "week_rookie_manga", "week_original_manga",
    "day_r18_manga", "week_r18_manga", "week_r18g_manga",
]  # fmt: skip
"""The rankings among `app.illust.RankingMode` that are of manga."""


class MangaApi(AppResource, resource="manga"):
    """Manga; most endpoints of illustrations are for manga too."""

    @get("/v1/manga/recommended", paging=NextUrl(items="illusts"))
    def recommended(
        self,
        *,
        include_ranking_illusts: WithRanking | None = None,
        include_ranking_label: WithRankingLabel | None = None,
        include_privacy_policy: WithPrivacyPolicy | None = None,
        filter: AppToAnswerAs | None = None,
        max_bookmark_id: int | None = None,
        offset: HowManyToSkip | None = None,
        viewed: AlreadySeen = (),
        bookmark_illust_ids: BookmarkedWorks = (),
    ) -> Pages[RecommendedIllustList, Illust]:
        """
        Manga that pixiv recommends to the account, for what it has bookmarked.

        Args:
            max_bookmark_id: Recommend for bookmarks up to this id (of the bookmark, not of the
                work), as the next page is asked for; by default for the latest.

        Returns:
            Manga, in pixiv's order; the same one may come again on a later page.
        """
        ...

    @get(
        "/v1/manga/ranking", paging=NextUrl(items="illusts"), source="artvier", status="uncertain"
    )
    def ranking(
        self,
        *,
        mode: MangaRankingMode = "day_manga",
        date: dt.date | str | None = None,
        filter: AppToAnswerAs | None = None,
    ) -> Pages[IllustList, Illust]:
        """
        A ranking of manga; `app.illust.ranking` with such a mode is what other clients ask for.

        Args:
            mode: Which ranking.
            date: The day of the ranking in pixiv's time (UTC+9), a date or ``YYYY-MM-DD``; the
                latest by default.

        Returns:
            Manga, by rank. No reply has been recorded: the keys are those that clients read.
        """
        ...

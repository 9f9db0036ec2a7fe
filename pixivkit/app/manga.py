"""Manga on the App API; most endpoints of illustrations are for manga too."""

from __future__ import annotations

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.paging import NextUrl
from ..models.app import Illust, RecommendedIllustList
from ..parameters import (
    AlreadySeen,
    AppToAnswerAs,
    HowManyToSkip,
    WithPrivacyPolicy,
    WithRanking,
    WithRankingLabel,
)
from .resource import AppResource


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

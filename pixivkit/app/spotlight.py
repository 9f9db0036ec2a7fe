"""Articles of pixivision, on the App API."""

from __future__ import annotations

from typing import Literal

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.paging import NextUrl
from ..models.app import SpotlightArticle, SpotlightArticleList
from ..parameters import AppToAnswerAs, HowManyToSkip
from .resource import AppResource


class SpotlightApi(
    AppResource,
    resource="spotlight",
    source="recorded replies (Alfa-Q/pixivpy), CeuiLiSA/Pixiv-Shaft",
):
    """Articles of pixivision."""

    @get("/v1/spotlight/articles", paging=NextUrl(items="spotlight_articles"))
    def articles(
        self,
        *,
        category: Literal["all", "illust", "manga"] = "all",
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[SpotlightArticleList, SpotlightArticle]:
        """
        Articles of pixivision, which show works around a theme.

        Args:
            category: Articles about illustrations (``illust``), about ``manga``, or ``all``.

        Returns:
            Articles, newest first.

        Raises:
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

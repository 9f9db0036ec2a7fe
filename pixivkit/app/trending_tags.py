"""Tags that are sought after, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.app import TrendTag
from ..parameters import AppToAnswerAs, TranslationsToo
from .resource import AppResource


class TrendingTagsApi(AppResource, resource="trending_tags"):
    """Tags that are sought after."""

    @get("/v1/trending-tags/illust", pick="trend_tags")
    def illust(
        self,
        *,
        filter: AppToAnswerAs | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
    ) -> Call[list[TrendTag]]:
        """
        Tags that are sought after among illustrations and manga.

        Returns:
            Tags, in pixiv's order, each with a work that has it.
        """
        ...

    @get("/v1/trending-tags/novel", pick="trend_tags")
    def novel(self, *, filter: AppToAnswerAs | None = None) -> Call[list[TrendTag]]:
        """
        Tags that are sought after among novels.

        Returns:
            Tags, in pixiv's order, each with an illustration or a manga that has it.
        """
        ...

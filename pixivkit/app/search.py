"""Searches on the App API."""

from __future__ import annotations

from typing import Final

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get
from .._core.declaration.paging import NextUrl
from ..models.app import (
    AutocompleteKeywords,
    BookmarkRange,
    Illust,
    IllustSearchList,
    Novel,
    NovelSearchList,
    SearchOptions,
    Tag,
    UserPreview,
    UserPreviewList,
)
from ..parameters import (
    AppToAnswerAs,
    DoubtfulWorksToo,
    FewestCharacters,
    FewestWords,
    GenreOfNovels,
    GreatestBookmarks,
    GreatestHeight,
    GreatestWidth,
    HowManyToSkip,
    KindOfWorks,
    LanguageOfWorks,
    LeastBookmarks,
    LeastHeight,
    LeastWidth,
    LongestReading,
    MadeWith,
    MostCharacters,
    MostWords,
    NoFanWorks,
    OrderOfFinds,
    PostedSince,
    PostedUntil,
    PostedWithin,
    ShapeOfWorks,
    ShortestReading,
    ShownOrHiddenAI,
    TranslationsToo,
    WhereToFind,
    WhereToFindNovels,
    WithWordsToReplace,
    WordsOutsideTags,
    WordsToFind,
)
from .resource import AppResource
from .sources import SEARCHES

_RANGES: Final = "cssxsh/pixiv-client, mika-f/Pixiv.Net, pixiv-viewer"


class SearchApi(AppResource, resource="search"):
    """Searches, and what helps to narrow them."""

    @get("/v1/search/illust", paging=NextUrl(items="illusts"))
    def illust(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFind = "partial_match_for_tags",
        sort: OrderOfFinds = "date_desc",
        duration: PostedWithin | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: ShownOrHiddenAI | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        bookmark_num_min: LeastBookmarks | None = None,
        bookmark_num_max: GreatestBookmarks | None = None,
        lang: LanguageOfWorks | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        content_type: KindOfWorks | None = None,
        ratio_pattern: ShapeOfWorks | None = None,
        width_min: LeastWidth | None = None,
        width_max: GreatestWidth | None = None,
        height_min: LeastHeight | None = None,
        height_max: GreatestHeight | None = None,
        tool: MadeWith | None = None,
        include_potential_violation_works: DoubtfulWorksToo | None = None,
    ) -> Pages[IllustSearchList, Illust]:
        """
        Illustrations, manga and ugoira that match some words.

        An argument that is None is not sent, and pixiv does as it likes.

        Args:
            offset: How many works to skip; pixiv refuses more than 5000, narrow the dates
                instead.

        Returns:
            Works in the order of *sort*.

        Raises:
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

    @get("/v1/search/user", paging=NextUrl(items="user_previews"))
    def user(
        self,
        word: WordsToFind,
        *,
        sort: OrderOfFinds | None = None,
        duration: PostedWithin | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserPreviewList, UserPreview]:
        """
        Users whose names match some words.

        Of all clients only upbit/pixivpy sends *sort* and *duration*; what pixiv makes of them
        here is not documented.

        Args:
            word: What to search for.

        Returns:
            Users, in pixiv's order.
        """
        ...

    @get("/v1/search/popular-preview/illust")
    def popular_preview_illust(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFind = "partial_match_for_tags",
        sort: OrderOfFinds = "date_desc",
        duration: PostedWithin | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: ShownOrHiddenAI | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        bookmark_num_min: LeastBookmarks | None = None,
        bookmark_num_max: GreatestBookmarks | None = None,
        lang: LanguageOfWorks | None = None,
        filter: AppToAnswerAs | None = None,
        content_type: KindOfWorks | None = None,
        ratio_pattern: ShapeOfWorks | None = None,
        width_min: LeastWidth | None = None,
        width_max: GreatestWidth | None = None,
        height_min: LeastHeight | None = None,
        height_max: GreatestHeight | None = None,
        tool: MadeWith | None = None,
        include_potential_violation_works: DoubtfulWorksToo | None = None,
    ) -> Call[IllustSearchList]:
        """
        The most popular of the works that match some words: a taste of what premium sorts by.

        An argument that is None is not sent, and pixiv does as it likes.

        Returns:
            A few works, in pixiv's order; there is no further page.
        """
        ...

    @get("/v1/search/novel", paging=NextUrl(items="novels"))
    def novel(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFindNovels = "partial_match_for_tags",
        sort: OrderOfFinds = "date_desc",
        duration: PostedWithin | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: ShownOrHiddenAI | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        bookmark_num_min: LeastBookmarks | None = None,
        bookmark_num_max: GreatestBookmarks | None = None,
        lang: LanguageOfWorks | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        genre: GenreOfNovels | None = None,
        is_original_only: NoFanWorks | None = None,
        is_replaceable_only: WithWordsToReplace | None = None,
        text_length_min: FewestCharacters | None = None,
        text_length_max: MostCharacters | None = None,
        word_count_min: FewestWords | None = None,
        word_count_max: MostWords | None = None,
        reading_time_min: ShortestReading | None = None,
        reading_time_max: LongestReading | None = None,
    ) -> Pages[NovelSearchList, Novel]:
        """
        Novels that match some words.

        An argument that is None is not sent, and pixiv does as it likes.

        Args:
            offset: How many novels to skip; pixiv refuses more than 5000, narrow the dates
                instead.

        Returns:
            Novels in the order of *sort*.

        Raises:
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

    @get("/v1/search/popular-preview/novel")
    def popular_preview_novel(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFindNovels = "partial_match_for_tags",
        sort: OrderOfFinds = "date_desc",
        duration: PostedWithin | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: ShownOrHiddenAI | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        bookmark_num_min: LeastBookmarks | None = None,
        bookmark_num_max: GreatestBookmarks | None = None,
        lang: LanguageOfWorks | None = None,
        filter: AppToAnswerAs | None = None,
        genre: GenreOfNovels | None = None,
        is_original_only: NoFanWorks | None = None,
        is_replaceable_only: WithWordsToReplace | None = None,
        text_length_min: FewestCharacters | None = None,
        text_length_max: MostCharacters | None = None,
        word_count_min: FewestWords | None = None,
        word_count_max: MostWords | None = None,
        reading_time_min: ShortestReading | None = None,
        reading_time_max: LongestReading | None = None,
    ) -> Call[NovelSearchList]:
        """
        The most popular of the novels that match some words: a taste of what premium sorts by.

        An argument that is None is not sent, and pixiv does as it likes.

        Returns:
            A few novels, in pixiv's order; there is no further page.
        """
        ...

    @get("/v2/search/autocomplete", pick="tags", source=SEARCHES)
    def autocomplete(
        self, word: WordsToFind, *, merge_plain_keyword_results: WordsOutsideTags | None = None
    ) -> Call[list[Tag]]:
        """
        Tags that begin like what was typed.

        Args:
            word: The beginning of a tag, in any script.

        Returns:
            Tags, the most likely first.
        """
        ...

    @get(
        "/v1/search/autocomplete",
        source="a reply recorded by tsubasa/pixiv.py",
        status="deprecated",
    )
    def autocomplete_v1(self, word: WordsToFind) -> Call[AutocompleteKeywords]:
        """
        Tags that begin like what was typed, without translations; `autocomplete` is newer.

        Args:
            word: The beginning of a tag, in any script.

        Returns:
            Tags, the most likely first.
        """
        ...

    @get(
        "/v1/search/bookmark-ranges/illust",
        pick="bookmark_ranges",
        source=_RANGES,
    )
    def bookmark_ranges_illust(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFind = "partial_match_for_tags",
        sort: OrderOfFinds | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        filter: AppToAnswerAs | None = None,
    ) -> Call[list[BookmarkRange]]:
        """
        The numbers of bookmarks that a search may be narrowed to.

        Returns:
            Ranges for `illust`'s *bookmark_num_min* and *bookmark_num_max*, in pixiv's order. No
            reply has been recorded: the keys are those that clients read.
        """
        ...

    @get("/v1/search/bookmark-ranges/novel", pick="bookmark_ranges", source=_RANGES)
    def bookmark_ranges_novel(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFindNovels = "partial_match_for_tags",
        sort: OrderOfFinds | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        filter: AppToAnswerAs | None = None,
    ) -> Call[list[BookmarkRange]]:
        """
        The numbers of bookmarks that a search for novels may be narrowed to.

        Returns:
            Ranges for `novel`'s *bookmark_num_min* and *bookmark_num_max*, in pixiv's order. No
            reply has been recorded: the keys are those that clients read.
        """
        ...

    @get(
        "/v1/search/options",
        source="CeuiLiSA/Pixiv-Shaft, kongjianguan/Pixiv-Shaft-Desktop, Pixeval/Mako",
    )
    def options(
        self,
        word: WordsToFind,
        *,
        search_target: WhereToFind | None = None,
        merge_plain_keyword_results: WordsOutsideTags | None = None,
        include_translated_tag_results: TranslationsToo | None = None,
        search_ai_type: ShownOrHiddenAI | None = None,
    ) -> Call[SearchOptions]:
        """
        What a search may be narrowed by: languages, tools, genres, numbers of bookmarks.

        Returns:
            The options for illustrations and for novels. No reply has been recorded: the keys are
            those that clients read.
        """
        ...

"""Searches on the App API."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get
from .._core.declaration.arguments import Between, NotEmpty
from .._core.declaration.paging import NextUrl
from ..models.app import BookmarkRange, Illust, IllustSearchList, Novel, NovelSearchList
from ..parameters import (
    AppToAnswerAs,
    GreatestHeight,
    GreatestWidth,
    HowManyToSkip,
    LeastHeight,
    LeastWidth,
    MadeWith,
    PostedSince,
    PostedUntil,
)
from .resource import AppResource
from .sources import RECORDED

_RANGES: Final = "cssxsh/pixiv-client, asadahimeka/pixiv-viewer, mika-f/pixiv.net"


class SearchApi(AppResource, resource="search"):
    """Searches."""

    @get("/v1/search/illust", paging=NextUrl(items="illusts"))
    def illust(
        self,
        word: Annotated[str, NotEmpty()],
        *,
        search_target: Literal[
            "partial_match_for_tags", "exact_match_for_tags", "title_and_caption", "keyword"
        ] = "partial_match_for_tags",
        sort: Literal[
            "date_desc", "date_asc", "popular_desc", "popular_male_desc", "popular_female_desc"
        ] = "date_desc",
        duration: Literal["within_last_day", "within_last_week", "within_last_month"]
        | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: Literal[0, 1] | None = None,
        merge_plain_keyword_results: bool | None = None,
        include_translated_tag_results: bool | None = None,
        bookmark_num_min: Annotated[int | None, Between(0)] = None,
        bookmark_num_max: Annotated[int | None, Between(0)] = None,
        lang: str | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        content_type: str | None = None,
        ratio_pattern: Literal["landscape", "portrait", "square"] | None = None,
        width_min: LeastWidth | None = None,
        width_max: GreatestWidth | None = None,
        height_min: LeastHeight | None = None,
        height_max: GreatestHeight | None = None,
        tool: MadeWith | None = None,
        include_potential_violation_works: bool | None = None,
    ) -> Pages[IllustSearchList, Illust]:
        """
        Illustrations, manga and ugoira that match some words.

        An argument that is None is not sent, and pixiv does as it likes.

        Args:
            word: What to search for; words with a blank between them must all match, ``OR``
                stands between alternatives, ``-`` before what must not match.
            search_target: Where: ``partial_match_for_tags`` parts of tags,
                ``exact_match_for_tags`` whole tags, ``title_and_caption``, or ``keyword``.
            sort: ``date_desc`` newest first, ``date_asc`` oldest first, or by popularity, for
                which the account must be premium: ``popular_desc``, ``popular_male_desc``,
                ``popular_female_desc``.
            duration: Works of the last day, week or month only: ``within_last_day``,
                ``within_last_week``, ``within_last_month``.
            search_ai_type: 0 shows works made by AI, 1 hides them.
            merge_plain_keyword_results: Whether to add what matches the words outside of tags.
            include_translated_tag_results: Whether to match translations of tags.
            bookmark_num_min: The fewest bookmarks of a work.
            bookmark_num_max: The most bookmarks of a work.
            lang: Language, such as ``ja``.
            offset: How many works to skip; pixiv refuses more than 5000, narrow the dates
                instead.
            content_type: Kind of works, such as ``illust``.
            ratio_pattern: ``landscape``, ``portrait`` or ``square``.
            include_potential_violation_works: False hides works that may break pixiv's rules;
                left out, they are shown (as captured from iOS app 8.6).

        Returns:
            Works in the order of *sort*.

        Raises:
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

    @get("/v1/search/novel", paging=NextUrl(items="novels"))
    def novel(
        self,
        word: Annotated[str, NotEmpty()],
        *,
        search_target: Literal[
            "partial_match_for_tags", "exact_match_for_tags", "text", "keyword"
        ] = "partial_match_for_tags",
        sort: Literal[
            "date_desc", "date_asc", "popular_desc", "popular_male_desc", "popular_female_desc"
        ] = "date_desc",
        duration: Literal["within_last_day", "within_last_week", "within_last_month"]
        | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: Literal[0, 1] | None = None,
        merge_plain_keyword_results: bool | None = None,
        include_translated_tag_results: bool | None = None,
        bookmark_num_min: Annotated[int | None, Between(0)] = None,
        bookmark_num_max: Annotated[int | None, Between(0)] = None,
        lang: str | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        genre: int | None = None,
        is_original_only: bool | None = None,
        is_replaceable_only: bool | None = None,
        text_length_min: Annotated[int | None, Between(0)] = None,
        text_length_max: Annotated[int | None, Between(0)] = None,
        word_count_min: Annotated[int | None, Between(0)] = None,
        word_count_max: Annotated[int | None, Between(0)] = None,
        reading_time_min: Annotated[int | None, Between(0)] = None,
        reading_time_max: Annotated[int | None, Between(0)] = None,
    ) -> Pages[NovelSearchList, Novel]:
        """
        Novels that match some words.

        An argument that is None is not sent, and pixiv does as it likes.

        Args:
            word: What to search for; words with a blank between them must all match, ``OR``
                stands between alternatives, ``-`` before what must not match.
            search_target: Where: ``partial_match_for_tags`` parts of tags,
                ``exact_match_for_tags`` whole tags, ``text`` the text, or ``keyword``: tags,
                titles and captions.
            sort: ``date_desc`` newest first, ``date_asc`` oldest first, or by popularity, for
                which the account must be premium: ``popular_desc``, ``popular_male_desc``,
                ``popular_female_desc``.
            duration: Novels of the last day, week or month only: ``within_last_day``,
                ``within_last_week``, ``within_last_month``.
            search_ai_type: 0 shows novels made by AI, 1 hides them.
            merge_plain_keyword_results: Whether to add what matches the words outside of tags.
            include_translated_tag_results: Whether to match translations of tags.
            bookmark_num_min: The fewest bookmarks of a novel.
            bookmark_num_max: The most bookmarks of a novel.
            lang: Language, such as ``ja``.
            offset: How many novels to skip; pixiv refuses more than 5000, narrow the dates
                instead.
            genre: Number of a genre, as pixiv has it.
            is_original_only: Whether to leave out fan works.
            is_replaceable_only: Whether to show only novels with words that readers may replace
                by their own, such as the name of the hero.
            text_length_min: Fewest characters.
            text_length_max: Most characters.
            word_count_min: Fewest words.
            word_count_max: Most words.
            reading_time_min: Shortest time to read, in seconds as on the web.
            reading_time_max: Longest time to read, in seconds as on the web.

        Returns:
            Novels in the order of *sort*.

        Raises:
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

    @get("/v1/search/popular-preview/novel", source=RECORDED)
    def popular_preview_novel(
        self,
        word: Annotated[str, NotEmpty()],
        *,
        search_target: Literal[
            "partial_match_for_tags", "exact_match_for_tags", "text", "keyword"
        ] = "partial_match_for_tags",
        duration: Literal["within_last_day", "within_last_week", "within_last_month"]
        | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        search_ai_type: Literal[0, 1] | None = None,
        merge_plain_keyword_results: bool | None = None,
        include_translated_tag_results: bool | None = None,
        bookmark_num_min: Annotated[int | None, Between(0)] = None,
        bookmark_num_max: Annotated[int | None, Between(0)] = None,
        lang: str | None = None,
        filter: AppToAnswerAs | None = None,
        genre: int | None = None,
        is_original_only: bool | None = None,
        is_replaceable_only: bool | None = None,
        text_length_min: Annotated[int | None, Between(0)] = None,
        text_length_max: Annotated[int | None, Between(0)] = None,
        word_count_min: Annotated[int | None, Between(0)] = None,
        word_count_max: Annotated[int | None, Between(0)] = None,
        reading_time_min: Annotated[int | None, Between(0)] = None,
        reading_time_max: Annotated[int | None, Between(0)] = None,
    ) -> Call[NovelSearchList]:
        """
        The few most popular novels that match some words, as accounts without premium see them.

        Everything but *word* narrows it as in `novel`. An argument that is None is not sent, and
        pixiv does as it likes.

        Args:
            word: What to search for; words with a blank between them must all match, ``OR``
                stands between alternatives, ``-`` before what must not match.
            search_target: Where: ``partial_match_for_tags`` parts of tags,
                ``exact_match_for_tags`` whole tags, ``text`` the text, or ``keyword``: tags,
                titles and captions.
            duration: Novels of the last day, week or month only: ``within_last_day``,
                ``within_last_week``, ``within_last_month``.
            search_ai_type: 0 shows novels made by AI, 1 hides them.
            merge_plain_keyword_results: Whether to add what matches the words outside of tags.
            include_translated_tag_results: Whether to match translations of tags.
            bookmark_num_min: The fewest bookmarks of a novel.
            bookmark_num_max: The most bookmarks of a novel.
            lang: Language, such as ``ja``.
            genre: Number of a genre, as pixiv has it.
            is_original_only: Whether to leave out fan works.
            is_replaceable_only: Whether to show only novels with words that readers may replace
                by their own, such as the name of the hero.
            text_length_min: Fewest characters.
            text_length_max: Most characters.
            word_count_min: Fewest words.
            word_count_max: Most words.
            reading_time_min: Shortest time to read, in seconds as on the web.
            reading_time_max: Longest time to read, in seconds as on the web.

        Returns:
            Novels, the most popular first. There is no further page.
        """
        ...

    @get("/v1/search/bookmark-ranges/novel", pick="bookmark_ranges", source=_RANGES)
    def bookmark_ranges_novel(
        self,
        word: Annotated[str, NotEmpty()],
        *,
        search_target: Literal[
            "partial_match_for_tags", "exact_match_for_tags", "text", "keyword"
        ] = "partial_match_for_tags",
        sort: Literal[
            "date_desc", "date_asc", "popular_desc", "popular_male_desc", "popular_female_desc"
        ]
        | None = None,
        start_date: PostedSince | None = None,
        end_date: PostedUntil | None = None,
        merge_plain_keyword_results: bool | None = None,
        include_translated_tag_results: bool | None = None,
        filter: AppToAnswerAs | None = None,
    ) -> Call[list[BookmarkRange]]:
        """
        The ranges of bookmark counts that pixiv offers for a search for novels.

        Args:
            word: What to search for, as in `novel`.
            search_target: Where: ``partial_match_for_tags`` parts of tags,
                ``exact_match_for_tags`` whole tags, ``text`` the text, or ``keyword``: tags,
                titles and captions.
            sort: The order of the search, as in `novel`.
            merge_plain_keyword_results: Whether to add what matches the words outside of tags.
            include_translated_tag_results: Whether to match translations of tags.

        Returns:
            Ranges, for *bookmark_num_min* and *bookmark_num_max* of `novel`.
        """
        ...

"""Searches on the web API."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.arguments import NotEmpty
from .._core.call import Call, Pages
from .._core.declare import get
from .._core.paging import PageNumber
from ..models.web.search import SearchArtworks, SearchIllustrations, SearchManga, SearchTop
from ..models.web.tag import TagPage
from ..models.web.work import IllustThumb
from ..parameters import (
    BookmarkedSince,
    BookmarkedUntil,
    FewestBookmarks,
    FirstPage,
    ForWhichAges,
    GreatestHeight,
    GreatestWidth,
    GroupedByAuthor,
    LeastHeight,
    LeastWidth,
    MadeWith,
    MostBookmarks,
    PostedSince,
    PostedUntil,
    Proportions,
    SearchOrder,
    SearchWords,
    TagName,
    TranslationLanguage,
    UndocumentedNumber,
    UndocumentedSwitch,
    WhatHasToMatch,
    WithoutAI,
)
from .resource import WebResource

AJAX_DOCS = (
    "daydreamer-json/pixiv-ajax-api-docs, Search; later parameters: Magelon-png/PixivApi, "
    "DowneyRem/PixivSource, FreeNowOrg/PixivNow, ppixiv, PixivBatchDownloader"
)


class SearchApi(WebResource, resource="search", source=AJAX_DOCS):
    """
    Searches for works, and for what pixiv knows about a tag.

    A search shows 60 works a page and at most 1000 pages; what lies behind them is found by
    narrowing `scd` and `ecd`.
    """

    @get("/ajax/search/tags/{tag}")
    def tag(self, tag: TagName) -> Call[TagPage]:
        """
        What pixiv knows about a tag: its article, its relatives, its translations.

        Returns:
            The tag; without an article where nobody wrote one.
        """
        ...

    @get("/ajax/search/top/{word}")
    def top(
        self, word: Annotated[str, NotEmpty()], *, lang: TranslationLanguage | None = None
    ) -> Call[SearchTop]:
        """
        The first works of every kind that a word finds.

        Args:
            word: What to search for.

        Returns:
            Works by kind, the newest first, and a few popular ones.
        """
        ...

    @get(
        "/ajax/search/artworks/{word}",
        paging=PageNumber(items="illustManga.data", last="illustManga.lastPage"),
    )
    def artworks(
        self,
        word: SearchWords,
        *,
        order: SearchOrder = "date_d",
        mode: ForWhichAges = "all",
        s_mode: WhatHasToMatch = "s_tag_full",
        type: Literal["all"] = "all",
        wlt: LeastWidth | None = None,
        wgt: GreatestWidth | None = None,
        hlt: LeastHeight | None = None,
        hgt: GreatestHeight | None = None,
        ratio: Proportions | None = None,
        tool: MadeWith | None = None,
        scd: PostedSince | None = None,
        ecd: PostedUntil | None = None,
        blt: FewestBookmarks | None = None,
        bgt: MostBookmarks | None = None,
        p: FirstPage = 1,
        ai_type: WithoutAI | None = None,
        csw: GroupedByAuthor | None = None,
        dgw: UndocumentedSwitch | None = None,
        wib: UndocumentedNumber | None = None,
        sbd: BookmarkedSince | None = None,
        ebd: BookmarkedUntil | None = None,
        lang: TranslationLanguage | None = None,
    ) -> Pages[SearchArtworks, IllustThumb]:
        """
        Illustrations, manga and ugoira that a word finds.

        Args:
            type: The kind of works; only ``all``.

        Returns:
            Pages of works in the order asked for; advertisements are left out of the items.
        """
        ...

    @get(
        "/ajax/search/illustrations/{word}",
        paging=PageNumber(items="illust.data", last="illust.lastPage"),
    )
    def illustrations(
        self,
        word: SearchWords,
        *,
        order: SearchOrder = "date_d",
        mode: ForWhichAges = "all",
        s_mode: WhatHasToMatch = "s_tag_full",
        type: Literal["illust_and_ugoira", "illust", "ugoira"] = "illust_and_ugoira",
        wlt: LeastWidth | None = None,
        wgt: GreatestWidth | None = None,
        hlt: LeastHeight | None = None,
        hgt: GreatestHeight | None = None,
        ratio: Proportions | None = None,
        tool: MadeWith | None = None,
        scd: PostedSince | None = None,
        ecd: PostedUntil | None = None,
        blt: FewestBookmarks | None = None,
        bgt: MostBookmarks | None = None,
        p: FirstPage = 1,
        ai_type: WithoutAI | None = None,
        csw: GroupedByAuthor | None = None,
        dgw: UndocumentedSwitch | None = None,
        wib: UndocumentedNumber | None = None,
        sbd: BookmarkedSince | None = None,
        ebd: BookmarkedUntil | None = None,
        lang: TranslationLanguage | None = None,
    ) -> Pages[SearchIllustrations, IllustThumb]:
        """
        Illustrations and ugoira that a word finds.

        Args:
            type: The kind of works: ``illust_and_ugoira`` for both, ``illust`` or
                ``ugoira`` for one of them.

        Returns:
            Pages of works in the order asked for; advertisements are left out of the items.
        """
        ...

    @get(
        "/ajax/search/manga/{word}",
        paging=PageNumber(items="manga.data", last="manga.lastPage"),
    )
    def manga(
        self,
        word: SearchWords,
        *,
        order: SearchOrder = "date_d",
        mode: ForWhichAges = "all",
        s_mode: WhatHasToMatch = "s_tag_full",
        type: Literal["manga"] = "manga",
        work_lang: str | None = None,
        wlt: LeastWidth | None = None,
        wgt: GreatestWidth | None = None,
        hlt: LeastHeight | None = None,
        hgt: GreatestHeight | None = None,
        ratio: Proportions | None = None,
        tool: MadeWith | None = None,
        scd: PostedSince | None = None,
        ecd: PostedUntil | None = None,
        blt: FewestBookmarks | None = None,
        bgt: MostBookmarks | None = None,
        p: FirstPage = 1,
        ai_type: WithoutAI | None = None,
        csw: GroupedByAuthor | None = None,
        dgw: UndocumentedSwitch | None = None,
        wib: UndocumentedNumber | None = None,
        sbd: BookmarkedSince | None = None,
        ebd: BookmarkedUntil | None = None,
        lang: TranslationLanguage | None = None,
    ) -> Pages[SearchManga, IllustThumb]:
        """
        Manga that a word finds.

        Args:
            type: The kind of works; only ``manga``.
            work_lang: Only works in this language, two letters such as ``ja``.

        Returns:
            Pages of manga in the order asked for; advertisements are left out of the items.
        """
        ...

"""
Searches on the web API.

The three searches for works take the same parameters; their types are named here once.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from .._core.arguments import Between, NotEmpty, Wire
from .._core.call import Call, Pages
from .._core.declare import get
from .._core.paging import PageNumber
from ..models.web.search import SearchArtworks, SearchIllustrations, SearchManga, SearchTop
from ..models.web.tag import TagPage
from ..models.web.work import IllustThumb
from .resource import WebResource

AJAX_DOCS = (
    "daydreamer-json/pixiv-ajax-api-docs, Search; later parameters: Magelon-png/PixivApi, "
    "DowneyRem/PixivSource, FreeNowOrg/PixivNow, ppixiv, PixivBatchDownloader"
)

Word: TypeAlias = Annotated[str, NotEmpty(), Wire(repeat_in_query=True)]
Order: TypeAlias = Literal[
    "date_d",
    "date",
    "popular_d",
    "popular",
    "popular_male_d",
    "popular_male",
    "popular_female_d",
    "popular_female",
]
Mode: TypeAlias = Literal["all", "safe", "r18"]
Match: TypeAlias = Literal["s_tag_full", "s_tag", "s_tc", "s_tag_tc"]
Bound: TypeAlias = Annotated[int | None, Between(0)]
Day: TypeAlias = dt.date | str | None
Switch: TypeAlias = Annotated[bool | None, Wire(digit=True)]
Page: TypeAlias = Annotated[int, Between(1)]


class SearchApi(WebResource, resource="search", source=AJAX_DOCS):
    """
    Searches for works, and for what pixiv knows about a tag.

    A search shows 60 works a page and at most 1000 pages; what lies behind them is found by
    narrowing `scd` and `ecd`.
    """

    @get("/ajax/search/tags/{tag}")
    def tag(self, tag: Annotated[str, NotEmpty()]) -> Call[TagPage]:
        """
        What pixiv knows about a tag: its article, its relatives, its translations.

        Args:
            tag: The tag, as pixiv spells it.

        Returns:
            The tag; without an article where nobody wrote one.
        """
        ...

    @get("/ajax/search/top/{word}")
    def top(self, word: Annotated[str, NotEmpty()], *, lang: str | None = None) -> Call[SearchTop]:
        """
        The first works of every kind that a word finds.

        Args:
            word: What to search for.
            lang: Language of the translations, such as ``en``. None for that of the account.

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
        word: Word,
        *,
        order: Order = "date_d",
        mode: Mode = "all",
        s_mode: Match = "s_tag_full",
        type: Literal["all"] = "all",
        wlt: Bound = None,
        wgt: Bound = None,
        hlt: Bound = None,
        hgt: Bound = None,
        ratio: float | None = None,
        tool: str | None = None,
        scd: Day = None,
        ecd: Day = None,
        blt: Bound = None,
        bgt: Bound = None,
        p: Page = 1,
        ai_type: Literal[0, 1] | None = None,
        csw: Switch = None,
        dgw: Switch = None,
        wib: Literal[1, 2, 3] | None = None,
        sbd: Day = None,
        ebd: Day = None,
        lang: str | None = None,
    ) -> Pages[SearchArtworks, IllustThumb]:
        """
        Illustrations, manga and ugoira that a word finds.

        Args:
            word: What to search for; blanks between words mean "and".
            order: ``date_d`` newest first, ``date`` oldest first; ``popular_d`` most popular first
                (with ``popular_male_d`` and ``popular_female_d``: among men, among women), each
                without ``_d`` the other way round. Popularity needs pixiv Premium.
            mode: ``all``, ``safe`` for all ages only, ``r18`` for R-18 only (needs a login).
            s_mode: What has to match: ``s_tag_full`` a whole tag, ``s_tag`` part of a tag,
                ``s_tc`` title or caption, ``s_tag_tc`` tag, title or caption.
            type: The kind of works; only ``all``.
            wlt: Width of at least so many pixels.
            wgt: Width of at most so many pixels.
            hlt: Height of at least so many pixels.
            hgt: Height of at most so many pixels.
            ratio: 0.5 for landscape, -0.5 for portrait, 0 for square.
            tool: Only works made with this tool, by pixiv's name for it, such as
                ``CLIP STUDIO PAINT``.
            scd: Only works posted on this day or later: a date or ``YYYY-MM-DD``.
            ecd: Only works posted on this day or earlier: a date or ``YYYY-MM-DD``.
            blt: Bookmarked at least so many times (needs pixiv Premium).
            bgt: Bookmarked at most so many times (needs pixiv Premium).
            p: Number of the page, from 1.
            ai_type: 1 to leave out works made by AI.
            csw: True to group the works of an author.
            dgw: Sent by pixiv's own pages; its meaning is not documented.
            wib: Sent by pixiv's own pages, 1 to 3; its meaning is not documented.
            sbd: Only works bookmarked on this day or later: a date or ``YYYY-MM-DD``.
            ebd: Only works bookmarked on this day or earlier: a date or ``YYYY-MM-DD``.
            lang: Language of the translations, such as ``en``. None for that of the account.

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
        word: Word,
        *,
        order: Order = "date_d",
        mode: Mode = "all",
        s_mode: Match = "s_tag_full",
        type: Literal["illust_and_ugoira", "illust", "ugoira"] = "illust_and_ugoira",
        wlt: Bound = None,
        wgt: Bound = None,
        hlt: Bound = None,
        hgt: Bound = None,
        ratio: float | None = None,
        tool: str | None = None,
        scd: Day = None,
        ecd: Day = None,
        blt: Bound = None,
        bgt: Bound = None,
        p: Page = 1,
        ai_type: Literal[0, 1] | None = None,
        csw: Switch = None,
        dgw: Switch = None,
        wib: Literal[1, 2, 3] | None = None,
        sbd: Day = None,
        ebd: Day = None,
        lang: str | None = None,
    ) -> Pages[SearchIllustrations, IllustThumb]:
        """
        Illustrations and ugoira that a word finds.

        Args:
            word: What to search for; blanks between words mean "and".
            order: ``date_d`` newest first, ``date`` oldest first; ``popular_d`` most popular first
                (with ``popular_male_d`` and ``popular_female_d``: among men, among women), each
                without ``_d`` the other way round. Popularity needs pixiv Premium.
            mode: ``all``, ``safe`` for all ages only, ``r18`` for R-18 only (needs a login).
            s_mode: What has to match: ``s_tag_full`` a whole tag, ``s_tag`` part of a tag,
                ``s_tc`` title or caption, ``s_tag_tc`` tag, title or caption.
            type: The kind of works: ``illust_and_ugoira`` for both, ``illust`` or
                ``ugoira`` for one of them.
            wlt: Width of at least so many pixels.
            wgt: Width of at most so many pixels.
            hlt: Height of at least so many pixels.
            hgt: Height of at most so many pixels.
            ratio: 0.5 for landscape, -0.5 for portrait, 0 for square.
            tool: Only works made with this tool, by pixiv's name for it, such as
                ``CLIP STUDIO PAINT``.
            scd: Only works posted on this day or later: a date or ``YYYY-MM-DD``.
            ecd: Only works posted on this day or earlier: a date or ``YYYY-MM-DD``.
            blt: Bookmarked at least so many times (needs pixiv Premium).
            bgt: Bookmarked at most so many times (needs pixiv Premium).
            p: Number of the page, from 1.
            ai_type: 1 to leave out works made by AI.
            csw: True to group the works of an author.
            dgw: Sent by pixiv's own pages; its meaning is not documented.
            wib: Sent by pixiv's own pages, 1 to 3; its meaning is not documented.
            sbd: Only works bookmarked on this day or later: a date or ``YYYY-MM-DD``.
            ebd: Only works bookmarked on this day or earlier: a date or ``YYYY-MM-DD``.
            lang: Language of the translations, such as ``en``. None for that of the account.

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
        word: Word,
        *,
        order: Order = "date_d",
        mode: Mode = "all",
        s_mode: Match = "s_tag_full",
        type: Literal["manga"] = "manga",
        work_lang: str | None = None,
        wlt: Bound = None,
        wgt: Bound = None,
        hlt: Bound = None,
        hgt: Bound = None,
        ratio: float | None = None,
        tool: str | None = None,
        scd: Day = None,
        ecd: Day = None,
        blt: Bound = None,
        bgt: Bound = None,
        p: Page = 1,
        ai_type: Literal[0, 1] | None = None,
        csw: Switch = None,
        dgw: Switch = None,
        wib: Literal[1, 2, 3] | None = None,
        sbd: Day = None,
        ebd: Day = None,
        lang: str | None = None,
    ) -> Pages[SearchManga, IllustThumb]:
        """
        Manga that a word finds.

        Args:
            word: What to search for; blanks between words mean "and".
            order: ``date_d`` newest first, ``date`` oldest first; ``popular_d`` most popular first
                (with ``popular_male_d`` and ``popular_female_d``: among men, among women), each
                without ``_d`` the other way round. Popularity needs pixiv Premium.
            mode: ``all``, ``safe`` for all ages only, ``r18`` for R-18 only (needs a login).
            s_mode: What has to match: ``s_tag_full`` a whole tag, ``s_tag`` part of a tag,
                ``s_tc`` title or caption, ``s_tag_tc`` tag, title or caption.
            type: The kind of works; only ``manga``.
            work_lang: Only works in this language, two letters such as ``ja``.
            wlt: Width of at least so many pixels.
            wgt: Width of at most so many pixels.
            hlt: Height of at least so many pixels.
            hgt: Height of at most so many pixels.
            ratio: 0.5 for landscape, -0.5 for portrait, 0 for square.
            tool: Only works made with this tool, by pixiv's name for it, such as
                ``CLIP STUDIO PAINT``.
            scd: Only works posted on this day or later: a date or ``YYYY-MM-DD``.
            ecd: Only works posted on this day or earlier: a date or ``YYYY-MM-DD``.
            blt: Bookmarked at least so many times (needs pixiv Premium).
            bgt: Bookmarked at most so many times (needs pixiv Premium).
            p: Number of the page, from 1.
            ai_type: 1 to leave out works made by AI.
            csw: True to group the works of an author.
            dgw: Sent by pixiv's own pages; its meaning is not documented.
            wib: Sent by pixiv's own pages, 1 to 3; its meaning is not documented.
            sbd: Only works bookmarked on this day or later: a date or ``YYYY-MM-DD``.
            ebd: Only works bookmarked on this day or earlier: a date or ``YYYY-MM-DD``.
            lang: Language of the translations, such as ``en``. None for that of the account.

        Returns:
            Pages of manga in the order asked for; advertisements are left out of the items.
        """
        ...

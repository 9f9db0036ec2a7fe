"""Novels on the App API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.arguments import Between, Meaning, Spelling
from .._core.declaration.paging import NextUrl
from ..models.app import (
    Comment,
    Done,
    Novel,
    NovelList,
    NovelRecommendations,
    NovelSeries,
)
from ..parameters import (
    AppToAnswerAs,
    CommentId,
    CommentText,
    CommentToReplyTo,
    HowManyToSkip,
    NovelId,
    StampInPlaceOfText,
)
from .resource import AppResource
from .sources import RECORDED, SUBMITTING_WORKS

NovelRankingMode: TypeAlias = Literal[
    "day", "week", "day_male", "day_female", "week_original", "week_rookie", "week_ai",
    "day_r18", "week_r18", "week_r18g", "day_r18_ai", "week_ai_r18",
]  # fmt: skip
"""Rankings of novels on the App API."""


class NovelApi(AppResource, resource="novel", source=SUBMITTING_WORKS):
    """Novels and comments on them."""

    @get("/v2/novel/detail", pick="novel", source=RECORDED)
    def detail(self, novel_id: NovelId) -> Call[Novel]:
        """
        One novel, with everything its page shows but its text.

        Returns:
            The novel.

        Raises:
            NotFound: The novel is deleted, or there never was one.
        """
        ...

    @get("/v2/novel/series", paging=NextUrl(items="novels"), source=RECORDED)
    def series(
        self,
        series_id: Annotated[int, Meaning("Id of the series.")],
        *,
        filter: AppToAnswerAs | None = None,
        last_order: Annotated[int | None, Between(0)] = None,
    ) -> Pages[NovelSeries, Novel]:
        """
        A series of novels, with the novels in it.

        Args:
            last_order: Only novels after this place in the series, from 1; from the first by
                default.

        Returns:
            Novels, in the order of the series. Each page has the series, its first and its last
            novel as well.

        Raises:
            NotFound: There is no such series.
        """
        ...

    @get("/v1/novel/recommended", paging=NextUrl(items="novels"), source=RECORDED)
    def recommended(
        self,
        *,
        include_ranking_label: bool | None = None,
        include_ranking_novels: bool | None = None,
        include_privacy_policy: bool | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        already_recommended: Annotated[Sequence[int], Spelling(join=",")] = (),
        max_bookmark_id_for_recommend: int | None = None,
    ) -> Pages[NovelRecommendations, Novel]:
        """
        Novels that pixiv recommends to the account.

        An argument that is None is not sent, and pixiv does as it likes.

        Args:
            include_ranking_label: Sent by pixiv's own apps; its meaning is not documented.
            include_ranking_novels: Whether to add novels of a ranking, as `ranking_novels`.
            include_privacy_policy: Whether to add a privacy policy that waits to be agreed to.
            already_recommended: Ids of the novels on the pages before; the address of the next
                page has it.
            max_bookmark_id_for_recommend: The bookmark that pixiv recommends after; the address
                of the next page has it.

        Returns:
            Novels, in pixiv's order. Now and then one comes again on a later page.
        """
        ...

    @get("/v1/novel/ranking", paging=NextUrl(items="novels"), source=RECORDED)
    def ranking(
        self,
        *,
        mode: NovelRankingMode = "day",
        date: dt.date | str | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[NovelList, Novel]:
        """
        A ranking of novels.

        Args:
            mode: Which ranking: of the day or the week, of an audience or a kind, of novels
                made by AI, or of R-18 novels (for accounts that show them).
            date: The day of the ranking in pixiv's time (UTC+9), a date or ``YYYY-MM-DD``; the
                latest by default.

        Returns:
            Novels, by rank.
        """
        ...

    @get("/v1/novel/new", paging=NextUrl(items="novels"), source=RECORDED)
    def new(
        self, *, filter: AppToAnswerAs | None = None, max_novel_id: int | None = None
    ) -> Pages[NovelList, Novel]:
        """
        The newest novels of everybody.

        Args:
            max_novel_id: Only novels up to this id, as the next page is asked for; from the
                newest by default.

        Returns:
            Novels, newest first.
        """
        ...

    @get("/v1/novel/follow", paging=NextUrl(items="novels"), source=RECORDED)
    def follow(
        self,
        *,
        restrict: Literal["all", "public", "private"] = "all",
        offset: HowManyToSkip | None = None,
    ) -> Pages[NovelList, Novel]:
        """
        The newest novels of the users that the account follows.

        Args:
            restrict: Of those it follows in ``public``, in ``private``, or ``all``.

        Returns:
            Novels, newest first.
        """
        ...

    @get(
        "/v1/novel/mypixiv",
        paging=NextUrl(items="novels"),
        source="An-Owlbear/Pixiv-API-Docs, browsing-works.md; CeuiLiSA/Pixiv-Shaft",
    )
    def mypixiv(self, *, offset: HowManyToSkip | None = None) -> Pages[NovelList, Novel]:
        """
        The newest novels of the account's mypixiv.

        Returns:
            Novels, newest first.
        """
        ...

    @get("/v1/novel/related", paging=NextUrl(items="novels"), source=RECORDED)
    def related(
        self,
        novel_id: NovelId,
        *,
        seed_novel_ids: Annotated[Sequence[int], Spelling("seed_novel_ids[]")] = (),
        viewed: Annotated[Sequence[int], Spelling("viewed[]")] = (),
    ) -> Pages[NovelList, Novel]:
        """
        Novels like one.

        Args:
            seed_novel_ids: Ids of further novels that they are to be like; the address of the
                next page has *novel_id* here.
            viewed: Ids of novels to leave out, such as those of the pages before.

        Returns:
            Novels, the most alike first; `algorithm` says why each is among them.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @post("/v1/novel/delete")
    def delete(self, novel_id: NovelId) -> Call[Done]:
        """
        Delete a novel of the account, for good.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    # The document calls the parameter `parent_comment`; for illustrations it says
    # `parent_comment_id`, and so does every client for both.
    @post("/v1/novel/comment/add", pick="comment")
    def comment_add(
        self,
        novel_id: NovelId,
        comment: CommentText | None,
        *,
        parent_comment_id: CommentToReplyTo | None = None,
        stamp_id: StampInPlaceOfText | None = None,
    ) -> Call[Comment]:
        """
        Comment on a novel, or reply to a comment on it.

        Returns:
            The comment as it was posted.
        """
        ...

    @post("/v1/novel/comment/delete")
    def comment_delete(self, comment_id: CommentId) -> Call[Done]:
        """
        Delete a comment on a novel.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such comment.
        """
        ...

"""Illustrations, manga and ugoira on the App API."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.paging import NextUrl
from ..models.app import Comment, Done, Illust, IllustList
from ..parameters import (
    AppToAnswerAs,
    CommentId,
    CommentText,
    CommentToReplyTo,
    HowManyToSkip,
    IllustId,
    StampInPlaceOfText,
)
from .resource import AppResource
from .sources import RECORDED, SUBMITTING_WORKS

RankingMode: TypeAlias = Literal[
    "day", "week", "month", "day_male", "day_female", "week_original", "week_rookie",
    "day_manga", "week_manga", "month_manga", "week_rookie_manga", "week_original_manga",
    "day_ai", "day_r18", "day_male_r18", "day_female_r18", "week_r18", "week_r18g", "day_r18_ai",
    "day_r18_manga", "week_r18_manga", "week_r18g_manga",
]  # fmt: skip
"""Rankings of the App API."""


class IllustApi(AppResource, resource="illust", source=SUBMITTING_WORKS):
    """Illustrations, manga and ugoira, and comments on them."""

    @get("/v1/illust/detail", pick="illust", source=RECORDED)
    def detail(
        self,
        illust_id: IllustId,
        *,
        filter: AppToAnswerAs | None = None,
    ) -> Call[Illust]:
        """
        One work, with everything its page shows.

        Returns:
            The work. One that the account may not see comes as a stub: look at its
            `availability` (upbit/pixivpy #280).

        Raises:
            NotFound: The work is deleted, or there never was one.
        """
        ...

    @get("/v1/illust/ranking", paging=NextUrl(items="illusts"), source=RECORDED)
    def ranking(
        self,
        *,
        mode: RankingMode = "day",
        date: dt.date | str | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[IllustList, Illust]:
        """
        A ranking of illustrations, manga and ugoira.

        Args:
            mode: Which ranking: of the day, the week or the month, of an audience or a kind, of
                manga, of works made by AI, or of R-18 works (for accounts that show them).
            date: The day of the ranking in pixiv's time (UTC+9), a date or ``YYYY-MM-DD``; the
                latest by default.

        Returns:
            Works, by rank.
        """
        ...

    # The document names no method for this one. The other deletes are form POSTs, and a client
    # that uses it (Eslzzyl/Pixiv-SwiftUI) sends one.
    @post("/v1/illust/delete")
    def delete(self, illust_id: IllustId, *, type: Literal["manga"] | None = None) -> Call[Done]:
        """
        Delete a work of the account, for good.

        Args:
            type: ``manga`` for a manga, as Eslzzyl/Pixiv-SwiftUI sends it; by default nothing
                is said about it.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such work.
        """
        ...

    # The document lists the parameter as `commnt`, while its own example and every client send
    # `comment`.
    @post("/v1/illust/comment/add", pick="comment")
    def comment_add(
        self,
        illust_id: IllustId,
        comment: CommentText | None,
        *,
        parent_comment_id: CommentToReplyTo | None = None,
        stamp_id: StampInPlaceOfText | None = None,
    ) -> Call[Comment]:
        """
        Comment on a work, or reply to a comment on it.

        Returns:
            The comment as it was posted.
        """
        ...

    @post("/v1/illust/comment/delete")
    def comment_delete(self, comment_id: CommentId) -> Call[Done]:
        """
        Delete a comment on a work.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such comment.
        """
        ...

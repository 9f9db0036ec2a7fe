"""Illustrations, manga and ugoira on the App API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.arguments import Between, Spelling
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import NextUrl
from ..models.app import (
    BookmarkDetail,
    BookmarkUserList,
    Comment,
    CommentList,
    Done,
    Illust,
    IllustList,
    IllustSeries,
    RecommendedIllustList,
    ReportTopic,
    User,
)
from ..parameters import (
    AlreadySeen,
    AppToAnswerAs,
    BookmarkedWorks,
    CommentId,
    CommentRepliedTo,
    CommentText,
    CommentToReplyTo,
    HowManyToSkip,
    IllustId,
    SayHowMany,
    StampInPlaceOfText,
    TagsInOrder,
    WhoseFollowed,
    WithPrivacyPolicy,
    WithRanking,
    WithRankingLabel,
)
from .resource import AppResource
from .sources import BROWSING_WORKS, CLIENTS, RECORDED, REPORTS, SUBMITTING_WORKS, VIEWING_WORKS

RankingMode: TypeAlias = Literal[
    "day", "week", "month", "day_male", "day_female", "week_original", "week_rookie",
    "day_manga", "week_manga", "month_manga", "week_rookie_manga", "week_original_manga",
    "day_ai", "day_r18", "day_male_r18", "day_female_r18", "week_r18", "week_r18g", "day_r18_ai",
    "day_r18_manga", "week_r18_manga", "week_r18g_manga",
]  # fmt: skip
"""Rankings of the App API."""


class IllustApi(AppResource, resource="illust", source=SUBMITTING_WORKS):
    """Illustrations, manga and ugoira, with bookmarks of them and comments on them."""

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

    @get("/v1/illust/recommended", paging=NextUrl(items="illusts"), source=RECORDED)
    def recommended(
        self,
        *,
        content_type: Literal["illust", "manga"] | None = None,
        include_ranking_illusts: WithRanking | None = None,
        include_ranking_label: WithRankingLabel | None = None,
        include_privacy_policy: WithPrivacyPolicy | None = None,
        filter: AppToAnswerAs | None = None,
        max_bookmark_id_for_recommend: int | None = None,
        min_bookmark_id_for_recent_illust: int | None = None,
        offset: HowManyToSkip | None = None,
        viewed: AlreadySeen = (),
        bookmark_illust_ids: BookmarkedWorks = (),
    ) -> Pages[RecommendedIllustList, Illust]:
        """
        Works that pixiv recommends to the account, for what it has bookmarked.

        Args:
            content_type: ``illust``, or ``manga`` for manga only; by default pixiv chooses.
            max_bookmark_id_for_recommend: Recommend for bookmarks up to this id (of the bookmark,
                not of the work), as the next page is asked for; by default for the latest.
            min_bookmark_id_for_recent_illust: The id of the oldest bookmark that counts as
                recent, as the next page is asked for; by default pixiv chooses.

        Returns:
            Works, in pixiv's order; the same one may come again on a later page.
        """
        ...

    @get(
        "/v1/illust/recommended-nologin",
        paging=NextUrl(items="illusts"),
        auth=Auth.NONE,
        source="a reply of 2016 recorded by alphasp/pxview; upbit/pixivpy, Eslzzyl/Pixiv-SwiftUI",
        status="deprecated",
    )
    def recommended_nologin(
        self,
        *,
        content_type: Literal["illust", "manga"] | None = None,
        include_ranking_label: WithRankingLabel | None = None,
        filter: AppToAnswerAs | None = None,
        bookmark_illust_ids: BookmarkedWorks = (),
        offset: HowManyToSkip | None = None,
    ) -> Pages[RecommendedIllustList, Illust]:
        """
        Works that pixiv recommends to nobody in particular; `recommended` has taken its place.

        It is asked without a login. Pixiv is said to refuse whatever is asked of its App API
        without one since about 2019 (upbit/pixivpy #75).

        Args:
            content_type: ``illust``, or ``manga`` for manga only; by default pixiv chooses.

        Returns:
            Works, in pixiv's order.
        """
        ...

    @get("/v2/illust/related", paging=NextUrl(items="illusts"), source=RECORDED)
    def related(
        self,
        illust_id: IllustId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        seed_illust_ids: Annotated[Sequence[int], Spelling("seed_illust_ids[]")] = (),
        viewed: AlreadySeen = (),
    ) -> Pages[IllustList, Illust]:
        """
        Works like one work.

        Args:
            seed_illust_ids: Ids of further works that they shall be like; none by default.

        Returns:
            Works, in pixiv's order; there are about 150 at most (cssxsh/pixiv-client).

        Raises:
            NotFound: There is no such work.
        """
        ...

    @get("/v2/illust/follow", paging=NextUrl(items="illusts"), source=RECORDED)
    def follow(
        self,
        *,
        restrict: WhoseFollowed = "all",
        offset: HowManyToSkip | None = None,
    ) -> Pages[IllustList, Illust]:
        """
        The works of the users whom the account follows.

        Returns:
            Works, newest first.
        """
        ...

    @get("/v2/illust/mypixiv", paging=NextUrl(items="illusts"), source=BROWSING_WORKS)
    def mypixiv(self, *, offset: HowManyToSkip | None = None) -> Pages[IllustList, Illust]:
        """
        The works of the account's mypixiv.

        Returns:
            Works, newest first. No reply has been recorded: the document says that it is like
            other lists.
        """
        ...

    @get("/v1/illust/new", paging=NextUrl(items="illusts"), source=RECORDED)
    def new(
        self,
        *,
        content_type: Literal["illust", "manga"] = "illust",
        filter: AppToAnswerAs | None = None,
        max_illust_id: int | None = None,
    ) -> Pages[IllustList, Illust]:
        """
        The newest works of everybody.

        Args:
            content_type: ``illust`` for illustrations and ugoira, or ``manga``.
            max_illust_id: Only works up to this id, as the next page is asked for; by default
                all.

        Returns:
            Works, newest first.
        """
        ...

    @get("/v1/illust/series", paging=NextUrl(items="illusts"), source=RECORDED)
    def series(
        self,
        illust_series_id: int,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        last_order: int | None = None,
    ) -> Pages[IllustSeries, Illust]:
        """
        A series, and the works in it.

        Args:
            illust_series_id: Id of the series.
            last_order: Only works before this place in the series, as the next page may be asked
                for; by default all.

        Returns:
            Works, the last of the series first; the series itself is in the page's ``body``.

        Raises:
            NotFound: There is no such series.
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

    @get("/v3/illust/comments", paging=NextUrl(items="comments"), source=CLIENTS)
    def comments(
        self,
        illust_id: IllustId,
        *,
        offset: HowManyToSkip | None = None,
        include_total_comments: SayHowMany | None = None,
    ) -> Pages[CommentList, Comment]:
        """
        The comments on a work that reply to none; `comment_replies` has the replies.

        Returns:
            Comments, newest first. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such work.
        """
        ...

    @get(
        "/v1/illust/comments",
        paging=NextUrl(items="comments"),
        source="azuline/pixiv-api, Xdynix/PixivPixie, upbit/pixivpy",
        status="deprecated",
    )
    def comments_v1(
        self,
        illust_id: IllustId,
        *,
        offset: HowManyToSkip | None = None,
        include_total_comments: SayHowMany | None = None,
    ) -> Pages[CommentList, Comment]:
        """
        All comments on a work as one list, replies too; `comments` has taken its place.

        Returns:
            Comments, newest first; a reply has the comment it replies to as `parent_comment`.

        Raises:
            NotFound: There is no such work.
        """
        ...

    @get(
        "/v2/illust/comments",
        paging=NextUrl(items="comments"),
        source=VIEWING_WORKS,
        status="deprecated",
    )
    def comments_v2(
        self, illust_id: IllustId, *, last_comment_id: int | None = None
    ) -> Pages[CommentList, Comment]:
        """
        The comments on a work that reply to none; `comments` has taken its place.

        Args:
            last_comment_id: Only comments before this one, as the next page is asked for; from
                the newest by default.

        Returns:
            Comments, newest first.

        Raises:
            NotFound: There is no such work.
        """
        ...

    @get("/v2/illust/comment/replies", paging=NextUrl(items="comments"), source=CLIENTS)
    def comment_replies(
        self, comment_id: CommentRepliedTo, *, offset: HowManyToSkip | None = None
    ) -> Pages[CommentList, Comment]:
        """
        The replies to a comment on a work.

        Returns:
            Replies, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such comment.
        """
        ...

    @get(
        "/v1/illust/comment/replies",
        paging=NextUrl(items="comments"),
        source=VIEWING_WORKS,
        status="deprecated",
    )
    def comment_replies_v1(self, comment_id: CommentRepliedTo) -> Pages[CommentList, Comment]:
        """
        The replies to a comment on a work; `comment_replies` has taken its place.

        Returns:
            Replies, in pixiv's order.

        Raises:
            NotFound: There is no such comment.
        """
        ...

    @get("/v2/illust/bookmark/detail", pick="bookmark_detail", source=RECORDED)
    def bookmark_detail(self, illust_id: IllustId) -> Call[BookmarkDetail]:
        """
        How the account has bookmarked a work, and which tags it may give the bookmark.

        Returns:
            The bookmark; of a work that is not bookmarked, one that says so.

        Raises:
            NotFound: There is no such work.
        """
        ...

    @get("/v1/illust/bookmark/users", paging=NextUrl(items="users"), source=CLIENTS)
    def bookmark_users(
        self,
        illust_id: IllustId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[BookmarkUserList, User]:
        """
        The users who have bookmarked a work for everybody to see.

        Returns:
            Users, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such work.
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

    # Clients spell several tags in four ways; this is how book000/pixivts and CeuiLiSA/Pixiv-Shaft
    # do it, and how the document of the uploads does.
    @post("/v2/illust/bookmark/add", idempotent=True, source=RECORDED)
    def bookmark_add(
        self,
        illust_id: IllustId,
        *,
        restrict: Literal["public", "private"] = "public",
        tags: TagsInOrder = (),
    ) -> Call[Done]:
        """
        Bookmark a work, or change the bookmark there is.

        Args:
            restrict: ``public`` for a bookmark that everybody sees, ``private`` for one that only
                the account does.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such work.
        """
        ...

    @post("/v1/illust/bookmark/delete", source=RECORDED)
    def bookmark_delete(self, illust_id: IllustId) -> Call[Done]:
        """
        Take the account's bookmark of a work away.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such bookmark.
        """
        ...

    @get("/v1/illust/report/topic-list", pick="topic_list", source=REPORTS, status="uncertain")
    def report_topic_list(self) -> Call[list[ReportTopic]]:
        """
        The reasons for which a work may be reported.

        Returns:
            Reasons, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
        """
        ...

    @post("/v2/illust/report", source=REPORTS, status="uncertain")
    def report(
        self, illust_id: IllustId, topic_id: Annotated[int, Between(0)], description: str
    ) -> Call[Done]:
        """
        Report a work to pixiv.

        `/v1/illust/report`, which older clients know, takes words in place of *topic_id*, and
        pixiv refuses it (CeuiLiSA/Pixiv-Shaft).

        Args:
            topic_id: The reason, as `report_topic_list` has it; the first is 0.
            description: What is wrong, in words; may be empty.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such work.
        """
        ...

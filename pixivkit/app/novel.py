"""Novels on the App API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final, Literal, TypeAlias

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.arguments import Between, Meaning, Spelling
from .._core.declaration.paging import NextUrl
from ..models.app import (
    BookmarkDetail,
    BookmarkUserList,
    Comment,
    CommentList,
    Done,
    MarkedNovel,
    Novel,
    NovelList,
    NovelMarkerList,
    NovelSeries,
    NovelText,
    NovelTextV1,
    RecommendedNovelList,
    User,
)
from ..parameters import (
    AlreadySeen,
    AppToAnswerAs,
    CommentId,
    CommentRepliedTo,
    CommentText,
    CommentToReplyTo,
    HowManyToSkip,
    NovelId,
    SayHowMany,
    StampInPlaceOfText,
    TagsInOrder,
    WhoseFollowed,
    WithPrivacyPolicy,
    WithRanking,
    WithRankingLabel,
)
from .novel_page import NovelPage
from .resource import AppResource
from .sources import BROWSING_WORKS, CLIENTS, MAKO, RECORDED, SUBMITTING_WORKS, VIEWING_WORKS

NovelRankingMode: TypeAlias = Literal[
    "day", "week", "day_male", "day_female", "week_original", "week_rookie", "week_ai",
    "day_r18", "week_r18", "week_r18g", "day_r18_ai", "week_ai_r18",
]  # fmt: skip
"""Rankings of novels on the App API."""

_PAGE: Final = "upbit/pixivpy, mikf/gallery-dl, CeuiLiSA/Pixiv-Shaft, book000/pixivts"
_USERS: Final = "mika-f/pixiv.net, mako-sandbox/mako"
_MARKERS: Final = "CeuiLiSA/Pixiv-Shaft, cssxsh/pixiv-client"


class NovelApi(AppResource, resource="novel", source=SUBMITTING_WORKS):
    """Novels, with bookmarks and markers of them and comments on them."""

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

    @get("/webview/v2/novel", reader=NovelPage(), source=_PAGE)
    def text(
        self,
        id: NovelId,
        *,
        viewer_version: str | None = "20221031_ai",
        font: str | None = None,
        font_size: str | None = None,
        line_height: str | None = None,
        color: str | None = None,
        background_color: str | None = None,
        margin_top: str | None = None,
        margin_bottom: str | None = None,
        theme: Literal["light", "dark"] | None = None,
        use_block: bool | None = None,
        restricted_mode: bool | None = None,
    ) -> Call[NovelText]:
        """
        The text of a novel, which pixiv sends within the page that its apps show.

        An argument that is None is not sent. All but *id* are about how the apps show the page;
        what is read from it is the same.

        Args:
            viewer_version: The version of the page, as the apps name it.
            font: Name of a font, such as ``default``.
            font_size: Such as ``16.0px``.
            line_height: Such as ``1.75``.
            color: Of the text, such as ``#101010``.
            background_color: Such as ``#EFEFEF``.
            margin_top: Such as ``56px``.
            margin_bottom: Such as ``48px``.
            theme: ``light`` or ``dark``.
            use_block: Sent by pixiv's own apps; its meaning is not documented.
            restricted_mode: Whether restricted mode is on.

        Returns:
            The novel with its text. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such novel.
            DecodeError: The page holds no novel.
        """
        ...

    @get("/v1/novel/text", source=VIEWING_WORKS, status="deprecated")
    def text_v1(self, novel_id: NovelId) -> Call[NovelTextV1]:
        """
        The text of a novel, as pixiv sent it until February 2024; `text` has taken its place.

        Since then pixiv says that there is no such endpoint (upbit/pixivpy #337).

        Returns:
            The text, with the novels before and after it in its series.

        Raises:
            NotFound: There is no such novel, or no such endpoint.
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

    @get(
        "/v1/novel/series",
        paging=NextUrl(items="novels"),
        source="a reply of 2020 recorded by CeuiLiSA/Pixiv-Shaft; mikf/gallery-dl",
        status="deprecated",
    )
    def series_v1(
        self, series_id: Annotated[int, Meaning("Id of the series.")]
    ) -> Pages[NovelSeries, Novel]:
        """
        A series of novels, with the novels in it; `series` has taken its place.

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
        include_ranking_novels: WithRanking | None = None,
        include_ranking_label: WithRankingLabel | None = None,
        include_privacy_policy: WithPrivacyPolicy | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
        already_recommended: Annotated[Sequence[int], Spelling(join=",")] = (),
        max_bookmark_id_for_recommend: int | None = None,
    ) -> Pages[RecommendedNovelList, Novel]:
        """
        Novels that pixiv recommends to the account, for what it has bookmarked.

        Args:
            already_recommended: Ids of novels to leave out, as the next page is asked for; none
                by default.
            max_bookmark_id_for_recommend: Recommend for bookmarks up to this id (of the bookmark,
                not of the novel), as the next page is asked for; by default for the latest.

        Returns:
            Novels, in pixiv's order; the same one may come again on a later page.
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
        restrict: WhoseFollowed = "all",
        offset: HowManyToSkip | None = None,
    ) -> Pages[NovelList, Novel]:
        """
        The newest novels of the users that the account follows.

        Returns:
            Novels, newest first.
        """
        ...

    @get(
        "/v2/novel/follow",
        paging=NextUrl(items="novels"),
        source="CeuiLiSA/Pixiv-Shaft, cssxsh/pixiv-client",
        status="uncertain",
    )
    def follow_v2(
        self, *, restrict: WhoseFollowed = "all", offset: HowManyToSkip | None = None
    ) -> Pages[NovelList, Novel]:
        """
        The newest novels of the users that the account follows, at another path than `follow`.

        Returns:
            Novels, newest first. No reply has been recorded: the keys are those that clients read.
        """
        ...

    @get("/v1/novel/mypixiv", paging=NextUrl(items="novels"), source=BROWSING_WORKS)
    def mypixiv(self, *, offset: HowManyToSkip | None = None) -> Pages[NovelList, Novel]:
        """
        The newest novels of the account's mypixiv.

        Returns:
            Novels, newest first. No reply has been recorded: the document says that it is like
            other lists.
        """
        ...

    @get("/v2/novel/mypixiv", paging=NextUrl(items="novels"), source=MAKO, status="uncertain")
    def mypixiv_v2(self, *, offset: HowManyToSkip | None = None) -> Pages[NovelList, Novel]:
        """
        The newest novels of the account's mypixiv, at another path than `mypixiv`.

        Pixiv's Android app 6.199 asks for `mypixiv` only (Pixeval/Pixeval).

        Returns:
            Novels, newest first. No reply has been recorded: the keys are those that clients read.
        """
        ...

    @get("/v1/novel/related", paging=NextUrl(items="novels"), source=RECORDED)
    def related(
        self,
        novel_id: NovelId,
        *,
        offset: HowManyToSkip | None = None,
        seed_novel_ids: Annotated[Sequence[int], Spelling("seed_novel_ids[]")] = (),
        viewed: AlreadySeen = (),
    ) -> Pages[NovelList, Novel]:
        """
        Novels like one.

        Args:
            seed_novel_ids: Ids of further novels that they shall be like; none by default.

        Returns:
            Novels, in pixiv's order; `algorithm` says why each is among them.

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

    @get("/v3/novel/comments", paging=NextUrl(items="comments"), source=CLIENTS)
    def comments(
        self,
        novel_id: NovelId,
        *,
        offset: HowManyToSkip | None = None,
        include_total_comments: SayHowMany | None = None,
    ) -> Pages[CommentList, Comment]:
        """
        The comments on a novel that reply to none; `comment_replies` has the replies.

        Returns:
            Comments, newest first. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @get(
        "/v1/novel/comments",
        paging=NextUrl(items="comments"),
        source="linkalls/pixiv-novel-reader, pixiv-api-notes.md",
        status="deprecated",
    )
    def comments_v1(
        self,
        novel_id: NovelId,
        *,
        offset: HowManyToSkip | None = None,
        include_total_comments: SayHowMany | None = None,
    ) -> Pages[CommentList, Comment]:
        """
        All comments on a novel as one list, replies too; `comments` has taken its place.

        Returns:
            Comments, newest first; a reply has the comment it replies to as `parent_comment`. No
            reply has been recorded: the keys are those of the document.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @get(
        "/v2/novel/comments",
        paging=NextUrl(items="comments"),
        source=VIEWING_WORKS,
        status="deprecated",
    )
    def comments_v2(
        self, novel_id: NovelId, *, offset: HowManyToSkip | None = None
    ) -> Pages[CommentList, Comment]:
        """
        The comments on a novel that reply to none; `comments` has taken its place.

        Returns:
            Comments, newest first.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @get("/v2/novel/comment/replies", paging=NextUrl(items="comments"), source=CLIENTS)
    def comment_replies(
        self, comment_id: CommentRepliedTo, *, offset: HowManyToSkip | None = None
    ) -> Pages[CommentList, Comment]:
        """
        The replies to a comment on a novel.

        Returns:
            Replies, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such comment.
        """
        ...

    @get(
        "/v1/novel/comment/replies",
        paging=NextUrl(items="comments"),
        source=VIEWING_WORKS,
        status="deprecated",
    )
    def comment_replies_v1(self, comment_id: CommentRepliedTo) -> Pages[CommentList, Comment]:
        """
        The replies to a comment on a novel; `comment_replies` has taken its place.

        Returns:
            Replies, in pixiv's order.

        Raises:
            NotFound: There is no such comment.
        """
        ...

    @get("/v2/novel/bookmark/detail", pick="bookmark_detail", source=RECORDED)
    def bookmark_detail(self, novel_id: NovelId) -> Call[BookmarkDetail]:
        """
        How the account has bookmarked a novel, and which tags it may give the bookmark.

        Returns:
            The bookmark; of a novel that is not bookmarked, one that says so.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @get("/v1/novel/bookmark/users", paging=NextUrl(items="users"), source=_USERS)
    def bookmark_users(
        self, novel_id: NovelId, *, offset: HowManyToSkip | None = None
    ) -> Pages[BookmarkUserList, User]:
        """
        The users who have bookmarked a novel for everybody to see.

        Returns:
            Users, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.

        Raises:
            NotFound: There is no such novel.
            OffsetLimit: The list goes on past offset 5000, and pixiv shows no more of it.
        """
        ...

    # As for illustrations: several tags repeat the key.
    @post("/v2/novel/bookmark/add", idempotent=True, source=RECORDED)
    def bookmark_add(
        self,
        novel_id: NovelId,
        *,
        restrict: Literal["public", "private"] = "public",
        tags: TagsInOrder = (),
    ) -> Call[Done]:
        """
        Bookmark a novel, or change the bookmark there is.

        Args:
            restrict: ``public`` for a bookmark that everybody sees, ``private`` for one that only
                the account does.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @post("/v1/novel/bookmark/delete", source=RECORDED)
    def bookmark_delete(self, novel_id: NovelId) -> Call[Done]:
        """
        Take the account's bookmark of a novel away.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: The account has no such bookmark.
        """
        ...

    @get("/v2/novel/markers", paging=NextUrl(items="marked_novels"), source=_MARKERS)
    def markers(self) -> Pages[NovelMarkerList, MarkedNovel]:
        """
        The novels that the account has put a marker in, each with the page it is at.

        Returns:
            Novels with their markers, in pixiv's order. No reply has been recorded: the keys are
            those that clients read.
        """
        ...

    @post("/v1/novel/marker/add", idempotent=True, source=_MARKERS)
    def marker_add(self, novel_id: NovelId, page: Annotated[int, Between(1)]) -> Call[Done]:
        """
        Put the account's marker into a novel, or move it.

        Args:
            page: The page to mark, from 1.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    @post("/v1/novel/marker/delete", source=_MARKERS)
    def marker_delete(self, novel_id: NovelId) -> Call[Done]:
        """
        Take the account's marker out of a novel.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such novel.
        """
        ...

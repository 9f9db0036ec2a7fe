"""Users on the App API, and the account's drafts."""

from __future__ import annotations

from typing import Literal

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.paging import NextUrl
from ..models.app import (
    Done,
    Illust,
    IllustList,
    NovelDraft,
    NovelDraftPreview,
    NovelDraftPreviewList,
    UserIllustList,
)
from ..parameters import AppToAnswerAs, DraftId, HowManyToSkip, UserId
from .resource import AppResource
from .sources import RECORDED, SUBMITTING_WORKS


class UserApi(AppResource, resource="user", source=SUBMITTING_WORKS):
    """What users have posted, and the account's drafts."""

    @get("/v1/user/illusts", paging=NextUrl(items="illusts"), source=RECORDED)
    def illusts(
        self,
        user_id: UserId,
        *,
        type: Literal["illust", "manga"] | None = None,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserIllustList, Illust]:
        """
        The works of one user.

        Args:
            type: ``illust`` or ``manga`` only; by default pixiv chooses.

        Returns:
            Works, newest first. A user who is gone has none, like one who never posted.
        """
        ...

    @get("/v1/user/bookmarks/illust", paging=NextUrl(items="illusts"), source=RECORDED)
    def bookmarks_illust(
        self,
        user_id: UserId,
        *,
        restrict: Literal["public", "private"] = "public",
        tag: str | None = None,
        filter: AppToAnswerAs | None = None,
        max_bookmark_id: int | None = None,
    ) -> Pages[IllustList, Illust]:
        """
        The illustrations, manga and ugoira that a user has bookmarked.

        Args:
            restrict: ``public``, or ``private`` for the account's own private bookmarks.
            tag: Only bookmarks with this bookmark tag; by default all.
            max_bookmark_id: Only bookmarks up to this id (of the bookmark, not of the work), as
                the next page is asked for; by default all.

        Returns:
            Works, the one bookmarked last first.
        """
        ...

    @get("/v1/user/novel-draft-previews", paging=NextUrl(items="novel_draft_previews"))
    def novel_draft_previews(self) -> Pages[NovelDraftPreviewList, NovelDraftPreview]:
        """
        The account's drafts of novels, each with the beginning of its text.

        Returns:
            Drafts, in pixiv's order.
        """
        ...

    @get("/v1/user/novel/draft/detail", pick="novel_draft")
    def novel_draft_detail(self, draft_id: DraftId) -> Call[NovelDraft]:
        """
        One draft of a novel, with its text.

        Returns:
            The draft.

        Raises:
            NotFound: The account has no such draft.
        """
        ...

    @post("/v1/user/novel/draft/delete")
    def novel_draft_delete(self, draft_id: DraftId) -> Call[Done]:
        """
        Delete a draft of a novel, for good.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: The account has no such draft.
        """
        ...

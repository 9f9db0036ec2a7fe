"""Users on the App API, and the account's drafts."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.arguments import Between
from .._core.call import Call, Pages
from .._core.declare import get, post
from .._core.paging import NextUrl
from ..models.app import (
    Done,
    Illust,
    IllustPage,
    NovelDraft,
    NovelDraftPreview,
    NovelDraftPreviewPage,
    UserIllustPage,
)
from .resource import AppResource
from .sources import RECORDED, SUBMITTING_WORKS


class UserApi(AppResource, resource="user", source=SUBMITTING_WORKS):
    """What users have posted, and the account's drafts."""

    @get("/v1/user/illusts", paging=NextUrl(items="illusts"), source=RECORDED)
    def illusts(
        self,
        user_id: int,
        *,
        type: Literal["illust", "manga"] | None = None,
        filter: Literal["for_ios", "for_android"] | None = None,
        offset: Annotated[int | None, Between(0)] = None,
    ) -> Pages[UserIllustPage, Illust]:
        """
        The works of one user.

        Args:
            user_id: Id of the user.
            type: ``illust`` or ``manga`` only; by default pixiv chooses.
            filter: The app to answer as, ``for_ios`` or ``for_android``; by default it is not
                said.
            offset: How many works to skip; none by default.

        Returns:
            Works, newest first. A user who is gone has none, like one who never posted.
        """
        ...

    @get("/v1/user/bookmarks/illust", paging=NextUrl(items="illusts"), source=RECORDED)
    def bookmarks_illust(
        self,
        user_id: int,
        *,
        restrict: Literal["public", "private"] = "public",
        tag: str | None = None,
        filter: Literal["for_ios", "for_android"] | None = None,
        max_bookmark_id: int | None = None,
    ) -> Pages[IllustPage, Illust]:
        """
        The illustrations, manga and ugoira that a user has bookmarked.

        Args:
            user_id: Id of the user.
            restrict: ``public``, or ``private`` for the account's own private bookmarks.
            tag: Only bookmarks with this bookmark tag; by default all.
            filter: The app to answer as, ``for_ios`` or ``for_android``; by default it is not
                said.
            max_bookmark_id: Only bookmarks up to this id (of the bookmark, not of the work), as
                the next page is asked for; by default all.

        Returns:
            Works, the one bookmarked last first.
        """
        ...

    @get("/v1/user/novel-draft-previews", paging=NextUrl(items="novel_draft_previews"))
    def novel_draft_previews(self) -> Pages[NovelDraftPreviewPage, NovelDraftPreview]:
        """
        The account's drafts of novels, each with the beginning of its text.

        Returns:
            Drafts, in pixiv's order.
        """
        ...

    @get("/v1/user/novel/draft/detail", pick="novel_draft")
    def novel_draft_detail(self, draft_id: int) -> Call[NovelDraft]:
        """
        One draft of a novel, with its text.

        Args:
            draft_id: Id of the draft.

        Returns:
            The draft.

        Raises:
            NotFound: The account has no such draft.
        """
        ...

    @post("/v1/user/novel/draft/delete")
    def novel_draft_delete(self, draft_id: int) -> Call[Done]:
        """
        Delete a draft of a novel, for good.

        Args:
            draft_id: Id of the draft.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: The account has no such draft.
        """
        ...

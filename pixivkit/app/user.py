"""Users on the App API, and the account's drafts."""

from __future__ import annotations

from typing import Literal

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.paging import NextUrl
from ..models.app import (
    BookmarkTag,
    BookmarkTagList,
    Done,
    FollowDetail,
    Illust,
    IllustList,
    Novel,
    NovelDraft,
    NovelDraftPreview,
    NovelDraftPreviewList,
    NovelList,
    UserDetail,
    UserIllustList,
    UserNovelList,
    UserPreview,
    UserPreviewList,
)
from ..parameters import (
    AppPublicOrPrivate,
    AppToAnswerAs,
    DraftId,
    HowManyToSkip,
    UpToBookmark,
    UserId,
    WithBookmarkTag,
)
from .resource import AppResource
from .sources import AZULINE, RECORDED, SUBMITTING_WORKS, USER_PROFILES


class UserApi(AppResource, resource="user", source=SUBMITTING_WORKS):
    """Profiles of users, what they have posted and bookmarked, whom they follow, and drafts."""

    # Profiles and works

    @get("/v1/user/detail", source=RECORDED)
    def detail(self, user_id: UserId, *, filter: AppToAnswerAs | None = None) -> Call[UserDetail]:
        """
        One user, with everything on the profile.

        Returns:
            The user, the profile, who may see what of it, and what the user works with.

        Raises:
            NotFound: The user has left, or there never was one.
        """
        ...

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
        restrict: AppPublicOrPrivate = "public",
        tag: WithBookmarkTag | None = None,
        filter: AppToAnswerAs | None = None,
        max_bookmark_id: UpToBookmark | None = None,
    ) -> Pages[IllustList, Illust]:
        """
        The illustrations, manga and ugoira that a user has bookmarked.

        Returns:
            Works, the one bookmarked last first.
        """
        ...

    @get("/v1/user/novels", paging=NextUrl(items="novels"), source=RECORDED)
    def novels(
        self,
        user_id: UserId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserNovelList, Novel]:
        """
        The novels of one user.

        Returns:
            Novels, newest first. A user who is gone has none, like one who never posted.
        """
        ...

    @get("/v1/user/bookmarks/novel", paging=NextUrl(items="novels"), source=RECORDED)
    def bookmarks_novel(
        self,
        user_id: UserId,
        *,
        restrict: AppPublicOrPrivate = "public",
        tag: WithBookmarkTag | None = None,
        filter: AppToAnswerAs | None = None,
        max_bookmark_id: UpToBookmark | None = None,
    ) -> Pages[NovelList, Novel]:
        """
        The novels that a user has bookmarked.

        Returns:
            Novels, the one bookmarked last first.
        """
        ...

    @get("/v1/user/bookmark-tags/illust", paging=NextUrl(items="bookmark_tags"), source=AZULINE)
    def bookmark_tags_illust(
        self,
        user_id: UserId,
        *,
        restrict: AppPublicOrPrivate = "public",
        offset: HowManyToSkip | None = None,
    ) -> Pages[BookmarkTagList, BookmarkTag]:
        """
        The tags that a user has put on bookmarks of illustrations, manga and ugoira.

        Returns:
            Tags, in pixiv's order.
        """
        ...

    # Nobody has recorded a reply; clients read it like that of illustrations.
    @get(
        "/v1/user/bookmark-tags/novel",
        paging=NextUrl(items="bookmark_tags"),
        source="CeuiLiSA/Pixiv-Shaft, cssxsh/pixiv-client, asadahimeka/pixiv-viewer",
    )
    def bookmark_tags_novel(
        self,
        user_id: UserId,
        *,
        restrict: AppPublicOrPrivate = "public",
        offset: HowManyToSkip | None = None,
    ) -> Pages[BookmarkTagList, BookmarkTag]:
        """
        The tags that a user has put on bookmarks of novels.

        Returns:
            Tags, in pixiv's order.
        """
        ...

    # Lists of users

    @get("/v1/user/following", paging=NextUrl(items="user_previews"), source=RECORDED)
    def following(
        self,
        user_id: UserId,
        *,
        restrict: AppPublicOrPrivate = "public",
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserPreviewList, UserPreview]:
        """
        The users that a user follows.

        Returns:
            Users, the one followed last first.
        """
        ...

    @get("/v1/user/follower", paging=NextUrl(items="user_previews"), source=USER_PROFILES)
    def follower(
        self,
        user_id: UserId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserPreviewList, UserPreview]:
        """
        The users that follow a user.

        Pixiv shows the followers of the account; An-Owlbear/Pixiv-API-Docs says that it does so
        whatever the id.

        Returns:
            Users, in pixiv's order.
        """
        ...

    @get("/v1/user/mypixiv", paging=NextUrl(items="user_previews"), source=USER_PROFILES)
    def mypixiv(
        self, user_id: UserId, *, offset: HowManyToSkip | None = None
    ) -> Pages[UserPreviewList, UserPreview]:
        """
        The mypixiv of a user: those who have agreed to be friends.

        Returns:
            Users, in pixiv's order.
        """
        ...

    @get("/v1/user/recommended", paging=NextUrl(items="user_previews"), source=RECORDED)
    def recommended(
        self, *, filter: AppToAnswerAs | None = None, offset: HowManyToSkip | None = None
    ) -> Pages[UserPreviewList, UserPreview]:
        """
        Users whom pixiv recommends to the account.

        Returns:
            Users, in pixiv's order; one may come again on a later page.
        """
        ...

    @get("/v1/user/related", pick="user_previews", source=RECORDED)
    def related(
        self,
        seed_user_id: UserId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Call[list[UserPreview]]:
        """
        Users who are like a user, as the apps show them after one is followed.

        Returns:
            Users, in pixiv's order; all that pixiv says, since it names no next page.

        Raises:
            NotFound: The user has left, or there never was one.
        """
        ...

    # Following

    # The apps send it again with the other word to change whether others see it.
    @post("/v1/user/follow/add", idempotent=True, source=RECORDED)
    def follow_add(
        self, user_id: UserId, *, restrict: Literal["public", "private"] = "public"
    ) -> Call[Done]:
        """
        Follow a user, or change whether others see it.

        Args:
            restrict: ``public`` for all to see, or ``private``.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: The user has left, or there never was one.
        """
        ...

    @post("/v1/user/follow/delete", source=RECORDED)
    def follow_delete(self, user_id: UserId) -> Call[Done]:
        """
        Follow a user no more.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @get(
        "/v1/user/follow/detail",
        pick="follow_detail",
        source="CeuiLiSA/Pixiv-Shaft, Notsfsssf/pixez-flutter, Magelon-png/PixivApi",
    )
    def follow_detail(self, user_id: UserId) -> Call[FollowDetail]:
        """
        Whether the account follows a user, and whether others see it.

        Returns:
            Both of that. Nobody has recorded a reply: the keys are those that clients read.
        """
        ...

    # Drafts

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

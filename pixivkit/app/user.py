"""Users on the App API, and the account's drafts."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.arguments import FileSource, NotEmpty, Spelling
from .._core.declaration.paging import NextUrl
from ..models.app import (
    AIShowSettings,
    BookmarkTag,
    BookmarkTagList,
    Done,
    FollowDetail,
    Illust,
    IllustList,
    IllustSeriesDetail,
    Novel,
    NovelDraft,
    NovelDraftPreview,
    NovelDraftPreviewList,
    NovelList,
    NovelSeriesDetail,
    ProfilePresets,
    RestrictedModeSettings,
    User,
    UserDetail,
    UserIllustList,
    UserIllustSeriesList,
    UserList,
    UserNovelList,
    UserNovelSeriesList,
    UserPreview,
    UserPreviewList,
    UserState,
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
from .sources import (
    ACCOUNT_EDITING,
    AZULINE,
    HISTORY_CLIENTS,
    IOS_CAPTURE,
    RECORDED,
    SERIES_CLIENTS,
    SETTINGS_CLIENTS,
    SUBMITTING_WORKS,
    USER_LIST,
    USER_PROFILES,
)

ProfilePartFor: TypeAlias = Literal["public", "mypixiv", "private"]
"""Who may see a part of a profile."""


class UserApi(AppResource, resource="user", source=SUBMITTING_WORKS):
    """Users, what they have posted, whom they follow; settings and drafts of the account."""

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

    # Two clients of 2026 use nothing else; they read all of v1, and the keys that are new here.
    @get("/v2/user/detail", source="CeuiLiSA/Pixiv-Shaft, " + IOS_CAPTURE, status="uncertain")
    def detail_v2(
        self, user_id: UserId, *, filter: AppToAnswerAs | None = None
    ) -> Call[UserDetail]:
        """
        One user, with everything on the profile, as newer apps ask for it.

        Returns:
            The user, the profile, who may see what of it, and what the user works with. No reply
            has been recorded: the keys are those that clients read, which are those of `detail`
            and `UserDetail.disabled_links`.

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
            Tags, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
        """
        ...

    @get(
        "/v1/user/illust-series",
        paging=NextUrl(items="illust_series_details"),
        source=SERIES_CLIENTS,
    )
    def illust_series(
        self,
        user_id: UserId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserIllustSeriesList, IllustSeriesDetail]:
        """
        The series of illustrations and manga of one user.

        Returns:
            Series, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
        """
        ...

    @get(
        "/v1/user/novel-series",
        paging=NextUrl(items="novel_series_details"),
        source=SERIES_CLIENTS,
    )
    def novel_series(
        self,
        user_id: UserId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserNovelSeriesList, NovelSeriesDetail]:
        """
        The series of novels of one user.

        Returns:
            Series, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
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
    ) -> Call[builtins.list[UserPreview]]:
        """
        Users who are like a user, as the apps show them after one is followed.

        Returns:
            Users, in pixiv's order; all that pixiv says, since it names no next page.

        Raises:
            NotFound: The user has left, or there never was one.
        """
        ...

    @get("/v2/user/list", paging=NextUrl(items="users"), source=USER_LIST, status="uncertain")
    def list(
        self,
        user_id: UserId,
        *,
        filter: AppToAnswerAs | None = None,
        offset: HowManyToSkip | None = None,
    ) -> Pages[UserList, User]:
        """
        A list of users; upbit/pixivpy calls it those whom the account blocks.

        Returns:
            Users, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
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
            Both of that. No reply has been recorded: the keys are those that clients read.
        """
        ...

    # The account

    @get("/v1/user/me/state", pick="user_state", source=USER_PROFILES)
    def me_state(self) -> Call[UserState]:
        """
        How far the account is set up.

        Returns:
            Whether its mail address is confirmed, and whether its name may be changed.
        """
        ...

    # It may need pixiv Premium.
    @get(
        "/v1/user/browsing-history/illusts",
        paging=NextUrl(items="illusts"),
        source=HISTORY_CLIENTS,
        status="uncertain",
    )
    def browsing_history_illusts(
        self, *, offset: HowManyToSkip | None = None
    ) -> Pages[IllustList, Illust]:
        """
        The illustrations, manga and ugoira that the account has looked at.

        Returns:
            Works, the one seen last first. No reply has been recorded: the keys are those that
            clients read.
        """
        ...

    @get(
        "/v1/user/browsing-history/novels",
        paging=NextUrl(items="novels"),
        source=HISTORY_CLIENTS,
        status="uncertain",
    )
    def browsing_history_novels(
        self, *, offset: HowManyToSkip | None = None
    ) -> Pages[NovelList, Novel]:
        """
        The novels that the account has looked at.

        Returns:
            Novels, the one seen last first. No reply has been recorded: the keys are those that
            clients read.
        """
        ...

    @post("/v2/user/browsing-history/illust/add", source=HISTORY_CLIENTS)
    def browsing_history_illust_add(
        self, illust_ids: Annotated[Sequence[int], NotEmpty(), Spelling("illust_ids[]")]
    ) -> Call[Done]:
        """
        Say that the account has looked at works.

        Args:
            illust_ids: Ids of the works, the one seen last at the end.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @post("/v2/user/browsing-history/novel/add", source="cssxsh/pixiv-client")
    def browsing_history_novel_add(
        self, novel_ids: Annotated[Sequence[int], NotEmpty(), Spelling("novel_ids[]")]
    ) -> Call[Done]:
        """
        Say that the account has looked at novels.

        Args:
            novel_ids: Ids of the novels, the one seen last at the end.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @get("/v1/user/ai-show-settings", source=SETTINGS_CLIENTS)
    def ai_show_settings(self) -> Call[AIShowSettings]:
        """
        Whether the account has works made by AI shown.

        Returns:
            The setting. No reply has been recorded: the keys are those that clients read.
        """
        ...

    @post("/v1/user/ai-show-settings/edit", idempotent=True, source=SETTINGS_CLIENTS)
    def edit_ai_show_settings(self, show_ai: bool) -> Call[Done]:
        """
        Show works made by AI to the account, or hide them.

        Args:
            show_ai: Whether to show them.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @get("/v1/user/restricted-mode-settings", source=SETTINGS_CLIENTS)
    def restricted_mode_settings(self) -> Call[RestrictedModeSettings]:
        """
        Whether the account hides sensitive works.

        Returns:
            The setting. No reply has been recorded: the keys are those that clients read.
        """
        ...

    @post("/v1/user/restricted-mode-settings", idempotent=True, source=SETTINGS_CLIENTS)
    def edit_restricted_mode_settings(self, is_restricted_mode_enabled: bool) -> Call[Done]:
        """
        Hide sensitive works from the account, or show them.

        Args:
            is_restricted_mode_enabled: Whether to hide them.

        Returns:
            Nothing more than that it is done.
        """
        ...

    # The account's own profile

    @get("/v1/user/profile/presets", pick="profile_presets", source=ACCOUNT_EDITING)
    def profile_presets(self) -> Call[ProfilePresets]:
        """
        What the account's profile may be set to.

        Returns:
            Regions, countries and occupations, in the language of the client.
        """
        ...

    @post("/v1/user/profile/edit", body="multipart", idempotent=True, source=ACCOUNT_EDITING)
    def profile_edit(
        self,
        *,
        user_name: str | None = None,
        comment: str | None = None,
        webpage: str | None = None,
        twitter: str | None = None,
        gender: Literal["male", "female", "unknown"] | None = None,
        address: int | None = None,
        country: str | None = None,
        job: int | None = None,
        birthday: dt.date | str | None = None,
        gender_publicity: ProfilePartFor | None = None,
        address_publicity: ProfilePartFor | None = None,
        birth_year_publicity: ProfilePartFor | None = None,
        birth_day_publicity: ProfilePartFor | None = None,
        job_publicity: ProfilePartFor | None = None,
        pawoo_publicity: ProfilePartFor | None = None,
        profile_image: FileSource | None = None,
        delete_profile_image: bool | None = None,
    ) -> Call[Done]:
        """
        Change the account's profile.

        An argument that is None is not sent. Whether pixiv keeps what is not sent is not
        documented: the apps send everything.

        Args:
            user_name: The name shown to people.
            comment: The introduction.
            webpage: Address of a page of one's own.
            twitter: The account's name there.
            gender: ``male``, ``female`` or ``unknown``.
            address: Number of the region, as in `profile_presets`.
            country: Code of the country, as in `profile_presets`, such as ``IS``.
            job: Number of the occupation, as in `profile_presets`.
            birthday: The day of birth, a date or ``YYYY-MM-DD``.
            gender_publicity: Who may see the gender: ``public`` all, ``mypixiv`` mypixiv,
                ``private`` nobody else.
            address_publicity: Who may see the region.
            birth_year_publicity: Who may see the year of birth.
            birth_day_publicity: Who may see the day of birth.
            job_publicity: Who may see the occupation.
            pawoo_publicity: Who may see the page on Pawoo.
            profile_image: A new picture: a path, bytes, an async iterable of bytes, or
                `UploadFile`.
            delete_profile_image: True to go without a picture.

        Returns:
            Nothing more than that it is done.
        """
        ...

    @post(
        "/v1/user/workspace/edit",
        idempotent=True,
        source="CeuiLiSA/Pixiv-Shaft, cssxsh/pixiv-client, mika-f/Pixiv.Net",
    )
    def workspace_edit(
        self,
        *,
        pc: str | None = None,
        monitor: str | None = None,
        tool: str | None = None,
        scanner: str | None = None,
        tablet: str | None = None,
        mouse: str | None = None,
        printer: str | None = None,
        desktop: str | None = None,
        music: str | None = None,
        desk: str | None = None,
        chair: str | None = None,
        comment: str | None = None,
    ) -> Call[Done]:
        """
        Change what the account's profile says about its workspace.

        An argument that is None is not sent. Whether pixiv keeps what is not sent is not
        documented: the apps send everything.

        Args:
            pc: Computer.
            monitor: Monitor.
            tool: Software.
            scanner: Scanner.
            tablet: Graphics tablet.
            mouse: Mouse.
            printer: Printer.
            desktop: What is on the desk.
            music: Music to draw to.
            desk: Desk.
            chair: Chair.
            comment: What else there is to say.

        Returns:
            Nothing more than that it is done.
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

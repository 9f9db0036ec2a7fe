"""Users on the web API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, overload

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get
from .._core.declaration.arguments import AtMost, NotEmpty, Spelling
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import Offset
from ..models.web.user import User, UserExtra, UserFull
from ..models.web.user_works import (
    BookmarkedIllusts,
    FollowUser,
    FollowUsers,
    LatestWorks,
    ProfileAll,
    ProfileIllusts,
)
from ..models.web.work import IllustThumb
from ..parameters import ForWhichAges, HowManyToSkip, PageSize, PublicOrPrivate, UserId
from .resource import WebResource
from .sources import AJAX_DOCS

MEMBER = "https://www.pixiv.net/member.php?id={user_id}"


class UserApi(WebResource, resource="user", source=f"{AJAX_DOCS}, User Information"):
    """Users: their profiles, their works, whom they follow, what they bookmarked."""

    @overload
    def detail(self, user_id: UserId, *, full: Literal[False] | None = None) -> Call[User]: ...
    @overload
    def detail(self, user_id: UserId, *, full: Literal[True]) -> Call[UserFull]: ...
    @overload
    def detail(
        self, user_id: UserId, *, full: bool | None = None
    ) -> Call[User] | Call[UserFull]: ...
    @get("/ajax/user/{user_id}", referer=MEMBER, variants={"full": UserFull})
    def detail(
        self, user_id: UserId, *, full: Annotated[bool | None, Spelling(digit=True)] = None
    ) -> Call[User] | Call[UserFull]:
        """
        One user, in short or with the whole profile.

        Args:
            full: True for the whole profile (`UserFull`); by default the short form.

        Returns:
            The user.
        """
        ...

    @get("/ajax/user/{user_id}/profile/all", referer=MEMBER)
    def profile_all(
        self,
        user_id: UserId,
        *,
        sensitive_filter_mode: Annotated[str | None, Spelling("sensitiveFilterMode")] = None,
    ) -> Call[ProfileAll]:
        """
        The ids of all works of a user at once, and what else their profile shows.

        Args:
            sensitive_filter_mode: How sensitive works are filtered; pixiv's own pages send
                ``userSetting`` (Magelon-png/PixivApi). None sends nothing.

        Returns:
            Ids by kind of work, the newest first.
        """
        ...

    @get(
        "/ajax/user/{user_id}/following",
        auth=Auth.COOKIE,
        paging=Offset(items="users", total="total"),
    )
    def following(
        self,
        user_id: UserId,
        *,
        offset: HowManyToSkip = 0,
        limit: PageSize = 24,
        rest: PublicOrPrivate = "show",
        tag: str | None = None,
        accepting_requests: Annotated[
            bool | None, Spelling("acceptingRequests", digit=True)
        ] = None,
    ) -> Pages[FollowUsers, FollowUser]:
        """
        The users that a user follows, each with some of their latest works.

        Args:
            user_id: Id of the user who follows.
            tag: Only those sorted under this tag of the own account. None for all.
            accepting_requests: True for only those who take requests. None for all.

        Returns:
            Pages of users, the latest followed first.
        """
        ...

    @get(
        "/ajax/user/{user_id}/followers",
        auth=Auth.COOKIE,
        paging=Offset(items="users", total="total"),
    )
    def followers(
        self,
        user_id: UserId,
        *,
        offset: HowManyToSkip = 0,
        limit: PageSize = 24,
    ) -> Pages[FollowUsers, FollowUser]:
        """
        The users that follow a user, each with some of their latest works.

        Whether it works for others than the own account is uncertain.

        Args:
            user_id: Id of the user who is followed.

        Returns:
            Pages of users, the latest follower first.
        """
        ...

    @get("/ajax/user/{user_id}/works/latest")
    def works_latest(self, user_id: UserId) -> Call[LatestWorks]:
        """
        The latest works of a user.

        Returns:
            Works by id, illustrations and manga apart from novels, the newest first.
        """
        ...

    @get(
        "/ajax/user/{user_id}/illusts/bookmarks",
        auth=Auth.COOKIE,
        paging=Offset(items="works", total="total"),
    )
    def bookmarks_illust(
        self,
        user_id: UserId,
        *,
        tag: str = "",
        offset: HowManyToSkip = 0,
        limit: PageSize = 48,
        rest: PublicOrPrivate = "show",
        order: str | None = None,
        mode: ForWhichAges | None = None,
    ) -> Pages[BookmarkedIllusts, IllustThumb]:
        """
        The illustrations and manga that a user bookmarked.

        Works that were deleted, or that the account may not see, are there as well: masked,
        with the title ``-----``. FreeNowOrg/PixivNow reports that public bookmarks can be read
        without a login; the documentation says that they need one.

        Args:
            tag: Only those with this tag of the bookmark. Empty for all; it is always sent.
            order: In which order; no list of values is known. None for pixiv's own.
            mode: ``all``, ``safe`` for all ages only, ``r18`` for R-18 only. None sends nothing.

        Returns:
            Pages of works, the latest bookmark first.
        """
        ...

    @get(
        "/ajax/user/{user_id}/profile/illusts",
        referer="https://www.pixiv.net/users/{user_id}",
        source="Magelon-png/PixivApi, FreeNowOrg/PixivNow",
    )
    def profile_illusts(
        self,
        user_id: UserId,
        *,
        ids: Annotated[Sequence[int], Spelling("ids[]"), NotEmpty(), AtMost(100)],
        work_category: Literal["illustManga", "illust", "manga"] = "illustManga",
        is_first_page: Annotated[bool, Spelling(digit=True)] = False,
    ) -> Call[ProfileIllusts]:
        """
        Many works of one user at once, by their ids.

        Args:
            ids: Ids of the works, 1 to 100, as `profile_all` lists them.
            work_category: Of which kind they are: ``illustManga`` for either, ``illust`` or
                ``manga``.
            is_first_page: Whether the page they are for is the first; it seems to change only
                what is around the works.

        Returns:
            Works by id; those that do not exist are left out.
        """
        ...

    @get("/ajax/user/extra", auth=Auth.COOKIE)
    def extra(self) -> Call[UserExtra]:
        """
        How many users the own account follows, and is followed by.

        Returns:
            The counts.
        """
        ...

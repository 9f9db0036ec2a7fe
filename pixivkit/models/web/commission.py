"""The pages of requests (commissions)."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import SiteReply

__all__ = [
    "CommissionComplete",
    "CommissionCompleteContent",
    "CommissionCreatorWorks",
    "CommissionCreators",
    "CommissionCreatorsContent",
    "CommissionHome",
    "CommissionHomeContent",
    "CommissionInProgress",
    "CommissionInProgressContent",
    "Pager",
]


@attrs.define(kw_only=True)
class Pager(WebModel):
    """
    The position of a page in its list.

    Attributes:
        page: Its number, from 1.
        has_next_page: Whether there is another.
    """

    page: int = 0
    has_next_page: bool | None = None


@attrs.define(kw_only=True)
class CommissionCreatorWorks(WebModel):
    """
    A creator and works of theirs.

    Attributes:
        id: Id of the user.
        illust_ids: Ids of works in `SiteReply.thumbnails`.
    """

    id: int
    illust_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class CommissionHomeContent(WebModel):
    """
    Ids on the front page of requests: of requests, users and works in the `SiteReply`.

    Attributes:
        complete_request_ids_illust: Requests that became illustrations.
        complete_request_ids_manga: Requests that became manga.
        complete_request_ids_novels: Requests that became novels.
        in_progress_request_ids: Requests being worked on.
        creator_user_ids: Users who accept requests.
        recent_illust_ids_by_creator_accepting_request: New works of such users.
        recommend_illust_ids_by_creator_accepting_request: Recommended works of such users.
        user_list: Such users with works of theirs.
    """

    complete_request_ids_illust: list[int] = attrs.field(factory=list[int])
    complete_request_ids_manga: list[int] = attrs.field(factory=list[int])
    complete_request_ids_novels: list[int] = attrs.field(factory=list[int])
    in_progress_request_ids: list[int] = attrs.field(factory=list[int])
    creator_user_ids: list[int] = attrs.field(factory=list[int])
    recent_illust_ids_by_creator_accepting_request: list[int] = attrs.field(factory=list[int])
    recommend_illust_ids_by_creator_accepting_request: list[int] = attrs.field(factory=list[int])
    user_list: list[CommissionCreatorWorks] = attrs.field(factory=list[CommissionCreatorWorks])


@attrs.define(kw_only=True)
class CommissionHome(SiteReply):
    """The front page of requests, of every kind."""

    page: CommissionHomeContent = attrs.field(factory=CommissionHomeContent)


@attrs.define(kw_only=True)
class CommissionCompleteContent(WebModel):
    """
    Ids on a page of completed requests.

    Attributes:
        recommend_request_ids: Requests that pixiv recommends beside those of the page.
        request_ids: The requests of the page.
        work_type: ``illust``, ``manga`` or ``ugoira``.
        mode: ``all``, ``safe`` or ``r18``.
    """

    recommend_request_ids: list[int] = attrs.field(factory=list[int])
    request_ids: list[int] = attrs.field(factory=list[int])
    pager: Pager = attrs.field(factory=Pager)
    work_type: str = ""
    mode: str = ""


@attrs.define(kw_only=True)
class CommissionComplete(SiteReply):
    """One page of completed requests; `requests` holds the recommended ones as well."""

    page: CommissionCompleteContent = attrs.field(factory=CommissionCompleteContent)


@attrs.define(kw_only=True)
class CommissionCreatorsContent(WebModel):
    """
    Ids on a page of creators.

    Attributes:
        follow_creator_user_ids: Users that the account follows.
        creator_user_ids: The users of the page.
        work_type: ``illust``, ``manga`` or ``ugoira``.
        mode: ``all``, ``safe`` or ``r18``.
    """

    follow_creator_user_ids: list[int] = attrs.field(factory=list[int])
    creator_user_ids: list[int] = attrs.field(factory=list[int])
    work_type: str = ""
    mode: str = ""
    pager: Pager = attrs.field(factory=Pager)


@attrs.define(kw_only=True)
class CommissionCreators(SiteReply):
    """One page of creators who accept requests: their ids, and often nothing more of them."""

    page: CommissionCreatorsContent = attrs.field(factory=CommissionCreatorsContent)


@attrs.define(kw_only=True)
class CommissionInProgressContent(WebModel):
    """
    Ids on a page of requests in progress.

    Attributes:
        follow_request_ids: Requests to users that the account follows.
        request_ids: The requests of the page.
        work_type: ``all``, ``illust``, ``manga`` or ``ugoira``.
        mode: ``all``, ``safe`` or ``r18``.
    """

    follow_request_ids: list[int] = attrs.field(factory=list[int])
    request_ids: list[int] = attrs.field(factory=list[int])
    work_type: str = ""
    mode: str = ""
    pager: Pager = attrs.field(factory=Pager)


@attrs.define(kw_only=True)
class CommissionInProgress(SiteReply):
    """One page of requests being worked on."""

    page: CommissionInProgressContent = attrs.field(factory=CommissionInProgressContent)

"""An illustration, manga or ugoira as its page shows it, and what is recommended beside it."""

from __future__ import annotations

import datetime as dt

import attrs

from ..app.availability import Availability
from ..base import WebModel
from .availability import page_availability
from .fanbox import FanboxPromotion
from .illust_image import IllustUrls
from .request import CollaborateStatus, CommissionRequest
from .series_nav import SeriesNavData
from .site_reply import ExtraData, ZoneConfig
from .tag import Breadcrumbs, IllustTags
from .work import AdContainer, BookmarkData, IllustThumb, TitleCaptionTranslation

__all__ = [
    "Contest",
    "IllustCollaborateStatus",
    "IllustDetail",
    "IllustRequest",
    "NeighbourWork",
    "NeighbourWorks",
    "NoLoginData",
    "Poll",
    "PollChoice",
    "RecommendDetail",
    "RecommendInit",
    "RequestParty",
]


@attrs.define(kw_only=True)
class PollChoice(WebModel):
    """
    A choice of a poll.

    Attributes:
        id: Its number, from 1.
        count: How many chose it.
    """

    id: int
    text: str = ""
    count: int | None = None


@attrs.define(kw_only=True)
class Poll(WebModel):
    """
    The poll of a work.

    Attributes:
        selected_value: Number of what this account chose, None where it did not.
        total: How many took part.
    """

    question: str = ""
    choices: list[PollChoice] = attrs.field(factory=list[PollChoice])
    selected_value: int | None = None
    total: int | None = None


@attrs.define(kw_only=True)
class Contest(WebModel):
    """The contest a work takes part in."""

    url: str = ""
    icon: str = ""
    title: str = ""


@attrs.define(kw_only=True)
class RequestParty(WebModel):
    """One side of a request: who made it or who took it."""

    user_id: int
    user_name: str = ""
    profile_img: str = ""


@attrs.define(kw_only=True)
class IllustCollaborateStatus(CollaborateStatus):
    """
    The joint payment for the request of a work.

    Attributes:
        user_samples: Raw; some of them, under the name that clients know.
    """

    user_samples: list[object] = attrs.field(factory=list[object])


@attrs.define(kw_only=True)
class IllustRequest(WebModel):
    """
    The request a work was made for.

    Attributes:
        fan: Who made the request, None where they stay anonymous.
    """

    request: CommissionRequest | None = None
    creator: RequestParty | None = None
    fan: RequestParty | None = None
    collaborate_status: IllustCollaborateStatus | None = None
    editable: bool | None = None


@attrs.define(kw_only=True)
class NeighbourWork(WebModel):
    """A work posted just before or after another."""

    id: int
    title: str = ""


@attrs.define(kw_only=True)
class NeighbourWorks(WebModel):
    """The works posted just before and after one, by anybody."""

    next_work: NeighbourWork | None = None
    prev_work: NeighbourWork | None = None


@attrs.define(kw_only=True)
class NoLoginData(WebModel):
    """
    Data that the page of a work shows to visitors without a login.

    Attributes:
        zengo_id_works: Works posted about the same time.
        zengo_work_data: The works just before and after this one.
    """

    breadcrumbs: Breadcrumbs = attrs.field(factory=Breadcrumbs)
    zengo_id_works: list[IllustThumb] = attrs.field(factory=list[IllustThumb])
    zengo_work_data: NeighbourWorks | None = None


@attrs.define(kw_only=True)
class IllustDetail(WebModel):
    """
    An illustration, manga or ugoira with everything its page shows.

    Attributes:
        illust_id: Its id, as `id`.
        illust_title: Its title, as `title`.
        illust_comment: Its caption, as `description`.
        description: The caption, as HTML.
        illust_type: 0 illustration, 1 manga, 2 ugoira.
        create_date: When it was posted.
        upload_date: When its images were last uploaded.
        restrict: 0 public, 1 for mypixiv users, 2 private.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where pixiv does not say.
        sl: How sensitive pixiv finds it: 0 unchecked, 2 harmless, 4 somewhat, 6 very.
        urls: The first page in its sizes; none of them where the work is hidden, see
            `availability`.
        alt: Text for the image.
        user_illusts: The works of the author by id, the newest first; None but for the works
            around this one.
        like_data: Whether this account liked it.
        width: Width of the first page, in pixels.
        height: Height of the first page, in pixels.
        book_style: How a manga is read: 0 not set, 1 right to left, 2 left to right.
        series_nav_data: Where it stands in its series, None without one.
        bookmark_data: The bookmark of this account, None without one.
        title_caption_translation: Title and caption in the language of the account.
        comment_off: 1 where comments are off.
        ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        reupload_date: When its images were replaced, None if never.
        contest_banners: Raw: a list, or since 2025 an object.
        is_login_only: Whether only accounts may see it.
        no_login_data: Only in replies to requests without a login.
    """

    illust_id: int | None = None
    illust_title: str = ""
    illust_comment: str = ""
    id: int
    title: str = ""
    description: str = ""
    illust_type: int | None = None
    create_date: dt.datetime | None = None
    upload_date: dt.datetime | None = None
    restrict: int | None = None
    x_restrict: int | None = None
    sl: int | None = None
    urls: IllustUrls = attrs.field(factory=IllustUrls)
    tags: IllustTags = attrs.field(factory=IllustTags)
    alt: str = ""
    storable_tags: list[str] = attrs.field(factory=list[str])
    user_id: int | None = None
    user_name: str = ""
    user_account: str = ""
    user_illusts: dict[int, IllustThumb | None] = attrs.field(
        factory=dict[int, "IllustThumb | None"]
    )
    like_data: bool | None = None
    width: int = 0
    height: int = 0
    page_count: int = 0
    bookmark_count: int | None = None
    like_count: int | None = None
    comment_count: int | None = None
    response_count: int | None = None
    view_count: int | None = None
    book_style: int | None = None
    is_howto: bool | None = None
    is_original: bool | None = None
    image_response_out_data: list[object] = attrs.field(factory=list[object])
    image_response_data: list[object] = attrs.field(factory=list[object])
    image_response_count: int | None = None
    poll_data: Poll | None = None
    series_nav_data: SeriesNavData | None = None
    description_booth_id: str | None = None
    description_youtube_id: str | None = None
    comic_promotion: object = None
    fanbox_promotion: FanboxPromotion | None = None
    contest_banners: list[object] | dict[str, object] = attrs.field(factory=list[object])
    is_bookmarkable: bool | None = None
    bookmark_data: BookmarkData | None = None
    contest_data: Contest | None = None
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData = attrs.field(factory=ExtraData)
    title_caption_translation: TitleCaptionTranslation | None = None
    is_unlisted: bool | None = None
    request: IllustRequest | None = None
    comment_off: int | None = None
    ai_type: int | None = None
    reupload_date: dt.datetime | None = None
    location_mask: bool | None = None
    commission_link_hidden: bool | None = None
    is_login_only: bool | None = None
    no_login_data: NoLoginData | None = None

    @property
    def availability(self) -> Availability:
        """Whether who asked can see the work, and if not, why."""
        if "urls" in self.misfits:
            return "available"
        urls = self.urls
        return page_availability(
            (urls.mini, urls.thumb, urls.small, urls.regular, urls.original),
            x_restrict=self.x_restrict,
            restrict=self.restrict,
            sl=self.sl,
            user_id=self.user_id,
        )


@attrs.define(kw_only=True)
class RecommendDetail(WebModel):
    """
    The reason why a work is recommended.

    Attributes:
        methods: Names of the methods that found it.
        seed_illust_ids: Ids of the works it was found from.
    """

    methods: list[str] = attrs.field(factory=list[str])
    score: float | None = None
    seed_illust_ids: list[int] = attrs.field(factory=list[int])
    bandit_info: str = ""
    recommend_list_id: str = ""


@attrs.define(kw_only=True)
class RecommendInit(WebModel):
    """
    Works recommended beside one, the first of them whole.

    Attributes:
        illusts: The first works, with places for advertisements among them.
        next_ids: Ids of the works after them.
        details: Why each is recommended, by its id.
    """

    illusts: list[IllustThumb | AdContainer] = attrs.field(
        factory=list["IllustThumb | AdContainer"]
    )
    next_ids: list[int] = attrs.field(factory=list[int])
    details: dict[int, RecommendDetail] = attrs.field(factory=dict[int, RecommendDetail])

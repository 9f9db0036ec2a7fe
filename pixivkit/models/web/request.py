"""Requests for works (commissions) and the plans that artists offer for them."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import WebModel

__all__ = [
    "CollaborateStatus",
    "CollaborateUserSample",
    "CommissionRequest",
    "PlanCoverImage",
    "PlanCoverImageUrls",
    "PlanDescription",
    "PlanDescriptionTranslation",
    "PlanTitle",
    "PlanTitleTranslation",
    "RequestModification",
    "RequestPlan",
    "RequestPostWork",
    "RequestPostWorkState",
    "RequestProposal",
    "RequestProposalTranslation",
    "RequestResend",
]


@attrs.define(kw_only=True)
class RequestProposalTranslation(WebModel):
    """
    The text of a request in another language.

    Attributes:
        request_proposal_lang: The language, such as ``en`` or ``zh_tw``.
    """

    request_proposal: str = ""
    request_proposal_html: str = ""
    request_proposal_lang: str = ""


@attrs.define(kw_only=True)
class RequestProposal(WebModel):
    """
    The text of a request, as the fan wrote it.

    Attributes:
        request_original_proposal_lang: The language, such as ``ja``.
    """

    request_original_proposal: str = ""
    request_original_proposal_html: str = ""
    request_original_proposal_lang: str = ""
    request_translation_proposal: list[RequestProposalTranslation] = attrs.field(
        factory=list[RequestProposalTranslation]
    )


@attrs.define(kw_only=True)
class PlanTitleTranslation(WebModel):
    """
    Title of a plan in another language.

    Attributes:
        plan_title_lang: The language.
        plan_ttie_lang: The language, under the key that pixiv misspelled in replies of 2022.
    """

    plan_title: str = ""
    plan_title_lang: str | None = None
    plan_ttie_lang: str | None = None


@attrs.define(kw_only=True)
class PlanTitle(WebModel):
    """
    Title of a plan.

    Attributes:
        plan_translation_title: By language, such as ``en`` or ``zh_tw``.
    """

    plan_original_title: str = ""
    plan_original_title_lang: str = ""
    plan_translation_title: dict[str, PlanTitleTranslation] = attrs.field(
        factory=dict[str, PlanTitleTranslation]
    )


@attrs.define(kw_only=True)
class PlanDescriptionTranslation(WebModel):
    """Description of a plan in another language."""

    plan_description: str = ""
    plan_description_html: str = ""
    plan_lang: str = ""


@attrs.define(kw_only=True)
class PlanDescription(WebModel):
    """
    Description of a plan.

    Attributes:
        plan_original_lang: The language; empty where there is no text.
        plan_translation_description: By language, such as ``en`` or ``zh_tw``.
    """

    plan_original_description: str = ""
    plan_original_description_html: str = ""
    plan_original_lang: str = ""
    plan_translation_description: dict[str, PlanDescriptionTranslation] = attrs.field(
        factory=dict[str, PlanDescriptionTranslation]
    )


@attrs.define(kw_only=True)
class PlanCoverImageUrls(WebModel):
    """
    The cover of a plan in two sizes.

    Attributes:
        cover: 1200 by 630 pixels.
        card: 800 by 400 pixels.
    """

    cover: str | None = None
    card: str | None = None


@attrs.define(kw_only=True)
class PlanCoverImage(WebModel):
    """The cover of a plan."""

    urls: PlanCoverImageUrls = attrs.field(factory=PlanCoverImageUrls)


@attrs.define(kw_only=True)
class RequestPlan(WebModel):
    """
    An artist's offer to draw something, with its price.

    Attributes:
        plan_standard_price: Yen.
        plan_accept_request_flg: Whether requests are open.
        plan_accept_adult_flg: Whether R-18 works may be asked for.
        plan_accept_anonymous_flg: Whether a fan may hide the name.
        plan_ai_type: 0 not said, 1 not made by AI, 2 made by AI.
    """

    plan_id: int
    current_plan_id: int | None = None
    creator_user_id: int | None = None
    plan_accept_request_flg: bool | None = None
    plan_standard_price: int | None = None
    plan_title: PlanTitle = attrs.field(factory=PlanTitle)
    plan_description: PlanDescription = attrs.field(factory=PlanDescription)
    plan_accept_adult_flg: bool | None = None
    plan_accept_anonymous_flg: bool | None = None
    plan_accept_illust_flg: bool | None = None
    plan_accept_ugoira_flg: bool | None = None
    plan_accept_manga_flg: bool | None = None
    plan_accept_novel_flg: bool | None = None
    plan_cover_image: PlanCoverImage | None = None
    plan_ai_type: int | None = None


@attrs.define(kw_only=True)
class CollaborateUserSample(WebModel):
    """
    One of the users who pay for a request together.

    Attributes:
        collaborate_user_id: None for one who hides the name.
    """

    collaborate_user_id: int | None = None
    collaborate_anonymous_flg: bool | None = None


@attrs.define(kw_only=True)
class CollaborateStatus(WebModel):
    """
    The joint payment for a request.

    Attributes:
        collaborating: Whether the account pays, too.
        collaborate_anonymous_flg: Whether the account hides its name in doing so.
        collaborated_cnt: How many users pay.
        collaborate_user_samples: Some of them.
    """

    collaborating: bool | None = None
    collaborate_anonymous_flg: bool | None = None
    collaborated_cnt: int | None = None
    collaborate_user_samples: list[CollaborateUserSample] = attrs.field(
        factory=list[CollaborateUserSample]
    )


@attrs.define(kw_only=True)
class RequestPostWorkState(WebModel):
    """The visibility of the work that was made for a request."""

    is_unlisted: bool | None = None
    secret: object = None


@attrs.define(kw_only=True)
class RequestPostWork(WebModel):
    """
    The work that was made for a request.

    Attributes:
        post_work_type: ``illust``, ``manga``, ``ugoira`` or ``novel``.
    """

    post_work_id: int
    post_work_type: str = ""
    work: RequestPostWorkState | None = None


@attrs.define(kw_only=True)
class RequestModification(WebModel):
    """Changes to make when a request is sent again."""

    request_post_work_type: str | None = None
    request_adult_flg: bool | None = None


@attrs.define(kw_only=True)
class RequestResend(WebModel):
    """Whether and how a request may be sent again; no reply with any value was seen."""

    request_resend_deadline_datetime: dt.datetime | None = None
    request_resend_offer_enabled: object = None
    request_resend_enabled: object = None
    request_resend_status: object = None
    modification: RequestModification | None = None
    fan_adult_sendable: object = None
    is_resent_request: object = None


@attrs.define(kw_only=True)
class CommissionRequest(WebModel):
    """
    A request of a fan to an artist.

    Attributes:
        fan_user_id: None for one who hides the name.
        request_status: Such as ``inProgress`` or ``complete``.
        request_post_work_type: ``illust``, ``manga``, ``ugoira`` or ``novel``.
        request_price: Yen; may be 0.
        request_adult_flg: Whether it is for an R-18 work.
        request_anonymous_flg: Whether the fan hides the name.
        request_accept_collaborate_flg: Whether others may pay for it too.
        request_response_deadline_datetime: Until when the artist accepts it.
        request_post_deadline_datetime: Until when the work is due.
        role: What the account is to it: ``others`` where it is neither fan nor artist.
        post_work: None until the work is there.
    """

    request_id: int
    plan_id: int | None = None
    fan_user_id: int | None = None
    creator_user_id: int | None = None
    request_status: str = ""
    request_post_work_type: str = ""
    request_price: int | None = None
    request_proposal: RequestProposal = attrs.field(factory=RequestProposal)
    request_tags: list[str] = attrs.field(factory=list[str])
    request_adult_flg: bool | None = None
    request_anonymous_flg: bool | None = None
    request_restrict_flg: bool | None = None
    request_accept_collaborate_flg: bool | None = None
    request_response_deadline_datetime: dt.datetime | None = None
    request_post_deadline_datetime: dt.datetime | None = None
    role: str = ""
    plan: RequestPlan | None = None
    collaborate_status: CollaborateStatus = attrs.field(factory=CollaborateStatus)
    gift_file: object = None
    post_work: RequestPostWork | None = None
    notify_badge: object = None
    fanbox: object = None
    request_resend: RequestResend | None = None

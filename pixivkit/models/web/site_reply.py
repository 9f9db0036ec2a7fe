"""Fields that nearly every page of the web API has beside its payload."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

import attrs

from ..base import WebModel, alias
from .profile import PartialUser
from .request import CommissionRequest
from .work import CollectionThumb, IllustThumb, NovelThumb

__all__ = [
    "ExtraData",
    "IllustSeries",
    "Meta",
    "Ogp",
    "SiteReply",
    "TagTranslation",
    "Thumbnails",
    "Twitter",
    "Zone",
    "ZoneConfig",
]


@attrs.define(kw_only=True)
class TagTranslation(WebModel):
    """
    One tag in other languages; replies hold an object of them, keyed by tag.

    Attributes:
        en: English; empty where nobody translated it. Likewise the other languages.
        romaji: How it is read, in Latin letters.
    """

    en: str = ""
    ko: str = ""
    zh: str = ""
    zh_tw: str = alias("zh_tw", default="")
    romaji: str = ""


@attrs.define(kw_only=True)
class Zone(WebModel):
    """A place for an advertisement on the page."""

    url: str = ""


ZoneConfig: TypeAlias = dict[str, Zone]
"""The places for advertisements on a page, by name: which there are depends on the page."""


@attrs.define(kw_only=True)
class Ogp(WebModel):
    """The Open Graph preview of a page."""

    title: str = ""
    description: str = ""
    image: str = ""
    type: str = ""


@attrs.define(kw_only=True)
class Twitter(WebModel):
    """
    The preview of a page on Twitter.

    Attributes:
        card: Such as ``summary_large_image``.
    """

    title: str = ""
    description: str = ""
    image: str = ""
    card: str = ""
    site: str | None = None


@attrs.define(kw_only=True)
class Meta(WebModel):
    """
    Metadata from the head of the page.

    Attributes:
        alternate_languages: Address of the page by language.
        description: None where the page has none.
        description_header: The description as the page shows it.
    """

    title: str = ""
    description: str | None = None
    description_header: str | None = None
    canonical: str | None = None
    alternate_languages: dict[str, str] = attrs.field(factory=dict[str, str])
    robots: str | None = None
    ogp: Ogp | None = None
    twitter: Twitter | None = None


@attrs.define(kw_only=True)
class ExtraData(WebModel):
    """Additional data of a reply for the page that shows it."""

    meta: Meta = attrs.field(factory=Meta)


@attrs.define(kw_only=True)
class IllustSeries(WebModel):
    """
    A manga series.

    Attributes:
        total: How many works it has.
        url: Cover; None for none.
        cover_image_sl: How sensitive the cover is, as `IllustThumb.sl`.
        is_watched: Whether it is on the account's watchlist.
        is_notifying: Whether the account is told of new parts.
    """

    id: int
    user_id: int | None = None
    title: str = ""
    description: str = ""
    caption: str = ""
    total: int | None = None
    content_order: object = alias("content_order", default=None)
    url: str | None = None
    cover_image_sl: int | None = None
    first_illust_id: int | None = None
    latest_illust_id: int | None = None
    create_date: dt.datetime | None = None
    update_date: dt.datetime | None = None
    watch_count: int | None = None
    is_watched: bool | None = None
    is_notifying: bool | None = None


@attrs.define(kw_only=True)
class Thumbnails(WebModel):
    """
    The works that a reply refers to, each once.

    Attributes:
        novel_series: Raw; no reply with any was seen.
        novel_draft: Raw; no reply with any was seen.
        collection: Seen since 2025.
    """

    illust: list[IllustThumb] = attrs.field(factory=list[IllustThumb])
    novel: list[NovelThumb] = attrs.field(factory=list[NovelThumb])
    novel_series: list[object] = attrs.field(factory=list[object])
    novel_draft: list[object] = attrs.field(factory=list[object])
    collection: list[CollectionThumb] = attrs.field(factory=list[CollectionThumb])


@attrs.define(kw_only=True)
class SiteReply(WebModel):
    """
    Base of replies for pages of the site: works, users, requests and tags they refer to.

    Attributes:
        tag_translation: By tag, of the tags in the reply.
        thumbnails: The works that the payload names by id.
        illust_series: The manga series that it names by id.
        requests: The requests that it names by id.
        users: The users that it names by id.
    """

    tag_translation: dict[str, TagTranslation] = attrs.field(factory=dict[str, TagTranslation])
    thumbnails: Thumbnails = attrs.field(factory=Thumbnails)
    illust_series: list[IllustSeries] = attrs.field(factory=list[IllustSeries])
    requests: list[CommissionRequest] = attrs.field(factory=list[CommissionRequest])
    users: list[PartialUser] = attrs.field(factory=list[PartialUser])

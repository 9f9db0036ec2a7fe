"""The first screen of pixiv's apps; the shapes are what clients read, no reply was recorded."""

from __future__ import annotations

import attrs

from ..base import Model
from .illust import Illust
from .novel import Novel
from .trending_tags import TrendTag

__all__ = ["Home", "HomeContent", "HomePickup", "HomeThumbnail"]


@attrs.define(kw_only=True)
class HomeThumbnail(Model):
    """
    A work on the first screen.

    Attributes:
        title: Its title.
        description: What the author says about it, in HTML.
        text: The beginning of a novel.
        tags: Its tags.
        show_tags: Those of them that are shown.
        app_model: The work or the novel as other replies have it.
    """

    title: str = ""
    description: str = ""
    text: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    show_tags: list[str] = attrs.field(factory=list[str])
    app_model: Novel | Illust | None = None


@attrs.define(kw_only=True)
class HomePickup(Model):
    """
    Why something is shown.

    Attributes:
        title: What it says.
        comment: A comment that somebody made.
    """

    title: str = ""
    comment: str = ""


@attrs.define(kw_only=True)
class HomeContent(Model):
    """
    A part of the first screen.

    Attributes:
        kind: ``illust``, ``manga``, ``novel``, ``tags_carousel``, ``ranking``, ``pixivision``;
            there are more.
        thumbnails: The works; of tags, one for each.
        trend_tags: The tags.
        pickup: Why it is shown.
    """

    kind: str = ""
    thumbnails: list[HomeThumbnail] = attrs.field(factory=list[HomeThumbnail])
    trend_tags: list[TrendTag] = attrs.field(factory=list[TrendTag])
    pickup: HomePickup | None = None


@attrs.define(kw_only=True)
class Home(Model):
    """
    The first screen.

    Attributes:
        contents: Its parts, from the top.
        next_params: What the apps send to get more, as it came; its shape is not known.
        states: The same.
    """

    contents: list[HomeContent] = attrs.field(factory=list[HomeContent])
    next_params: object = None
    states: object = None

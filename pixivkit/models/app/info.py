"""Announcements of pixiv; the shapes are what clients read, no reply was recorded."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["Info", "InfoCategory", "InfoList", "LatestInfo"]


@attrs.define(kw_only=True)
class Info(Model):
    """
    An announcement.

    Attributes:
        id: Its id.
        title: Its title.
        date: When it was made, as pixiv writes it; the format is not known.
        url: All of it, on the web.
        is_recent: Whether it is new.
    """

    id: int
    title: str = ""
    date: str = ""
    url: str | None = None
    is_recent: bool | None = None


@attrs.define(kw_only=True)
class InfoCategory(Model):
    """
    A category of announcements.

    Attributes:
        category_id: What `app.info.list` takes as *cid*; 0 for all.
        category_title: What it is called.
        info_list: Announcements, newest first.
    """

    category_id: int
    category_title: str = ""
    info_list: list[Info] = attrs.field(factory=list[Info])


@attrs.define(kw_only=True)
class LatestInfo(Model):
    """The latest announcements, by category."""

    categorized_infos: list[InfoCategory] = attrs.field(factory=list[InfoCategory])


@attrs.define(kw_only=True)
class InfoList(Model):
    """
    A page of the announcements of one category.

    Attributes:
        categorized_info: The category, with the announcements.
        next_url: Where the next page is; None at the end.
    """

    categorized_info: InfoCategory | None = None
    next_url: str | None = None

"""New works of users that the account follows, or is mypixiv with."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import SiteReply, ZoneConfig

__all__ = ["LatestIllusts", "LatestIllustsContent"]


@attrs.define(kw_only=True)
class LatestIllustsContent(WebModel):
    """
    Ids and tags on a page of new works.

    Attributes:
        ids: The works of the page, newest first; they are in `SiteReply.thumbnails`.
        is_last_page: Whether there is no other.
        tags: The account's tags for the users it follows.
    """

    ids: list[int] = attrs.field(factory=list[int])
    is_last_page: bool | None = None
    tags: list[str] = attrs.field(factory=list[str])


@attrs.define(kw_only=True)
class LatestIllusts(SiteReply):
    """One page of new works."""

    page: LatestIllustsContent = attrs.field(factory=LatestIllustsContent)
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)

"""The newest works of everybody."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import ExtraData, ZoneConfig
from .work import IllustThumb

__all__ = ["NewIllusts"]


@attrs.define(kw_only=True)
class NewIllusts(WebModel):
    """
    One page of the newest works.

    Attributes:
        illusts: Newest first.
        last_id: What asks for the page after this one.
    """

    illusts: list[IllustThumb] = attrs.field(factory=list[IllustThumb])
    last_id: int | None = None
    zone_config: ZoneConfig = attrs.field(factory=ZoneConfig)
    extra_data: ExtraData = attrs.field(factory=ExtraData)

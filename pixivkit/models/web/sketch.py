"""Live streams on pixiv Sketch."""

from __future__ import annotations

import attrs

from ..base import WebModel

__all__ = ["SketchLive"]


@attrs.define(kw_only=True)
class SketchLive(WebModel):
    """
    A live stream on pixiv Sketch.

    Attributes:
        id: Id of the stream.
        url: Page of the stream on sketch.pixiv.net.
        streamer_ids: Ids of the users who stream.
    """

    id: int
    name: str = ""
    url: str = ""
    thumbnail_url: str = ""
    audience_count: int | None = None
    is_r18: bool | None = None
    streamer_ids: list[int] = attrs.field(factory=list[int])

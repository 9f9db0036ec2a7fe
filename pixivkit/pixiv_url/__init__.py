"""Parse what users paste: ids, and the URLs of pixiv's pages and images."""

from __future__ import annotations

from .read import is_image_host, read_pixiv_url
from .refs import (
    MOST_PAGES,
    FollowedRef,
    ImageRef,
    NovelRef,
    PixivRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    UserSection,
    WorkRef,
)

__all__ = [
    "MOST_PAGES",
    "FollowedRef",
    "ImageRef",
    "NovelRef",
    "PixivRef",
    "RankingRef",
    "SeriesRef",
    "TagRef",
    "UserRef",
    "UserSection",
    "WorkRef",
    "is_image_host",
    "read_pixiv_url",
]

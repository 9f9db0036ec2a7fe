"""The App API: declarations only, one module for each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.basics.lazy_exports import exports
from .._core.calls.namespace import Resources

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .emoji import EmojiApi
    from .illust import IllustApi
    from .illust_series import IllustSeriesApi
    from .manga import MangaApi
    from .novel import NovelApi
    from .oauth import AuthApi
    from .search import SearchApi
    from .stamps import StampsApi
    from .trending_tags import TrendingTagsApi
    from .ugoira import UgoiraApi
    from .upload import UploadApi
    from .user import UserApi
    from .walkthrough import WalkthroughApi
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "AuthApi": ".oauth",
            "EmojiApi": ".emoji",
            "IllustApi": ".illust",
            "IllustSeriesApi": ".illust_series",
            "MangaApi": ".manga",
            "NovelApi": ".novel",
            "SearchApi": ".search",
            "StampsApi": ".stamps",
            "TrendingTagsApi": ".trending_tags",
            "UgoiraApi": ".ugoira",
            "UploadApi": ".upload",
            "UserApi": ".user",
            "WalkthroughApi": ".walkthrough",
        },
    )

__all__ = [
    "AppApi",
    "AuthApi",
    "EmojiApi",
    "IllustApi",
    "IllustSeriesApi",
    "MangaApi",
    "NovelApi",
    "SearchApi",
    "StampsApi",
    "TrendingTagsApi",
    "UgoiraApi",
    "UploadApi",
    "UserApi",
    "WalkthroughApi",
]


class AppApi(Resources):
    """The App API, which pixiv's own apps use; nearly all of it needs a bearer token."""

    _title = "app"

    emoji: EmojiApi
    illust: IllustApi
    illust_series: IllustSeriesApi
    manga: MangaApi
    novel: NovelApi
    search: SearchApi
    stamps: StampsApi
    trending_tags: TrendingTagsApi
    ugoira: UgoiraApi
    upload: UploadApi
    user: UserApi
    walkthrough: WalkthroughApi

"""The App API: declarations only, one module for each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.basics.lazy_exports import exports
from .._core.calls.namespace import Resources

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .illust import IllustApi
    from .mute import MuteApi
    from .novel import NovelApi
    from .oauth import AuthApi
    from .search import SearchApi
    from .ugoira import UgoiraApi
    from .upload import UploadApi
    from .user import UserApi
    from .watchlist import WatchlistApi
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "AuthApi": ".oauth",
            "IllustApi": ".illust",
            "MuteApi": ".mute",
            "NovelApi": ".novel",
            "SearchApi": ".search",
            "UgoiraApi": ".ugoira",
            "UploadApi": ".upload",
            "UserApi": ".user",
            "WatchlistApi": ".watchlist",
        },
    )

__all__ = [
    "AppApi",
    "AuthApi",
    "IllustApi",
    "MuteApi",
    "NovelApi",
    "SearchApi",
    "UgoiraApi",
    "UploadApi",
    "UserApi",
    "WatchlistApi",
]


class AppApi(Resources):
    """The App API, which pixiv's own apps use; every endpoint needs a bearer token."""

    _title = "app"

    illust: IllustApi
    mute: MuteApi
    novel: NovelApi
    search: SearchApi
    ugoira: UgoiraApi
    upload: UploadApi
    user: UserApi
    watchlist: WatchlistApi

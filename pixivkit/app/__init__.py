"""The App API: declarations only, one module for each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.basics.lazy_exports import exports
from .._core.calls.namespace import Resources

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .application_info import ApplicationInfoApi
    from .emoji import EmojiApi
    from .home import HomeApi
    from .idp_urls import IdpUrlsApi
    from .illust import IllustApi
    from .illust_series import IllustSeriesApi
    from .info import InfoApi
    from .live import LiveApi
    from .mail_authentication import MailAuthenticationApi
    from .manga import MangaApi
    from .mute import MuteApi
    from .notification import NotificationApi
    from .novel import NovelApi
    from .oauth import AuthApi
    from .search import SearchApi
    from .spotlight import SpotlightApi
    from .stamps import StampsApi
    from .trending_tags import TrendingTagsApi
    from .ugoira import UgoiraApi
    from .upload import UploadApi
    from .user import UserApi
    from .walkthrough import WalkthroughApi
    from .watchlist import WatchlistApi
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "ApplicationInfoApi": ".application_info",
            "AuthApi": ".oauth",
            "EmojiApi": ".emoji",
            "HomeApi": ".home",
            "IdpUrlsApi": ".idp_urls",
            "IllustApi": ".illust",
            "IllustSeriesApi": ".illust_series",
            "InfoApi": ".info",
            "LiveApi": ".live",
            "MailAuthenticationApi": ".mail_authentication",
            "MangaApi": ".manga",
            "MuteApi": ".mute",
            "NotificationApi": ".notification",
            "NovelApi": ".novel",
            "SearchApi": ".search",
            "SpotlightApi": ".spotlight",
            "StampsApi": ".stamps",
            "TrendingTagsApi": ".trending_tags",
            "UgoiraApi": ".ugoira",
            "UploadApi": ".upload",
            "UserApi": ".user",
            "WalkthroughApi": ".walkthrough",
            "WatchlistApi": ".watchlist",
        },
    )

__all__ = [
    "AppApi",
    "ApplicationInfoApi",
    "AuthApi",
    "EmojiApi",
    "HomeApi",
    "IdpUrlsApi",
    "IllustApi",
    "IllustSeriesApi",
    "InfoApi",
    "LiveApi",
    "MailAuthenticationApi",
    "MangaApi",
    "MuteApi",
    "NotificationApi",
    "NovelApi",
    "SearchApi",
    "SpotlightApi",
    "StampsApi",
    "TrendingTagsApi",
    "UgoiraApi",
    "UploadApi",
    "UserApi",
    "WalkthroughApi",
    "WatchlistApi",
]


class AppApi(Resources):
    """The App API, which pixiv's own apps use; nearly all of it needs a bearer token."""

    _title = "app"

    application_info: ApplicationInfoApi
    emoji: EmojiApi
    home: HomeApi
    idp_urls: IdpUrlsApi
    illust: IllustApi
    mute: MuteApi
    illust_series: IllustSeriesApi
    info: InfoApi
    live: LiveApi
    mail_authentication: MailAuthenticationApi
    manga: MangaApi
    notification: NotificationApi
    novel: NovelApi
    search: SearchApi
    spotlight: SpotlightApi
    stamps: StampsApi
    trending_tags: TrendingTagsApi
    ugoira: UgoiraApi
    upload: UploadApi
    user: UserApi
    watchlist: WatchlistApi
    walkthrough: WalkthroughApi

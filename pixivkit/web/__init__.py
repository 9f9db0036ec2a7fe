"""The web API: declarations only, one module for each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.basics.lazy_exports import exports
from .._core.calls.namespace import Resources

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .commission import CommissionApi
    from .dashboard import DashboardApi
    from .discovery import DiscoveryApi
    from .follow import FollowApi
    from .illust import IllustApi
    from .linked import LinkedApi
    from .mypixiv import MypixivApi
    from .notification import NotificationApi
    from .ranking import RankingApi
    from .search import SearchApi
    from .showcase import ShowcaseApi
    from .sketch import SketchApi
    from .tag import TagApi
    from .top import TopApi
    from .user import UserApi
    from .watch import WatchApi
    from .webpush import WebpushApi
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "CommissionApi": ".commission",
            "DashboardApi": ".dashboard",
            "DiscoveryApi": ".discovery",
            "FollowApi": ".follow",
            "IllustApi": ".illust",
            "LinkedApi": ".linked",
            "MypixivApi": ".mypixiv",
            "NotificationApi": ".notification",
            "RankingApi": ".ranking",
            "SearchApi": ".search",
            "ShowcaseApi": ".showcase",
            "SketchApi": ".sketch",
            "TagApi": ".tag",
            "TopApi": ".top",
            "UserApi": ".user",
            "WatchApi": ".watch",
            "WebpushApi": ".webpush",
        },
    )

__all__ = [
    "CommissionApi",
    "DashboardApi",
    "DiscoveryApi",
    "FollowApi",
    "IllustApi",
    "LinkedApi",
    "MypixivApi",
    "NotificationApi",
    "RankingApi",
    "SearchApi",
    "ShowcaseApi",
    "SketchApi",
    "TagApi",
    "TopApi",
    "UserApi",
    "WatchApi",
    "WebApi",
    "WebpushApi",
]


class WebApi(Resources):
    """The web API, which pixiv's own pages use; some endpoints need the session of a browser."""

    _title = "web"

    commission: CommissionApi
    dashboard: DashboardApi
    discovery: DiscoveryApi
    follow: FollowApi
    illust: IllustApi
    linked: LinkedApi
    mypixiv: MypixivApi
    notification: NotificationApi
    ranking: RankingApi
    search: SearchApi
    showcase: ShowcaseApi
    sketch: SketchApi
    tag: TagApi
    top: TopApi
    user: UserApi
    watch: WatchApi
    webpush: WebpushApi

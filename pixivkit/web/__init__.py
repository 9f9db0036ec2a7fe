"""The web API: declarations only, one module for each resource."""

from __future__ import annotations

from .._core.call import Sender
from .._core.namespace import Namespace
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
from .sketch import SketchApi
from .tag import TagApi
from .top import TopApi
from .user import UserApi
from .watch import WatchApi
from .webpush import WebpushApi

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
    "SketchApi",
    "TagApi",
    "TopApi",
    "UserApi",
    "WatchApi",
    "WebApi",
    "WebpushApi",
]


class WebApi(Namespace):
    """
    The web API, which pixiv's own pages use; some endpoints need the session of a browser.

    Attributes:
        commission: Requests that users make to creators, and the works that came of them.
        dashboard: The account's own dashboard.
        discovery: Works and users that pixiv suggests.
        follow: What users that the account follows have posted.
        illust: Illustrations, manga and ugoira.
        linked: Services that are linked to the account.
        mypixiv: What the account's mypixiv have posted.
        notification: Notifications of the account.
        ranking: The rankings.
        search: Searches.
        sketch: Live streams on pixiv Sketch.
        tag: Stories of tags.
        top: The top page.
        user: Users: who they are, what they posted, whom they follow.
        watch: Series on the account's watch list.
        webpush: Push messages of the browser.
    """

    _title = "web"

    def __init__(self, sender: Sender) -> None:
        self.commission: CommissionApi = CommissionApi(sender)
        self.dashboard: DashboardApi = DashboardApi(sender)
        self.discovery: DiscoveryApi = DiscoveryApi(sender)
        self.follow: FollowApi = FollowApi(sender)
        self.illust: IllustApi = IllustApi(sender)
        self.linked: LinkedApi = LinkedApi(sender)
        self.mypixiv: MypixivApi = MypixivApi(sender)
        self.notification: NotificationApi = NotificationApi(sender)
        self.ranking: RankingApi = RankingApi(sender)
        self.search: SearchApi = SearchApi(sender)
        self.sketch: SketchApi = SketchApi(sender)
        self.tag: TagApi = TagApi(sender)
        self.top: TopApi = TopApi(sender)
        self.user: UserApi = UserApi(sender)
        self.watch: WatchApi = WatchApi(sender)
        self.webpush: WebpushApi = WebpushApi(sender)

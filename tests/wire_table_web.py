"""The wire table of the web API but for the searches, which are in wire_table_search."""

from __future__ import annotations

import datetime
from typing import Any

from wire_table_case import Auth, Json, WireCase

AJAX = "https://www.pixiv.net/ajax"
SITE = "https://www.pixiv.net/"
MEMBER = "https://www.pixiv.net/member.php?id=70001"
ARTWORK = "https://www.pixiv.net/artworks/5550001"


def _get(
    name: str,
    variant: str,
    url: str,
    call: dict[str, Any],
    query: dict[str, str],
    *,
    referer: str = SITE,
    auth: Auth = "optional",
) -> WireCase:
    return WireCase(
        name=name,
        id=f"{name}-{variant}",
        call=call,
        method="GET",
        url=url,
        query=tuple(query.items()),
        body=None,
        referer=referer,
        auth=auth,
    )


def _own(
    name: str, variant: str, url: str, call: dict[str, Any], query: dict[str, str]
) -> WireCase:
    """A read the seed marks as needing a login, from the front page."""
    return _get(name, variant, url, call, query, auth="cookie")


def _post(name: str, variant: str, url: str, call: dict[str, Any], body: Json) -> WireCase:
    return WireCase(
        name=name,
        id=f"{name}-{variant}",
        call=call,
        method="POST",
        url=url,
        query=(),
        body=body,
        referer=SITE,
        auth="csrf",
    )


TOP = (
    _own("web.top.illust", "defaults", f"{AJAX}/top/illust", {}, {"mode": "all"}),
    _own(
        "web.top.illust", "every-parameter", f"{AJAX}/top/illust", {"mode": "r18"}, {"mode": "r18"}
    ),
)

USER = (
    _get(
        "web.user.detail", "defaults", f"{AJAX}/user/70001", {"user_id": 70001}, {}, referer=MEMBER
    ),
    _get(
        "web.user.detail",
        "full",
        f"{AJAX}/user/70001",
        {"user_id": 70001, "full": True},
        {"full": "1"},
        referer=MEMBER,
    ),
    _get(
        "web.user.detail",
        "large-id",
        f"{AJAX}/user/1234567890123456789",
        {"user_id": 1234567890123456789},
        {},
        referer="https://www.pixiv.net/member.php?id=1234567890123456789",
    ),
    _get(
        "web.user.profile_all",
        "defaults",
        f"{AJAX}/user/70001/profile/all",
        {"user_id": 70001},
        {},
        referer=MEMBER,
    ),
    _own(
        "web.user.following",
        "defaults",
        f"{AJAX}/user/70001/following",
        {"user_id": 70001},
        {"offset": "0", "limit": "24", "rest": "show"},
    ),
    _own(
        "web.user.following",
        "every-parameter",
        f"{AJAX}/user/70001/following",
        {"user_id": 70001, "offset": 48, "limit": 100, "rest": "hide"},
        {"offset": "48", "limit": "100", "rest": "hide"},
    ),
    _own(
        "web.user.followers",
        "defaults",
        f"{AJAX}/user/70001/followers",
        {"user_id": 70001},
        {"offset": "0", "limit": "24"},
    ),
    _own(
        "web.user.followers",
        "every-parameter",
        f"{AJAX}/user/70001/followers",
        {"user_id": 70001, "offset": 24, "limit": 3},
        {"offset": "24", "limit": "3"},
    ),
    _get(
        "web.user.works_latest",
        "defaults",
        f"{AJAX}/user/70001/works/latest",
        {"user_id": 70001},
        {},
    ),
    _own(
        "web.user.bookmarks_illust",
        "defaults",
        f"{AJAX}/user/70001/illusts/bookmarks",
        {"user_id": 70001},
        {"tag": "", "offset": "0", "limit": "48", "rest": "show"},
    ),
    _own(
        "web.user.bookmarks_illust",
        "every-parameter",
        f"{AJAX}/user/70001/illusts/bookmarks",
        {"user_id": 70001, "tag": "猫", "offset": 96, "limit": 100, "rest": "hide"},
        {"tag": "猫", "offset": "96", "limit": "100", "rest": "hide"},
    ),
    _own(
        "web.user.bookmarks_illust",
        "hostile",
        f"{AJAX}/user/70001/illusts/bookmarks",
        {"user_id": 70001, "tag": 'fate/zero+猫?#%2F&rest=hide "x" 🐈'},
        {
            "tag": 'fate/zero+猫?#%2F&rest=hide "x" 🐈',
            "offset": "0",
            "limit": "48",
            "rest": "show",
        },
    ),
    _own("web.user.extra", "defaults", f"{AJAX}/user/extra", {}, {}),
)

FOLLOWED = (
    _own("web.sketch.live_following", "defaults", f"{AJAX}/sketch/live/following", {}, {}),
    _own(
        "web.follow.latest_illust",
        "defaults",
        f"{AJAX}/follow_latest/illust",
        {},
        {"mode": "all", "p": "1"},
    ),
    _own(
        "web.follow.latest_illust",
        "every-parameter",
        f"{AJAX}/follow_latest/illust",
        {"mode": "safe", "p": 3, "tag": "海 & 空"},
        {"mode": "safe", "p": "3", "tag": "海 & 空"},
    ),
    _own("web.watch.list_manga", "defaults", f"{AJAX}/watch_list/manga", {}, {"p": "1"}),
    _own(
        "web.watch.list_manga",
        "every-parameter",
        f"{AJAX}/watch_list/manga",
        {"p": 2, "new": True},
        {"p": "2", "new": "1"},
    ),
    _own("web.mypixiv.latest_illust", "defaults", f"{AJAX}/mypixiv_latest/illust", {}, {"p": "1"}),
    _own(
        "web.mypixiv.latest_illust",
        "every-parameter",
        f"{AJAX}/mypixiv_latest/illust",
        {"p": 2},
        {"p": "2"},
    ),
)

DASHBOARD = (
    _own("web.dashboard.home", "defaults", f"{AJAX}/dashboard/home", {}, {}),
    _own("web.dashboard.settings", "defaults", f"{AJAX}/dashboard/settings", {}, {}),
    _own(
        "web.dashboard.works_illust_request_strategy",
        "defaults",
        f"{AJAX}/dashboard/works/illust/request_strategy",
        {},
        {},
    ),
)

ILLUST = (
    _get(
        "web.illust.detail",
        "defaults",
        f"{AJAX}/illust/5550001",
        {"illust_id": 5550001},
        {},
        referer=ARTWORK,
    ),
    _get(
        "web.illust.comments_roots",
        "defaults",
        f"{AJAX}/illusts/comments/roots",
        {"illust_id": 5550001},
        {"illust_id": "5550001", "offset": "0", "limit": "50"},
        referer=ARTWORK,
    ),
    _get(
        "web.illust.comments_roots",
        "every-parameter",
        f"{AJAX}/illusts/comments/roots",
        {"illust_id": 5550001, "offset": 50, "limit": 3},
        {"illust_id": "5550001", "offset": "50", "limit": "3"},
        referer=ARTWORK,
    ),
    _get(
        "web.illust.pages",
        "defaults",
        f"{AJAX}/illust/5550001/pages",
        {"illust_id": 5550001},
        {},
        referer=ARTWORK,
    ),
    _get(
        "web.illust.recommend_init",
        "defaults",
        f"{AJAX}/illust/5550001/recommend/init",
        {"illust_id": 5550001},
        {"limit": "18"},
        referer=ARTWORK,
        auth="cookie",
    ),
    _get(
        "web.illust.recommend_init",
        "every-parameter",
        f"{AJAX}/illust/5550001/recommend/init",
        {"illust_id": 5550001, "limit": 2},
        {"limit": "2"},
        referer=ARTWORK,
        auth="cookie",
    ),
    _get(
        "web.illust.new",
        "defaults",
        f"{AJAX}/illust/new",
        {},
        {"lastId": "0", "limit": "20", "type": "illust", "r18": "false"},
    ),
    _get(
        "web.illust.new",
        "every-parameter",
        f"{AJAX}/illust/new",
        {"last_id": 5550009, "limit": 5, "type": "manga", "r18": True},
        {"lastId": "5550009", "limit": "5", "type": "manga", "r18": "true"},
    ),
)

# The seed types illust_id as an integer, but its example sends a string, as the site does.
ILLUST_WRITES = (
    _post(
        "web.illust.bookmark_add",
        "defaults",
        f"{AJAX}/illusts/bookmarks/add",
        {"illust_id": 5550001},
        Json({"illust_id": "5550001", "restrict": 0, "comment": "", "tags": []}),
    ),
    _post(
        "web.illust.bookmark_add",
        "every-parameter",
        f"{AJAX}/illusts/bookmarks/add",
        {"illust_id": 5550001, "restrict": 1, "comment": "later", "tags": ["tag1", "tag2"]},
        Json(
            {
                "illust_id": "5550001",
                "restrict": 1,
                "comment": "later",
                "tags": ["tag1", "tag2"],
            }
        ),
    ),
    _post(
        "web.illust.bookmark_add",
        "hostile",
        f"{AJAX}/illusts/bookmarks/add",
        {
            "illust_id": 5550001,
            "comment": '", "restrict": 1, "x": "\\\n</script>& 100% 🐈',
            "tags": ["fate/zero", 'a"b\\c', "猫 耳", "#&=+%?", "\u2028"],
        },
        Json(
            {
                "illust_id": "5550001",
                "restrict": 0,
                "comment": '", "restrict": 1, "x": "\\\n</script>& 100% 🐈',
                "tags": ["fate/zero", 'a"b\\c', "猫 耳", "#&=+%?", "\u2028"],
            }
        ),
    ),
    _post(
        "web.illust.like",
        "defaults",
        f"{AJAX}/illusts/like",
        {"illust_id": 5550001},
        Json({"illust_id": "5550001"}),
    ),
)

TAG_STORIES = (
    _get(
        "web.tag.stories", "defaults", f"{AJAX}/stories/tag_stories", {"tag": "猫"}, {"tag": "猫"}
    ),
    _get(
        "web.tag.stories",
        "hostile",
        f"{AJAX}/stories/tag_stories",
        {"tag": 'fate/zero+猫?#%2F&tag=no "x" 🐈'},
        {"tag": 'fate/zero+猫?#%2F&tag=no "x" 🐈'},
    ),
)

RANKING_URL = "https://www.pixiv.net/ranking.php"
RANKING_SENT = {"format": "json", "mode": "daily", "content": "all", "p": "1"}

RANKING = (
    _get("web.ranking", "defaults", RANKING_URL, {}, RANKING_SENT),
    _get(
        "web.ranking",
        "every-parameter",
        RANKING_URL,
        {
            "format": "json",
            "mode": "weekly_r18",
            "date": "20240229",
            "content": "ugoira",
            "p": 2,
        },
        {
            "format": "json",
            "mode": "weekly_r18",
            "date": "20240229",
            "content": "ugoira",
            "p": "2",
        },
    ),
    _get(
        "web.ranking",
        "date-object",
        RANKING_URL,
        {"date": datetime.date(2023, 1, 5)},
        RANKING_SENT | {"date": "20230105"},
    ),
    # The seed's own word for "every kind of work"; later clients send `all`.
    _get(
        "web.ranking",
        "content-complex",
        RANKING_URL,
        {"content": "complex"},
        RANKING_SENT | {"content": "complex"},
    ),
)

COMMISSION_PAGE = f"{AJAX}/commission/page/request"

COMMISSION = (
    _get("web.commission.request", "defaults", COMMISSION_PAGE, {}, {}),
    *(
        case
        for name, url in (
            ("complete_illust", f"{COMMISSION_PAGE}/complete/illust"),
            ("complete_manga", f"{COMMISSION_PAGE}/complete/manga"),
            ("complete_ugoira", f"{COMMISSION_PAGE}/complete/ugoira"),
            ("creators_illust", f"{COMMISSION_PAGE}/creators/illust"),
            ("creators_manga", f"{COMMISSION_PAGE}/creators/manga"),
            ("creators_ugoira", f"{COMMISSION_PAGE}/creators/ugoira"),
            ("in_progress_all", f"{COMMISSION_PAGE}/in_progress/all"),
            ("in_progress_illust", f"{COMMISSION_PAGE}/in_progress/illust"),
            ("in_progress_manga", f"{COMMISSION_PAGE}/in_progress/manga"),
            ("in_progress_ugoira", f"{COMMISSION_PAGE}/in_progress/ugoira"),
        )
        for case in (
            _get(
                f"web.commission.request_{name}",
                "defaults",
                url,
                {},
                {"mode": "all", "p": "1"},
            ),
            _get(
                f"web.commission.request_{name}",
                "every-parameter",
                url,
                {"mode": "safe", "p": 4},
                {"mode": "safe", "p": "4"},
            ),
        )
    ),
)

DISCOVERY = (
    _own(
        "web.discovery.artworks",
        "defaults",
        f"{AJAX}/discovery/artworks",
        {},
        {"mode": "all", "limit": "100"},
    ),
    _own(
        "web.discovery.artworks",
        "every-parameter",
        f"{AJAX}/discovery/artworks",
        {"mode": "r18", "limit": 3, "sample_illust_id": 140000001},
        {"mode": "r18", "limit": "3", "sampleIllustId": "140000001"},
    ),
    _own("web.discovery.users", "defaults", f"{AJAX}/discovery/users", {}, {"limit": "20"}),
    _own(
        "web.discovery.users",
        "every-parameter",
        f"{AJAX}/discovery/users",
        {"limit": 3},
        {"limit": "3"},
    ),
    _own(
        "web.discovery.artworks_meta",
        "defaults",
        f"{AJAX}/discovery/artworks/meta",
        {},
        {"mode": "all"},
    ),
    _own(
        "web.discovery.artworks_meta",
        "every-parameter",
        f"{AJAX}/discovery/artworks/meta",
        {"mode": "safe"},
        {"mode": "safe"},
    ),
    _own("web.discovery.users_meta", "defaults", f"{AJAX}/discovery/users/meta", {}, {}),
)

MISCELLANEOUS = (
    _get("web.webpush", "defaults", f"{AJAX}/webpush", {}, {}),
    _own("web.notification", "defaults", f"{AJAX}/notification", {}, {}),
    _own(
        "web.linked.service_tumeng",
        "defaults",
        f"{AJAX}/linked_service/tumeng",
        {},
        {"page": "1"},
    ),
    _own(
        "web.linked.service_tumeng",
        "every-parameter",
        f"{AJAX}/linked_service/tumeng",
        {"page": 2},
        {"page": "2"},
    ),
)

WEB_CASES: tuple[WireCase, ...] = (
    *TOP,
    *USER,
    *FOLLOWED,
    *DASHBOARD,
    *ILLUST,
    *ILLUST_WRITES,
    *TAG_STORIES,
    *RANKING,
    *COMMISSION,
    *DISCOVERY,
    *MISCELLANEOUS,
)

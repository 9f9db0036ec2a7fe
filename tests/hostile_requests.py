"""
Values that are easily spelled wrong, one call for each shape of request, written by hand.

Nothing here looks at a declaration, so a mistake in one cannot repeat itself in the expectation.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from urllib.parse import quote, urlencode

from pixivkit.examples import Example, ExpectedRequest

__all__ = ["HOSTILE_REQUESTS"]

APP = "https://app-api.pixiv.net/v1"
AJAX = "https://www.pixiv.net/ajax"
SITE = "https://www.pixiv.net/"

WORDS = 'fate/zero+猫 OR "a&b=c" #?100%2F -R-18 🐈'
LINES = '一行目\r\nContent-Disposition: form-data; name="restrict"\r\n\r\nprivate&caption=no'
TAGS = ["fate/zero", "C++", "a&tags[]=b", "猫 耳", "%2F", 'a"b\\c', "\u2028", "same", "same"]
FILE = b'--boundary--\r\nContent-Disposition: form-data; name="title"\r\n\r\n\x00\xff&=%'

SEGMENTS = {
    "a/b c": "a%2Fb%20c",
    "?q=1&p=2#end;": "%3Fq%3D1%26p%3D2%23end%3B",
    "\"'<>[]{}|^`": "%22%27%3C%3E%5B%5D%7B%7D%7C%5E%60",
    "%2F%zz+": "%252F%25zz%2B",
    "..\\../かか\u3099": "..%5C..%2F%E3%81%8B%E3%81%8B%E3%82%99",
}
"""Words, and the segment of a path that each must become."""


def case(
    endpoint: str, name: str, call: dict[str, Any], url: str, query: Any = (), **request: Any
) -> Example:
    """A call and its request; *query* are the parameters behind *url*, as they are."""
    spelled = urlencode(query, quote_via=quote)
    method: Literal["GET", "POST"] = (
        "POST" if {"form", "json", "multipart"} & request.keys() else "GET"
    )
    expected = ExpectedRequest(
        method=method, url=f"{url}?{spelled}" if spelled else url, **request
    )
    return Example(endpoint=endpoint, name=name, call=call, request=expected, body=b"null")


HOSTILE_REQUESTS = (
    case(
        "app.search.illust",
        "query",
        {"word": WORDS, "tool": "A&B=C+ #1"},
        f"{APP}/search/illust",
        {
            "word": WORDS,
            "search_target": "partial_match_for_tags",
            "sort": "date_desc",
            "tool": "A&B=C+ #1",
        },
        login="bearer",
    ),
    case(
        "app.upload.novel",
        "form",
        {"title": "a&b=c;d", "text": f"  {LINES}\n[[rb:猫 > ねこ]] 100% +1 🐈  ", "tags": TAGS},
        f"{APP}/upload/novel",
        login="bearer",
        form=[
            ("title", "a&b=c;d"),
            ("caption", ""),
            ("cover_id", "0"),
            ("text", f"  {LINES}\n[[rb:猫 > ねこ]] 100% +1 🐈  "),
            ("restrict", "public"),
            ("x_restrict", "none"),
            *(("tags[]", tag) for tag in TAGS),
            ("is_original", "0"),
        ],
    ),
    case(
        "app.upload.illust",
        "multipart",
        {"title": WORDS, "files": [FILE], "caption": LINES, "tags": TAGS},
        f"{APP}/upload/illust",
        login="bearer",
        multipart=[
            ("title", WORDS),
            ("caption", LINES),
            ("type", "illust"),
            ("restrict", "public"),
            ("x_restrict", "none"),
            ("is_sexual", "false"),
            *(("tags[]", tag) for tag in TAGS),
            ("files[]", FILE),
        ],
    ),
    case(
        "app.upload.status",
        "form-key",
        {"convert_key": "a+b/c==&d=%2F #?"},
        f"{APP}/upload/status",
        login="bearer",
        form=[("convert_key", "a+b/c==&d=%2F #?")],
    ),
    case(
        "oauth.auth.token_refresh",
        "form-secret",
        {"refresh_token": "a+b/c==&grant_type=x #?", "client_id": "i d", "client_secret": "%2B"},
        "https://oauth.secure.pixiv.net/auth/token",
        login="none",
        form=[
            ("client_id", "i d"),
            ("client_secret", "%2B"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "a+b/c==&grant_type=x #?"),
            ("include_policy", "true"),
            ("get_secure_url", "1"),
        ],
    ),
    case(
        "web.illust.bookmark_add",
        "json",
        {"illust_id": 5550001, "comment": f'", "restrict": 1, "x": "\\{LINES}', "tags": TAGS},
        f"{AJAX}/illusts/bookmarks/add",
        login="csrf",
        referer=SITE,
        json={
            "illust_id": "5550001",
            "restrict": 0,
            "comment": f'", "restrict": 1, "x": "\\{LINES}',
            "tags": TAGS,
        },
    ),
    case(
        "web.user.bookmarks_illust",
        "query-behind-an-id",
        {"user_id": 70001, "tag": WORDS},
        f"{AJAX}/user/70001/illusts/bookmarks",
        {"tag": WORDS, "offset": 0, "limit": 48, "rest": "show"},
        login="cookie",
        referer=SITE,
    ),
    case(
        "web.user.profile_illusts",
        "list-in-a-query",
        {"user_id": 70001, "ids": (3, 1, 3)},
        f"{AJAX}/user/70001/profile/illusts",
        [
            *(("ids[]", number) for number in (3, 1, 3)),
            ("work_category", "illustManga"),
            ("is_first_page", 0),
        ],
        login="optional",
        referer="https://www.pixiv.net/users/70001",
    ),
    case(
        "web.ranking",
        "date",
        # Half past midnight in Japan, where it is the next day.
        {"date": dt.datetime(2024, 2, 28, 15, 30, tzinfo=dt.UTC)},
        "https://www.pixiv.net/ranking.php",
        {"format": "json", "mode": "daily", "content": "all", "p": 1, "date": "20240229"},
        login="optional",
        referer=SITE,
    ),
    *(
        case(
            "web.search.tag",
            f"path-{number}",
            {"tag": word},
            f"{AJAX}/search/tags/{segment}",
            login="optional",
            referer=SITE,
        )
        for number, (word, segment) in enumerate(SEGMENTS.items(), 1)
    ),
)

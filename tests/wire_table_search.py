"""The wire table of the web searches: the word is in the path and, for most, in the query."""

from __future__ import annotations

import datetime
from typing import Any

from wire_table_case import WireCase

SEARCH = "https://www.pixiv.net/ajax/search"


def _get(
    name: str, variant: str, url: str, call: dict[str, Any], query: dict[str, str]
) -> WireCase:
    return WireCase(
        name=name,
        id=f"{name}-{variant}",
        call=call,
        method="GET",
        url=url,
        query=tuple(query.items()),
        body=None,
        referer="https://www.pixiv.net/",
        auth="optional",
    )


SENT = {"order": "date_d", "mode": "all", "s_mode": "s_tag_full", "p": "1"}

CHOSEN: dict[str, Any] = {
    "order": "popular_male_d",
    "mode": "safe",
    "s_mode": "s_tc",
    "wlt": 1000,
    "wgt": 4000,
    "hlt": 800,
    "hgt": 3000,
    "ratio": -0.5,
    "tool": "Photoshop",
    "scd": "2023-01-31",
    "ecd": "2024-02-29",
    "blt": 100,
    "bgt": 5000,
    "p": 3,
}
CHOSEN_SENT = {
    "order": "popular_male_d",
    "mode": "safe",
    "s_mode": "s_tc",
    "wlt": "1000",
    "wgt": "4000",
    "hlt": "800",
    "hgt": "3000",
    "ratio": "-0.5",
    "tool": "Photoshop",
    "scd": "2023-01-31",
    "ecd": "2024-02-29",
    "blt": "100",
    "bgt": "5000",
    "p": "3",
}

# Value, and the same value as one path segment.
HOSTILE = {
    "slash": ("fate/zero+猫?#%", "fate%2Fzero%2B%E7%8C%AB%3F%23%25"),
    "reserved": (
        ":/?#[]@!$&'()*+,;=",
        "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
    ),
    "quotes": (
        '"100%" & <猫 耳>=🐈',
        "%22100%25%22%20%26%20%3C%E7%8C%AB%20%E8%80%B3%3E%3D%F0%9F%90%88",
    ),
    "already-encoded": ("%2F%20+", "%252F%2520%2B"),
    # The second か carries its mark as a character of its own: normalising would change the tag.
    "dots-and-marks": ("..\\../かか\u3099", "..%5C..%2F%E3%81%8B%E3%81%8B%E3%82%99"),
}

WORD_IN_PATH_ONLY = tuple(
    case
    for name, parameter, path in (
        ("web.search.tag", "tag", "/tags/"),
        ("web.search.top", "word", "/top/"),
    )
    for case in (
        _get(name, "defaults", f"{SEARCH}{path}%E7%8C%AB", {parameter: "猫"}, {}),
        *(
            _get(name, f"hostile-{kind}", f"{SEARCH}{path}{segment}", {parameter: value}, {})
            for kind, (value, segment) in HOSTILE.items()
        ),
    )
)

SEARCHES = tuple(
    case
    for name, path, type_sent in (
        ("web.search.artworks", "/artworks/", "all"),
        ("web.search.illustrations", "/illustrations/", "illust_and_ugoira"),
        ("web.search.manga", "/manga/", "manga"),
    )
    for case in (
        _get(
            name,
            "defaults",
            f"{SEARCH}{path}%E7%8C%AB",
            {"word": "猫"},
            SENT | {"word": "猫", "type": type_sent},
        ),
        _get(
            name,
            "dates",
            f"{SEARCH}{path}%E7%8C%AB",
            {
                "word": "猫",
                "scd": datetime.date(2023, 1, 5),
                "ecd": datetime.date(2024, 2, 29),
            },
            SENT | {"word": "猫", "type": type_sent, "scd": "2023-01-05", "ecd": "2024-02-29"},
        ),
        _get(
            name,
            "zero-is-not-none",
            f"{SEARCH}{path}%E7%8C%AB",
            {"word": "猫", "ratio": 0, "wlt": 0, "blt": 0},
            SENT | {"word": "猫", "type": type_sent, "ratio": "0", "wlt": "0", "blt": "0"},
        ),
        *(
            _get(
                name,
                f"hostile-{kind}",
                f"{SEARCH}{path}{segment}",
                {"word": value, "tool": value},
                SENT | {"word": value, "type": type_sent, "tool": value},
            )
            for kind, (value, segment) in HOSTILE.items()
        ),
    )
)

EVERY_PARAMETER = (
    _get(
        "web.search.artworks",
        "every-parameter",
        f"{SEARCH}/artworks/%E7%8C%AB",
        CHOSEN | {"word": "猫", "type": "all"},
        CHOSEN_SENT | {"word": "猫", "type": "all"},
    ),
    _get(
        "web.search.illustrations",
        "every-parameter",
        f"{SEARCH}/illustrations/%E7%8C%AB",
        CHOSEN | {"word": "猫", "type": "ugoira"},
        CHOSEN_SENT | {"word": "猫", "type": "ugoira"},
    ),
    _get(
        "web.search.manga",
        "every-parameter",
        f"{SEARCH}/manga/%E7%8C%AB",
        CHOSEN | {"word": "猫", "type": "manga", "work_lang": "ja"},
        CHOSEN_SENT | {"word": "猫", "type": "manga", "work_lang": "ja"},
    ),
)

SEARCH_CASES: tuple[WireCase, ...] = WORD_IN_PATH_ONLY + SEARCHES + EVERY_PARAMETER

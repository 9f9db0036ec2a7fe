"""Why the web API does not show a work: what its marks mean, in replies made up and recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.each import for_each

from pixivkit import structure
from pixivkit.models.app import Illust, Novel
from pixivkit.models.web import IllustDetail, IllustThumb, NovelThumb

PICTURE = "https://i.pximg.net/c/250x250_80_a2/img-master/img/2026/01/02/03/04/05/7_p0.jpg"
COMMON = "https://s.pximg.net/common/images/"

MASKED = {"id": 7, "title": "-----", "userId": 0, "isMasked": True}
THUMBS: list[tuple[dict[str, Any], str]] = [
    ({"url": PICTURE, "userId": "90000001", "isMasked": False}, "available"),
    ({"url": PICTURE, "userId": "90000001"}, "available"),
    ({**MASKED, "url": f"{COMMON}limit_unknown_360.png", "maskReason": "unknown"}, "deleted"),
    ({**MASKED, "url": f"{COMMON}limit_unknown_s.png?20110520"}, "deleted"),
    ({**MASKED, "url": f"{COMMON}limit_r18_360.png", "maskReason": "r18"}, "r18_limited"),
    ({**MASKED, "url": "", "maskReason": "r18"}, "r18_limited"),
    ({**MASKED, "url": f"{COMMON}limit_r18_360.png"}, "r18_limited"),
    ({**MASKED, "url": "", "maskReason": "mypixiv"}, "mypixiv_only"),
    ({**MASKED, "userId": "90000001", "url": PICTURE}, "unknown_limit"),
    ({**MASKED, "userId": "90000001", "maskReason": "of_2030"}, "unknown_limit"),
    ({"userId": "90000001", "url": f"{COMMON}limit_sanity_level_360.png"}, "sanity_limited"),
]


@for_each("model", [IllustThumb, NovelThumb])
def test_a_thumbnail_says_why(model: type[IllustThumb | NovelThumb]) -> None:
    for marks, expected in THUMBS:
        thumb: IllustThumb | NovelThumb = structure(model, {"id": "7", **marks})
        assert thumb.availability == expected, marks


NO_URLS = dict.fromkeys(("mini", "thumb", "small", "regular", "original"))
PAGES: list[tuple[dict[str, Any], str]] = [
    ({"urls": {**NO_URLS, "regular": PICTURE}, "xRestrict": 1, "sl": 6}, "available"),
    ({"urls": NO_URLS, "xRestrict": 1, "sl": 6}, "r18_limited"),
    ({"urls": NO_URLS, "xRestrict": 2}, "r18_limited"),
    ({"urls": NO_URLS, "xRestrict": 0, "sl": 4}, "sanity_limited"),
    ({"urls": NO_URLS, "xRestrict": 0, "restrict": 1, "sl": 2}, "mypixiv_only"),
    ({"urls": NO_URLS, "xRestrict": 0, "restrict": 0, "sl": 2}, "unviewable"),
    ({"urls": NO_URLS}, "unviewable"),
    ({"urls": {**NO_URLS, "thumb": f"{COMMON}limit_unviewable_360.png"}}, "unviewable"),
    ({"urls": NO_URLS, "userId": 0}, "deleted"),
    ({"urls": "hm"}, "available"),
]


@for_each("marks, expected", PAGES)
def test_the_page_of_a_work_says_why(marks: dict[str, Any], expected: str) -> None:
    detail: IllustDetail = structure(IllustDetail, {"id": "7", "userId": "90000001", **marks})
    assert detail.availability == expected


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from objects(one)


def test_recorded_works_are_available_but_those_that_are_marked(recorded: Path) -> None:
    seen: dict[str, int] = {}
    for file in sorted(recorded.rglob("*.json")):
        for one in objects(json.loads(file.read_text("utf-8"))):
            model: Any = None
            hidden = False
            if "visible" in one and "image_urls" in one:
                model = Novel if "text_length" in one else Illust
                hidden = not one["visible"]
            elif "illustComment" in one:
                model, hidden = IllustDetail, not one["urls"]["original"]
            elif "isMasked" in one and "id" in one:
                model = NovelThumb if "textCount" in one else IllustThumb
                hidden = one["isMasked"]
            if model is None:
                continue
            work = structure(model, one)
            assert (work.availability != "available") == hidden, (file.name, work.id)
            seen[f"{model.__name__} {hidden}"] = seen.get(f"{model.__name__} {hidden}", 0) + 1
    for kind in ("Illust", "Novel", "IllustDetail", "IllustThumb", "NovelThumb"):
        assert seen.get(f"{kind} False"), f"no {kind} recorded"


@pytest.mark.parametrize("name", ["more/ajax_user_1_novels_bookmarks.json"])
def test_a_recorded_work_that_is_masked_is_deleted(recorded: Path, name: str) -> None:
    body = json.loads((recorded / name).read_text("utf-8"))["body"]
    masked = [structure(NovelThumb, one) for one in body["works"] if one["isMasked"]]
    assert {novel.availability for novel in masked} == {"deleted"}

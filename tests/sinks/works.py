"""Invented works for the tests of sinks, as pixiv would send them."""

from __future__ import annotations

from typing import TypeVar, cast

from pixivkit._core.calls.structure import structure_as
from pixivkit.models.app import Illust, Novel
from pixivkit.models.base import Model
from pixivkit.models.web import IllustDetail, IllustThumb, RankedIllust

M = TypeVar("M", bound=Model)

APP_ILLUST: dict[str, object] = {
    "id": 9_007_199_254_740_993,
    "title": "夕暮れの街 🌆",
    "type": "manga",
    "image_urls": {"medium": "https://i.pximg.net/c/540x540_70/img-master/a.jpg"},
    "user": {"id": 42, "name": "名なし\nさん", "account": "nobody"},
    "tags": [{"name": "風景", "translated_name": "landscape"}, {"name": 'a "b"'}],
    "create_date": "2026-01-31T23:30:00+09:00",
    "page_count": 3,
    "x_restrict": 1,
    "illust_ai_type": 2,
    "total_view": 5_000_000_000,
    "total_bookmarks": 70,
    "something_new": {"deep": [1, None, "\u2028"]},
}
APP_NOVEL: dict[str, object] = {
    "id": 11,
    "title": "A walk",
    "user": {"id": 42, "name": "Nobody", "account": "nobody"},
    "tags": [{"name": "short"}],
    "novel_ai_type": 1,
    "page_count": 8,
    "create_date": "2026-01-31T23:30:00+09:00",
}
WEB_THUMB: dict[str, object] = {
    "id": "12",
    "title": "Waves",
    "illustType": 2,
    "userId": "42",
    "userName": "Nobody",
    "tags": ["sea", "海"],
    "createDate": "2026-01-31T23:30:00+09:00",
    "pageCount": 1,
    "aiType": 1,
}
WEB_DETAIL: dict[str, object] = {
    "id": "12",
    "title": "Waves",
    "illustType": 2,
    "userId": "42",
    "userName": "Nobody",
    "tags": {"authorId": "42", "isLocked": False, "tags": [{"tag": "sea"}, {"tag": "海"}]},
    "createDate": "2026-01-31T14:30:00+00:00",
    "pageCount": 1,
    "bookmarkCount": 7,
    "viewCount": 80,
    "userIllusts": {"12": None, "13": WEB_THUMB},
}
RANKED: dict[str, object] = {
    "illust_id": 12,
    "title": "Waves",
    "illust_type": "0",
    "user_id": 42,
    "user_name": "Nobody",
    "tags": ["sea"],
    "illust_page_count": "2",
    "view_count": 80,
    "illust_upload_timestamp": 1769869800,
}


def make(kind: type[M], json: dict[str, object], **changes: object) -> M:
    return cast("M", structure_as(kind, {**json, **changes}))


def app_illust(**changes: object) -> Illust:
    return make(Illust, APP_ILLUST, **changes)


def app_novel(**changes: object) -> Novel:
    return make(Novel, APP_NOVEL, **changes)


def web_thumb(**changes: object) -> IllustThumb:
    return make(IllustThumb, WEB_THUMB, **changes)


def web_detail(**changes: object) -> IllustDetail:
    return make(IllustDetail, WEB_DETAIL, **changes)


def ranked(**changes: object) -> RankedIllust:
    return make(RankedIllust, RANKED, **changes)


def works() -> list[Model]:
    """One of each, with ids of their own."""
    return [app_illust(), app_novel(), web_thumb(id=20), web_detail(id=21), ranked(illust_id=22)]

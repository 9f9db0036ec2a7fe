"""
What is behind a page of pixiv: one thing, or a list.

The App API is asked where there is a login for it, else the web API where that has it.
"""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import Any, Final, cast

from .._core.calls.call import Call, Pages
from ..errors import InvalidArgument
from ..pixiv_url import (
    FollowedRef,
    ImageRef,
    NovelRef,
    PixivRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    WorkRef,
)
from .options import Connected

__all__ = ["call_behind", "list_behind"]

_APP_RANKINGS: Final = {
    "daily": "day", "weekly": "week", "monthly": "month", "rookie": "week_rookie",
    "original": "week_original", "male": "day_male", "female": "day_female",
    "daily_ai": "day_ai", "daily_r18": "day_r18", "weekly_r18": "week_r18",
    "male_r18": "day_male_r18", "female_r18": "day_female_r18", "daily_r18_ai": "day_r18_ai",
    "r18g": "week_r18g",
}  # fmt: skip
"""Names of rankings on pixiv's site, and in its apps."""


def call_behind(px: Connected, ref: PixivRef) -> Call[Any]:
    """
    Return the call for the one thing that *ref* is of.

    Args:
        px: Whose call it is.
        ref: What it is of.

    Raises:
        InvalidArgument: It is of a list, or an image.
    """
    by_app = "app" in px.logins
    match ref:
        case WorkRef():
            return px.app.illust.detail(ref.id) if by_app else px.web.illust.detail(ref.id)
        case NovelRef():
            return px.app.novel.detail(ref.id)
        case UserRef(section=""):
            return px.app.user.detail(ref.id) if by_app else px.web.user.detail(ref.id, full=True)
        case TagRef():
            return px.web.search.tag(ref.word)
        case _:
            raise InvalidArgument("this is a list: see `pixivkit export` and `pixivkit search`")


def list_behind(px: Connected, ref: PixivRef) -> Pages[Any, Any] | AsyncIterable[Any] | None:
    """
    Return the list that *ref* is of, and None where it is of one thing.

    Args:
        px: Whose list it is.
        ref: What it is of.
    """
    by_app = "app" in px.logins
    match ref:
        case UserRef():
            return _of_user(px, ref, by_app)
        case SeriesRef():
            return px.crawl.series(ref)
        case TagRef():
            return px.crawl.tag(ref.word) if by_app else px.web.search.artworks(ref.word)
        case RankingRef():
            return _ranking(px, ref, by_app)
        case FollowedRef(novels=True):
            return px.app.novel.follow()
        case FollowedRef():
            return px.app.illust.follow() if by_app else px.web.follow.latest_illust()
        case WorkRef() | NovelRef() | ImageRef():
            return None


def _of_user(px: Connected, ref: UserRef, by_app: bool) -> Pages[Any, Any] | AsyncIterable[Any]:
    match ref.section:
        case "novels":
            return px.app.user.novels(ref.id)
        case "bookmarks/novels":
            return px.app.user.bookmarks_novel(ref.id)
        case "bookmarks/artworks":
            user = px.app.user if by_app else px.web.user
            return user.bookmarks_illust(ref.id)
        case "illustrations" if by_app:
            return px.app.user.illusts(ref.id, type="illust")
        case "manga" if by_app:
            return px.app.user.illusts(ref.id, type="manga")
        case _:
            return px.app.user.illusts(ref.id) if by_app else px.crawl.user_works(ref.id)


def _ranking(px: Connected, ref: RankingRef, by_app: bool) -> Pages[Any, Any] | AsyncIterable[Any]:
    if by_app and ref.content == "all" and ref.mode in _APP_RANKINGS:
        mode = cast("Any", _APP_RANKINGS[ref.mode])
        return px.app.illust.ranking(mode=mode, date=ref.date)
    return px.web.ranking(
        mode=cast("Any", ref.mode), content=cast("Any", ref.content), date=ref.date
    )

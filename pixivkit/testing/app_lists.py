"""How the fake answers the App API: rankings and bookmarks."""

from __future__ import annotations

import datetime as dt
from typing import Final

from .app_answers import PAGE, page
from .app_shapes import deleted_json, illust_json
from .refusals import forbidden
from .views import Context, view
from .world import Kind, Work

__all__: list[str] = []

_WEB_MODES: Final = {
    "day": "daily",
    "week": "weekly",
    "month": "monthly",
    "day_male": "male",
    "day_female": "female",
    "week_original": "original",
    "week_rookie": "rookie",
    "day_ai": "daily_ai",
    "day_r18": "daily_r18",
    "day_male_r18": "male_r18",
    "day_female_r18": "female_r18",
    "week_r18": "weekly_r18",
    "week_r18g": "r18g",
    "day_r18_ai": "daily_r18_ai",
}
"""The names that rankings have on the web, where the order is the same."""

_FIRST_RANKING: Final = dt.date(2007, 9, 13)
"""The day of the first ranking; pixiv opened three days before."""


@view("app.illust.ranking")
def _ranking(context: Context) -> object:
    mode: str = context.arguments["mode"]
    if "r18" in mode and not context.user.shows_r18:
        raise forbidden(context.endpoint.base)
    latest = context.world.now.date() - dt.timedelta(days=1)
    date: dt.date = context.arguments["date"] or latest
    if not _FIRST_RANKING <= date <= latest:
        return {"illusts": [], "next_url": None}
    works = _ranked(context, mode, date)
    return page(context, "illusts", works, lambda work: illust_json(context, work))


def _ranked(context: Context, mode: str, date: dt.date) -> list[Work]:
    kinds: tuple[Kind, ...] = ("manga",) if mode.endswith("_manga") else ()
    plain = mode.removesuffix("_manga")
    name = "r18" if plain == "week_r18g" else _WEB_MODES[plain]
    works = context.world.ranking(context.user, mode=name, date=date, kinds=kinds)
    if plain == "week_r18g":
        return [work for work in works if work.x_restrict == 2]
    return [work for work in works if "ai" not in plain.split("_") or work.ai_type == 2]


@view("app.user.bookmarks_illust")
def _bookmarks_illust(context: Context) -> object:
    given, world = context.arguments, context.world
    private = given["restrict"] == "private"
    if private and given["user_id"] != context.user.id:
        raise forbidden(context.endpoint.base)
    most = given["max_bookmark_id"]
    found = [
        bookmark
        for bookmark in world.bookmarks_of(
            given["user_id"], restrict=int(private), tag=given["tag"]
        )
        if most is None or bookmark.id <= most
    ]
    following = found[PAGE].id if len(found) > PAGE else None
    return {
        "illusts": [_bookmarked(context, bookmark.work_id) for bookmark in found[:PAGE]],
        "next_url": following and context.next_url(max_bookmark_id=following),
    }


def _bookmarked(context: Context, work_id: int) -> object:
    """A work, or the stub of one that is gone."""
    work = context.world.works.get(work_id)
    if work is None or (work.restrict == 2 and work.user_id != context.user.id):
        return deleted_json(work_id)
    return illust_json(context, work)

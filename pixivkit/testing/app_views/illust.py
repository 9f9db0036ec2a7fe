"""How the fake answers the App API: works and rankings."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ..records import Kind, Work
from ..views import Context, view

__all__ = ["find_work"]

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


def find_work(context: Context) -> Work:
    """
    The work that is asked for.

    Raises:
        Refusal: There is none, or its author made it private.
    """
    work = context.world.works.get(context.arguments["illust_id"])
    if work is None or (work.restrict == 2 and work.user_id != context.user.id):
        raise context.absent()
    return work


@view("app.illust.detail")
def _detail(context: Context) -> object:
    work = find_work(context)
    comments = len(context.world.comments_on(work.id))
    return {"": work, "total_comments": comments, "comment_access_control": 0}


@view("app.illust.delete")
def _delete(context: Context) -> object:
    work = find_work(context)
    if work.user_id != context.user.id:
        raise context.forbidden()
    context.world.delete_illust(work.id)
    return None


@view("app.ugoira.metadata")
def _ugoira_metadata(context: Context) -> object:
    work = find_work(context)
    if work.kind != "ugoira":
        raise context.absent()
    return work


@view("app.illust.ranking")
@view("app.manga.ranking")
def _ranking(context: Context) -> object:
    mode: str = context.arguments["mode"]
    if "r18" in mode and not context.user.shows_r18:
        raise context.forbidden()
    latest = context.world.ranking_day
    date: dt.date = context.arguments["date"] or latest
    if not _FIRST_RANKING <= date <= latest:
        return []
    kinds: tuple[Kind, ...] = ("manga",) if mode.endswith("_manga") else ()
    plain = mode.removesuffix("_manga")
    name = "r18" if plain == "week_r18g" else _WEB_MODES[plain]
    works = context.world.ranking(context.user, mode=name, date=date, kinds=kinds)
    if plain == "week_r18g":
        return [work for work in works if work.x_restrict == 2]
    return [work for work in works if "ai" not in plain.split("_") or work.ai_type == 2]

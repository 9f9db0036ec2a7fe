"""How the fake answers the App API: searches for novels."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ..records import JST, Novel
from ..refusals import app_error
from ..views import Context, view

__all__: list[str] = []


@view("app.search.novel")
def _novel(context: Context) -> object:
    given = context.arguments
    if given["sort"].startswith("popular") and not context.user.is_premium:
        raise app_error(403, user_message="Only premium members can sort by popularity.")
    novels = context.remembered(lambda: _found(context))
    return {"novels": novels, "show_ai": given["search_ai_type"] != 1}


def _found(context: Context) -> list[Novel]:
    given, world = context.arguments, context.world
    matches: dict[str, Literal["partial", "exact", "text", "keyword"]] = {
        "partial_match_for_tags": "partial",
        "exact_match_for_tags": "exact",
        "text": "text",
        "keyword": "keyword",
    }
    novels = world.search_novels(
        given["word"], context.user, match=matches[given["search_target"]]
    )
    novels = [novel for novel in novels if _wanted(context, novel)]
    novels.sort(key=lambda novel: (novel.date, novel.id), reverse=given["sort"] != "date_asc")
    if given["sort"].startswith("popular"):
        novels.sort(key=lambda novel: -world.novel_bookmark_count(novel.id))
    return novels


def _wanted(context: Context, novel: Novel) -> bool:
    given = context.arguments
    if novel.ai_type == 2 and given["search_ai_type"] == 1:
        return False
    if given["is_original_only"] and not novel.is_original:
        return False
    first, last = given["start_date"], given["end_date"]
    spans = {"within_last_day": 1, "within_last_week": 7, "within_last_month": 30}
    if given["duration"] is not None:
        first = _day(context.world.now - dt.timedelta(days=spans[given["duration"]]))
    bookmarks = context.world.novel_bookmark_count(novel.id)
    return (
        _between(_day(novel.date), first, last)
        and _between(len(novel.text), given["text_length_min"], given["text_length_max"])
        and _between(len(novel.text.split()), given["word_count_min"], given["word_count_max"])
        and _between(bookmarks, given["bookmark_num_min"], given["bookmark_num_max"])
    )


def _day(moment: dt.datetime) -> dt.date:
    """The day of *moment* in Japan."""
    return moment.astimezone(JST).date()


def _between(value: Any, low: Any, high: Any) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)

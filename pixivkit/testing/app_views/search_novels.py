"""How the fake answers the App API: searches for novels."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from ..records import JST, Novel
from ..views import Context, view
from .search import refuse_sorting

__all__: list[str] = []

_PREVIEWED: Final = 30
_STEPS: Final = (50, 100, 300, 500, 1000, 5000, 10000)


@view("app.search.novel")
def _novel(context: Context) -> object:
    given = context.arguments
    refuse_sorting(context)
    novels = context.remembered(lambda: _found(context))
    return {"novels": novels, "show_ai": given["search_ai_type"] != 1}


@view("app.search.popular_preview_novel")
def _popular_preview(context: Context) -> object:
    return {"novels": _by_popularity(context, _found(context))[:_PREVIEWED]}


@view("app.search.bookmark_ranges_novel")
def _bookmark_ranges(context: Context) -> object:
    counts = [context.world.bookmark_count(novel.id, target="novel") for novel in _found(context)]
    most = max(counts, default=0)
    return [
        {"bookmark_num_min": least, "bookmark_num_max": "*"}
        for least in ("*", *(str(step) for step in _STEPS if step <= most))
    ]


def _by_popularity(context: Context, novels: list[Novel]) -> list[Novel]:
    return sorted(
        novels, key=lambda novel: -context.world.bookmark_count(novel.id, target="novel")
    )


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
    order = given.get("sort") or ""
    novels.sort(key=lambda novel: (novel.date, novel.id), reverse=order != "date_asc")
    return _by_popularity(context, novels) if order.startswith("popular") else novels


def _wanted(context: Context, novel: Novel) -> bool:
    # Some of the searches have fewer arguments.
    given = context.arguments
    if novel.ai_type == 2 and given.get("search_ai_type") == 1:
        return False
    if given.get("is_original_only") and not novel.is_original:
        return False
    first, last = given["start_date"], given["end_date"]
    spans = {"within_last_day": 1, "within_last_week": 7, "within_last_month": 30}
    if given.get("duration") is not None:
        first = _day(context.world.now - dt.timedelta(days=spans[given["duration"]]))
    sizes = {
        "text_length": len(novel.text),
        "word_count": len(novel.text.split()),
        "bookmark_num": context.world.bookmark_count(novel.id, target="novel"),
    }
    return _between(_day(novel.date), first, last) and all(
        _between(size, given.get(f"{name}_min"), given.get(f"{name}_max"))
        for name, size in sizes.items()
    )


def _day(moment: dt.datetime) -> dt.date:
    """The day of *moment* in Japan."""
    return moment.astimezone(JST).date()


def _between(value: Any, low: Any, high: Any) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)

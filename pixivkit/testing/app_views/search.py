"""How the fake answers the App API: searches."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from ..records import JST, Work
from ..refusals import app_error
from ..sample_texts import TAGS, TagWord
from ..views import Context, view

__all__: list[str] = []

_PREVIEWED: Final = 30
_SUGGESTED: Final = 10


def refuse_sorting(context: Context) -> None:
    """Refuse to sort by popularity for those who do not pay for it."""
    if context.arguments["sort"].startswith("popular") and not context.user.is_premium:
        raise app_error(403, user_message="Only premium members can sort by popularity.")


@view("app.search.illust")
def _illust(context: Context) -> object:
    given = context.arguments
    refuse_sorting(context)
    works = context.remembered(lambda: _found(context))
    return {"illusts": works, "show_ai": given["search_ai_type"] != 1}


@view("app.search.popular_preview_illust")
def _popular_preview_illust(context: Context) -> object:
    works = _found(context)
    works.sort(key=lambda work: -context.world.bookmark_count(work.id))
    shown = works[:_PREVIEWED]
    return {"illusts": shown, "show_ai": context.arguments["search_ai_type"] != 1}


@view("app.search.autocomplete")
def _autocomplete(context: Context) -> object:
    return [{"name": tag.name, "translated_name": tag.english} for tag in _suggested(context)]


@view("app.search.autocomplete_v1")
def _autocomplete_v1(context: Context) -> object:
    return {"search_auto_complete_keywords": [tag.name for tag in _suggested(context)]}


def _suggested(context: Context) -> list[TagWord]:
    """The tags that begin like the word of the request."""
    word = context.arguments["word"].casefold()
    names = dict.fromkeys(tag for work in context.world.works.values() for tag in work.tags)
    found = [TAGS.get(name, TagWord(name, "", None)) for name in (*TAGS, *names)]
    fitting = {
        tag.name: tag for tag in found
        if tag.name.casefold().startswith(word)
        or tag.romaji.startswith(word)
        or (tag.english or "").startswith(word)
    }  # fmt: skip
    return [*fitting.values()][:_SUGGESTED]


def _found(context: Context) -> list[Work]:
    given, world = context.arguments, context.world
    matches: dict[str, Literal["partial", "exact", "text", "keyword"]] = {
        "partial_match_for_tags": "partial",
        "exact_match_for_tags": "exact",
        "title_and_caption": "text",
        "keyword": "keyword",
    }
    works = world.search(given["word"], context.user, match=matches[given["search_target"]])
    works = [work for work in works if _wanted(context, work)]
    works.sort(key=lambda work: (work.date, work.id), reverse=given["sort"] != "date_asc")
    if given["sort"].startswith("popular"):
        works.sort(key=lambda work: -world.bookmark_count(work.id))
    return works


def _wanted(context: Context, work: Work) -> bool:
    given = context.arguments
    if work.ai_type == 2 and given["search_ai_type"] == 1:
        return False
    if given["content_type"] not in (None, "all", work.kind):
        return False
    if given["tool"] is not None and given["tool"] not in work.tools:
        return False
    shape = (work.width > work.height) - (work.width < work.height)
    names = {1: "landscape", -1: "portrait", 0: "square"}
    if given["ratio_pattern"] not in (None, names[shape]):
        return False
    first, last = given["start_date"], given["end_date"]
    spans = {"within_last_day": 1, "within_last_week": 7, "within_last_month": 30}
    if given["duration"] is not None:
        first = _day(context.world.now - dt.timedelta(days=spans[given["duration"]]))
    return (
        _between(_day(work.date), first, last)
        and _between(work.width, given["width_min"], given["width_max"])
        and _between(work.height, given["height_min"], given["height_max"])
        and _bookmarked_enough(context, work)
    )


def _day(moment: dt.datetime) -> dt.date:
    """The day of *moment* in Japan."""
    return moment.astimezone(JST).date()


def _bookmarked_enough(context: Context, work: Work) -> bool:
    least, most = context.arguments["bookmark_num_min"], context.arguments["bookmark_num_max"]
    if least is None and most is None:
        return True
    return _between(context.world.bookmark_count(work.id), least, most)


def _between(value: Any, low: Any, high: Any) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


@view("app.search.user")
def _user(context: Context) -> object:
    word = context.arguments["word"].casefold()
    users = context.world.users.values()
    return [one for one in users if word in one.name.casefold() or word in one.account]

"""How the fake answers the App API: works, searches and comments."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from .app_answers import absent, novel_id, page, remembered
from .app_shapes import comment_json, gone_user_json, illust_json, user_json
from .refusals import app_error, forbidden, invalid
from .views import Context, view
from .world import JST, Comment, Kind, Work

__all__: list[str] = []


def _work(context: Context) -> Work:
    work = context.world.works.get(context.arguments["illust_id"])
    if work is None or (work.restrict == 2 and work.user_id != context.user.id):
        raise absent(context)
    return work


# Works


@view("app.illust.detail")
def _illust_detail(context: Context) -> object:
    return {"illust": illust_json(context, _work(context), full=True)}


@view("app.illust.delete")
def _illust_delete(context: Context) -> object:
    work = _work(context)
    if work.user_id != context.user.id:
        raise forbidden(context.endpoint.base)
    context.world.delete_illust(work.id)
    return {}


@view("app.user.illusts")
def _user_illusts(context: Context) -> object:
    user = context.world.users.get(context.arguments["user_id"])
    if user is None:
        return {"user": gone_user_json(), "illusts": [], "next_url": None}
    kinds: dict[str | None, tuple[Kind, ...]] = {
        "illust": ("illust", "ugoira"),
        "manga": ("manga",),
    }
    chosen = kinds.get(context.arguments["type"], ())
    works = context.world.works_of(user.id, context.user, kinds=chosen)
    shown = page(context, "illusts", works, lambda work: illust_json(context, work))
    return {"user": user_json(context, user), **shown}


@view("app.ugoira.metadata")
def _ugoira_metadata(context: Context) -> object:
    work = _work(context)
    if work.kind != "ugoira":
        raise absent(context)
    frames = [{"file": f"{index:06}.jpg", "delay": ms} for index, ms in enumerate(work.delays)]
    return {"ugoira_metadata": {"zip_urls": {"medium": work.zip_url()}, "frames": frames}}


# Search


@view("app.search.illust")
def _search_illust(context: Context) -> object:
    given = context.arguments
    if given["sort"].startswith("popular") and not context.user.is_premium:
        raise app_error(403, user_message="Only premium members can sort by popularity.")
    works = remembered(context, lambda: _found(context))
    return {
        **page(context, "illusts", works, lambda work: illust_json(context, work)),
        "search_span_limit": 31536000,
        "show_ai": given["search_ai_type"] != 1,
    }


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


# Comments


@view("app.illust.comment_add")
def _illust_comment_add(context: Context) -> object:
    return _comment_add(context, _work(context).id, "illust")


@view("app.novel.comment_add")
def _novel_comment_add(context: Context) -> object:
    return _comment_add(context, novel_id(context), "novel")


def _comment_add(context: Context, work_id: int, target: Literal["illust", "novel"]) -> object:
    given = context.arguments
    if not given["comment"] and given["stamp_id"] is None:
        raise invalid(context.endpoint.base, {"comment": ["comment is required"]})
    parent_id = given["parent_comment_id"]
    if parent_id is not None:
        parent = context.world.comments.get(parent_id)
        if parent is None or (parent.target, parent.work_id) != (target, work_id):
            raise absent(context, "comment")
        # A reply to a reply belongs to the first comment.
        parent_id = parent.id if parent.parent_id is None else parent.parent_id
    made = context.world.comment(
        context.user.id,
        work_id,
        given["comment"] or "",
        target=target,
        parent_id=parent_id,
        stamp_id=given["stamp_id"],
    )
    return {"comment": comment_json(context, made)}


@view("app.illust.comment_delete")
def _illust_comment_delete(context: Context) -> object:
    comment = _comment(context, "illust")
    return _comment_delete(context, comment, context.world.works[comment.work_id].user_id)


@view("app.novel.comment_delete")
def _novel_comment_delete(context: Context) -> object:
    comment = _comment(context, "novel")
    return _comment_delete(context, comment, context.world.novels[comment.work_id].user_id)


def _comment(context: Context, target: str) -> Comment:
    comment = context.world.comments.get(context.arguments["comment_id"])
    if comment is None or comment.target != target:
        raise absent(context, "comment")
    return comment


def _comment_delete(context: Context, comment: Comment, author_id: int) -> object:
    if context.user.id not in (comment.user_id, author_id):
        raise forbidden(context.endpoint.base)
    context.world.delete_comment(comment.id)
    return {}

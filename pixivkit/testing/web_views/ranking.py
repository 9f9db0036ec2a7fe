"""The view of the ranking, which has no envelope and keys of its own."""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs

from ...models.web import RankedIllust
from ..records import Work
from ..refusals import web_error
from ..views import JSON, Context, shape, view
from .habits import day, demand_login
from .shapes import ILLUST_TYPES, shown_pages

__all__ = ["ranked"]

_PAGE: Final = 50


def ranked(context: Context, date: dt.date, mode: str, content: str = "all") -> list[Work]:
    """The works of a ranking, best first."""
    kind = None if content in ("all", "complex") else content
    works = [
        work
        for work in context.world.ranking(context.account, mode=mode, date=date)
        if kind in (None, work.kind)
    ]
    if mode == "r18g":
        return [work for work in works if work.x_restrict == 2]
    return [work for work in works if "ai" not in mode.split("_") or work.ai_type == 2]


@view("web.ranking")
def ranking(context: Context) -> object:
    given = context.arguments
    mode, content, page = given["mode"], given["content"], given["p"]
    if "r18" in mode:
        demand_login(context)
    latest = context.world.ranking_day
    date = day(given["date"]) or latest
    if date > latest:
        raise web_error(404, "このランキングはまだ集計されていません")
    before = date - dt.timedelta(days=1)
    works = ranked(context, date, mode, content)
    formerly = ranked(context, before, mode, content)
    places = {work.id: place for place, work in enumerate(formerly, 1)}
    rows = [_Ranked(work, place, places.get(work.id, 0)) for place, work in enumerate(works, 1)]
    shown = context.page(rows, _PAGE)
    more = shown.beside["next"]
    return {
        "contents": shown,
        "mode": mode,
        "content": content,
        "page": page,
        "prev": page - 1 if page > 1 else False,
        "next": page + 1 if more else False,
        "date": date.strftime("%Y%m%d"),
        "prev_date": before.strftime("%Y%m%d"),
        "next_date": (date + dt.timedelta(days=1)).strftime("%Y%m%d") if date < latest else False,
        "rank_total": shown.total,
    }


@attrs.frozen
class _Ranked:
    """A work in a ranking, its place, and the one of the day before, or 0."""

    work: Work
    place: int
    before: int


@shape(RankedIllust, _Ranked, like="web.ranking")
def _row(context: Context, ranked: _Ranked) -> JSON:
    world, account, work = context.world, context.account, ranked.work
    author = world.users[work.user_id]
    original = "オリジナル" in work.tags
    row: JSON = {
        "title": work.title,
        "date": work.date.strftime("%Y年%m月%d日 %H:%M"),
        "tags": list(work.tags),
        "url": work.master_url(size="240x480"),
        "illust_type": str(ILLUST_TYPES[work.kind]),
        "illust_book_style": "1" if work.kind == "manga" else "0",
        "illust_page_count": str(shown_pages(work)),
        "user_name": author.name,
        "profile_img": author.avatar_url(50),
        "illust_content_type.sexual": int(bool(work.x_restrict)),
        "illust_content_type.original": original,
        "illust_series": _series(context, work),
        "illust_id": work.id,
        "width": work.width,
        "height": work.height,
        "user_id": author.id,
        "rank": ranked.place,
        "yes_rank": ranked.before,
        "rating_count": world.like_count(work.id),
        "view_count": work.views,
        "illust_upload_timestamp": int(work.date.timestamp()),
        "attr": "original" if original else "",
    }
    if account is not None:
        row["is_bookmarked"] = world.bookmark_of(account.id, work.id) is not None
        row["bookmarkable"] = True
    return row


def _series(context: Context, work: Work) -> object:
    if work.series_id is None:
        return False
    series = context.world.series[work.series_id]
    return {
        "illust_series_id": str(series.id),
        "illust_series_user_id": str(series.user_id),
        "illust_series_title": series.title,
        "illust_series_caption": series.caption,
        "illust_series_content_count": str(len(series.work_ids)),
        "illust_series_create_datetime": series.date.strftime("%Y-%m-%d %H:%M:%S"),
        "illust_series_content_illust_id": str(work.id),
        "illust_series_content_order": str(series.work_ids.index(work.id) + 1),
        "page_url": f"/user/{series.user_id}/series/{series.id}",
    }

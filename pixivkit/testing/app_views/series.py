"""How the fake answers the App API: series of manga."""

from __future__ import annotations

from ..records import Series, Work
from ..views import Context, view
from .illust import find_work

__all__: list[str] = []


@view("app.illust.series")
def _series(context: Context) -> object:
    series = context.world.series.get(context.arguments["illust_series_id"])
    if series is None:
        raise context.absent("series")
    works = _works(context, series)
    before = context.arguments["last_order"]
    shown = works if before is None else works[: max(before - 1, 0)]
    return {
        "illust_series_detail": series,
        "illust_series_first_illust": works[0] if works else None,
        "illusts": shown[::-1],
    }


@view("app.illust_series.illust")
def _place(context: Context) -> object:
    work = find_work(context)
    series = context.world.series.get(work.series_id or 0)
    works = _works(context, series) if series else []
    if work not in works:
        raise context.absent("series")
    place = works.index(work)
    return {
        "illust_series_detail": series,
        "illust_series_context": {
            "content_order": place + 1,
            "prev": works[place - 1] if place else None,
            "next": works[place + 1] if place + 1 < len(works) else None,
        },
    }


def _works(context: Context, series: Series) -> list[Work]:
    """The works of a series that who asks may see, the first one first."""
    works = (context.world.works[work_id] for work_id in series.work_ids)
    return [work for work in works if context.world.visible_to(context.user, work)]

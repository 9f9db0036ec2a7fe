"""How the fake answers the App API: novels, their series and rankings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from ..paged import Page
from ..records import Novel, NovelSeries
from ..stable_random import stable_random
from ..views import JSON, Context, view
from .posting import find_novel

__all__: list[str] = []

_COVER: Final = "https://s.pximg.net/common/images/novel_thumb/novel_thumb_{}_240mw.jpg"
_SIZE: Final = 30
_IN_RANKING: Final = 10


@view("app.novel.detail")
def _detail(context: Context) -> object:
    return {"": find_novel(context), "comment_access_control": 0}


@view("app.novel.text")
def _text(context: Context) -> object:
    world = context.world
    novel = world.novels.get(context.arguments["id"])
    if novel is None or not world.visible_to(context.user, novel):
        raise context.absent()
    page = world.markers.get(context.user.id, {}).get(novel.id)
    likes = novel.old_bookmarks * 2 // 3
    series = world.novel_series.get(novel.series_id or 0)
    return {
        "": {
            "id": str(novel.id),
            "title": novel.title,
            "seriesId": str(series.id) if series else None,
            "seriesTitle": series.title if series else None,
            "seriesIsWatched": False if series else None,
            "userId": str(novel.user_id),
            "coverUrl": _COVER.format(novel.cover_id),
            "tags": novel.tags,
            "caption": novel.caption,
            "cdate": novel.date.date().isoformat(),
            "rating": {
                "like": likes,
                "bookmark": world.bookmark_count(novel.id, target="novel"),
                "view": novel.views,
            },
            "text": novel.text,
            "marker": {"page": page} if page else None,
            "illusts": [],
            "images": [],
            "seriesNavigation": _navigation(context, novel, series) if series else None,
            "glossaryItems": [],
            "replaceableItemIds": [],
            "aiType": novel.ai_type,
            "isOriginal": novel.is_original,
        }
    }


def _navigation(context: Context, novel: Novel, series: NovelSeries) -> JSON:
    place = series.novel_ids.index(novel.id)
    return {
        "prevNovel": _neighbour(context, series, place - 1),
        "nextNovel": _neighbour(context, series, place + 1),
    }


def _neighbour(context: Context, series: NovelSeries, place: int) -> JSON | None:
    if not 0 <= place < len(series.novel_ids):
        return None
    novel = context.world.novels[series.novel_ids[place]]
    return {
        "id": novel.id,
        "title": novel.title,
        "viewable": context.world.visible_to(context.user, novel),
        "viewableMessage": None,
        "contentOrder": str(place + 1),
        "coverUrl": _COVER.format(novel.cover_id),
    }


@view("app.novel.series")
def _series(context: Context) -> object:
    world = context.world
    series = world.novel_series.get(context.arguments["series_id"])
    if series is None:
        raise context.absent("series")
    novels = [world.novels[one] for one in series.novel_ids]
    visible = [novel for novel in novels if world.visible_to(context.user, novel)]
    # Those that are hidden keep their places.
    places = {novel.id: place for place, novel in enumerate(novels, 1)}
    last = context.arguments["last_order"] or 0
    left = [novel for novel in visible if places[novel.id] > last]
    shown = left[:_SIZE]
    more = context.next_url(last_order=places[shown[-1].id]) if len(left) > _SIZE else None
    return {
        "novel_series_detail": series,
        "novel_series_first_novel": visible[0] if visible else {},
        "novel_series_latest_novel": visible[-1] if visible else {},
        "novels": Page(shown, len(visible), {"next_url": more}),
    }


@view("app.novel.recommended")
def _recommended(context: Context) -> object:
    given, world = context.arguments, context.world
    others = [
        novel for novel in world.newest_novels(context.user)
        if novel.user_id != context.user.id and novel.id not in given["already_recommended"]
    ]  # fmt: skip
    others.sort(key=lambda novel: (stable_random("app", context.user.id, novel.id), novel.id))
    ranking = world.novel_ranking(context.user) if given["include_ranking_novels"] else []
    return {"novels": others, "ranking_novels": ranking[:_IN_RANKING], "privacy_policy": {}}


@view("app.novel.ranking")
def _ranking(context: Context) -> object:
    mode: str = context.arguments["mode"]
    if "r18" in mode and not context.user.shows_r18:
        raise context.forbidden()
    latest = context.world.now.date() - dt.timedelta(days=1)
    date: dt.date = context.arguments["date"] or latest
    if date > latest:
        return []
    novels = context.world.novel_ranking(context.user, mode=mode, date=date)
    if mode == "week_r18g":
        return [novel for novel in novels if novel.x_restrict == 2]
    if mode == "week_original":
        return [novel for novel in novels if novel.is_original]
    return [novel for novel in novels if "ai" not in mode.split("_") or novel.ai_type == 2]


@view("app.novel.new")
def _new(context: Context) -> object:
    return context.world.newest_novels(context.user)


@view("app.novel.follow")
def _follow(context: Context) -> object:
    world, me = context.world, context.user.id
    chosen = {"all": (0, 1), "public": (0,), "private": (1,)}[context.arguments["restrict"]]
    follows = [follow for one in chosen for follow in world.follows_of(me, restrict=one)]
    return _of(context, {follow.target_id for follow in follows})


@view("app.novel.mypixiv")
def _mypixiv(context: Context) -> object:
    return _of(context, context.world.mypixiv.get(context.user.id, set()))


def _of(context: Context, authors: Collection[int]) -> list[Novel]:
    return context.world.newest_novels(context.user, authors=authors)


@view("app.novel.related")
def _related(context: Context) -> object:
    novel = find_novel(context)
    viewed: list[int] = context.arguments["viewed"]
    others = [n for n in context.world.newest_novels(context.user) if n.id != novel.id]
    others.sort(key=lambda other: -len(set(other.tags) & set(novel.tags)))
    left = [other for other in others if other.id not in viewed]
    page = left[:_SIZE]
    seen = [*viewed, *(one.id for one in page)]
    more = context.next_url(seed_novel_ids=[novel.id], viewed=seen)
    return {
        "novels": Page(page, len(left), {"next_url": more if len(left) > _SIZE else None}),
    }

"""Views of works: one by one, their images, comments, bookmarks and likes."""

from __future__ import annotations

import datetime as dt

from ..records import User, Work
from ..sample_texts import TAGS
from ..stable_random import stable_random
from ..views import JSON, Context, view
from .habits import demand_login, nothing, text_ids
from .page_parts import ILLUSTS, MANGA, unseen, visit
from .requests import request_for
from .shapes import ILLUST_TYPES, alt, bookmark_data, shown_pages

__all__: list[str] = []

_NEXT_IDS = 180


@view("web.illust.detail")
def detail(context: Context) -> object:
    work = visit(context)
    world, account = context.world, context.account
    author = world.users[work.user_id]
    posted = work.date.astimezone(dt.UTC).isoformat()
    return {
        "illustId": str(work.id),
        "illustTitle": work.title,
        "illustComment": work.caption,
        "id": str(work.id),
        "title": work.title,
        "description": work.caption,
        "illustType": ILLUST_TYPES[work.kind],
        "createDate": posted,
        "uploadDate": posted,
        "restrict": work.restrict,
        "xRestrict": work.x_restrict,
        "sl": work.sanity_level,
        "urls": _urls(context, work),
        "tags": _tags(context, work),
        "alt": alt(context, work),
        "userId": str(author.id),
        "userName": author.name,
        "userAccount": author.account,
        "userIllusts": _user_illusts(context, work),
        "likeData": account is not None and account.id in world.likes.get(work.id, ()),
        "width": work.width,
        "height": work.height,
        "pageCount": shown_pages(work),
        "bookmarkCount": world.bookmark_count(work.id),
        "likeCount": world.like_count(work.id),
        "commentCount": len(world.comments_on(work.id)),
        "viewCount": work.views,
        "bookStyle": 1 if work.kind == "manga" else 0,
        "isOriginal": "オリジナル" in work.tags,
        "seriesNavData": _series_nav(context, work),
        "fanboxPromotion": None,
        "bookmarkData": bookmark_data(context, work),
        "request": _request(context, work),
        "aiType": work.ai_type,
        "noLoginData": None if account else _no_login(context, work),
    }


def _urls(context: Context, work: Work) -> JSON:
    if unseen(context, work):
        return nothing("mini", "thumb", "small", "regular", "original")
    return {
        "mini": work.master_url(size="48x48", variant="square1200"),
        "thumb": work.master_url(size="250x250_80_a2", variant="square1200"),
        "small": work.master_url(size="540x540_70"),
        "regular": work.master_url(),
        "original": work.original_url(),
    }


def _tags(context: Context, work: Work) -> JSON:
    author = context.world.users[work.user_id]
    found: list[JSON] = []
    for tag in work.tags:
        known = TAGS.get(tag)
        shown: JSON = {
            "tag": tag,
            "locked": True,
            "deletable": False,
            "userId": str(author.id),
            "userName": author.name,
        }
        if known and known.romaji:
            shown["romaji"] = known.romaji
        if known and known.english:
            shown["translation"] = {"en": known.english}
        found.append(shown)
    return {
        "authorId": str(author.id),
        "isLocked": False,
        "tags": found,
        "writable": context.account is not None,
    }


def _user_illusts(context: Context, work: Work) -> dict[str, Work | None]:
    """All works of the author by id; those around *work* whole."""
    works = context.world.works_of(work.user_id, context.account)
    here = next((place for place, one in enumerate(works) if one is work), 0)
    near = works[max(0, here - 1) : here + 2]
    return {str(one.id): one if one in near else None for one in works}


def _request(context: Context, work: Work) -> JSON | None:
    """The request that *work* was made for."""
    asked = request_for(context.world, work)
    if asked is None:
        return None
    fan = asked.fan(context.world)
    return {
        "request": asked,
        "creator": _party(asked.creator),
        "fan": _party(fan) if fan else None,
        "collaborateStatus": {
            "collaborating": False,
            "collaborateAnonymousFlg": False,
            "collaboratedCnt": 1,
            "userSamples": [],
        },
        "editable": False,
    }


def _party(user: User) -> JSON:
    return {
        "userId": str(user.id),
        "userName": user.name,
        "profileImg": user.avatar_url(50),
    }


def _series_nav(context: Context, work: Work) -> JSON | None:
    if work.series_id is None:
        return None
    world, account = context.world, context.account
    series = world.series[work.series_id]
    watched = account is not None and series.id in world.watch_list.get(account.id, ())
    order = series.work_ids.index(work.id) + 1

    def neighbour(number: int) -> JSON | None:
        if not 1 <= number <= len(series.work_ids):
            return None
        other = world.works[series.work_ids[number - 1]]
        return {"title": other.title, "order": number, "id": str(other.id)}

    return {
        "seriesType": "manga",
        "seriesId": str(series.id),
        "title": series.title,
        "order": order,
        "isWatched": watched,
        "isNotifying": watched,
        "next": neighbour(order + 1),
        "prev": neighbour(order - 1),
    }


def _no_login(context: Context, work: Work) -> JSON:
    newest = context.world.newest()
    place = next((index for index, one in enumerate(newest) if one.id <= work.id), len(newest))
    older = [one for one in newest[place : place + 4] if one is not work]
    newer = newest[max(0, place - 3) : place]

    def neighbour(works: list[Work]) -> JSON | None:
        return {"id": str(works[0].id), "title": works[0].title} if works else None

    return {
        "breadcrumbs": {"successor": [], "current": {"ja": work.title}},
        "zengoIdWorks": [*newer, *older],
        "zengoWorkData": {"nextWork": neighbour(newer[::-1]), "prevWork": neighbour(older)},
    }


@view("web.illust.pages")
def pages(context: Context) -> object:
    work = visit(context)
    hidden = unseen(context, work)
    return [
        {
            "urls": nothing("thumb_mini", "small", "regular", "original")
            if hidden
            else {
                "thumb_mini": work.master_url(number, size="128x128", variant="square1200"),
                "small": work.master_url(number, size="540x540_70"),
                "regular": work.master_url(number),
                "original": work.original_url(number),
            },
            "width": work.pages[number].width,
            "height": work.pages[number].height,
        }
        for number in range(shown_pages(work))
    ]


@view("web.illust.comments_roots")
def comments_roots(context: Context) -> object:
    return context.world.root_comments(visit(context).id)


def _related(context: Context, work: Work) -> list[Work]:
    """The works most like *work*, the closest first."""
    tags = set(work.tags)

    def closeness(other: Work) -> tuple[int, int]:
        return len(tags.intersection(other.tags)), stable_random("related", work.id, other.id)

    others = [one for one in context.world.newest(context.account) if one is not work]
    return sorted(others, key=closeness, reverse=True)


@view("web.illust.recommend_init")
def recommend_init(context: Context) -> object:
    work = visit(context)
    limit = context.arguments["limit"]
    works = _related(context, work)[: limit + _NEXT_IDS]
    illusts: list[object] = [*works[:limit]]
    illusts.insert(2, {"isAdContainer": True})
    return {
        "illusts": illusts,
        "nextIds": text_ids([one.id for one in works[limit:]]),
        "details": {str(one.id): _reason(work, one) for one in works},
    }


def _reason(work: Work, other: Work) -> JSON:
    return {
        "methods": ["recommendation_by_illust_tag"],
        "score": stable_random("score", work.id, other.id) / 65536,
        "seedIllustIds": [str(work.id)],
        "banditInfo": "",
        "recommendListId": f"{work.id:x}.{stable_random('list', work.id):08d}",
    }


@view("web.illust.bookmark_add")
def bookmark_add(context: Context) -> object:
    given = context.arguments
    work = visit(context)
    world, user = context.world, context.user
    known = world.bookmark_of(user.id, work.id)
    bookmark = world.bookmark(
        user.id,
        work.id,
        restrict=given["restrict"],
        tags=given["tags"],
        comment=given["comment"],
    )
    told = known is None and not bookmark.restrict
    return {
        "last_bookmark_id": None if known else str(bookmark.id),
        "stacc_status_id": str(bookmark.id - 24_000_000_000) if told else None,
    }


@view("web.illust.like")
def like(context: Context) -> object:
    work = visit(context)
    return {"is_liked": context.world.like(context.user.id, work.id)}


@view("web.illust.new")
def new(context: Context) -> object:
    given = context.arguments
    if given["r18"]:
        demand_login(context)
    works = context.world.newest(
        context.account, kinds=MANGA if given["type"] == "manga" else ILLUSTS
    )
    return [work for work in works if bool(work.x_restrict) is bool(given["r18"])]

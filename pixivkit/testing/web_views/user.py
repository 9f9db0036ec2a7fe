"""Views of users: their profiles, works and bookmarks, whom they follow and who follows them."""

from __future__ import annotations

from ...models.web import IllustThumb
from ..views import JSON, Context, view
from .habits import by_mode, html
from .page_parts import ILLUSTS, MANGA, find_user
from .requests import complete

_LATEST = 9


@view("web.user.detail")
def detail(context: Context) -> object:
    user = find_user(context)
    full = bool(context.arguments["full"])
    shown: JSON = {"": user, "partial": int(full), "sketchLiveId": None, "sketchLives": []}
    if not full:
        return shown
    return {
        **shown,
        "following": len(context.world.follows_of(user.id)),
        "mypixivCount": len(context.world.mypixiv.get(user.id, ())),
        "commentHtml": html(user.comment),
        "canSendMessage": context.account is not None and context.account is not user,
    }


@view("web.user.profile_all")
def profile_all(context: Context) -> object:
    user = find_user(context)
    world = context.world
    illusts = world.works_of(user.id, context.account, kinds=ILLUSTS)
    manga = world.works_of(user.id, context.account, kinds=MANGA)
    works = [*illusts, *manga]
    pickup: list[JSON] = []
    if works:
        best = max(works, key=lambda work: (world.bookmark_count(work.id), work.id))
        page = f"https://www.pixiv.net/artworks/{best.id}"
        own = context.account is user
        marks: JSON = {"deletable": own, "draggable": own, "contentUrl": page}
        pickup = [{**context.shape(IllustThumb, best), **marks}]
    made = [one.work for one in complete(context) if one.creator is user]
    asked: JSON = {"artworks": [str(work.id) for work in made if work], "novels": []}
    public = len(world.bookmarks_of(user.id))
    private = len(world.bookmarks_of(user.id, restrict=1)) if context.account is user else 0
    return {
        "illusts": dict.fromkeys(str(work.id) for work in illusts),
        "manga": dict.fromkeys(str(work.id) for work in manga),
        "novels": dict.fromkeys(str(n.id) for n in world.novels_of(user.id, context.account)),
        "mangaSeries": [one for one in world.series.values() if one.user_id == user.id],
        "novelSeries": [],
        "collections": {},
        "collectionIds": [],
        "pickup": pickup,
        "bookmarkCount": {
            "public": {"illust": public, "novel": 0},
            "private": {"illust": private, "novel": 0},
        },
        "request": {
            "showRequestTab": user.accepts_requests,
            "showRequestSentTab": False,
            "postWorks": asked,
        },
        "requestPostWorks": asked,
        "requestPlans": [user] if user.accepts_requests else [],
    }


@view("web.user.profile_illusts")
def profile_illusts(context: Context) -> object:
    kinds = {"illust": ILLUSTS, "manga": MANGA}.get(context.arguments["work_category"], ())
    works = context.world.works_of(find_user(context).id, context.account, kinds=kinds)
    asked = set(context.arguments["ids"])
    return {"works": {str(work.id): work for work in works if work.id in asked}}


@view("web.user.works_latest")
def works_latest(context: Context) -> object:
    user = find_user(context)
    works = context.world.works_of(user.id, context.account)[:_LATEST]
    novels = context.world.novels_of(user.id, context.account)[:_LATEST]
    return {
        "illusts": {str(work.id): work for work in works},
        "novels": {str(novel.id): novel for novel in novels},
    }


@view("web.user.bookmarks_illust")
def bookmarks_illust(context: Context) -> object:
    given, world = context.arguments, context.world
    private = _private(context)
    bookmarks = world.bookmarks_of(
        find_user(context).id, restrict=private, tag=given["tag"] or None
    )
    if given["mode"] in ("safe", "r18"):
        works = [world.works[one.work_id] for one in bookmarks if one.work_id in world.works]
        kept = {work.id for work in by_mode(context, works)}
        bookmarks = [one for one in bookmarks if one.work_id in kept]
    page = context.page(bookmarks)
    return {"works": page, "bookmarkTags": {str(one.id): one.tags for one in page}}


@view("web.user.following")
def following(context: Context) -> object:
    given, world = context.arguments, context.world
    follows = world.follows_of(find_user(context).id, restrict=_private(context))
    people = [world.users[follow.target_id] for follow in follows]
    if given["accepting_requests"]:
        people = [one for one in people if one.accepts_requests]
    # Nobody in this world sorts the users they follow.
    return {"users": [] if given["tag"] else people, "followUserTags": []}


@view("web.user.followers")
def followers(context: Context) -> object:
    world, user = context.world, find_user(context)
    follows = [world.follows[one][user.id] for one in world.followers_of(user.id)]
    follows.sort(key=lambda follow: (follow.date, follow.user_id), reverse=True)
    return [world.users[follow.user_id] for follow in follows]


def _private(context: Context) -> int:
    """Whether the private list is asked for; that of somebody else is refused."""
    hidden = context.arguments["rest"] == "hide"
    if hidden and context.account is not find_user(context):
        raise context.forbidden()
    return int(hidden)


@view("web.user.extra")
def extra(context: Context) -> object:
    world, user = context.world, context.user
    return {
        "following": len(world.follows.get(user.id, {})),
        "followers": len(world.followers_of(user.id)),
        "mypixivCount": len(world.mypixiv.get(user.id, ())),
    }

"""Views of users: their profiles, works and bookmarks, whom they follow and who follows them."""

from __future__ import annotations

from ..records import User
from ..refusals import forbidden
from ..views import Context, view
from .frame import commission, extra_data, find_user, partial_user, series_card, zones
from .requests import complete, plan
from .shapes import JSON, by_mode, html, lot, php
from .works import COMMON, ILLUSTS, MANGA, masked, novel_thumb, thumb

_RECENT = 4
_LATEST = 9


@view("web.user.detail")
def detail(context: Context) -> object:
    user = find_user(context, context.arguments["user_id"])
    short = partial_user(context, user)
    full = bool(context.arguments["full"])
    followed_back = short["followedBack"]
    for key in ("comment", "followedBack", "acceptRequest"):
        del short[key]
    shown: JSON = {**short, "partial": int(full), "sketchLiveId": None, "sketchLives": []}
    if not full:
        return shown
    world = context.world
    return {
        **shown,
        "following": len(world.follows_of(user.id)),
        "mypixivCount": len(world.mypixiv.get(user.id, ())),
        "followedBack": followed_back,
        "comment": user.comment,
        "commentHtml": html(user.comment),
        "canSendMessage": context.account is not None and context.account is not user,
        "official": False,
        **_about(context, user),
    }


def _about(context: Context, user: User) -> JSON:
    """What *user* tells of themself; some tell nothing."""
    unsaid: JSON = {"name": None, "privacyLevel": None}
    if lot("tells", user.id) % 3 == 0:
        return {
            "webpage": None,
            "social": [],
            "region": {**unsaid, "region": None, "prefecture": None},
            "age": unsaid,
            "birthDay": unsaid,
            "gender": unsaid,
            "job": unsaid,
            "workspace": None,
            "group": None,
        }
    tools = {tool for work in context.world.works_of(user.id) for tool in work.tools}
    site = f"https://{user.account.replace('_', '-')}.example.com/"
    return {
        "webpage": site,
        "social": {"twitter": {"url": f"https://twitter.com/{user.account}_example"}},
        "region": {"name": "日本, 北海道", "region": "JP", "prefecture": "1", "privacyLevel": "0"},
        "age": unsaid,
        "birthDay": {"name": f"{1 + user.id % 12}月{1 + user.id % 28}日", "privacyLevel": "0"},
        "gender": unsaid,
        "job": {"name": "クリエーター系", "privacyLevel": "0"},
        "workspace": {"userWorkspaceTool": " / ".join(sorted(tools))} if tools else None,
        "group": [
            {
                "id": "61001",
                "title": "灯台スケッチの会",
                "iconUrl": f"{COMMON}/group/icon_61001.png",
            }
        ],
    }


@view("web.user.profile_all")
def profile_all(context: Context) -> object:
    user = find_user(context, context.arguments["user_id"])
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
        pickup = [{**thumb(context, best, size="288x288_80_a2", typed=True, sizes=True), **marks}]
    made = [one.work for one in complete(context) if one.creator is user]
    asked: JSON = {"artworks": [str(work.id) for work in made if work], "novels": []}
    public = len(world.bookmarks_of(user.id))
    private = len(world.bookmarks_of(user.id, restrict=1)) if context.account is user else 0
    return {
        "illusts": php(dict.fromkeys(str(work.id) for work in illusts)),
        "manga": php(dict.fromkeys(str(work.id) for work in manga)),
        "novels": php(dict.fromkeys(str(n.id) for n in world.novels_of(user.id, context.account))),
        "mangaSeries": [
            series_card(context, one) for one in world.series.values() if one.user_id == user.id
        ],
        "novelSeries": [],
        "collections": [],
        "collectionIds": [],
        "pickup": pickup,
        "bookmarkCount": {
            "public": {"illust": public, "novel": 0},
            "private": {"illust": private, "novel": 0},
        },
        "externalSiteWorksStatus": {"booth": False, "sketch": False, "vroidHub": False},
        "request": {
            "showRequestTab": user.accepts_requests,
            "showRequestSentTab": False,
            "postWorks": asked,
        },
        "requestPostWorks": asked,
        "requestPlans": [plan(user)] if user.accepts_requests else [],
        "zoneConfig": zones(),
        "extraData": _head(user, f"{user.name} - pixiv"),
        "shouldShowSensitiveNotice": False,
    }


@view("web.user.profile_illusts")
def profile_illusts(context: Context) -> object:
    given, world = context.arguments, context.world
    user = find_user(context, given["user_id"])
    kinds = {"illust": ILLUSTS, "manga": MANGA}.get(given["work_category"], ())
    asked = set(given["ids"])
    works = [
        work for work in world.works_of(user.id, context.account, kinds=kinds) if work.id in asked
    ]
    return {
        "works": php({str(work.id): thumb(context, work) for work in works}),
        "zoneConfig": zones(),
        "extraData": _head(user, f"{user.name} - pixiv"),
    }


@view("web.user.works_latest")
def works_latest(context: Context) -> object:
    user = find_user(context, context.arguments["user_id"])
    works = context.world.works_of(user.id, context.account)[:_LATEST]
    novels = context.world.novels_of(user.id, context.account)[:_LATEST]
    return {
        "illusts": php({str(work.id): thumb(context, work) for work in works}),
        "novels": php({str(novel.id): novel_thumb(context, novel) for novel in novels}),
    }


@view("web.user.bookmarks_illust")
def bookmarks_illust(context: Context) -> object:
    given, world = context.arguments, context.world
    user = find_user(context, given["user_id"])
    _own_if_hidden(context, user)
    private = int(given["rest"] == "hide")
    bookmarks = world.bookmarks_of(user.id, restrict=private, tag=given["tag"] or None)
    if given["mode"] in ("safe", "r18"):
        works = [world.works[one.work_id] for one in bookmarks if one.work_id in world.works]
        kept = {work.id for work in by_mode(context, works)}
        bookmarks = [one for one in bookmarks if one.work_id in kept]
    page = bookmarks[given["offset"] : given["offset"] + given["limit"]]
    shown: list[JSON] = []
    for bookmark in page:
        data: JSON = {"id": str(bookmark.id), "private": bool(bookmark.restrict)}
        work = world.works.get(bookmark.work_id)
        if work is None:
            shown.append(masked(bookmark.work_id, data, "unknown"))
        elif not world.visible_to(context.account, work):
            shown.append(masked(work.id, data, "unknown" if work.restrict else "r18"))
        else:
            shown.append({**thumb(context, work), "bookmarkData": data})
    return {
        "works": shown,
        "total": len(bookmarks),
        "zoneConfig": zones(),
        "extraData": _head(user, f"{user.name}のブックマーク - pixiv"),
        "bookmarkTags": php({str(one.id): list(one.tags) for one in page}),
    }


@view("web.user.following")
def following(context: Context) -> object:
    given, world = context.arguments, context.world
    user = find_user(context, given["user_id"])
    _own_if_hidden(context, user)
    follows = world.follows_of(user.id, restrict=int(given["rest"] == "hide"))
    people = [world.users[follow.target_id] for follow in follows]
    if given["accepting_requests"]:
        people = [one for one in people if one.accepts_requests]
    if given["tag"]:
        people = []  # Nobody in this world sorts the users they follow.
    return _people(context, user, people, "フォローユーザー")


@view("web.user.followers")
def followers(context: Context) -> object:
    world = context.world
    user = find_user(context, context.arguments["user_id"])
    follows = [world.follows[one][user.id] for one in world.followers_of(user.id)]
    follows.sort(key=lambda follow: (follow.date, follow.user_id), reverse=True)
    people = [world.users[follow.user_id] for follow in follows]
    return _people(context, user, people, "フォロワー")


def _people(context: Context, user: User, people: list[User], what: str) -> JSON:
    offset, limit = context.arguments["offset"], context.arguments["limit"]
    return {
        "users": [_person(context, one) for one in people[offset : offset + limit]],
        "total": len(people),
        "followUserTags": [],
        "zoneConfig": zones(),
        "extraData": _head(user, f"{user.name}の{what} - pixiv"),
    }


def _person(context: Context, user: User) -> JSON:
    world = context.world
    shown = partial_user(context, user)
    works = world.works_of(user.id, context.account)[:_RECENT]
    novels = world.novels_of(user.id, context.account)[:_RECENT]
    return {
        "userId": str(user.id),
        "userName": user.name,
        "profileImageUrl": user.avatar_url(170),
        "profileImageSmallUrl": user.avatar_url(50),
        "premium": user.is_premium,
        "userComment": user.comment,
        "following": shown["isFollowed"],
        "followed": shown["followedBack"],
        "isBlocking": False,
        "isMypixiv": shown["isMypixiv"],
        "illusts": [thumb(context, work) for work in works],
        "novels": [novel_thumb(context, novel) for novel in novels],
        "commission": commission(user),
    }


def _own_if_hidden(context: Context, user: User) -> None:
    """Refuse the private list of somebody else."""
    if context.arguments["rest"] == "hide" and context.account is not user:
        raise forbidden(context.endpoint.base)


def _head(user: User, title: str) -> JSON:
    image = f"https://embed.pixiv.net/user_profile.php?id={user.id}"
    return extra_data(title, user.comment, path=f"/users/{user.id}", image=image)


@view("web.user.extra")
def extra(context: Context) -> object:
    world, user = context.world, context.user
    return {
        "following": len(world.follows.get(user.id, {})),
        "followers": len(world.followers_of(user.id)),
        "mypixivCount": len(world.mypixiv.get(user.id, ())),
        "background": None,
    }

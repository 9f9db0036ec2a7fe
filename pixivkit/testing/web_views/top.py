"""The view of the front page."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ..records import Work
from ..stable_random import stable_random
from ..views import JSON, Context, view
from .habits import by_mode, text_ids
from .page_parts import named_on_page
from .ranking import ranked
from .requests import complete

_FEW: Final = 12
_TAGS: Final = 5


def _ids(works: list[Work]) -> list[int]:
    return [work.id for work in works]


@view("web.top.illust")
def illust(context: Context) -> object:
    world, user = context.world, context.user
    mode = context.arguments["mode"]
    newest = by_mode(context, world.newest(user))
    followed = by_mode(context, world.followed_works(user))[:_FEW]
    friends = by_mode(context, world.mypixiv_works(user))[:_FEW]
    others = [work for work in newest if work.user_id != user.id]
    others.sort(key=lambda work: (stable_random("front", user.id, work.id), work.id))
    recommended = others[:_FEW]
    day = world.ranking_day
    best = ranked(context, day, "daily_r18" if mode == "r18" else "daily")[:_FEW]
    tags = Counter(tag for work in newest for tag in work.tags).most_common(_TAGS)
    by_tag = {tag: [one for one in newest if tag in one.tags][:_FEW] for tag, _ in tags}
    asked = [one for one in complete(context) if one.adult <= (mode != "safe")][:4]
    people = [one for one in world.users.values() if one is not user]
    people.sort(key=lambda one: (world.is_followed(user, one.id), stable_random("front", one.id)))
    people = people[:3]
    theirs = {one.id: by_mode(context, world.works_of(one.id, user))[:3] for one in people}
    shown = [*followed, *friends, *recommended, *best, *newest[:_FEW]]
    shown += [work for some in (*by_tag.values(), *theirs.values()) for work in some]
    return {
        **named_on_page(
            works=shown,
            users=[*(world.users[work.user_id] for work in shown), *people],
            requests=asked,
        ),
        "page": {
            "tags": [{"tag": tag, "ids": _ids(works)} for tag, works in by_tag.items()],
            "follow": _ids(followed),
            "mypixiv": _ids(friends),
            "recommend": _recommend(recommended, "illust_for_user_tda000"),
            "recommendByTag": [
                {"tag": tag, **_recommend(works, "by_tag")} for tag, works in by_tag.items()
            ],
            "ranking": {
                "items": [
                    {"rank": str(place), "id": str(work.id)} for place, work in enumerate(best, 1)
                ],
                "date": day.strftime("%Y%m%d"),
            },
            "pixivision": [],
            "recommendUser": [
                {
                    "id": one.id,
                    "illustIds": text_ids(_ids(theirs[one.id])),
                    "novelIds": [],
                }
                for one in people
            ],
            "contestOngoing": [],
            "contestResult": [],
            "editorRecommend": [
                {"illustId": str(work.id), "comment": "光の描き方が印象的です。"}
                for work in best[:1]
            ],
            "boothFollowItemIds": [],
            "sketchLiveFollowIds": [],
            "sketchLivePopularIds": [],
            "myFavoriteTags": [],
            "newPost": text_ids(_ids(newest[:_FEW])),
            "trendingTags": [
                {
                    "tag": tag,
                    "trendingRate": stable_random("trend", tag) % 40 - 10,
                    "ids": _ids(works),
                }
                for tag, works in by_tag.items()
            ],
            "completeRequestIds": text_ids([one.number for one in asked]),
            "userEventIds": [],
        },
        "boothItems": [],
        "sketchLives": [],
    }


def _recommend(works: list[Work], method: str) -> JSON:
    details: JSON = {
        str(work.id): {
            "methods": [method],
            "score": stable_random(method, work.id) / 8192,
            "seedIllustIds": [],
        }
        for work in works
    }
    return {"ids": text_ids(_ids(works)), "details": details}

"""Views of the pages about requests."""

from __future__ import annotations

from typing import Final

from ..records import Kind
from ..views import Context, View, view
from .habits import demand_login, text_ids
from .page_parts import named_on_page
from .requests import Asked, accepts, complete, creators, in_progress

_REQUESTS: Final = 10
_CREATORS: Final = 5
_FEW: Final = 4
_KINDS: Final[tuple[Kind, ...]] = ("illust", "manga", "ugoira")


def _asked(context: Context, requests: list[Asked]) -> list[Asked]:
    """The *requests* that the mode shows."""
    mode = context.arguments["mode"]
    if mode == "r18":
        demand_login(context)
        return [one for one in requests if one.adult]
    # As with works, only who is logged in sees what is not for all ages.
    everything = mode == "all" and context.account is not None
    return [one for one in requests if everything or not one.adult]


def _ids(requests: list[Asked]) -> list[str]:
    return text_ids([one.number for one in requests])


@view("web.commission.request")
def request(context: Context) -> object:
    world = context.world

    def newest(*kinds: Kind) -> list[Asked]:
        return [one for one in complete(context, kinds) if not one.adult][:_FEW]

    illusts, manga = newest("illust", "ugoira"), newest("manga")
    pending = [one for one in in_progress(context) if not one.adult][:_FEW]
    people = creators(world)[:_FEW]
    recent = {user.id: world.works_of(user.id)[:_FEW] for user in people}
    works = [work for some in recent.values() for work in some]
    best = sorted(works, key=lambda work: (world.bookmark_count(work.id), work.id), reverse=True)
    requests = [*illusts, *manga, *pending]
    return {
        **named_on_page(works=works, users=people, requests=requests),
        "page": {
            "completeRequestIdsIllust": _ids(illusts),
            "completeRequestIdsManga": _ids(manga),
            "completeRequestIdsNovels": [],
            "inProgressRequestIds": _ids(pending),
            "creatorUserIds": text_ids([user.id for user in people]),
            "recentIllustIdsByCreatorAcceptingRequest": text_ids([one.id for one in works]),
            "recommendIllustIdsByCreatorAcceptingRequest": text_ids(
                [one.id for one in best[:_FEW]]
            ),
            "userList": [
                {"id": str(user.id), "illustIds": text_ids([one.id for one in recent[user.id]])}
                for user in people
            ],
        },
    }


def _complete(kind: Kind) -> View:
    def show(context: Context) -> object:
        page = context.page(_asked(context, complete(context, (kind,))), _REQUESTS)
        return {
            **named_on_page(requests=page),
            "requests": page,
            "page.recommendRequestIds": _ids(page[:2]),
            "page.requestIds": _ids(page),
            "page.pager.page": context.arguments["p"],
            "page.mode": context.arguments["mode"],
        }

    return show


def _in_progress(*kinds: Kind) -> View:
    def show(context: Context) -> object:
        page = context.page(_asked(context, in_progress(context, kinds)), _REQUESTS)
        followed = [
            one for one in page if context.world.is_followed(context.account, one.creator.id)
        ]
        return {
            **named_on_page(requests=page),
            "requests": page,
            "page.followRequestIds": _ids(followed),
            "page.requestIds": _ids(page),
            "page.pager.page": context.arguments["p"],
            "page.mode": context.arguments["mode"],
        }

    return show


def _creators(kind: Kind) -> View:
    def show(context: Context) -> object:
        found = creators(context.world, kind)
        if context.arguments["mode"] == "r18":
            demand_login(context)
            found = [user for user in found if accepts(user, "adult")]
        page = context.page(text_ids([user.id for user in found]), _CREATORS)
        followed = [one for one in page if context.world.is_followed(context.account, int(one))]
        return {
            "page.creatorUserIds": page,
            "page.followCreatorUserIds": followed,
            "page.pager.page": context.arguments["p"],
            "page.mode": context.arguments["mode"],
        }

    return show


view("web.commission.request_in_progress_all")(_in_progress())
for _kind in _KINDS:
    view(f"web.commission.request_complete_{_kind}")(_complete(_kind))
    view(f"web.commission.request_in_progress_{_kind}")(_in_progress(_kind))
    view(f"web.commission.request_creators_{_kind}")(_creators(_kind))

"""Views of what is new for the account, and of what pixiv recommends to it."""

from __future__ import annotations

from typing import Final

from ..records import Work
from ..stable_random import stable_random
from ..views import JSON, Context, view
from .habits import by_mode, text_ids
from .page_parts import named_on_page

_SERIES: Final = 12
_RECENT: Final = 4


@view("web.follow.latest_illust")
def follow_latest_illust(context: Context) -> object:
    works = by_mode(context, context.world.followed_works(context.user))
    # Nobody in this world sorts the users they follow.
    return _latest(context, [] if context.arguments["tag"] else works)


@view("web.mypixiv.latest_illust")
def mypixiv_latest_illust(context: Context) -> object:
    return _latest(context, context.world.mypixiv_works(context.user))


def _latest(context: Context, works: list[Work]) -> JSON:
    page = context.page(works)
    return {
        **named_on_page(works=page),
        "thumbnails.illust": page,
        "page.ids": [one.id for one in page],
    }


@view("web.watch.list_manga")
def watch_list_manga(context: Context) -> object:
    world = context.world
    listed = world.watch_list.get(context.user.id, ())
    page = context.page([world.series[one] for one in listed if one in world.series], _SERIES)
    latest = [world.works[one.work_ids[-1]] for one in page if one.work_ids]
    return {
        **named_on_page(
            works=[work for work in latest if world.visible_to(context.account, work)]
        ),
        "illustSeries": page,
        "page.total": str(page.total),
        "page.watchedSeriesIds": [one.id for one in page],
    }


@view("web.discovery.artworks")
def discovery_artworks(context: Context) -> object:
    works = _chosen(context, by_mode(context, context.world.newest(context.account)))
    sample = context.world.works.get(context.arguments["sample_illust_id"])
    if sample is not None:
        # What has the most in common with it comes first.
        works.sort(key=lambda work: -len(set(work.tags) & set(sample.tags)))
        works = [work for work in works if work is not sample]
    works = works[: context.arguments["limit"]]
    return {
        **named_on_page(works=works, advert=True),
        "recommendedIllusts": [_reason(context, work) for work in works],
    }


def _chosen(context: Context, works: list[Work]) -> list[Work]:
    """Works of others, in an order that is the account's own."""
    user = context.user
    others = [work for work in works if work.user_id != user.id]
    return sorted(others, key=lambda work: (stable_random("discover", user.id, work.id), work.id))


def _reason(context: Context, work: Work) -> JSON:
    bookmarks = context.world.bookmarks_of(context.user.id)
    seeds = text_ids([one.work_id for one in bookmarks[:2]])
    return {
        "illustId": str(work.id),
        "recommendMethods": ["illust_for_user_tda000"],
        "recommendScore": stable_random("score", context.user.id, work.id) / 8192,
        "recommendSeedIllustIds": seeds,
    }


@view("web.discovery.users")
def discovery_users(context: Context) -> object:
    world, user = context.world, context.user
    others = [one for one in world.users.values() if one is not user]
    # Who is followed already is the least of a discovery.
    others.sort(
        key=lambda one: (world.is_followed(user, one.id), stable_random("meet", user.id, one.id))
    )
    chosen = others[: context.arguments["limit"]]
    works = {one.id: world.works_of(one.id, user)[:_RECENT] for one in chosen}
    novels = {one.id: world.novels_of(one.id, user)[:_RECENT] for one in chosen}
    return {
        **named_on_page(
            works=[work for some in works.values() for work in some],
            novels=[novel for some in novels.values() for novel in some],
            users=chosen,
        ),
        "recommendedUsers": [
            {
                "userId": str(one.id),
                "recentIllustIds": text_ids([work.id for work in works[one.id]]),
                "recentNovelIds": text_ids([novel.id for novel in novels[one.id]]),
            }
            for one in chosen
        ],
    }

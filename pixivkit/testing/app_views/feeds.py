"""How the fake answers the App API: what is new, recommended, related or sought after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

from ..records import Kind, Work
from ..sample_texts import TAGS
from ..stable_random import stable_random
from ..views import Context, view
from .illust import find_work

__all__: list[str] = []

_KINDS: Final[dict[str | None, tuple[Kind, ...]]] = {
    "illust": ("illust", "ugoira"),
    "manga": ("manga",),
}
_POLICY: Final = {
    "version": "3-en",
    "message": "pixiv has updated its Privacy Policy.",
    "url": "https://www.pixiv.net/terms/?page=privacy",
}
_FEW: Final = 10
_MOST_RELATED: Final = 150
_MOST_TAGS: Final = 40


@view("app.illust.recommended")
def _recommended(context: Context) -> object:
    return _with_ranking(context, _KINDS.get(context.arguments["content_type"], ()))


@view("app.manga.recommended")
def _manga_recommended(context: Context) -> object:
    return _with_ranking(context, _KINDS["manga"])


def _others(context: Context, kinds: Collection[Kind]) -> list[Work]:
    """Works of others, in an order that is the account's own, without those already seen."""
    user, seen = context.user, context.arguments["viewed"]
    works = [
        work for work in context.world.newest(user, kinds=kinds)
        if work.user_id != user.id and work.id not in seen
    ]  # fmt: skip
    return sorted(works, key=lambda work: (stable_random("app", user.id, work.id), work.id))


def _with_ranking(context: Context, kinds: Collection[Kind]) -> object:
    given = context.arguments
    works = context.remembered(lambda: _others(context, kinds))
    ranking = context.world.ranking(context.user) if given["include_ranking_illusts"] else []
    policy = _POLICY if given["include_privacy_policy"] else {}
    return {"illusts": works, "ranking_illusts": ranking[:_FEW], "privacy_policy": policy}


@view("app.illust.related")
def _related(context: Context) -> object:
    work, world = find_work(context), context.world
    asked = {work.id, *context.arguments["seed_illust_ids"]}
    tags = Counter(tag for one in asked & world.works.keys() for tag in world.works[one].tags)
    left_out = asked | set(context.arguments["viewed"])
    works = [
        one for one in world.newest(context.user)
        if one.id not in left_out and not tags.keys().isdisjoint(one.tags)
    ]  # fmt: skip
    # What has the most in common comes first.
    works.sort(key=lambda one: -sum(tags[tag] for tag in one.tags))
    return works[:_MOST_RELATED]


@view("app.illust.follow")
def _follow(context: Context) -> object:
    world, user = context.world, context.user
    restrict = context.arguments["restrict"]
    if restrict == "all":
        return world.followed_works(user)
    followed = world.follows_of(user.id, restrict=int(restrict == "private"))
    return world.newest(user, authors={one.target_id for one in followed})


@view("app.illust.mypixiv")
def _mypixiv(context: Context) -> object:
    return context.world.mypixiv_works(context.user)


@view("app.illust.new")
def _new(context: Context) -> object:
    return context.world.newest(context.user, kinds=_KINDS[context.arguments["content_type"]])


@view("app.walkthrough.illusts")
def _walkthrough(context: Context) -> object:
    return context.world.ranking()[:_FEW]


@view("app.trending_tags.illust")
def _trending_illust(context: Context) -> object:
    return _trending(context)


@view("app.trending_tags.novel")
def _trending_novel(context: Context) -> object:
    return _trending(context, [tag for one in context.world.novels.values() for tag in one.tags])


def _trending(context: Context, names: list[str] | None = None) -> object:
    """The tags that most works have, each with the best work that has it."""
    best: dict[str, Work] = {}
    ranked = context.world.ranking(context.user)
    for work in ranked:
        for tag in work.tags:
            best.setdefault(tag, work)
    if names is None:
        names = [tag for work in ranked for tag in work.tags]
    common = [tag for tag, _ in Counter(names).most_common() if tag in best]
    return [
        {
            "tag": tag,
            "translated_name": TAGS[tag].english if tag in TAGS else None,
            "illust": best[tag],
        }
        for tag in common[:_MOST_TAGS]
    ]

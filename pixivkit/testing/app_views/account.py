"""How the fake answers the App API: what the account has set, seen, muted and watches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from ..records import Mutes, NovelSeries, Series
from ..views import Context, view

__all__: list[str] = []

_MOST_MUTED: Final = 500
_SAID: Final = ("webpage", "gender", "address", "country", "job", "twitter")
"""What `profile_edit` calls by its own names."""


# Settings


@view("app.user.ai_show_settings")
def _ai_show_settings(context: Context) -> object:
    return {"show_ai": context.user.shows_ai}


@view("app.user.edit_ai_show_settings")
def _edit_ai_show_settings(context: Context) -> object:
    context.user.shows_ai = context.arguments["show_ai"]
    return None


@view("app.user.restricted_mode_settings")
def _restricted_mode_settings(context: Context) -> object:
    return {"is_restricted_mode_enabled": context.user.is_restricted}


@view("app.user.edit_restricted_mode_settings")
def _edit_restricted_mode_settings(context: Context) -> object:
    context.user.is_restricted = context.arguments["is_restricted_mode_enabled"]
    return None


# The account's own profile


@view("app.user.profile_edit")
def _profile_edit(context: Context) -> object:
    user = context.user
    given = {name: value for name, value in context.arguments.items() if value is not None}
    user.name = given.get("user_name", user.name)
    user.comment = given.get("comment", user.comment)
    if given.get("delete_profile_image"):
        user.avatar_extension = ""
    elif context.files:
        user.avatar_extension = user.avatar_extension or "jpg"
    shown = {"address": "address_id", "country": "country_code", "job": "job_id",
             "twitter": "twitter_account"}  # fmt: skip
    for name in _SAID:
        if name in given:
            user.profile[shown.get(name, name)] = given[name]
    if "birthday" in given:
        day: dt.date = given["birthday"]
        user.profile |= {
            "birth": day.isoformat(),
            "birth_day": f"{day:%m-%d}",
            "birth_year": day.year,
        }
    for part, name in (("gender", "gender"), ("address", "region"), ("birth_year", "birth_year"),
                       ("birth_day", "birth_day"), ("job", "job")):  # fmt: skip
        if f"{part}_publicity" in given:
            user.publicity[name] = given[f"{part}_publicity"]
    return None


@view("app.user.workspace_edit")
def _workspace_edit(context: Context) -> object:
    given = context.arguments.items()
    context.user.workspace |= {name: text for name, text in given if text is not None}
    return None


# What was seen


@view("app.user.browsing_history_illusts")
def _browsing_history_illusts(context: Context) -> object:
    world = context.world
    seen = world.seen_works.get(context.user.id, ())
    return [world.works[one] for one in reversed(seen) if one in world.works]


@view("app.user.browsing_history_novels")
def _browsing_history_novels(context: Context) -> object:
    world = context.world
    seen = world.seen_novels.get(context.user.id, ())
    return [world.novels[one] for one in reversed(seen) if one in world.novels]


@view("app.user.browsing_history_illust_add")
def _browsing_history_illust_add(context: Context) -> None:
    ids: list[int] = context.arguments["illust_ids"]
    _see(context, context.world.seen_works, ids, context.world.works)


@view("app.user.browsing_history_novel_add")
def _browsing_history_novel_add(context: Context) -> None:
    ids: list[int] = context.arguments["novel_ids"]
    _see(context, context.world.seen_novels, ids, context.world.novels)


def _see(
    context: Context, seen: dict[int, list[int]], ids: Sequence[int], held: Mapping[int, object]
) -> None:
    mine = seen.setdefault(context.user.id, [])
    # The last one last; a work is in the list once.
    latest_first = dict.fromkeys(reversed([*mine, *ids]))
    mine[:] = [one for one in reversed(latest_first) if one in held]


# What is muted


@view("app.mute.list")
def _mute_list(context: Context) -> object:
    world = context.world
    mine = world.mutes.get(context.user.id, Mutes())
    users = [world.users[one] for one in mine.user_ids if one in world.users]
    return {
        "muted_tags": [{"tag": {"name": tag}, "is_premium_slot": False} for tag in mine.tags],
        "muted_users": [{"user": user, "is_premium_slot": False} for user in users],
        "muted_count": len(mine.tags) + len(users),
        "muted_tags_count": len(mine.tags),
        "muted_users_count": len(users),
        "mute_limit_count": _MOST_MUTED if context.user.is_premium else 1,
    }


@view("app.mute.edit")
def _mute_edit(context: Context) -> object:
    given = context.arguments
    mine = context.world.mutes.setdefault(context.user.id, Mutes())
    users = [one for one in given["add_user_ids"] if one in context.world.users]
    mine.user_ids = [
        one
        for one in dict.fromkeys((*mine.user_ids, *users))
        if one not in given["delete_user_ids"]
    ]
    mine.tags = [
        tag
        for tag in dict.fromkeys((*mine.tags, *given["add_tags"]))
        if tag not in given["delete_tags"]
    ]
    return None


# What is watched


@view("app.watchlist.manga")
def _manga(context: Context) -> object:
    world = context.world
    return _watched(world.watch_list, world.series, context)


@view("app.watchlist.novel")
def _novel(context: Context) -> object:
    world = context.world
    return _watched(world.novel_watch_list, world.novel_series, context)


@view("app.watchlist.manga_add")
def _manga_add(context: Context) -> None:
    _watch(context.world.watch_list, context.world.series, context)


@view("app.watchlist.novel_add")
def _novel_add(context: Context) -> None:
    _watch(context.world.novel_watch_list, context.world.novel_series, context)


@view("app.watchlist.manga_delete")
def _manga_delete(context: Context) -> None:
    _unwatch(context.world.watch_list, context)


@view("app.watchlist.novel_delete")
def _novel_delete(context: Context) -> None:
    _unwatch(context.world.novel_watch_list, context)


def _watched(
    lists: Mapping[int, list[int]], held: Mapping[int, Series | NovelSeries], context: Context
) -> object:
    return [held[one] for one in lists.get(context.user.id, ()) if one in held]


def _watch(
    lists: dict[int, list[int]], held: Mapping[int, Series | NovelSeries], context: Context
) -> None:
    series_id: int = context.arguments["series_id"]
    if series_id not in held:
        raise context.absent()
    mine = lists.setdefault(context.user.id, [])
    if series_id not in mine:
        mine.append(series_id)


def _unwatch(lists: dict[int, list[int]], context: Context) -> None:
    mine = lists.get(context.user.id, [])
    if context.arguments["series_id"] in mine:
        mine.remove(context.arguments["series_id"])

"""How the fake answers the App API: the account's bookmarks, and those of others."""

from __future__ import annotations

from typing import Final

from ..views import Context, view
from .illust import find_work

__all__: list[str] = []

_RESTRICT: Final = ("public", "private")


@view("app.illust.bookmark_add")
def _bookmark_add(context: Context) -> object:
    given = context.arguments
    context.world.bookmark(
        context.user.id,
        find_work(context).id,
        restrict=_RESTRICT.index(given["restrict"]),
        tags=given["tags"],
    )
    return None


@view("app.illust.bookmark_delete")
def _bookmark_delete(context: Context) -> object:
    # The work of a bookmark may be gone.
    if not context.world.unbookmark(context.user.id, context.arguments["illust_id"]):
        raise context.absent("bookmark")
    return None


@view("app.illust.bookmark_detail")
def _bookmark_detail(context: Context) -> object:
    work = find_work(context)
    bookmark = context.world.bookmark_of(context.user.id, work.id)
    mine = bookmark.tags if bookmark else []
    others = [tag for tag in work.tags if tag not in mine]
    return {
        "is_bookmarked": bookmark is not None,
        "tags": [{"name": tag, "is_registered": tag in mine} for tag in (*mine, *others)],
        "restrict": _RESTRICT[bookmark.restrict if bookmark else 0],
    }


@view("app.illust.bookmark_users")
def _bookmark_users(context: Context) -> object:
    work, world = find_work(context), context.world
    marks = (mine[work.id] for mine in world.bookmarks.values() if work.id in mine)
    public = [bookmark for bookmark in marks if not bookmark.restrict]
    public.sort(key=lambda bookmark: bookmark.id, reverse=True)
    return [world.users[bookmark.user_id] for bookmark in public]

"""How the fake answers the App API: bookmarks of works and novels, the account's and others'."""

from __future__ import annotations

from typing import Final

from ..records import Novel, Target, User, Work
from ..views import JSON, Context, view
from .illust import find_work
from .posting import find_novel

__all__: list[str] = []

_RESTRICT: Final = ("public", "private")


@view("app.illust.bookmark_add")
def _illust_bookmark_add(context: Context) -> None:
    _add(context, find_work(context).id, "illust")


@view("app.novel.bookmark_add")
def _novel_bookmark_add(context: Context) -> None:
    _add(context, find_novel(context).id, "novel")


def _add(context: Context, work_id: int, target: Target) -> None:
    given = context.arguments
    context.world.bookmark(
        context.user.id,
        work_id,
        target=target,
        restrict=_RESTRICT.index(given["restrict"]),
        tags=given["tags"],
    )


@view("app.illust.bookmark_delete")
def _illust_bookmark_delete(context: Context) -> None:
    _delete(context, context.arguments["illust_id"], "illust")


@view("app.novel.bookmark_delete")
def _novel_bookmark_delete(context: Context) -> None:
    _delete(context, context.arguments["novel_id"], "novel")


def _delete(context: Context, work_id: int, target: Target) -> None:
    # The work of a bookmark may be gone.
    if not context.world.unbookmark(context.user.id, work_id, target=target):
        raise context.absent("bookmark")


@view("app.illust.bookmark_detail")
def _illust_bookmark_detail(context: Context) -> object:
    return _detail(context, find_work(context), "illust")


@view("app.novel.bookmark_detail")
def _novel_bookmark_detail(context: Context) -> object:
    return _detail(context, find_novel(context), "novel")


def _detail(context: Context, work: Work | Novel, target: Target) -> JSON:
    bookmark = context.world.bookmark_of(context.user.id, work.id, target=target)
    mine = bookmark.tags if bookmark else []
    others = [tag for tag in work.tags if tag not in mine]
    return {
        "is_bookmarked": bookmark is not None,
        "tags": [{"name": tag, "is_registered": tag in mine} for tag in (*mine, *others)],
        "restrict": _RESTRICT[bookmark.restrict if bookmark else 0],
    }


@view("app.illust.bookmark_users")
def _illust_bookmark_users(context: Context) -> object:
    return _users(context, find_work(context).id, "illust")


@view("app.novel.bookmark_users")
def _novel_bookmark_users(context: Context) -> object:
    return _users(context, find_novel(context).id, "novel")


def _users(context: Context, work_id: int, target: Target) -> list[User]:
    world = context.world
    held = world.bookmarks_on(target).values()
    public = [mine[work_id] for mine in held if work_id in mine and not mine[work_id].restrict]
    public.sort(key=lambda bookmark: bookmark.id, reverse=True)
    return [world.users[bookmark.user_id] for bookmark in public]

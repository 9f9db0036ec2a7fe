"""How the fake answers the App API: bookmarks and markers of novels, and comments on them."""

from __future__ import annotations

from typing import Final

from ..views import Context, view
from .comments import comments_of, replies_of
from .posting import find_novel

__all__: list[str] = []

_RESTRICT: Final = ("public", "private")


@view("app.novel.bookmark_add")
def _bookmark_add(context: Context) -> object:
    given = context.arguments
    context.world.bookmark_novel(
        context.user.id,
        find_novel(context).id,
        restrict=_RESTRICT.index(given["restrict"]),
        tags=given["tags"],
    )
    return None


@view("app.novel.bookmark_delete")
def _bookmark_delete(context: Context) -> object:
    # The novel of a bookmark may be gone.
    mine = context.world.novel_bookmarks.get(context.user.id, {})
    if mine.pop(context.arguments["novel_id"], None) is None:
        raise context.absent("bookmark")
    return None


@view("app.novel.bookmark_detail")
def _bookmark_detail(context: Context) -> object:
    novel = find_novel(context)
    bookmark = context.world.novel_bookmark_of(context.user.id, novel.id)
    mine = bookmark.tags if bookmark else []
    others = [tag for tag in novel.tags if tag not in mine]
    return {
        "is_bookmarked": bookmark is not None,
        "tags": [{"name": tag, "is_registered": tag in mine} for tag in (*mine, *others)],
        "restrict": _RESTRICT[bookmark.restrict if bookmark else 0],
    }


@view("app.novel.bookmark_users")
def _bookmark_users(context: Context) -> object:
    novel, world = find_novel(context), context.world
    marks = (mine[novel.id] for mine in world.novel_bookmarks.values() if novel.id in mine)
    public = [bookmark for bookmark in marks if not bookmark.restrict]
    public.sort(key=lambda bookmark: bookmark.id, reverse=True)
    return [world.users[bookmark.user_id] for bookmark in public]


@view("app.novel.markers")
def _markers(context: Context) -> object:
    world = context.world
    marked = [
        (world.novels[novel_id], page)
        for novel_id, page in reversed(world.markers.get(context.user.id, {}).items())
    ]
    return [
        {"novel": novel, "novel_marker": {"page": page}}
        for novel, page in marked
        if world.visible_to(context.user, novel)
    ]


@view("app.novel.marker_add")
def _marker_add(context: Context) -> object:
    context.world.mark_novel(context.user.id, find_novel(context).id, context.arguments["page"])
    return None


@view("app.novel.marker_delete")
def _marker_delete(context: Context) -> object:
    context.world.markers.get(context.user.id, {}).pop(find_novel(context).id, None)
    return None


@view("app.novel.comments")
def _comments(context: Context) -> object:
    return comments_of(context, find_novel(context).id, "novel")


@view("app.novel.comment_replies")
def _comment_replies(context: Context) -> object:
    return replies_of(context, "novel")

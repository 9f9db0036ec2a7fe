"""How the fake answers the App API: markers in novels, and comments on novels."""

from __future__ import annotations

from ..views import Context, view
from .comments import comments_of, first_comments_of, replies_of
from .posting import find_novel

__all__: list[str] = []


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


@view("app.novel.comments_v1")
def _comments_v1(context: Context) -> object:
    return first_comments_of(context, find_novel(context).id, "novel")


@view("app.novel.comments_v2")
def _comments_v2(context: Context) -> object:
    return context.world.root_comments(find_novel(context).id, target="novel")


@view("app.novel.comment_replies")
@view("app.novel.comment_replies_v1")
def _comment_replies(context: Context) -> object:
    return replies_of(context, "novel")

"""How the fake answers the App API: comments on works and novels."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import Novel, Target, Work
from ..refusals import invalid
from ..views import JSON, Context, view
from .illust import find_work
from .posting import find_novel

__all__ = ["comments_of", "first_comments_of", "replies_of"]


@view("app.illust.comment_add")
def _illust_comment_add(context: Context) -> object:
    return _comment_add(context, find_work(context).id, "illust")


@view("app.novel.comment_add")
def _novel_comment_add(context: Context) -> object:
    return _comment_add(context, find_novel(context).id, "novel")


def _comment_add(context: Context, work_id: int, target: Target) -> object:
    given = context.arguments
    if not given["comment"] and given["stamp_id"] is None:
        raise invalid(context.endpoint.base, {"comment": ["comment is required"]})
    parent_id = given["parent_comment_id"]
    if parent_id is not None:
        parent = context.world.comments.get(parent_id)
        if parent is None or (parent.target, parent.work_id) != (target, work_id):
            raise context.absent("comment")
        # A reply to a reply belongs to the first comment.
        parent_id = parent.id if parent.parent_id is None else parent.parent_id
    return context.world.comment(
        context.user.id,
        work_id,
        given["comment"] or "",
        target=target,
        parent_id=parent_id,
        stamp_id=given["stamp_id"],
    )


@view("app.illust.comments")
def _illust_comments(context: Context) -> object:
    return comments_of(context, find_work(context).id, "illust")


@view("app.illust.comments_v2")
def _illust_comments_v2(context: Context) -> object:
    return context.world.root_comments(find_work(context).id)


@view("app.illust.comments_v1")
def _illust_comments_v1(context: Context) -> object:
    return first_comments_of(context, find_work(context).id, "illust")


@view("app.illust.comment_replies")
@view("app.illust.comment_replies_v1")
def _illust_comment_replies(context: Context) -> object:
    return replies_of(context, "illust")


def comments_of(context: Context, work_id: int, target: Target) -> JSON:
    """The first comments on a work, and how many there are if that is asked for."""
    world = context.world
    total = len(world.comments_on(work_id, target=target))
    return {
        "comments": world.root_comments(work_id, target=target),
        "comment_access_control": 0,
        "total_comments": total if context.arguments["include_total_comments"] else None,
    }


def first_comments_of(context: Context, work_id: int, target: Target) -> JSON:
    """The comments as v1 has them: with the replies, and as if none, unless that is asked for."""
    found = context.world.comments_on(work_id, target=target)
    total = len(found) if context.arguments["include_total_comments"] else 0
    return {**comments_of(context, work_id, target), "comments": found, "total_comments": total}


def replies_of(context: Context, target: Target) -> object:
    """
    The replies to the comment that is asked for.

    Raises:
        Refusal: There is no such comment on a *target*.
    """
    comment = context.world.comments.get(context.arguments["comment_id"])
    if comment is None or comment.target != target:
        raise context.absent("comment")
    return context.world.replies_to(comment.id)


@view("app.illust.comment_delete")
def _illust_comment_delete(context: Context) -> object:
    return _comment_delete(context, "illust", context.world.works)


@view("app.novel.comment_delete")
def _novel_comment_delete(context: Context) -> object:
    return _comment_delete(context, "novel", context.world.novels)


def _comment_delete(
    context: Context, target: str, works: Mapping[int, Work] | Mapping[int, Novel]
) -> object:
    comment = context.world.comments.get(context.arguments["comment_id"])
    if comment is None or comment.target != target:
        raise context.absent("comment")
    if context.user.id not in (comment.user_id, works[comment.work_id].user_id):
        raise context.forbidden()
    context.world.delete_comment(comment.id)
    return None

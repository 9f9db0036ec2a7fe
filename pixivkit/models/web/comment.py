"""Comments on illustrations and manga."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import WebModel

__all__ = ["Comment", "CommentRoots"]


@attrs.define(kw_only=True)
class Comment(WebModel):
    """
    A comment on a work.

    Attributes:
        id: Id of the comment.
        user_id: Id of its author.
        img: URL of the author's profile image.
        comment: The text; empty where the comment is a stamp.
        stamp_id: Id of the stamp, None where the comment is a text.
        comment_date: When it was written, to the minute.
        comment_parent_id: Id of the comment it replies to, None for a root.
        comment_user_id: Id of its author, as `user_id`.
        editable: Whether this account may delete it.
        has_replies: Whether it has replies.
    """

    id: int
    user_id: int | None = None
    user_name: str = ""
    is_deleted_user: bool | None = None
    img: str = ""
    comment: str = ""
    stamp_id: int | None = None
    comment_date: dt.datetime | None = None
    comment_parent_id: int | None = None
    comment_user_id: int | None = None
    editable: bool | None = None
    has_replies: bool | None = None


@attrs.define(kw_only=True)
class CommentRoots(WebModel):
    """
    Comments that are no replies, the newest first.

    Attributes:
        has_next: Whether there are more after these.
    """

    comments: list[Comment] = attrs.field(factory=list[Comment])
    has_next: bool | None = None

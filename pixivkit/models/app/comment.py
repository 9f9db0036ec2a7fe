"""Comments on works."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model
from .user import User, nobody

__all__ = ["Comment", "CommentList", "Emoji", "Stamp"]


@attrs.define(kw_only=True)
class Emoji(Model):
    """
    A small picture in the text of comments.

    Attributes:
        id: Its id.
        slug: Its name; in a text it stands in parentheses, such as ``(heart)``.
        image_url_medium: The picture.
    """

    id: int
    slug: str = ""
    image_url_medium: str | None = None


@attrs.define(kw_only=True)
class Stamp(Model):
    """A picture that stands for a comment."""

    stamp_id: int | None = None
    stamp_url: str | None = None


@attrs.define(kw_only=True)
class Comment(Model):
    """
    A comment on a work.

    Attributes:
        id: Its id.
        comment: Its text; emoji are words in parentheses, such as ``(heart)``. Empty for a stamp.
        date: When it was written.
        user: Who wrote it.
        has_replies: Whether there are replies to it; None where it is not said.
        parent_comment: What it replies to; None where it replies to none, or it is not said.
        stamp: The stamp that it is.
    """

    id: int
    comment: str = ""
    date: dt.datetime | None = None
    user: User = attrs.field(factory=nobody)
    has_replies: bool | None = None
    parent_comment: Comment | None = None
    stamp: Stamp | None = None

    @property
    def depth(self) -> int:
        """0 for a comment, 1 for a reply to it: how many comments `parent_comment` leads up to."""
        depth, above = 0, self.parent_comment
        while above is not None:
            depth, above = depth + 1, above.parent_comment
        return depth


@attrs.define(kw_only=True)
class CommentList(Model):
    """
    A page of comments on a work or a novel, or of replies to one.

    Attributes:
        comments: The comments.
        next_url: Where the next page is; None at the end.
        comment_access_control: Who may comment, 0 for everybody; None where it is not said.
        total_comments: How many comments there are; None where it is not said.
    """

    comments: list[Comment] = attrs.field(factory=list[Comment])
    next_url: str | None = None
    comment_access_control: int | None = None
    total_comments: int | None = None

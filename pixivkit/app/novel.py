"""Novels on the App API."""

from __future__ import annotations

from typing import Annotated

from .._core.arguments import NotEmpty
from .._core.call import Call
from .._core.declare import post
from ..models.app import Comment, Done
from .resource import AppResource
from .sources import SUBMITTING_WORKS


class NovelApi(AppResource, resource="novel", source=SUBMITTING_WORKS):
    """Novels and comments on them."""

    @post("/v1/novel/delete")
    def delete(self, novel_id: int) -> Call[Done]:
        """
        Delete a novel of the account, for good.

        Args:
            novel_id: Id of the novel.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such novel.
        """
        ...

    # The document calls the parameter `parent_comment`; for illustrations it says
    # `parent_comment_id`, and so does every client for both.
    @post("/v1/novel/comment/add", pick="comment")
    def comment_add(
        self,
        novel_id: int,
        comment: Annotated[str | None, NotEmpty()],
        *,
        parent_comment_id: int | None = None,
        stamp_id: int | None = None,
    ) -> Call[Comment]:
        """
        Comment on a novel, or reply to a comment on it.

        Args:
            novel_id: Id of the novel.
            comment: The text; emoji are words in parentheses, such as ``(heart)``. None when
                *stamp_id* stands for it.
            parent_comment_id: Id of the comment to reply to; by default it is no reply.
            stamp_id: Id of a stamp to post in place of a text.

        Returns:
            The comment as it was posted.
        """
        ...

    @post("/v1/novel/comment/delete")
    def comment_delete(self, comment_id: int) -> Call[Done]:
        """
        Delete a comment on a novel.

        Args:
            comment_id: Id of the comment, which is the account's own or on a novel of it.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such comment.
        """
        ...

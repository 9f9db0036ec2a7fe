"""Novels on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import post
from ..models.app import Comment, Done
from ..parameters import CommentId, CommentText, CommentToReplyTo, NovelId, StampInPlaceOfText
from .resource import AppResource
from .sources import SUBMITTING_WORKS


class NovelApi(AppResource, resource="novel", source=SUBMITTING_WORKS):
    """Novels and comments on them."""

    @post("/v1/novel/delete")
    def delete(self, novel_id: NovelId) -> Call[Done]:
        """
        Delete a novel of the account, for good.

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
        novel_id: NovelId,
        comment: CommentText | None,
        *,
        parent_comment_id: CommentToReplyTo | None = None,
        stamp_id: StampInPlaceOfText | None = None,
    ) -> Call[Comment]:
        """
        Comment on a novel, or reply to a comment on it.

        Returns:
            The comment as it was posted.
        """
        ...

    @post("/v1/novel/comment/delete")
    def comment_delete(self, comment_id: CommentId) -> Call[Done]:
        """
        Delete a comment on a novel.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such comment.
        """
        ...

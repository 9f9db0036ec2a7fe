"""Comments on works and novels."""

from __future__ import annotations

import attrs

from ..records import Comment, Target
from .bookmarks import Bookmarks


@attrs.define(eq=False)
class Comments(Bookmarks):
    """Comments, and the replies to them."""

    def comment(
        self,
        user_id: int,
        work_id: int,
        text: str,
        *,
        target: Target = "illust",
        parent_id: int | None = None,
        stamp_id: int | None = None,
    ) -> Comment:
        """Comment on a work, or reply to a comment on it."""
        comment = Comment(
            id=self.new_id("comment", 210_000_001),
            target=target,
            work_id=work_id,
            user_id=user_id,
            text=text,
            date=self.tick(),
            parent_id=parent_id,
            stamp_id=stamp_id,
        )
        self.comments[comment.id] = comment
        return comment

    def comments_on(self, work_id: int, *, target: Target = "illust") -> list[Comment]:
        """All comments on a work, replies too, newest first."""
        return [
            comment
            for comment in reversed(self.comments.values())
            if comment.target == target and comment.work_id == work_id
        ]

    def root_comments(self, work_id: int, *, target: Target = "illust") -> list[Comment]:
        """The comments on a work that reply to none, newest first."""
        return [c for c in self.comments_on(work_id, target=target) if c.parent_id is None]

    def replies_to(self, comment_id: int) -> list[Comment]:
        """The replies to a comment, oldest first."""
        return [c for c in self.comments.values() if c.parent_id == comment_id]

    def delete_comment(self, comment_id: int) -> None:
        """Delete a comment with the replies to it."""
        for reply in self.replies_to(comment_id):
            del self.comments[reply.id]
        del self.comments[comment_id]

    def _delete_comments(self, target: Target, work_id: int) -> None:
        for comment in self.comments_on(work_id, target=target):
            del self.comments[comment.id]

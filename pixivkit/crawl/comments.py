"""Crawls of comments with the replies to them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

import attrs

from .._core.calls.closing_iterator import ClosingIterator, closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import NotFound
from ..models.app import Comment
from ..pixiv_url import NovelRef, WorkRef
from ..recorder import JournalOrPath, through
from .base import Crawls, Kind
from .named import NovelLike, WorkLike, work_named

__all__ = ["CommentCrawls"]

RECENT: Final = 300
"""How many ids are kept: as many comments as may be written during a request."""


class CommentCrawls(Crawls):
    """Crawls of comments."""

    def comments(
        self,
        work: int | str | WorkRef | NovelRef | WorkLike | NovelLike,
        kind: Kind | None = None,
        *,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> ClosingIterator[Comment]:
        """
        All comments on a work or a novel, each followed by the replies to it; on the App API.

        A reply has the comment that it replies to as its `Comment.parent_comment`, and the
        `Comment.depth` 1. Replies are asked for where pixiv says that there are some.

        Args:
            work: The work or novel in any form that pixiv has, its id, or its URL.
            kind: ``illust`` for an illustration, manga or ugoira, ``novel`` for a novel; by
                default what *work* says, and an id alone is that of a work.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Comments, newest first, and the replies to each in pixiv's order. What is deleted
            meanwhile is left out.

        Raises:
            InvalidArgument: *work* is neither a work nor a novel, or is not of that *kind*.
        """
        found, work_id = work_named(work, kind)
        return _comments(self._run(patience), found, work_id, journal)


@closing_iterator
async def _comments(
    run: Sender, kind: Kind, work_id: int, journal: JournalOrPath
) -> AsyncGenerator[Comment]:
    recent: dict[int, None] = {}
    with through(journal, run) as sender:
        app = AppApi(sender)
        roots = app.novel.comments(work_id) if kind == "novel" else app.illust.comments(work_id)
        async for page in roots.pages():
            for comment in page.items:
                # What is written meanwhile pushes the others on to the next page.
                if comment.id in recent:
                    continue
                recent[comment.id] = None
                if len(recent) > RECENT:
                    del recent[next(iter(recent))]
                yield comment
                if comment.has_replies:
                    async for reply in _replies(app, kind, comment):
                        yield reply


@closing_iterator
async def _replies(app: AppApi, kind: Kind, comment: Comment) -> AsyncGenerator[Comment]:
    resource = app.novel if kind == "novel" else app.illust
    ids: set[int] = set()
    try:
        async for page in resource.comment_replies(comment.id).pages():
            for reply in page.items:
                if reply.id not in ids:
                    ids.add(reply.id)
                    yield reply if reply.parent_comment else _with_parent(reply, comment)
    except NotFound:
        # It was deleted since it was listed, with the replies to it.
        return


def _with_parent(reply: Comment, comment: Comment) -> Comment:
    return attrs.evolve(reply, parent_comment=comment)

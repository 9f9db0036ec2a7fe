"""Things of one's own in the fake pixiv: works, users, and what users do with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast, overload

from ..errors import InvalidArgument
from .records import Bookmark, Comment, Follow, Novel, NovelSeries, Series, Target, Work
from .work_factories import UserOrId, WorkFactories

__all__ = ["Factories"]


class Factories(WorkFactories):
    """
    What adds things to the world of a fake, for tests that say what they are about.

    Both APIs show at once what is added, and its pictures can be downloaded. What is left out is
    made up, the same each time; what is returned is the world's own record, whose attributes may
    be changed.
    """

    @overload
    def add_series(
        self, works: Iterable[Work], *, title: str | None = ..., caption: str = ...
    ) -> Series: ...
    @overload
    def add_series(
        self, works: Iterable[Novel], *, title: str | None = ..., caption: str = ...
    ) -> NovelSeries: ...
    def add_series(
        self, works: Iterable[Work] | Iterable[Novel], *, title: str | None = None,
        caption: str = "",
    ) -> Series | NovelSeries:  # fmt: skip
        """
        Make a series of works, or of novels, of one author.

        Args:
            works: Its works in their order, all of one kind.
            title: Title.
            caption: Text.

        Returns:
            The series.

        Raises:
            InvalidArgument: There are none, they are of several authors, or one is in a series.
        """
        chosen: list[Work | Novel] = list(works)
        authors = {work.user_id for work in chosen}
        if len(authors) != 1 or any(work.series_id for work in chosen):
            msg = "works: a series takes works of one author, which are in no other series"
            raise InvalidArgument(msg)
        [author] = authors
        named = f"{self.world.users[author].name}の物語" if title is None else title
        if isinstance(chosen[0], Novel):
            novels = cast("list[Novel]", chosen)
            of_novels = self.world.add_novel_series(author, named, novels)
            of_novels.caption = caption
            return of_novels
        made = self.world.add_series(author, named, cast("list[Work]", chosen))
        made.caption = caption
        return made

    def add_comment(
        self,
        work: Work | Novel,
        text: str = "",
        *,
        user: UserOrId | None = None,
        parent: Comment | None = None,
        stamp_id: int | None = None,
    ) -> Comment:
        """
        Comment on a work or a novel.

        Args:
            work: What to comment on.
            text: The comment; empty where it is a stamp.
            user: Who writes it; by default a user who is not the account.
            parent: The comment that it replies to.
            stamp_id: The stamp that it is, such as 301.

        Raises:
            InvalidArgument: There is no such user, the comment has neither text nor stamp, or
                *parent* is on another work.
        """
        if not text and stamp_id is None:
            raise InvalidArgument("text: a comment has a text, or a stamp_id")
        target = _target(work)
        if parent is not None and (parent.target, parent.work_id) != (target, work.id):
            raise InvalidArgument("parent: that comment is on another work")
        return self.world.comment(
            self.author_id(user),
            work.id,
            text,
            target=target,
            parent_id=None if parent is None else parent.id,
            stamp_id=stamp_id,
        )

    def follow(
        self, user: UserOrId, *, by: UserOrId | None = None, private: bool = False
    ) -> Follow:
        """
        Let somebody follow a user, whose works are in their feed from then on.

        Args:
            user: Whom.
            by: Who follows; by default the account.
            private: Whether others see it not.

        Raises:
            InvalidArgument: There is no such user.
        """
        follower, followed = self.user_id_of(by), self.user_id_of(user)
        self.world.follow(follower, followed, restrict=int(private))
        return self.world.follows[follower][followed]

    def bookmark(
        self,
        work: Work | Novel,
        *,
        by: UserOrId | None = None,
        private: bool = False,
        tags: Iterable[str] = (),
        comment: str = "",
    ) -> Bookmark:
        """
        Let somebody bookmark a work or a novel.

        Args:
            work: What.
            by: Who; by default the account.
            private: Whether others see it not.
            tags: The tags of the bookmark.
            comment: Its comment.

        Raises:
            InvalidArgument: There is no such user.
        """
        return self.world.bookmark(
            self.user_id_of(by), work.id, target=_target(work), restrict=int(private), tags=tags,
            comment=comment,
        )  # fmt: skip


def _target(work: Work | Novel) -> Target:
    return "novel" if isinstance(work, Novel) else "illust"

"""Users, and what they have to do with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from ..records import Follow, User
from .state import State


@attrs.define(eq=False)
class Users(State):
    """Users, whom they follow and mute, and who is mypixiv of whom."""

    def add_user(self, name: str, account: str, *, joined: dt.datetime | None = None) -> User:
        """Add a user; its other attributes may be changed afterwards."""
        user_id = self.new_id("user", 11_000_001)
        user = User(id=user_id, name=name, account=account, joined=joined or self.tick())
        self.users[user_id] = user
        return user

    def follow(self, user_id: int, target_id: int, *, restrict: int = 0) -> None:
        """Follow a user, or change whether others see it."""
        mine = self.follows.setdefault(user_id, {})
        date = mine[target_id].date if target_id in mine else self.tick()
        made = Follow(user_id=user_id, target_id=target_id, restrict=restrict, date=date)
        mine[target_id] = made

    def unfollow(self, user_id: int, target_id: int) -> bool:
        """Follow a user no more; return whether it was followed."""
        return self.follows.get(user_id, {}).pop(target_id, None) is not None

    def follows_of(self, user_id: int, *, restrict: int = 0) -> list[Follow]:
        """Whom a user follows publicly (*restrict* 0) or privately (1), the latest first."""
        mine = self.follows.get(user_id, {})
        return [follow for follow in reversed(mine.values()) if follow.restrict == restrict]

    def followers_of(self, user_id: int) -> list[int]:
        """The users that follow a user publicly."""
        return [
            follower
            for follower, mine in self.follows.items()
            if user_id in mine and not mine[user_id].restrict
        ]

    def is_followed(self, viewer: User | None, user_id: int) -> bool:
        """Whether *viewer* follows a user."""
        return viewer is not None and user_id in self.follows.get(viewer.id, {})

    def is_muted(self, viewer: User | None, user_id: int, tags: Iterable[str] = ()) -> bool:
        """Whether *viewer* mutes a user, or one of the *tags* of a work."""
        mine = None if viewer is None else self.mutes.get(viewer.id)
        return mine is not None and (
            user_id in mine.user_ids or any(tag in mine.tags for tag in tags)
        )

    def befriend(self, user_id: int, other_id: int) -> None:
        """Make two users mypixiv of each other."""
        self.mypixiv.setdefault(user_id, set()).add(other_id)
        self.mypixiv.setdefault(other_id, set()).add(user_id)

"""How the fake answers the App API: lists of users, and whom they follow."""

from __future__ import annotations

from ..records import User
from ..views import Context, view
from .user import find_user

__all__: list[str] = []

_RELATED = 30


@view("app.user.following")
def _following(context: Context) -> object:
    private = context.arguments["restrict"] == "private"
    user = find_user(context)
    if private and user is not context.user:
        raise context.forbidden()
    world = context.world
    return [world.users[one.target_id] for one in world.follows_of(user.id, restrict=private)]


@view("app.user.follower")
def _follower(context: Context) -> object:
    followers = context.world.followers_of(find_user(context).id)
    return [context.world.users[user_id] for user_id in followers]


@view("app.user.mypixiv")
def _mypixiv(context: Context) -> object:
    friends = context.world.mypixiv.get(find_user(context).id, set())
    return [context.world.users[user_id] for user_id in sorted(friends)]


@view("app.user.recommended")
def _recommended(context: Context) -> object:
    return _strangers(context)


@view("app.user.related")
def _related(context: Context) -> object:
    seed = context.world.users.get(context.arguments["seed_user_id"])
    if seed is None:
        raise context.absent("user")
    begin = context.arguments["offset"] or 0
    others = [user for user in _strangers(context) if user is not seed]
    return {"": others[begin : begin + _RELATED]}


def _strangers(context: Context) -> list[User]:
    """Everybody else, those whom the account does not follow first."""
    world = context.world
    others = [user for user in world.users.values() if user is not context.user]
    return sorted(others, key=lambda user: world.is_followed(context.user, user.id))


@view("app.user.follow_add")
def _follow_add(context: Context) -> object:
    private = context.arguments["restrict"] == "private"
    context.world.follow(context.user.id, find_user(context).id, restrict=int(private))
    return None


@view("app.user.follow_delete")
def _follow_delete(context: Context) -> object:
    context.world.unfollow(context.user.id, find_user(context).id)
    return None


@view("app.user.follow_detail")
def _follow_detail(context: Context) -> object:
    followed = context.world.follows.get(context.user.id, {}).get(find_user(context).id)
    private = followed is not None and followed.restrict == 1
    return {
        "is_followed": followed is not None,
        "restrict": "private" if private else "public",
    }

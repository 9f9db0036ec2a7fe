"""Requests for works: who accepts them and which there are follows from users and works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

import attrs

from ...models.web import CommissionRequest, RequestPlan
from ..records import JST, Kind, User, Work
from ..stable_random import stable_random
from ..views import JSON, Context, shape
from ..world import World
from .shapes import COMMON

__all__ = ["Asked", "accepts", "complete", "creators", "in_progress", "request_for"]

_KINDS: Final[tuple[Kind, ...]] = ("illust", "manga", "ugoira")
_MONTH: Final = dt.timedelta(days=30)
_EXAMPLE: Final = "web.commission.request_complete_illust"


@attrs.frozen
class Asked:
    """
    A request.

    Attributes:
        number: Its id.
        creator: Who is to make the work.
        kind: What kind of work.
        work: The work; None while it is being made.
        adult: Whether the work is R-18.
    """

    number: int
    creator: User
    kind: Kind
    work: Work | None
    adult: bool = attrs.field(kw_only=True)

    def fan(self, world: World) -> User | None:
        """Who asked; None for one who hides the name."""
        fans = [user for user in world.users.values() if user is not self.creator]
        if not fans or stable_random("anonymous", self.number) % 4 == 0:
            return None
        return fans[stable_random("fan", self.number) % len(fans)]

    @property
    def tags(self) -> list[str]:
        """What is to be on the work."""
        return self.work.tags[:3] if self.work else ["灯台", "風景"]


@shape(CommissionRequest, Asked, like=_EXAMPLE)
def _request(context: Context, asked: Asked) -> JSON:
    world = context.world
    begun = asked.work.date - _MONTH if asked.work else world.now.astimezone(JST) - _MONTH / 2
    fan = asked.fan(world)
    return {
        "requestId": str(asked.number),
        "planId": str(_plan_id(asked.creator)),
        "fanUserId": str(fan.id) if fan else None,
        "creatorUserId": str(asked.creator.id),
        "requestStatus": "complete" if asked.work else "inProgress",
        "requestPostWorkType": asked.kind,
        "requestPrice": 3000 + stable_random("price", asked.number) % 20 * 500,
        "requestTags": list(asked.tags),
        "requestAdultFlg": asked.adult,
        "requestAnonymousFlg": fan is None,
        "requestResponseDeadlineDatetime": _day_end(begun + dt.timedelta(days=7)),
        "requestPostDeadlineDatetime": _day_end(begun + _MONTH * 2),
        "role": _role(context, asked.creator, fan),
        "plan": asked.creator,
        "collaborateStatus.collaborateUserSamples": [],
        "postWork": {
            "postWorkId": str(asked.work.id),
            "postWorkType": asked.kind,
            "work": {"isUnlisted": False, "secret": None},
        }
        if asked.work
        else None,
    }


@shape(RequestPlan, User, like=_EXAMPLE)
def _plan(_: Context, creator: User) -> JSON:
    return {
        "planId": str(_plan_id(creator)),
        "creatorUserId": str(creator.id),
        "planAcceptRequestFlg": creator.accepts_requests,
        "planStandardPrice": 3000 + stable_random("price", creator.id) % 20 * 500,
        "planAcceptAdultFlg": accepts(creator, "adult"),
        "planAcceptIllustFlg": accepts(creator, "illust"),
        "planAcceptUgoiraFlg": accepts(creator, "ugoira"),
        "planAcceptMangaFlg": accepts(creator, "manga"),
        "planCoverImage.urls": {
            "cover": f"{COMMON}/commission_plan/cover_{creator.id}.png",
            "card": f"{COMMON}/commission_plan/card_{creator.id}.png",
        },
    }


def _day_end(moment: dt.datetime) -> str:
    return moment.replace(hour=23, minute=59, second=59).isoformat()


def _role(context: Context, creator: User, fan: User | None) -> str:
    if context.account is creator:
        return "creator"
    return "fan" if fan is not None and context.account is fan else "others"


def _plan_id(creator: User) -> int:
    return creator.id % 1_000_000 + 600_000


def accepts(creator: User, what: str) -> bool:
    """Whether *creator* takes requests for ``illust``, ``manga``, ``ugoira`` or ``adult``."""
    if not creator.accepts_requests:
        return False
    return what == "illust" or stable_random("accepts", creator.id, what) % 3 > 0


def creators(world: World, kind: str = "illust") -> list[User]:
    """The users that accept requests for a *kind* of works."""
    return [user for user in world.users.values() if accepts(user, kind)]


def complete(context: Context, kinds: Collection[Kind] = ()) -> list[Asked]:
    """The requests that became works which the account may see, the newest first."""
    works = context.world.newest(context.account, kinds=kinds)
    found = (request_for(context.world, work) for work in works)
    return [one for one in found if one is not None]


def request_for(world: World, work: Work) -> Asked | None:
    """The request that *work* was made for, if any; ugoira are rare enough to be all asked for."""
    creator = world.users[work.user_id]
    if not creator.accepts_requests or (
        work.kind != "ugoira" and stable_random("asked", work.id) % 2
    ):
        return None
    number = work.id - 100_000_000
    return Asked(number, creator, work.kind, work, adult=bool(work.x_restrict))


def in_progress(context: Context, kinds: Collection[Kind] = ()) -> list[Asked]:
    """The requests that are being worked on."""
    return [one for one in _pending(context.world) if not kinds or one.kind in kinds]


def _pending(world: World) -> Iterator[Asked]:
    for creator in creators(world):
        for number in range(1 + stable_random("pending", creator.id) % 4):
            kind = _KINDS[stable_random("kind", creator.id, number) % 3]
            if accepts(creator, kind):
                adult = (
                    accepts(creator, "adult")
                    and stable_random("adult", creator.id, number) % 5 == 0
                )
                yield Asked(creator.id * 10 + number, creator, kind, None, adult=adult)

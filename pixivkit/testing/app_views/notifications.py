"""How the fake answers the App API: what others did with what the account has posted."""

from __future__ import annotations

import datetime as dt
import html
from collections import defaultdict

import attrs

from ...models.app import Notification
from ..records import Target, User
from ..views import JSON, Context, shape, view

__all__: list[str] = []

_BOOKMARKED = 7
_FOLLOWED = 8
_SEVERAL = {"title": "ブックマークされた", "unread_exists": True}
_OF_SEVERAL = 9_000_000_000_000
"""Added to the id of the newest of several for the one that stands for them."""


@attrs.frozen(kw_only=True)
class _Event:
    """That *by* did something: followed the account, or bookmarked a work of its own."""

    id: int
    by: User
    date: dt.datetime
    target: Target | None = None
    work_id: int = 0
    others: int = 0

    @property
    def url(self) -> str:
        kinds = {"illust": "illusts", "novel": "novels", None: "users"}
        return f"pixiv://{kinds[self.target]}/{self.work_id or self.by.id}"


def _follows(context: Context) -> list[_Event]:
    world, me = context.world, context.user.id
    return [
        _Event(id=9_100_000_000 + by, by=world.users[by], date=mine[me].date)
        for by, mine in world.follows.items()
        if me in mine and mine[me].restrict == 0
    ]


def _bookmarks(context: Context) -> dict[tuple[Target, int], list[_Event]]:
    """Public bookmarks by others, by what they are of, newest first."""
    world, me = context.world, context.user.id
    found: defaultdict[tuple[Target, int], list[_Event]] = defaultdict(list)
    targets: tuple[Target, ...] = ("illust", "novel")
    for target in targets:
        works = world.works if target == "illust" else world.novels
        own = {work_id for work_id, work in works.items() if work.user_id == me}
        for by, mine in world.bookmarks_on(target).items():
            for one in mine.values():
                if one.work_id in own and one.restrict == 0 and by != me:
                    found[target, one.work_id].append(
                        _Event(
                            id=one.id,
                            by=world.users[by],
                            date=one.date,
                            target=target,
                            work_id=one.work_id,
                        )
                    )
    for events in found.values():
        events.sort(key=lambda event: event.date, reverse=True)
    return found


@view("app.notification.list")
def _list(context: Context) -> object:
    events = _follows(context)
    for several in _bookmarks(context).values():
        first, more = several[0], len(several) - 1
        of_several = attrs.evolve(first, id=first.id + _OF_SEVERAL, others=more)
        events.append(of_several if more else first)
    return sorted(events, key=lambda event: event.date, reverse=True)


@view("app.notification.view_more")
def _view_more(context: Context) -> object:
    wanted = context.arguments["notification_id"] - _OF_SEVERAL
    for several in _bookmarks(context).values():
        if several[0].id == wanted:
            return several
    raise context.absent("notification")


@shape(Notification, _Event, like="app.notification.list")
def _notification(_: Context, event: _Event) -> JSON:
    did = "があなたの作品をブックマークしました" if event.target else "があなたをフォローしました"
    others = f"、ほか{event.others}人" if event.others else ""
    return {
        "id": event.id,
        "created_datetime": event.date.isoformat(),
        "type": _BOOKMARKED if event.target else _FOLLOWED,
        "content.text": f"<b>{html.escape(event.by.name)}</b>さん{others}{did}",
        "content.left_icon": event.by.avatar_url(),
        "view_more": _SEVERAL if event.others else None,
        "target_url": event.url,
        "is_read": False,
    }

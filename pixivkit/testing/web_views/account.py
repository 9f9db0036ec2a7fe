"""Views of what concerns the account itself: its dashboard, notifications and linked services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from ..records import User
from ..stable_random import stable_random
from ..views import JSON, Context, view
from .page_parts import named_on_page

_SHOWN: Final = 20
_FEW: Final = 6
_DAY: Final = dt.timedelta(days=1)
_TAG: Final = "風景"


@view("web.dashboard.home")
def dashboard_home(context: Context) -> object:
    world = context.world
    celebrated = world.search(_TAG, context.account, match="exact")
    works = [work for work in celebrated if not work.x_restrict][:_FEW]
    today = world.now.replace(hour=2, minute=0, second=0)
    return {
        **named_on_page(works=works),
        "data.userCountSummary.today": _counts(context, today),
        "data.userCountSummary.yesterday": _counts(context, today - _DAY),
        "data.contests": [],
        "data.todayAnniversary": {
            "tag": _TAG,
            "illustIds": [str(work.id) for work in works],
            "isMuted": False,
        },
    }


def _counts(context: Context, until: dt.datetime) -> JSON:
    """What the account's works received in the day before *until*."""
    world, user = context.world, context.user
    mine = {work.id for work in world.works.values() if work.user_id == user.id}

    def within(date: dt.datetime) -> bool:
        return until - _DAY <= date < until

    bookmarks = (one for marks in world.bookmarks.values() for one in marks.values())
    comments = (one for one in world.comments.values() if one.target == "illust")
    return {
        "viewCount": sum(stable_random("viewed", until.date(), one) % 40 for one in mine),
        "ratingCount": sum(stable_random("liked", until.date(), one) % 3 for one in mine),
        "bookmarkCount": sum(one.work_id in mine and within(one.date) for one in bookmarks),
        "commentCount": sum(one.work_id in mine and within(one.date) for one in comments),
        "reportedAt": until.strftime("%Y-%m-%d %H:%M:%S"),
    }


@view("web.notification")
def notification(context: Context) -> object:
    events = sorted(_events(context), key=lambda event: event[0])
    items: list[JSON] = []
    for number, (date, kind, who, link, text) in enumerate(events, 900_000_001):
        items.append(
            {
                "id": str(number),
                "type": kind,
                "unread": context.world.now - date < _DAY,
                "notifiedAt": date.isoformat(),
                "linkUrl": link,
                "iconUrl": who.avatar_url(50),
                "targetBlank": False,
                "isProfileIcon": True,
                "content": f"<b>{who.name}</b>{text}",
            }
        )
    items.reverse()
    return {
        "items": items[:_SHOWN],
        "remaining_unread_count": sum(item["unread"] is True for item in items[_SHOWN:]),
    }


def _events(context: Context) -> Iterator[tuple[dt.datetime, str, User, str, str]]:
    """When, what kind, who, where it leads, and in words."""
    world, user = context.world, context.user
    mine = {work.id: work for work in world.works.values() if work.user_id == user.id}
    for follower in world.followers_of(user.id):
        who, date = world.users[follower], world.follows[follower][user.id].date
        yield date, "favorited", who, f"/users/{who.id}", "さんにフォローされました"
    for marks in world.bookmarks.values():
        for bookmark in marks.values():
            work = mine.get(bookmark.work_id)
            if work and bookmark.user_id != user.id and not bookmark.restrict:
                text = f"さんが「{work.title}」をブックマークしました"
                who = world.users[bookmark.user_id]
                yield bookmark.date, "bookmarked", who, f"/artworks/{work.id}", text
    for comment in world.comments.values():
        work = mine.get(comment.work_id) if comment.target == "illust" else None
        if work and comment.user_id != user.id:
            text = f"さんが「{work.title}」にコメントしました"
            who = world.users[comment.user_id]
            yield comment.date, "commented", who, f"/artworks/{work.id}", text


@view("web.linked.service_tumeng")
def tumeng(context: Context) -> object:
    user = context.user
    return {
        "page.user.id": str(user.id),
        "page.user.name": user.name,
        "page.user.profileImageUrl": user.avatar_url(170),
        "page.user.profileImageConfigured": bool(user.avatar_extension),
    }

"""Many works of one tag, in a world that has no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pixivkit.testing import World
from pixivkit.testing.world import JST, Work, WorkPage

TAG = "灯台"

REACHED = 5010
"""Works that a search shows: the last page begins before offset 5000."""


def day(number: int) -> dt.date:
    """The first day, or so many days after it."""
    return dt.date(2026, 5, 1) + dt.timedelta(days=number)


def post(world: World, counts: Mapping[dt.date, int], *, tag: str = TAG) -> None:
    """Post so many works of a day, the first as it begins and the last as it ends in Japan."""
    page = WorkPage(width=8, height=8)
    for date, count in sorted(counts.items()):
        midnight = dt.datetime(date.year, date.month, date.day, tzinfo=JST)
        for number in range(count):
            seconds = 86399 * number // max(count - 1, 1)
            world.publish(
                Work(
                    id=0,
                    user_id=world.account_id,
                    title="",
                    tags=[tag],
                    date=midnight + dt.timedelta(seconds=seconds),
                    pages=[page],
                )
            )

"""Many works of one tag, in a world that has no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from pixivkit.testing import World
from pixivkit.testing.world import JST, Novel, Work, WorkPage

TAG = "灯台"

REACHED = 5010
"""Works that a search shows: the last page begins before offset 5000."""


def day(number: int) -> dt.date:
    """The first day, or so many days after it."""
    return dt.date(2026, 5, 1) + dt.timedelta(days=number)


def post(
    world: World,
    counts: Mapping[dt.date, int],
    *,
    tag: str = TAG,
    pages: Sequence[WorkPage] = (WorkPage(width=8, height=8),),
) -> None:
    """
    Post so many works of a day, the first as it begins and the last as it ends in Japan.

    Each has one of *pages*, in turns.
    """
    for date in _moments(counts):
        page = pages[len(world.works) % len(pages)]
        world.publish(
            Work(
                id=0, user_id=world.account_id, title="", tags=[tag], date=date, pages=[page]
            )
        )  # fmt: skip


def post_novels(
    world: World, counts: Mapping[dt.date, int], *, tag: str = TAG, lengths: Sequence[int] = (3,)
) -> None:
    """Post so many novels of a day as `post` does works; each has one of *lengths*, in turns."""
    for date in _moments(counts):
        novel_id = world.new_id("novel", 22_000_001)
        world.novels[novel_id] = Novel(
            id=novel_id,
            user_id=world.account_id,
            title="",
            text="x" * lengths[len(world.novels) % len(lengths)],
            tags=[tag],
            date=date,
        )


def _moments(counts: Mapping[dt.date, int]) -> Iterator[dt.datetime]:
    for date, count in sorted(counts.items()):
        midnight = dt.datetime(date.year, date.month, date.day, tzinfo=JST)
        for number in range(count):
            yield midnight + dt.timedelta(seconds=86399 * number // max(count - 1, 1))

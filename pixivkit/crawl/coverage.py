"""What a crawl of a tag has seen, and what it could not."""

from __future__ import annotations

import datetime as dt

import attrs

__all__ = ["Coverage", "DayCoverage"]


@attrs.define
class DayCoverage:
    """
    What a crawl of a tag has seen of a day that holds more works than one search shows.

    Attributes:
        day: The day, in pixiv's time (UTC+9).
        works: How many of its works were yielded.
        total: How many there are, as a search on the web counts them; None where nobody asked,
            which is so without ``web_fallback``, for novels, and for days that were seen whole.
        windows: How many searches it took.
    """

    day: dt.date
    works: int = 0
    total: int | None = None
    windows: int = 0


@attrs.define
class Coverage:
    """
    What a crawl of a tag has seen.

    Attributes:
        works: How many different works it yielded.
        windows: How many searches it took, each of a span of dates and up to pixiv's limit of
            results.
        truncated: Days of which some works are missing, since no search shows them.
        days: What was seen of each day that holds more works than one search shows, the newest
            first; those of *truncated* are among them.
        broken: How many items were left out because they have no core, such as an id; one that
            several searches show counts each time.
        hidden: How many of *works* came as stubs: the account may not see them, and the web does
            not show them either where it was asked.
    """

    works: int = 0
    windows: int = 0
    truncated: list[dt.date] = attrs.field(factory=list[dt.date])
    days: list[DayCoverage] = attrs.field(factory=list[DayCoverage])
    broken: int = 0
    hidden: int = 0

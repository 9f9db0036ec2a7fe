"""Days of rankings, which are Japan's."""

from __future__ import annotations

import datetime as dt
from typing import Final

from .._core.basics.japan_time import JST

__all__ = ["newest_ranking_day"]

_PUBLISHED_AT: Final = dt.timedelta(hours=12)
_DAY: Final = dt.timedelta(days=1)


def newest_ranking_day(seconds: float) -> dt.date:
    """
    Return the day of the newest ranking that is due: pixiv publishes yesterday's about noon.

    Until noon in Japan (03:00 UTC) that is the day before yesterday. Pixiv may be late.

    Args:
        seconds: The time, in seconds since 1970.
    """
    return (dt.datetime.fromtimestamp(seconds, JST) - _PUBLISHED_AT).date() - _DAY

"""Dates on pixiv, which are those of Japan."""

from __future__ import annotations

import datetime as dt
from typing import Final

__all__ = ["JST", "pixiv_date"]

JST: Final = dt.timezone(dt.timedelta(hours=9))
"""Pixiv's own clock: what a date without an offset means."""


def pixiv_date(value: dt.date) -> dt.date:
    """Return the date of *value* in Japan; a time without zone is Japan's."""
    if not isinstance(value, dt.datetime):
        return value
    return value.date() if value.tzinfo is None else value.astimezone(JST).date()

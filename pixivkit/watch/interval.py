"""The time between two looks at a list."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

from ..errors import InvalidArgument

__all__ = ["seconds_of"]

_LEAST: Final = 1.0
"""The pace of a polite account."""


def seconds_of(every: object) -> float:
    """
    Return the seconds between two looks.

    Args:
        every: A timedelta or seconds.

    Raises:
        InvalidArgument: It is neither, or too short.
    """
    seconds = every.total_seconds() if isinstance(every, dt.timedelta) else every
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        msg = f"every: must be a timedelta or seconds, not {type(seconds).__name__}"
        raise InvalidArgument(msg)
    if not _LEAST <= seconds < math.inf:
        msg = f"every: must be {_LEAST:g} s or more, not {seconds:g}"
        raise InvalidArgument(msg)
    return float(seconds)

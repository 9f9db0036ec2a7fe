"""Small habits of pixiv's JSON on the web, and what of it is for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..records import Work
from ..views import JSON, Context

__all__ = ["by_mode", "day", "demand_login", "html", "nothing", "text_id", "text_ids"]


def text_id(number: int | None) -> str | None:
    """An id as the web API spells it, or None."""
    return None if number is None else str(number)


def text_ids(things: Sequence[int]) -> list[str]:
    """Ids as the web API spells them."""
    return [str(one) for one in things]


def nothing(*keys: str) -> JSON:
    """An object whose keys are all null."""
    return {key: None for key in keys}


def html(text: str) -> str:
    """Plain text as HTML with its line breaks."""
    return text.replace("\r\n", "\n").replace("\n", "<br />")


def day(value: object) -> dt.date | None:
    """An argument that is a date, or one spelled ``YYYY-MM-DD`` or ``YYYYMMDD``."""
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value if isinstance(value, dt.date) else None


def by_mode(context: Context, works: Sequence[Work], mode: str | None = None) -> list[Work]:
    """
    The *works* that a *mode* (by default that of the request) shows.

    Raises:
        Refusal: R-18 works without a login.
    """
    mode = mode or context.arguments.get("mode") or "all"
    if mode == "r18":
        demand_login(context)
        return [work for work in works if work.x_restrict]
    return [work for work in works if mode != "safe" or not work.x_restrict]


def demand_login(context: Context) -> None:
    """Refuse who is not logged in."""
    if context.account is None:
        raise context.forbidden()

"""Small habits of pixiv's JSON on the web, and how a list is cut into pages."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

from ..refusals import forbidden
from ..views import Context
from ..world import Work

__all__ = [
    "JSON", "by_mode", "cut", "day", "demand_login", "html", "lot", "nothing", "page_count", "php",
    "text_id", "text_ids",
]  # fmt: skip

JSON: TypeAlias = dict[str, object]
T = TypeVar("T")


def php(values: Mapping[str, T]) -> Mapping[str, T] | list[T]:
    """An object as PHP encodes it: a list where it is empty."""
    return values or []


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


def lot(*salt: object) -> int:
    """A number from 0 to 65535, always the same for the same *salt*."""
    words = " ".join(str(one) for one in salt)
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:2], "big")


def cut(items: Sequence[T], page: int, size: int) -> list[T]:
    """The *page*, from 1, of *size* items."""
    return list(items[(page - 1) * size : page * size])


def page_count(total: int, size: int) -> int:
    """How many pages there are; one even for nothing."""
    return max(1, -(-total // size))


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
        raise forbidden(context.endpoint.base)

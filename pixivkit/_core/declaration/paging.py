"""
Strategies of paging: how one reply leads to the request of the next page.

Pure data and pure functions: a strategy sees the arguments and the JSON of one reply, and says
with which arguments, or with which query, the next is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeAlias, cast

import attrs

from ...errors import PagingError
from ..structuring.field_types import says_nothing
from ..structuring.structure_errors import type_name

Arguments: TypeAlias = Mapping[str, object]

LARGEST_OFFSET: Final = 5000
"""The largest ``offset`` that the App API takes."""


@attrs.frozen
class Follow:
    """
    How to fetch the next page: with changed arguments, or a URL whose query is replayed.

    Attributes:
        arguments: Parameters to change, by name.
        url: The URL that the reply gave; empty where the arguments say it all.
    """

    arguments: Arguments = attrs.field(factory=dict[str, object])
    url: str = ""


def dig(value: object, path: str) -> object:
    """Follow a dotted *path* into JSON; None where it leads nowhere."""
    for key in path.split(".") if path else ():
        if not isinstance(value, Mapping):
            return None
        value = cast("Mapping[str, object]", value).get(key)
    return value


def count(value: object) -> int:
    """Return the number of items at a path: in a list, or in an object of items."""
    return len(cast("Sequence[object]", value)) if isinstance(value, list | dict) else 0


def whole(value: object) -> int | None:
    """Return a 64-bit integer from a number or a string of digits; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if -(2**63) <= number < 2**63 else None


def truth(value: object, *, default: bool | None = None) -> bool | None:
    """Return a boolean from true, false, 0 or 1; *default* for null and the like, else None."""
    if value in (0, 1):
        return bool(value)
    return default if says_nothing(value) else None


def _unreadable(key: str, value: object) -> PagingError:
    return PagingError(f"{key} does not say where the next page is: it is a {type_name(value)}")


class Paging(Protocol):
    """
    A strategy: how one page of a list leads to the next.

    `NextUrl`, `PageNumber`, `Offset` and `LastId` are pixiv's. One of your own is a frozen attrs
    class with these members.

    Attributes:
        items: Dotted path, in the payload, to the items: a list, or an object of them.
        params: Names of the parameters it drives; every one is declared by the endpoint.
    """

    @property
    def items(self) -> str: ...

    @property
    def params(self) -> tuple[str, ...]: ...

    def after(self, arguments: Arguments, payload: object) -> Follow | None:
        """
        Return how to fetch the page after *payload*, or None at the end.

        Args:
            arguments: The arguments of the page that came, by name.
            payload: Its reply as JSON values, without the envelope.

        Raises:
            PagingError: The reply names the next page, and not in a way that can be read.
        """
        ...


@attrs.frozen
class NextUrl:
    """App API: the reply carries the whole next URL, or null at the end."""

    items: str
    params: tuple[str, ...] = attrs.field(default=(), init=False)

    def after(self, arguments: Arguments, payload: object) -> Follow | None:
        del arguments
        url = dig(payload, "next_url")
        if says_nothing(url):
            return None
        if not isinstance(url, str):
            raise _unreadable("next_url", url)
        return Follow(url=url)


@attrs.frozen
class PageNumber:
    """
    Web API: count *param* up.

    The end is what the reply says: the number of the *last* page, *more* (true while there is
    another; a number counts as true), or *ended* (true on the last page). Unless there is a last
    page, an empty one is the end in any case.
    """

    items: str
    param: str = "p"
    last: str = ""
    more: str = ""
    ended: str = ""

    @property
    def params(self) -> tuple[str, ...]:
        return (self.param,)

    def after(self, arguments: Arguments, payload: object) -> Follow | None:
        page = cast("int", arguments[self.param] or 1)
        following = Follow({self.param: page + 1})
        last = whole(dig(payload, self.last)) if self.last else None
        if last is not None:
            return following if page < last else None
        if self.more and truth(dig(payload, self.more)) is False:
            return None
        if self.ended and truth(dig(payload, self.ended)) is True:
            return None
        return following if count(dig(payload, self.items)) else None


@attrs.frozen
class Offset:
    """
    Web API: move *param* on by what arrived, until *total* is reached or *more* is false.

    A page may be shorter than the limit, since pixiv leaves out what the account may not see.
    Where there is a total, an empty one moves on by the limit, so that it hides nothing behind it;
    else it is the end.
    """

    items: str
    total: str = ""
    more: str = ""
    param: str = "offset"
    limit: str = "limit"

    @property
    def params(self) -> tuple[str, ...]:
        return (self.param, self.limit)

    def after(self, arguments: Arguments, payload: object) -> Follow | None:
        got = count(dig(payload, self.items))
        start = cast("int", arguments[self.param] or 0)
        reached = start + (got or cast("int", arguments[self.limit]))
        total = whole(dig(payload, self.total)) if self.total else None
        if total is not None:
            return Follow({self.param: reached}) if reached < total else None
        if not got or (self.more and truth(dig(payload, self.more), default=False) is False):
            return None
        return Follow({self.param: reached})


@attrs.frozen
class LastId:
    """Web API: pass the *cursor* of the reply back as *param*, until a page is empty."""

    items: str
    cursor: str = "lastId"
    param: str = "last_id"

    @property
    def params(self) -> tuple[str, ...]:
        return (self.param,)

    def after(self, arguments: Arguments, payload: object) -> Follow | None:
        del arguments
        found = dig(payload, self.cursor)
        if says_nothing(found) or not count(dig(payload, self.items)):
            return None
        cursor = whole(found)
        if cursor is None:
            raise _unreadable(self.cursor, found)
        return Follow({self.param: cursor}) if cursor else None

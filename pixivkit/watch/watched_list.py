"""The lists that can be watched: how each is ordered, and what tells its items apart."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias, cast

import attrs

from .._core.calls.call import Pages, is_pages
from .._core.calls.request import Request
from .._core.calls.request_key import request_key
from ..errors import InvalidArgument
from .remembered import Key

__all__ = ["KeyFunction", "Order", "WatchedList"]

KeyFunction: TypeAlias = Callable[[Any], Key]

Order: TypeAlias = Literal["newest first", "oldest first", "ranking"]
"""How a list is ordered: where what is new appears."""

_RANKINGS: Final = frozenset({"app.illust.ranking", "app.novel.ranking", "web.ranking"})
_OLDEST_FIRST: Final = frozenset(
    {"app.novel.series", "app.illust.comment_replies", "app.novel.comment_replies"}
)
_WITHOUT_ORDER: Final = ("recommended", "related", "walkthrough", "live")
"""Words in the names of endpoints that answer what suits somebody, not what is new."""

_NEWEST_FIRST_WORDS: Final = (None, "date_desc", "date_d", "desc")


@attrs.frozen(eq=False)
class WatchedList:
    """
    A list that is watched.

    Attributes:
        pages: The list, as it was given.
        order: How it is ordered.
        key_of: Returns what tells an item from others.
        name: Identifies the request in a state file.
    """

    pages: Pages[Any, Any]
    order: Order
    key_of: KeyFunction
    name: str

    @classmethod
    def of(cls, pages: object, key: KeyFunction | None) -> WatchedList:
        """
        Return *pages* as a list to watch.

        Args:
            pages: The list.
            key: Returns what tells its items apart; None for their ids.

        Raises:
            InvalidArgument: What is new cannot be told, or it is no list.
        """
        if not is_pages(pages):
            msg = f"pages: only lists can be watched, not {type(pages).__name__}"
            raise InvalidArgument(msg)
        request = pages.request
        _check_is_beginning(request)
        order = _order_of(request)
        return cls(pages, order, key or _usual_key(request), request_key(request).hex())

    @property
    def request(self) -> Request:
        """The request of the first page."""
        return self.pages.request

    def of_day(self, day: dt.date) -> Request:
        """Return the request of the first page of the ranking of *day*."""
        arguments = {**self.request.named, "date": day}
        return Request(self.request.endpoint, tuple(arguments.values()))

    def key(self, item: object) -> Key:
        """
        Return the key of *item*.

        Raises:
            InvalidArgument: It is neither an int nor a str.
        """
        key = cast("object", self.key_of(item))
        if isinstance(key, bool) or not isinstance(key, int | str):
            msg = f"key: an item has one that is an int or a str, not {type(key).__name__}"
            raise InvalidArgument(msg, endpoint=self.request.endpoint.name)
        return key


def _check_is_beginning(request: Request) -> None:
    paging = request.endpoint.paging
    assert paging is not None
    defaults = {param.name: param.default for param in request.endpoint.params}
    driven = {*paging.params, "offset", "last_order"} - {"limit"}
    driven |= {name for name in defaults if name.startswith(("max_illust", "max_novel", "max_b"))}
    given = request.named
    late = sorted(one for one in driven & given.keys() if given[one] not in (defaults[one], 0))
    if request.next_url or late:
        what = late[0] if late else "pages"
        msg = f"{what}: a list is watched from its beginning, not from a later page"
        raise InvalidArgument(msg, endpoint=request.endpoint.name)


def _order_of(request: Request) -> Order:
    name, given = request.endpoint.name, request.named
    _, resource, *rest = name.split(".")
    if not {resource, *rest}.isdisjoint(_WITHOUT_ORDER) or name == "app.search.user":
        msg = "this list is not in order of time, so nothing in it is newer than the rest"
        raise InvalidArgument(msg, endpoint=name)
    for one in ("sort", "order"):
        if given.get(one) not in _NEWEST_FIRST_WORDS:
            msg = f"{one}: only a list with the newest first can be watched, not {given[one]!r}"
            raise InvalidArgument(msg, endpoint=name)
    if name not in _RANKINGS:
        return "oldest first" if name in _OLDEST_FIRST else "newest first"
    if given["date"] is not None:
        msg = "date: the ranking of a day never changes; without it the newest is watched"
        raise InvalidArgument(msg, endpoint=name)
    return "ranking"


def _usual_key(request: Request) -> KeyFunction:
    """Return what reads the ids of the items of a list."""
    kind: Any = request.endpoint.item
    if kind in (int, str):
        return _itself
    if isinstance(kind, type) and attrs.has(kind):
        fields = {field.name: field for field in attrs.fields(kind)}
        core = [one for one, field in fields.items() if field.default is attrs.NOTHING]
        if "id" in fields:
            return operator.attrgetter("id")
        if len(core) == 1 and core[0].endswith("_id"):
            return operator.attrgetter(core[0])
        for thing in ("user", "novel"):
            if thing in fields:
                return operator.attrgetter(f"{thing}.id")
    msg = "key: the items of this list have no id; give a function that tells them apart"
    raise InvalidArgument(msg, endpoint=request.endpoint.name)


def _itself(item: Any) -> Any:
    return item

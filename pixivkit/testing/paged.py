"""The part of a list that a request asks for, and what the reply says about the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from .._core.declaration.endpoint import Endpoint
from .._core.declaration.paging import LastId, NextUrl, Offset, PageNumber

__all__ = ["Page", "cut"]

T = TypeVar("T")

_APP_SIZE = 30
_WEB_SIZE = 60


class Page(list[T]):
    """
    One page of a list.

    Attributes:
        total: How many items the whole list has.
        beside: What the reply says about the other pages, by dotted path.
    """

    def __init__(self, items: Sequence[T], total: int, beside: Mapping[str, object]) -> None:
        super().__init__(items)
        self.total = total
        self.beside: dict[str, object] = {key: one for key, one in beside.items() if key}


def cut(
    items: Sequence[T],
    endpoint: Endpoint,
    arguments: Mapping[str, Any],
    next_url: Callable[..., str],
    size: int | None = None,
) -> Page[T]:
    """
    The page that a call asks for.

    Args:
        items: The whole list, in order; where pages go by ids, entities that have one.
        endpoint: Says how its list is paged.
        arguments: Every argument of the call.
        next_url: Makes the address of a page, of the parameters that change.
        size: Items on a page, where no argument says so; 30 or 60 by default, as pixiv has it.
    """
    paging, total = endpoint.paging, len(items)
    match paging:
        case NextUrl():
            return _after(items, endpoint, arguments, next_url, size or _APP_SIZE)
        case PageNumber():
            size = size or _WEB_SIZE
            end: int = (arguments[paging.param] or 1) * size
            beside = {
                paging.last: max(1, -(-total // size)),
                paging.more: end < total,
                paging.ended: end >= total,
            }
            return Page(items[end - size : end], total, beside)
        case Offset():
            start: int = arguments[paging.param] or 0
            size = int(arguments[paging.limit] or size or _WEB_SIZE)
            more = start + size < total
            return Page(
                items[start : start + size], total, {paging.total: total, paging.more: more}
            )
        case LastId():
            last = arguments[paging.param]
            older = [one for one in items if not last or _id(one) < last]
            page = older[: arguments.get("limit") or size or _WEB_SIZE]
            return Page(page, total, {paging.cursor: str(_id(page[-1]) if page else last or 0)})
        case _:
            return Page(items, total, {})


def _after(
    items: Sequence[T],
    endpoint: Endpoint,
    arguments: Mapping[str, Any],
    next_url: Callable[..., str],
    size: int,
) -> Page[T]:
    """A page of the App API: by an offset, or by an id that it begins with or after."""
    declared = [param.name for param in endpoint.params]
    for name in declared if "offset" not in declared else ():
        given = arguments[name]
        if name.startswith("max_") and name.endswith("_id"):
            older = [one for one in items if given is None or _id(one) <= given]
            more = next_url(**{name: _id(older[size])}) if len(older) > size else None
            return Page(older[:size], len(items), {"next_url": more})
        if name.startswith("last_") and name.endswith("_id"):
            older = [one for one in items if given is None or _id(one) < given]
            more = next_url(**{name: _id(older[size - 1])}) if len(older) > size else None
            return Page(older[:size], len(items), {"next_url": more})
    if "offset" not in declared:
        return Page(items, len(items), {"next_url": None})
    end = (arguments["offset"] or 0) + size
    more = next_url(offset=end) if end < len(items) else None
    return Page(items[end - size : end], len(items), {"next_url": more})


def _id(entity: Any) -> int:
    if isinstance(entity, Mapping):
        return int(cast("Mapping[str, Any]", entity)["id"])
    return int(entity.id)

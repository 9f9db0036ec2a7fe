"""What the views of the App API share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from .refusals import Refusal, not_found
from .views import Context
from .world import World

__all__ = ["PAGE", "absent", "novel_id", "page", "remembered"]

T = TypeVar("T")

PAGE: Final = 30

_LISTS: WeakKeyDictionary[World, tuple[object, Any]] = WeakKeyDictionary()
"""The list that was last paged through, and what it depends on."""


def page(
    context: Context, key: str, items: Sequence[T], spell: Callable[[T], object]
) -> dict[str, object]:
    """The page of *items* that is asked for, under *key*, and where the next one is."""
    start = context.arguments["offset"] or 0
    more = start + PAGE < len(items)
    return {
        key: [spell(item) for item in items[start : start + PAGE]],
        "next_url": context.next_url(offset=start + PAGE) if more else None,
    }


def remembered(context: Context, make: Callable[[], list[T]]) -> list[T]:
    """
    A long list, which is made for its first page only while nothing is posted or deleted.

    Made anew for each page, a search among thousands of works would take minutes to walk through.
    """
    world = context.world
    query = tuple(pair for pair in context.pairs if pair[0] != "offset")
    posted = (world.now, len(world.works), next(reversed(world.works), 0))
    known = (context.endpoint.name, context.account, query, posted)
    if not context.arguments["offset"]:
        _LISTS.pop(world, None)
    kept, found = _LISTS.get(world, (None, None))
    if kept != known:
        found = make()
        _LISTS[world] = known, found
    return cast("list[T]", found)


def absent(context: Context, what: str = "work") -> Refusal:
    """There is no such *what*: ``work``, ``comment``, ``draft`` or ``upload``."""
    return not_found(context.endpoint.base, what)


def novel_id(context: Context) -> int:
    """
    The id of the novel that is asked for.

    Raises:
        Refusal: The account does not see such a novel.
    """
    novel = context.world.novels.get(context.arguments["novel_id"])
    if novel is None or not context.world.visible_to(context.user, novel):
        raise absent(context)
    return novel.id

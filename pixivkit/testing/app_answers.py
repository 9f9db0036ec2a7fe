"""What the views of the App API share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from .refusals import Refusal, not_found
from .views import Context

__all__ = ["absent", "novel_id", "page"]

T = TypeVar("T")

PAGE: Final = 30


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

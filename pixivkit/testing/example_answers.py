"""
Answers made from the example of an endpoint: whole, or with what a view returns laid over it.

A view says which entities there are; how they look is in their shapes, and all that stands beside
them in the example.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from .._core.endpoint import Endpoint
from .._core.envelope import payload
from .._core.paging import dig
from ..examples import examples_of
from .paged import Page
from .refusals import not_found
from .shapes import kind_at, laid, spelled
from .views import Context
from .world import World

__all__ = ["answered", "empty_reply", "example_reply", "only_page", "refuse_unknown_ids"]

_HOLDERS: Final[Mapping[str, tuple[str, Callable[[World], Mapping[int, object]]]]] = {
    "comment_id": ("comment", lambda world: world.comments),
    "draft_id": ("draft", lambda world: world.drafts),
    "illust_id": ("work", lambda world: world.works),
    "novel_id": ("work", lambda world: world.novels),
    "user_id": ("user", lambda world: world.users),
}
"""What the world holds under the ids of a parameter, and what it is called."""


def answered(context: Context, reply: object, found: object) -> object:
    """
    The reply of the example with what a view found in the world.

    Args:
        context: The request.
        reply: The whole body that the example gives.
        found: The items of a list, all of them or a `Page`; an entity; values and entities by
            dotted path in the payload, an empty path for all of it; None for nothing to change.

    Returns:
        The whole body, envelope included.
    """
    endpoint = context.endpoint
    if found is None:
        return reply
    items = endpoint.paging.items if endpoint.paging else ""
    changes = (
        dict(cast("Mapping[str, object]", found)) if isinstance(found, Mapping) else {items: found}
    )
    listed = changes.get(items)
    if endpoint.paging and isinstance(listed, list):
        whole = cast("list[object]", listed)
        page = whole if isinstance(whole, Page) else context.page(whole)
        changes = {**page.beside, **changes, items: page}
    above = ".".join(part for part in (endpoint.envelope, endpoint.pick) if part)
    inner, kind = dig(reply, above), context.response
    for path, value in changes.items():
        inner = laid(inner, path, spelled(context, kind_at(kind, path), value))
    return laid(reply, above, inner)


def only_page(context: Context, reply: object) -> object:
    """The reply of an example, as all that there is where it is a page of a list."""
    endpoint = context.endpoint
    if endpoint.paging is None:
        return reply
    items = dig(payload(endpoint, reply), endpoint.paging.items)
    return answered(context, reply, {endpoint.paging.items: items})


def example_reply(endpoint: Endpoint, arguments: Mapping[str, object]) -> object:
    """
    The reply of the example that fits a call, with the ids that were asked for in it.

    Args:
        endpoint: What was called.
        arguments: Every argument by name.

    Returns:
        The whole body, envelope included.

    Raises:
        LookupError: There is no example.
    """
    examples = examples_of(endpoint.name)
    chosen = next((one for one in examples if one.answers(endpoint, arguments)), examples[0])
    ids = {
        str(known): str(arguments[name])
        for name, known in chosen.call.items()
        if name.endswith("_id") and isinstance(known, int) and isinstance(arguments[name], int)
    }
    return _replaced(chosen.reply, {old: new for old, new in ids.items() if old != new})


def empty_reply(endpoint: Endpoint) -> object:
    """What a view fills where there is no example."""
    return {"error": False, "message": ""} if endpoint.envelope else {}


def _replaced(value: Any, ids: Mapping[str, str]) -> Any:
    if not ids:
        return value
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {ids.get(key, key): _replaced(one, ids) for key, one in items}
    if isinstance(value, list):
        return [_replaced(one, ids) for one in cast("list[object]", value)]
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, int) and not isinstance(value, bool) and str(value) in ids:
        return int(ids[str(value)])
    return value


def refuse_unknown_ids(endpoint: Endpoint, arguments: Mapping[str, object], world: World) -> None:
    """
    Refuse what *world* does not hold.

    Raises:
        Refusal: An id among the *arguments* is of nothing in it.
    """
    for name, (what, held) in _HOLDERS.items():
        asked = arguments.get(name)
        if asked is not None and asked not in held(world):
            raise not_found(endpoint.base, what)

"""Answers made from the example of an endpoint, where there is no view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from .._core.endpoint import APP, WEB
from ..examples import examples_of
from .refusals import not_found

if TYPE_CHECKING:
    from .._core.endpoint import Endpoint
    from .world import World

__all__ = ["example_reply", "refuse_unknown_ids"]

_HOLDERS: Final[Mapping[str, tuple[str, Callable[[World], Mapping[int, object]]]]] = {
    "comment_id": ("comment", lambda world: world.comments),
    "draft_id": ("draft", lambda world: world.drafts),
    "illust_id": ("work", lambda world: world.works),
    "novel_id": ("work", lambda world: world.novels),
    "user_id": ("user", lambda world: world.users),
}
"""What the world holds under the ids of a parameter, and what it is called."""


def example_reply(endpoint: Endpoint, arguments: Mapping[str, object]) -> object:
    """
    The reply of the example that fits a call, with the ids that were asked for in it.

    Args:
        endpoint: What was called.
        arguments: Every argument by name.

    Returns:
        The whole body, envelope included.

    Raises:
        LookupError: There is no example of it.
    """
    try:
        examples = examples_of(endpoint.name)
    except LookupError:
        msg = f"the fake has no answer for {endpoint.name}: give it a view, or an example"
        raise LookupError(msg) from None
    chosen = next((one for one in examples if one.answers(endpoint, arguments)), examples[0])
    ids = {
        str(known): str(arguments[name])
        for name, known in chosen.call.items()
        if name.endswith("_id") and isinstance(known, int) and isinstance(arguments[name], int)
    }
    return _replaced(chosen.reply, {old: new for old, new in ids.items() if old != new})


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
    Refuse what *world*, which is pixiv's, does not hold.

    Raises:
        Refusal: An id among the *arguments* is of nothing in it.
    """
    if endpoint.base not in (APP, WEB):
        return
    for name, (what, held) in _HOLDERS.items():
        asked = arguments.get(name)
        if asked is not None and asked not in held(world):
            raise not_found(endpoint.base, what)

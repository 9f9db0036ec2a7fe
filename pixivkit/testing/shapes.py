"""
How the fake spells what its world holds: one shape for each model and each kind of entity.

    @shape(Illust, Work)
    def illust(context: Context, work: Work) -> JSON:
        return {"id": work.id, "user": context.world.users[work.user_id], ...}

A shape may leave entities in what it returns: they are spelled as the models of their fields say,
and so is what a view returns.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar, cast

from .._core.kinds import is_model, is_union, union_members
from .._core.model_hook import model_fields
from ..models.base import Model

__all__ = ["JSON", "kind_at", "shape", "spelled"]

C = TypeVar("C")
E = TypeVar("E")

JSON: TypeAlias = dict[str, object]

_SHAPES: dict[tuple[type[Model], type], Callable[[Any, Any], JSON]] = {}


def shape(
    model: type[Model], entity: type[E]
) -> Callable[[Callable[[C, E], JSON]], Callable[[C, E], JSON]]:
    """Register how an *entity* of the world looks as a *model* and those derived from it."""

    def register(function: Callable[[C, E], JSON]) -> Callable[[C, E], JSON]:
        _SHAPES[model, entity] = function
        return function

    return register


def spelled(context: object, kind: Any, value: object) -> object:
    """
    *value* as JSON, with the entities in it in the shapes of the models that *kind* names.

    Raises:
        LookupError: An entity has no such shape.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        items = cast("list[object]", value)
        inner = _inside(kind, "")
        return [spelled(context, inner, one) for one in items]
    if isinstance(value, Mapping):
        values = cast("Mapping[str, object]", value)
        if not values and typing.get_origin(kind) is dict:
            return []  # An empty object, as PHP encodes it.
        return {key: spelled(context, _inside(kind, key), one) for key, one in values.items()}
    for model in _models(kind):
        for base in model.__mro__:
            if found := _SHAPES.get((base, type(value))):
                return spelled(context, model, found(context, value))
    msg = f"no shape of {type(value).__name__} as {kind}"
    raise LookupError(msg)


def kind_at(kind: Any, path: str) -> Any:
    """The type at the end of a dotted *path* into a *kind*; `object` where nothing is known."""
    for key in path.split(".") if path else ():
        kind = _inside(kind, key)
    return kind


@functools.cache
def _inside(kind: Any, key: str) -> Any:
    """The type of the items of a list or an object, or of the field *key* of a model."""
    for member in union_members(kind) if is_union(kind) else (kind,):
        if typing.get_origin(member) in (list, dict):
            return typing.get_args(member)[-1]
        if is_model(member):
            for field in model_fields(member):
                if field.wire == key:
                    return field.kind
    return object


def _models(kind: Any) -> Iterator[type[Model]]:
    for member in union_members(kind) if is_union(kind) else (kind,):
        if is_model(member):
            yield member

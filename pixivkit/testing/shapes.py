"""
How the fake spells what its world holds: one shape for each model and each kind of entity.

    @shape(Illust, Work)
    def illust(context: Context, work: Work) -> JSON:
        return {"id": work.id, "user": context.world.users[work.user_id], ...}

A shape may leave entities in what it returns: they are spelled as the models of their fields say,
and so is what a view returns. Where the world does not know all that there is to say, a shape
names an endpoint, and what it leaves out is as in the first such object of its example.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar, cast

from .._core.declaration.envelope import payload
from .._core.declaration.paging import dig
from .._core.structuring.field_types import is_model, is_union, union_members
from .._core.structuring.model_fields import model_fields
from ..examples import examples_of
from ..models.base import Model
from ..registry import REGISTRY

__all__ = ["JSON", "kind_at", "laid", "shape", "spelled"]

C = TypeVar("C")
E = TypeVar("E")

JSON: TypeAlias = dict[str, object]

_SHAPES: dict[tuple[type[Model], type], Callable[[Any, Any], JSON]] = {}


def shape(
    model: type[Model], entity: type[E], *, like: str = ""
) -> Callable[[Callable[[C, E], JSON]], Callable[[C, E], JSON]]:
    """
    Register how an *entity* of the world looks as a *model* and those derived from it.

    Args:
        model: The model.
        entity: The class of the entities.
        like: Name of an endpoint whose example has a *model* with what the shape leaves out; what
            the shape says goes by dotted path then.
    """

    def register(function: Callable[[C, E], JSON]) -> Callable[[C, E], JSON]:
        def whole(context: C, one: E) -> JSON:
            made: object = _sample(cast("Any", model), like)
            for path, value in function(context, one).items():
                made = laid(made, path, value)
            return cast("JSON", made)

        _SHAPES[model, entity] = whole if like else function
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


def laid(whole: object, path: str, value: object) -> object:
    """*whole* with *value* at a dotted *path*; what is not there yet is added."""
    if not path:
        return value
    key, _, rest = path.partition(".")
    known = cast("JSON", whole) if isinstance(whole, dict) else {}
    return {**known, key: laid(known.get(key), rest, value)}


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
                if field.key == key:
                    return field.kind
    return object


def _models(kind: Any) -> Iterator[type[Model]]:
    for member in union_members(kind) if is_union(kind) else (kind,):
        if is_model(member):
            yield member


@functools.cache
def _sample(model: Any, name: str) -> JSON:
    """The first *model* in the example of the endpoint *name*."""
    endpoint = REGISTRY[name]
    reply = payload(endpoint, examples_of(name)[0].reply)
    return next(_objects(model, endpoint.response, dig(reply, endpoint.pick)))


def _objects(model: type[Model], kind: Any, value: object) -> Iterator[JSON]:
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _objects(model, _inside(kind, ""), one)
    elif isinstance(value, dict):
        whole = cast("JSON", value)
        if model in _models(kind):
            yield whole
        for key, one in whole.items():
            yield from _objects(model, _inside(kind, key), one)

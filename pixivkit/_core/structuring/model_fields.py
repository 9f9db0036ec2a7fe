"""Read the fields that a model class declares."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from typing import Any, cast

import attrs

from ...models.base import Model


@attrs.frozen
class ModelField:
    """One field of a model: its name here, its key in JSON, its type, and its default."""

    name: str
    key: str
    kind: Any
    required: bool
    default: Callable[[], Any]


_FIELDS: dict[type[Model], tuple[ModelField, ...]] = {}


def model_fields(model: type[Model]) -> tuple[ModelField, ...]:
    """Return the fields of *model* that come from JSON."""
    found = _FIELDS.get(model)
    if found is None:
        found = _FIELDS[model] = _read_fields(model)
    return found


@functools.cache
def required_keys(model: Any) -> tuple[str, ...]:
    """Return the keys of the fields without a default, which every object of *model* has."""
    return tuple(field.key for field in model_fields(model) if field.required)


@functools.cache
def distinguishing_keys(model: Any) -> tuple[str, ...]:
    """Return the keys that distinguish objects of *model* from those of other models."""
    return (*required_keys(model), *cast("type[Model]", model).distinguishing_keys)


def _read_fields(model: type[Model]) -> tuple[ModelField, ...]:
    hints = typing.get_type_hints(model)
    found: list[ModelField] = []
    for field in attrs.fields(model):
        if field.name == "_extra":
            continue
        default: Any = field.default
        found.append(
            ModelField(
                name=field.name,
                key=field.metadata.get("alias") or _key(field.name, model),
                kind=hints[field.name],
                required=default is attrs.NOTHING,
                default=_default_of(default),
            )
        )
    return tuple(found)


def _default_of(default: Any) -> Callable[[], Any]:
    """Return the default factory of a field; a `functools.partial` for a constant."""
    if hasattr(default, "factory"):
        factory = default.factory
        # `list[int]()` is a list as well, but takes several times as long to make.
        return cast("Callable[[], Any]", typing.get_origin(factory) or factory)
    return functools.partial(_same, default)


def _same(value: Any) -> Any:
    return value


def _key(name: str, model: type[Model]) -> str:
    if model.wire_case == "snake":
        return name.rstrip("_")
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)

"""The models of pixivkit once more, as plain classes of attrs, of pydantic and of msgspec."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Any

import attrs
import msgspec
import pydantic

from pixivkit._core.structuring.model_fields import ModelField, model_fields
from pixivkit.models.base import Model

_Make = Callable[[type[Model], dict[str, tuple[Any, ModelField]]], Any]


class _Likeness:
    """Makes a class for each model, with classes of its own inside."""

    def __init__(self, make: _Make) -> None:
        self._make = make
        self._made: dict[type[Model], Any] = {}

    def of(self, kind: Any) -> Any:
        """*kind*, with models replaced."""
        if isinstance(kind, type) and issubclass(kind, Model):
            if kind not in self._made:
                fields = {field.name: (self.of(field.kind), field) for field in model_fields(kind)}
                self._made[kind] = self._make(kind, fields)
            return self._made[kind]
        origin, args = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return typing.Union[tuple(self.of(arg) for arg in args)]  # noqa: UP007
        if origin in (list, dict):
            return origin[tuple(self.of(arg) for arg in args)]
        return kind


def _pydantic(model: type[Model], fields: dict[str, tuple[Any, ModelField]]) -> Any:
    made: dict[str, Any] = {
        name: (kind, pydantic.Field(alias=field.key, **_default(field)))
        for name, (kind, field) in fields.items()
    }
    return pydantic.create_model(model.__name__, **made)


def _default(field: ModelField) -> dict[str, Any]:
    if field.required:
        return {}
    value = field.default()
    # What they make of a default that is a model of ours does not matter: the page has them all.
    if isinstance(value, Model):
        return {"default": None}
    return (
        {"default_factory": field.default}
        if isinstance(value, list | dict)
        else {"default": value}
    )


def _attrs(model: type[Model], fields: dict[str, tuple[Any, ModelField]]) -> Any:
    made: dict[str, Any] = {}
    for name, (kind, field) in fields.items():
        default = _default(field)
        if "default_factory" in default:
            default = {"factory": default["default_factory"]}
        made[name] = attrs.field(type=kind, **default)
    return attrs.make_class(model.__name__, made, kw_only=True, slots=True)


def _struct(model: type[Model], fields: dict[str, tuple[Any, ModelField]]) -> Any:
    made: list[Any] = []
    for name, (kind, field) in fields.items():
        default = _default(field)
        if not default:
            made.append((name, kind))
        else:
            made.append((name, kind, msgspec.field(**default)))
    rename = {name: field.key for name, (_, field) in fields.items()}
    return msgspec.defstruct(model.__name__, made, rename=rename, kw_only=True)


def as_attrs(model: type[Model]) -> type[Any]:
    """The class of attrs of the shape of *model*, without what a model keeps beside its fields."""
    made: type[Any] = _Likeness(_attrs).of(model)
    return made


def as_pydantic(model: type[Model]) -> type[pydantic.BaseModel]:
    """The pydantic class of the shape of *model*."""
    made: type[pydantic.BaseModel] = _Likeness(_pydantic).of(model)
    return made


def as_struct(model: type[Model]) -> type[msgspec.Struct]:
    """The msgspec class of the shape of *model*."""
    made: type[msgspec.Struct] = _Likeness(_struct).of(model)
    return made

"""
Write models as JSON Schema of the replies on the wire.

The App API is typed by pixiv as one expects, but for ``{}`` where there is no object. The web API
is PHP's: numbers may be strings of digits, an empty object may be ``[]``, and nothing may be
``null``, ``false``, ``""``, ``[]`` or ``{}``. Schemas of models that it uses say so.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

from .._core.declaration.endpoint import Endpoint
from .._core.structuring.model_fields import ModelField, model_fields
from ..models.base import Model
from .docstrings import read_docstring

Schema: TypeAlias = dict[str, Any]

DIGITS = "^-?[0-9]+$"

# Generators want to know a type of items, of an array that never has any too.
_NO_ITEMS: Schema = {"type": "array", "items": {"type": "null"}, "maxItems": 0}

SHARED: dict[str, Schema] = {
    # An alternative for each type, since generators make nothing of an enum of several types.
    "Nothing": {
        "description": "PHP's ways to say that there is nothing.",
        "anyOf": [
            {"type": "null"},
            {"type": "boolean", "const": False},
            {"type": "string", "maxLength": 0},
            _NO_ITEMS,
            {"type": "object", "maxProperties": 0},
        ],
    },
    "EmptyObject": {
        "description": "PHP's way to say an object without properties.",
        **_NO_ITEMS,
    },
    "Moment": {
        "description": (
            "A moment: ISO 8601 with its offset, or without one in Japan's time (UTC+09:00)."
        ),
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$",
            },
        ],
    },
}
"""Schemas that are no model's."""


def ref(name: str) -> Schema:
    """Return a reference to the schema called *name*."""
    return {"$ref": f"#/components/schemas/{name}"}


def is_strict(endpoint: Endpoint) -> bool:
    """Whether replies of *endpoint* have exactly the declared types, and not PHP's habits."""
    return endpoint.base.name not in ("oauth", "web") and endpoint.reader is None


class Schemas:
    """The schemas of all models in the replies of some endpoints."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        uses: defaultdict[type[Model], set[bool]] = defaultdict(set)
        for endpoint in endpoints:
            for kind in (endpoint.response, endpoint.item, *endpoint.variants.values()):
                for model in _models(kind, set()):
                    uses[model].add(is_strict(endpoint))
        self._strict = {model for model, strict in uses.items() if all(strict)}
        self._names = {model: _name(model) for model in uses}

    def components(self) -> dict[str, Schema]:
        """Return all schemas by name, in the order of the names."""
        models = {name: self._model(model) for model, name in self._names.items()}
        return dict(sorted({**SHARED, **models}.items()))

    def reply(self, kind: Any, *, strict: bool) -> Schema:
        """Return the schema of a payload of the type *kind*; *strict* for exactly that type."""
        return self._schema(kind, strict)

    def _model(self, model: type[Model]) -> Schema:
        words: dict[str, str] = {}
        for ancestor in reversed(model.__mro__):
            words.update(read_docstring(ancestor.__doc__).entries)
        about = read_docstring(model.__doc__)
        fields = model_fields(model)
        strict = model in self._strict
        schema: Schema = {
            "type": "object",
            "description": "\n\n".join(filter(None, (about.summary, about.description))),
            "properties": {
                field.key: self._field(field, words.get(field.name, ""), strict)
                for field in fields
            },
            "additionalProperties": True,
        }
        if required := [field.key for field in fields if field.required]:
            schema["required"] = required
        return schema

    def _field(self, field: ModelField, words: str, strict: bool) -> Schema:
        schema = self._schema(field.kind, strict)
        if schema.get("type") == "array":
            # Both APIs say null for an empty list now and then.
            schema = _or_null(schema)
        return {**schema, "description": words} if words else schema

    def _schema(self, kind: Any, strict: bool) -> Schema:
        origin, args = typing.get_origin(kind), typing.get_args(kind)
        if kind in self._names:
            return self._empty_array_too(ref(self._names[kind]), strict or _needs_fields(kind))
        if origin is list:
            return {"type": "array", "items": self._schema(args[0], strict)}
        if origin is dict:
            return self._empty_array_too(self._mapping(args[0], args[1], strict), strict)
        if origin is Literal:
            return _open_enumeration(args, strict)
        if origin in (typing.Union, types.UnionType):
            return self._union(args, strict)
        return _scalar(kind, strict)

    def _mapping(self, key: Any, value: Any, strict: bool) -> Schema:
        schema: Schema = {"type": "object", "additionalProperties": self._schema(value, strict)}
        if key is int:
            schema["propertyNames"] = {"pattern": DIGITS}
        return schema

    def _empty_array_too(self, schema: Schema, strict: bool) -> Schema:
        return schema if strict else {"anyOf": [schema, ref("EmptyObject")]}

    def _union(self, kinds: tuple[Any, ...], strict: bool) -> Schema:
        optional = type(None) in kinds
        schemas = [self._schema(kind, strict) for kind in kinds if kind is not type(None)]
        alternatives = [one for schema in schemas for one in _alternatives(schema)]
        if optional and not strict:
            # The empty array is one of the things that mean nothing.
            alternatives = [one for one in alternatives if one != ref("EmptyObject")]
            return {"anyOf": [*alternatives, *_nothing_else(alternatives)]}
        if optional and any(kind in self._names and _needs_fields(kind) for kind in kinds):
            return {"anyOf": [*alternatives, ref("Nothing")]}
        if len(alternatives) == 1:
            return _or_null(alternatives[0]) if optional else alternatives[0]
        return {"anyOf": [*alternatives, *([{"type": "null"}] if optional else [])]}


def _nothing_else(alternatives: list[Schema]) -> list[Schema]:
    """Return PHP's nothings beside *alternatives*: not an empty array, where there is an array."""
    if not any(one.get("type") == "array" for one in alternatives):
        return [ref("Nothing")]
    nothings: list[Schema] = SHARED["Nothing"]["anyOf"]
    return [one for one in nothings if one["type"] != "array"]


def _needs_fields(model: type[Model]) -> bool:
    """Whether an empty object is not such a *model*."""
    return any(field.required for field in model_fields(model))


def _alternatives(schema: Schema) -> list[Schema]:
    if schema.keys() == {"anyOf"}:
        alternatives: list[Schema] = schema["anyOf"]
        return alternatives
    return [schema]


def _or_null(schema: Schema) -> Schema:
    kinds = schema.get("type")
    if kinds is None:
        return {"anyOf": [schema, {"type": "null"}]} if schema else schema
    known = [kinds] if isinstance(kinds, str) else kinds
    return {**schema, "type": [*known, "null"]}


def _scalar(kind: Any, strict: bool) -> Schema:
    if kind is int:
        # Some generators take 32 bits for granted.
        whole: Schema = {"type": "integer", "format": "int64"}
        return whole if strict else {**whole, "type": ["integer", "string"], "pattern": DIGITS}
    if kind is float:
        return {"type": "number"} if strict else {"type": ["number", "string"]}
    if kind is bool:
        return {"type": "boolean"}
    if kind is dt.datetime:
        return {"type": "string", "format": "date-time"} if strict else ref("Moment")
    if kind is str:
        return {"type": "string"}
    return {}


def _open_enumeration(known: tuple[Any, ...], strict: bool) -> Schema:
    """Values that pixiv adds later are no error, so the known ones are examples."""
    kinds: set[type[Any]] = {type(value) for value in known}
    base = _scalar(kinds.pop(), strict) if len(kinds) == 1 else {}
    return {**base, "examples": list(known)}


def _models(kind: Any, seen: set[Any]) -> Iterator[type[Model]]:
    """Return the models in values of the type *kind*."""
    if isinstance(kind, type) and issubclass(kind, Model):
        if kind in seen:
            return
        seen.add(kind)
        yield kind
        for field in model_fields(kind):
            yield from _models(field.kind, seen)
    elif typing.get_origin(kind) is not Literal:
        for argument in typing.get_args(kind):
            yield from _models(argument, seen)


def _name(model: type[Model]) -> str:
    """Return a unique name by API and module, such as ``app.illust.Illust``."""
    return ".".join([*model.__module__.split(".")[-2:], model.__name__])

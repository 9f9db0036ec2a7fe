"""Write parameters in OpenAPI's format: in the path and the query, and as a request body."""

from __future__ import annotations

import datetime as dt
from typing import cast

from .._core.declaration.argument_types import (
    AnyOf,
    ArgumentType,
    Choice,
    Day,
    File,
    Flag,
    Kind,
    ListOf,
    Number,
    Text,
)
from .._core.declaration.arguments import AtMost, Between, NotEmpty, Rule, Spelling
from .._core.declaration.endpoint import Endpoint, Param
from .._core.declaration.paging import LARGEST_OFFSET, NextUrl, Paging
from .schemas import Schema

_MEDIA_TYPES = {
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "json": "application/json",
}
_INT64 = "^-?[0-9]{1,19}$"
_FIELDS = {
    "%Y": "[12][0-9]{3}",
    "%m": "(0[1-9]|1[0-2])",
    "%d": "(0[1-9]|[12][0-9]|3[01])",
    "%H": "([01][0-9]|2[0-3])",
    "%M": "[0-5][0-9]",
    "%S": "[0-5][0-9]",
}
_STYLES = {",": "form", " ": "spaceDelimited", "|": "pipeDelimited"}


def parameters(endpoint: Endpoint, words: dict[str, str]) -> list[Schema]:
    """Return the parameters in the path and the query."""
    found: list[Schema] = []
    for param in endpoint.params:
        if param.place == "path":
            found.append(_parameter(param, words, "path", param.name, endpoint.paging))
        if param.place == "query" or param.spelling.repeat_in_query:
            found.append(_parameter(param, words, "query", param.wire, endpoint.paging))
    return found


def _parameter(
    param: Param, words: dict[str, str], place: str, name: str, paging: Paging | None
) -> Schema:
    schema = _schema(param)
    if name == "offset" and isinstance(paging, NextUrl):
        schema["maximum"] = LARGEST_OFFSET
    described: Schema = {
        "name": name,
        "in": place,
        "required": _is_needed(param),
        "schema": schema,
    }
    if words.get(param.name):
        described["description"] = words[param.name]
    if param.spelling.join is not None:
        described["style"] = _STYLES[param.spelling.join]
        described["explode"] = False
    if name != param.name:
        described["x-pixivkit-name"] = param.name
    if param.accepts.meaning and param.accepts.meaning.source:
        described["x-source"] = param.accepts.meaning.source
    return described


def request_body(endpoint: Endpoint, words: dict[str, str]) -> Schema | None:
    """Return the request body; None where there is none."""
    params = [param for param in endpoint.params if param.place not in ("path", "query")]
    if endpoint.method == "GET":
        return None
    media_type = _MEDIA_TYPES[endpoint.body]
    if not params:
        # An empty form is no body at all.
        empty: Schema = {"content": {media_type: {"schema": {"type": "object"}}}}
        return {"required": True, **empty} if endpoint.body == "json" else None
    properties: dict[str, Schema] = {}
    for param in params:
        schema = _schema(param)
        if words.get(param.name):
            schema["description"] = words[param.name]
        if param.wire != param.name:
            schema["x-pixivkit-name"] = param.name
        properties[param.wire] = schema
    content: Schema = {"type": "object", "properties": properties}
    required = [param.wire for param in params if _is_needed(param)]
    if required:
        content["required"] = required
    media: Schema = {"schema": content}
    joined = {
        param.wire: {"style": _STYLES[param.spelling.join], "explode": False}
        for param in params
        if param.spelling.join is not None
    }
    if joined:
        media["encoding"] = joined
    return {"required": bool(required), "content": {media_type: media}}


def _is_needed(param: Param) -> bool:
    """Whether pixiv needs the parameter; one with a single value is always sent."""
    kind, optional = param.accepts.kind, param.accepts.optional
    fixed = isinstance(kind, Choice) and len(kind.values) == 1 and not optional
    return param.required or param.place == "path" or fixed


def _schema(param: Param) -> Schema:
    schema = _type(param.accepts, param.spelling)
    if param.spelling.secret:
        schema["format"] = "password"
    if param.default is not None:
        schema["default"] = _wire_value(param.default, param.spelling)
    return schema


def _type(accepts: ArgumentType, spelling: Spelling) -> Schema:
    schema = _kind(accepts.kind, spelling)
    for rule in accepts.rules:
        schema |= _limits(rule, schema)
    return schema


def _kind(kind: Kind, spelling: Spelling) -> Schema:
    match kind:
        case Text():
            return {"type": "string"}
        case Flag():
            if not spelling.digit:
                return {"type": "boolean"}
            if spelling.text:
                return {"type": "string", "enum": ["0", "1"]}
            return {"type": "integer", "enum": [0, 1]}
        case Number(whole):
            if spelling.text:
                return {"type": "string", "pattern": _INT64}
            return {"type": "integer", "format": "int64"} if whole else {"type": "number"}
        case Day():
            return _day(spelling.date)
        case Choice(values):
            wire_values = [_wire_value(value, spelling) for value in values]
            numbers = all(isinstance(value, int) for value in wire_values)
            return {"type": "integer" if numbers else "string", "enum": wire_values}
        case File():
            return {"type": "string", "format": "binary", "minLength": 1}
        case AnyOf(options):
            return {"anyOf": [_type(option, spelling) for option in options]}
        case ListOf(item):
            return {"type": "array", "items": _type(item, spelling)}


def _day(spelling: str) -> Schema:
    if spelling == "%Y-%m-%d":
        return {"type": "string", "format": "date"}
    pattern = spelling
    for field, digits in _FIELDS.items():
        pattern = pattern.replace(field, digits)
    return {"type": "string", "pattern": f"^{pattern}$"}


def _limits(rule: Rule, schema: Schema) -> Schema:
    """Return a rule in JSON Schema; one that JSON Schema cannot express stays in the docs."""
    match rule:
        case Between(low=low, high=high) if schema.get("type") in ("integer", "number"):
            limits = {"minimum": low, "maximum": high}
            return {name: limit for name, limit in limits.items() if limit is not None}
        case NotEmpty():
            return {"minItems" if schema.get("type") == "array" else "minLength": 1}
        case AtMost(count=count):
            return {"maxItems": count}
        case _:
            return {}


def _wire_value(value: object, spelling: Spelling) -> object:
    if isinstance(value, tuple):
        return [_wire_value(one, spelling) for one in cast("tuple[object, ...]", value)]
    if isinstance(value, dt.date):
        return spelling.day(value)
    if isinstance(value, bool):
        value = int(value) if spelling.digit else value
        return str(value).lower() if spelling.text else value
    return str(value) if spelling.text else value

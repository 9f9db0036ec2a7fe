"""Inspect the types of model fields, and the JSON they are made from."""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Callable
from typing import Any, Literal

from ...models.base import Model

_JSON_CLASSES: dict[Any, type] = {
    str: str, int: int, float: float, bool: bool, dt.datetime: str,
}  # fmt: skip
_KNOWN = {*_JSON_CLASSES, type(None), Literal, list, dict}


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def has_own_meaning(kind: Any) -> bool:
    """Whether *kind* may accept any value but null, since only its hook can tell."""
    return (typing.get_origin(kind) or kind) not in _KNOWN and not is_model(kind)


def is_union(kind: Any) -> bool:
    return typing.get_origin(kind) in (typing.Union, types.UnionType)


@functools.cache
def union_members(kind: Any) -> tuple[Any, ...]:
    """Return the types of a union in a fixed order: unions compare equal in any order."""
    return typing.get_args(kind)


def literal_base(kind: Any) -> Any:
    """Return the class of the values of a `Literal`: others of that class are accepted, too."""
    classes: set[Any] = {type(arg) for arg in typing.get_args(kind)}
    return classes.pop() if len(classes) == 1 else object


def json_class(kind: Any) -> type:
    """Return the class of JSON values that can become *kind*."""
    origin = typing.get_origin(kind) or kind
    if origin is Literal:
        origin = literal_base(kind)
    if origin in _JSON_CLASSES:
        return _JSON_CLASSES[origin]
    return list if origin is list else dict


def says_nothing(value: object) -> bool:
    """Whether *value* is null, or something that PHP sends in its place."""
    return value is None or value is False or value == "" or value == [] or value == {}


@functools.cache
def nothing_for(kind: Any) -> Callable[[object], bool]:
    """
    Return a function that tells whether a value stands for null where *kind* is expected.

    The empty value of a type's own is something: ``false`` is a bool, ``[]`` a list.
    """
    members = union_members(kind) if is_union(kind) else (kind,)
    if any(map(has_own_meaning, members)):
        return lambda value: value is None
    without_empty = (type(None), dt.datetime)
    own = {json_class(one) for one in members if one not in without_empty and not is_model(one)}

    def nothing(value: object) -> bool:
        return value.__class__ not in own and says_nothing(value)

    return nothing

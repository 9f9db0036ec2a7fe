"""
The one cattrs converter and its rules.

* Unknown keys are kept (`Model.extra`), unknown words of an enumeration are kept as they are.
* A missing or null field takes its default; only a field without one is missed.
* A wrong type raises; what can be saved then is for `careful`. Nothing is coerced, but for what
  PHP does: digit strings where a number is meant, ``0`` and ``1`` where a bool is, ``[]`` for an
  empty object, and ``[]``, ``{}``, ``false`` and ``""`` for nothing.
"""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, cast

from cattrs import Converter

from ..models.base import Model
from .arguments import JST
from .kinds import (
    is_model,
    is_union,
    json_class,
    literal_base,
    nothing_for,
    says_nothing,
    union_members,
)
from .misfits import put_back
from .mismatch import Mismatch
from .model_hook import Hook, Hooks, model_fields, structure_function, telling_keys


def _text(value: object, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch("str", value)


def _whole(value: object, _: Any) -> int:
    if isinstance(value, str):
        if (value.isdigit() or value.removeprefix("-").isdigit()) and value.isascii():
            try:
                return int(value)
            except ValueError:  # more digits than Python reads
                pass
    elif isinstance(value, int) and value.__class__ is int:
        return value
    raise Mismatch("int", value)


def _number(value: object, _: Any) -> float:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _whole(value, None)
    raise Mismatch("float", value)


def _truth(value: object, _: Any) -> bool:
    if value is True or value is False:
        return value
    if value.__class__ is int and value in (0, 1):
        return value == 1
    raise Mismatch("bool", value)


_read_moment = dt.datetime.fromisoformat


def _moment(value: Any, _: Any) -> dt.datetime:
    try:
        moment = _read_moment(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=JST)
        if not 1 < moment.year < 9999:
            moment.utctimetuple()  # Its time in UTC may be out of the range of years.
    except (TypeError, ValueError, OverflowError):
        raise Mismatch("datetime", value) from None
    return moment


def _anything(value: object, _: Any) -> object:
    return value


def _null(value: object, _: Any) -> None:
    if not says_nothing(value):
        raise Mismatch("null", value)


_SCALARS: dict[Any, Hook] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    dt.datetime: _moment,
    type(None): _null,
}


def _literal_hook(kind: Any, hooks: Hooks) -> Hook:
    """Enumerations are open: words that pixiv adds later are kept."""
    return hooks(literal_base(kind))


def _any_union_hook(kind: Any, hooks: Hooks) -> Hook:
    kinds = list(union_members(kind))
    if type(None) in kinds:
        return _optional_hook(kind, [one for one in kinds if one is not type(None)], hooks)
    return _union_hook(kinds, hooks)


def _optional_hook(kind: Any, others: list[Any], hooks: Hooks) -> Hook:
    inner = hooks(others[0]) if len(others) == 1 else _union_hook(others, hooks)
    nothing = nothing_for(kind)

    def hook(value: object, _: Any) -> Any:
        if value is None or (not value and nothing(value)):
            return None
        return inner(value, kind)

    return hook


def _union_hook(kinds: list[Any], hooks: Hooks) -> Hook:
    by_class = {
        json: [(needed, hooks(kind)) for needed, kind in choices]
        for json, choices in _choices(kinds).items()
    }

    def hook(value: Any, _: Any) -> Any:
        for needed, inner in by_class.get(value.__class__, ()):
            for key in needed:
                if key not in value:
                    break
            else:
                return inner(value, None)
        raise Mismatch(_named(kinds), value)

    return hook


_Choices: TypeAlias = dict[type, list[tuple[tuple[str, ...], Any]]]


def _choices(kinds: list[Any]) -> _Choices:
    """The types of a union, each with the keys that objects of it have, by their JSON class."""
    by_class: _Choices = {}
    for kind in kinds:
        needed = telling_keys(kind) if is_model(kind) else ()
        by_class.setdefault(json_class(kind), []).append((needed, kind))
    return by_class


def _named(kinds: list[Any]) -> str:
    return " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)


def choose(union: Any, value: Any) -> Any:
    """
    The type of *union* that *value* is meant for.

    Raises:
        Mismatch: It is meant for none.
    """
    if nothing_for(union)(value) and type(None) in union_members(union):
        return type(None)
    kinds, choices = _alternatives(union)
    if len(kinds) == 1:
        return kinds[0]
    for needed, kind in choices.get(value.__class__, ()):
        if all(key in value for key in needed):
            return kind
    raise Mismatch(_named(kinds), value)


@functools.cache
def _alternatives(union: Any) -> tuple[list[Any], _Choices]:
    """The types of a union but for None, and how they are told from each other."""
    kinds = [one for one in union_members(union) if one is not type(None)]
    return kinds, _choices(kinds)


def _list_hook(kind: Any, hooks: Hooks) -> Hook:
    (item,) = typing.get_args(kind)
    inner = hooks(item)

    def hook(value: object, _: Any) -> list[Any]:
        return [inner(one, item) for one in list_in(value)]

    return hook


def list_in(value: object) -> list[object]:
    if value.__class__ is list:
        return cast("list[object]", value)
    if says_nothing(value):
        return []
    raise Mismatch("list", value)


def _dict_hook(kind: Any, hooks: Hooks) -> Hook:
    key_kind, value_kind = typing.get_args(kind)
    key, inner = hooks(key_kind), hooks(value_kind)
    nullable = takes_null(value_kind)

    def hook(value: object, _: Any) -> dict[Any, Any]:
        return {
            key(k, None): inner(v, value_kind)
            for k, v in dict_in(value).items()
            if v is not None or nullable
        }

    return hook


def takes_null(kind: Any) -> bool:
    """Whether null is a value of *kind* in a map; else it says that there is none."""
    return kind in (object, Any) or type(None) in typing.get_args(kind)


def dict_in(value: object) -> dict[str, object]:
    if value.__class__ is dict:
        return cast("dict[str, object]", value)
    if says_nothing(value):
        return {}
    raise Mismatch("dict", value)


Factory: TypeAlias = Callable[[Any, Hooks], Hook]


def make_converter() -> Converter:
    """Build a converter with the rules of this module."""
    converter = Converter()

    def hooks(kind: Any) -> Hook:
        return converter.get_structure_hook(kind)

    for scalar, hook in _SCALARS.items():
        converter.register_structure_hook(scalar, hook)
    converter.register_structure_hook_func(lambda k: k is object or k is Any, _anything)

    def register(applies: Callable[[Any], bool], factory: Factory) -> None:
        def make(kind: Any) -> Hook:
            return factory(kind, hooks)

        converter.register_structure_hook_factory(applies, make)

    register(is_model, structure_function)
    register(lambda kind: typing.get_origin(kind) is Literal, _literal_hook)
    register(lambda kind: typing.get_origin(kind) is list, _list_hook)
    register(lambda kind: typing.get_origin(kind) is dict, _dict_hook)
    register(is_union, _any_union_hook)
    converter.register_unstructure_hook_func(is_model, _unstructure_model)
    converter.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    return converter


def _unstructure_model(model: Model) -> dict[str, object]:
    plain: dict[str, object] = {
        field.key: CONVERTER.unstructure(getattr(model, field.name))
        for field in model_fields(type(model))
    }
    plain.update(model.extra)
    put_back(plain, model)
    return plain


CONVERTER = make_converter()

# cattrs keeps them as well, but takes longer to find one than a small model takes to be made.
hook_for = functools.cache(CONVERTER.get_structure_hook)


def from_json(kind: Any, value: object) -> Any:
    """
    Turn JSON into *kind*.

    Raises:
        Mismatch: It does not fit; what is wrong is for `careful` to say.
    """
    return hook_for(kind)(value, kind)

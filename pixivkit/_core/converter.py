"""
The one cattrs converter and its rules.

* Unknown keys are kept (`Model.extra`), unknown words of an enumeration are kept as they are.
* A missing or null field takes its default; only a field without one is missed.
* A wrong type raises, and the error names the path. Nothing is coerced, but for what PHP does:
  digit strings where a number is meant, ``[]`` for an empty object, and ``[]``, ``{}``, ``false``
  and ``""`` for nothing.
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
from .mismatch import Mismatch
from .model_hook import (
    Hook,
    Hooks,
    is_model,
    is_union,
    literal_base,
    locate_function,
    model_fields,
    structure_function,
    union_members,
)


def _text(value: object, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch.here("str", value)


def _whole(value: object, _: Any) -> int:
    if isinstance(value, str):
        if (value.isdigit() or value.removeprefix("-").isdigit()) and value.isascii():
            try:
                return int(value)
            except ValueError:  # more digits than Python reads
                pass
    elif isinstance(value, int) and value.__class__ is int:
        return value
    raise Mismatch.here("int", value)


def _number(value: object, _: Any) -> float:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    raise Mismatch.here("float", value)


def _truth(value: object, _: Any) -> bool:
    if value is True or value is False:
        return value
    raise Mismatch.here("bool", value)


_read_moment = dt.datetime.fromisoformat


def _moment(value: Any, _: Any) -> dt.datetime:
    try:
        moment = _read_moment(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=JST)
        if not 1 < moment.year < 9999:
            moment.utctimetuple()  # Its time in UTC may be out of the range of years.
    except (TypeError, ValueError, OverflowError):
        raise Mismatch.here("datetime", value) from None
    return moment


def _anything(value: object, _: Any) -> object:
    return value


def _null(value: object, _: Any) -> None:
    if not says_nothing(value):
        raise Mismatch.here("null", value)


def says_nothing(value: object) -> bool:
    """Whether *value* is one of PHP's ways to say null."""
    return value is None or value is False or value == "" or value == [] or value == {}


_SCALARS: dict[Any, Hook] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    dt.datetime: _moment,
    type(None): _null,
}

_JSON_CLASSES: dict[Any, type] = {
    str: str, int: int, float: float, bool: bool, dt.datetime: str,
}  # fmt: skip


def _json_class(kind: Any) -> type:
    """The class of JSON values that can become *kind*."""
    origin = typing.get_origin(kind) or kind
    if origin is Literal:
        origin = literal_base(kind)
    if origin in _JSON_CLASSES:
        return _JSON_CLASSES[origin]
    return list if origin is list else dict


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
    meant = {_json_class(other) for other in others}
    if any(is_model(other) for other in others):
        meant.discard(dict)

    def hook(value: object, _: Any) -> Any:
        if value is None or (not value and value.__class__ not in meant and says_nothing(value)):
            return None
        return inner(value, kind)

    return hook


def _union_hook(kinds: list[Any], hooks: Hooks) -> Hook:
    by_class: dict[type, list[tuple[list[str], Hook]]] = {}
    for kind in kinds:
        fields = model_fields(kind) if is_model(kind) else ()
        needed = [field.wire for field in fields if field.required]
        by_class.setdefault(_json_class(kind), []).append((needed, hooks(kind)))
    names = " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)

    def hook(value: Any, _: Any) -> Any:
        for needed, inner in by_class.get(value.__class__, ()):
            for key in needed:
                if key not in value:
                    break
            else:
                return inner(value, None)
        raise Mismatch.here(names, value)

    return hook


def _list_hook(kind: Any, hooks: Hooks) -> Hook:
    (item,) = typing.get_args(kind)
    inner = hooks(item)

    def hook(value: object, _: Any) -> list[Any]:
        return [inner(one, item) for one in _list_in(value)]

    return hook


def _list_locator(kind: Any, hooks: Hooks) -> Hook:
    (item,) = typing.get_args(kind)
    inner = hooks(item)

    def locate(value: object, _: Any) -> None:
        Mismatch.among((f"[{i}]", inner, one) for i, one in enumerate(_list_in(value)))

    return locate


def _list_in(value: object) -> list[object]:
    if value.__class__ is list:
        return cast("list[object]", value)
    if value is None or value == {}:
        return []
    raise Mismatch.here("list", value)


def _dict_hook(kind: Any, hooks: Hooks) -> Hook:
    key_kind, value_kind = typing.get_args(kind)
    key, inner = hooks(key_kind), hooks(value_kind)
    nullable = value_kind in (object, Any) or type(None) in typing.get_args(value_kind)

    def hook(value: object, _: Any) -> dict[Any, Any]:
        return {
            key(k, None): inner(v, value_kind)
            for k, v in _dict_in(value).items()
            if v is not None or nullable
        }

    return hook


def _dict_locator(kind: Any, hooks: Hooks) -> Hook:
    key, inner = (hooks(one) for one in typing.get_args(kind))

    def locate(value: object, _: Any) -> None:
        values = _dict_in(value)
        steps = [(f"[{k!r}]", inner, v) for k, v in values.items() if v is not None]
        steps += [(f".keys()[{i}]", key, k) for i, k in enumerate(values)]
        Mismatch.among(steps)

    return locate


def _dict_in(value: object) -> dict[str, object]:
    if value.__class__ is dict:
        return cast("dict[str, object]", value)
    if value is None or value == []:
        return {}
    raise Mismatch.here("dict", value)


Factory: TypeAlias = Callable[[Any, Hooks], Hook]


def make_converter(model: Factory, items: Factory, values: Factory) -> Converter:
    """
    Build a converter with the rules of this module.

    Args:
        model: Makes the hook for a model.
        items: Makes the hook for a list.
        values: Makes the hook for a dict.
    """
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

    register(is_model, model)
    register(lambda kind: typing.get_origin(kind) is Literal, _literal_hook)
    register(lambda kind: typing.get_origin(kind) is list, items)
    register(lambda kind: typing.get_origin(kind) is dict, values)
    register(is_union, _any_union_hook)
    converter.register_unstructure_hook_func(is_model, _unstructure_model)
    converter.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    return converter


def _unstructure_model(model: Model) -> dict[str, object]:
    plain: dict[str, object] = {
        field.wire: CONVERTER.unstructure(getattr(model, field.name))
        for field in model_fields(type(model))
    }
    return {**plain, **model.extra}


CONVERTER = make_converter(structure_function, _list_hook, _dict_hook)
LOCATOR = make_converter(locate_function, _list_locator, _dict_locator)

# cattrs keeps them as well, but takes longer to find one than a small model takes to be made.
_hook_for = functools.cache(CONVERTER.get_structure_hook)


def from_json(kind: Any, value: object) -> Any:
    """
    Turn JSON into *kind*.

    Raises:
        Mismatch: It does not fit; it does not say what is wrong: see `locate`.
    """
    return _hook_for(kind)(value, kind)


def locate(kind: Any, value: object) -> None:
    """
    Find out why JSON does not become *kind*.

    Raises:
        Mismatch: What is wrong, and where.
    """
    LOCATOR.get_structure_hook(kind)(value, kind)

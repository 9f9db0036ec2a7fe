"""
JSON to models and back: the one cattrs converter and its rules.

* Unknown keys are kept (`Model.extra`), unknown words of an enumeration are kept as they are.
* A missing or null field takes its default; only a field without one is missed.
* A wrong type raises, and the error names the path. Nothing is coerced, but for what PHP does:
  digit strings where a number is meant, ``[]`` for an empty object, and ``[]``, ``{}``, ``false``
  and ``""`` for nothing.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import attrs
from cattrs import Converter

from ..errors import DecodeError
from ..models.base import Model
from .envelope import payload, payload_path
from .mismatch import Mismatch, type_name
from .model_hook import Hook, model_fields, structure_function

if TYPE_CHECKING:
    from .call import Request

JST = dt.timezone(dt.timedelta(hours=9))
"""Pixiv's own clock: what a date without an offset means."""

Hooks: TypeAlias = Callable[[Any], Hook]


@attrs.frozen
class Broken:
    """
    An item of a page that could not be structured.

    Attributes:
        raw: The item as pixiv sent it.
        error: What is wrong with it.
    """

    raw: object
    error: DecodeError


@attrs.frozen
class StructuredPage:
    """The body of a page, its items, and what could not be structured."""

    body: Any
    items: list[Any]
    broken: list[Broken]


def _text(value: object, _: Any) -> str:
    if value.__class__ is str:
        return cast("str", value)
    raise Mismatch.here("str", value)


def _whole(value: object, _: Any) -> int:
    if value.__class__ is int:
        return cast("int", value)
    if isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit():
        try:
            return int(value)
        except ValueError:  # more digits than Python reads
            pass
    raise Mismatch.here("int", value)


def _number(value: object, _: Any) -> float:
    if value.__class__ is float or value.__class__ is int:
        return cast("float", value)
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


def _moment(value: object, _: Any) -> dt.datetime:
    if isinstance(value, str):
        try:
            moment = dt.datetime.fromisoformat(value)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=JST)
            moment.utctimetuple()
        except (ValueError, OverflowError):
            pass
        else:
            return moment
    raise Mismatch.here("datetime", value)


def _anything(value: object, _: Any) -> object:
    return value


def _null(value: object, _: Any) -> None:
    if not _says_nothing(value):
        raise Mismatch.here("null", value)


def _says_nothing(value: object) -> bool:
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


def _is_union(kind: Any) -> bool:
    return typing.get_origin(kind) in (typing.Union, types.UnionType)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _json_class(kind: Any) -> type:
    """The class of JSON values that can become *kind*."""
    origin = typing.get_origin(kind) or kind
    if origin is Literal:
        return type(typing.get_args(kind)[0])
    if origin in _JSON_CLASSES:
        return _JSON_CLASSES[origin]
    return list if origin is list else dict


def _literal_hook(kind: Any, hooks: Hooks) -> Hook:
    """Enumerations are open: words that pixiv adds later are kept."""
    classes = {type(arg) for arg in typing.get_args(kind)}
    return hooks(classes.pop() if len(classes) == 1 else object)


def _optional_hook(kind: Any, hooks: Hooks) -> Hook:
    others = [arg for arg in typing.get_args(kind) if arg is not type(None)]
    inner = hooks(others[0]) if len(others) == 1 else _union_hook(others, hooks)
    meant = {_json_class(other) for other in others}

    def hook(value: object, _: Any) -> Any:
        if value is None:
            return None
        if _says_nothing(value) and value.__class__ not in meant:
            return None
        if value == {} and any(_is_model(other) for other in others):
            return None
        return inner(value, kind)

    return hook


def _union_hook(kinds: list[Any], hooks: Hooks) -> Hook:
    by_class: dict[type, list[tuple[frozenset[str], Hook]]] = {}
    for kind in kinds:
        needed = frozenset(f.wire for f in model_fields(kind) if f.required) if (
            _is_model(kind)
        ) else frozenset[str]()  # fmt: skip
        by_class.setdefault(_json_class(kind), []).append((needed, hooks(kind)))
    names = " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)

    def hook(value: object, _: Any) -> Any:
        for needed, inner in by_class.get(value.__class__, ()):
            if not needed or needed <= cast("dict[str, object]", value).keys():
                return inner(value, None)
        raise Mismatch.here(names, value)

    return hook


def _list_hook(kind: Any, hooks: Hooks) -> Hook:
    (item,) = typing.get_args(kind)
    inner = hooks(item)

    def hook(value: object, _: Any) -> list[Any]:
        if value.__class__ is not list:
            if value is None or value == {}:
                return []
            raise Mismatch.here("list", value)
        values = cast("list[object]", value)
        try:
            return [inner(one, item) for one in values]
        except Mismatch:
            raise Mismatch.among((f"[{i}]", inner, one) for i, one in enumerate(values)) from None

    return hook


def _dict_hook(kind: Any, hooks: Hooks) -> Hook:
    key_kind, value_kind = typing.get_args(kind)
    key, inner = hooks(key_kind), hooks(value_kind)

    def hook(value: object, _: Any) -> dict[Any, Any]:
        if value.__class__ is not dict:
            if value is None or value == []:
                return {}
            raise Mismatch.here("dict", value)
        values = cast("dict[str, object]", value)
        try:
            return {key(k, None): inner(v, value_kind) for k, v in values.items()}
        except Mismatch:
            steps = [(f"[{k!r}]", inner, v) for k, v in values.items()]
            steps += [(f".keys()[{i}]", key, k) for i, k in enumerate(values)]
            raise Mismatch.among(steps) from None

    return hook


def make_converter() -> Converter:
    """Build the converter with the rules of this module."""
    converter = Converter()

    def hooks(kind: Any) -> Hook:
        return cast("Hook", converter.get_structure_hook(kind))

    for scalar, hook in _SCALARS.items():
        converter.register_structure_hook(scalar, hook)
    for kind in (object, Any):
        converter.register_structure_hook_func(lambda k, kind=kind: k is kind, _anything)
    factories: list[tuple[Callable[[Any], bool], Callable[[Any, Hooks], Hook]]] = [
        (_is_model, structure_function),
        (lambda k: typing.get_origin(k) is Literal, _literal_hook),
        (lambda k: typing.get_origin(k) is list, _list_hook),
        (lambda k: typing.get_origin(k) is dict, _dict_hook),
        (
            lambda k: _is_union(k) and type(None) not in typing.get_args(k),
            lambda k, h: _union_hook(list(typing.get_args(k)), h),
        ),
        (lambda k: _is_union(k) and type(None) in typing.get_args(k), _optional_hook),
    ]
    for applies, factory in factories:
        converter.register_structure_hook_factory(
            applies, lambda kind, factory=factory: factory(kind, hooks)
        )
    converter.register_unstructure_hook_func(_is_model, _unstructure_model)
    converter.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    return converter


def _unstructure_model(model: Model) -> dict[str, object]:
    plain = {f.wire: CONVERTER.unstructure(getattr(model, f.name)) for f in model_fields(type(model))}
    return {**plain, **model.extra}


CONVERTER = make_converter()


def structure_as(kind: Any, value: object, *, path: str = "$", endpoint: str | None = None) -> Any:
    """
    Turn JSON into *kind*.

    Raises:
        DecodeError: It does not fit; the error says where, starting at *path*.
    """
    try:
        return CONVERTER.get_structure_hook(kind)(value, kind)
    except Mismatch as exc:
        raise DecodeError(exc.spell(path), endpoint=endpoint) from None
    except RecursionError:
        raise DecodeError([f"{path}: nested too deeply"], endpoint=endpoint) from None


def structure_reply(request: Request, json: object) -> Any:
    """Turn the body of a reply to *request* into the type that its endpoint declares."""
    endpoint = request.endpoint
    value = payload(endpoint, json)
    path = payload_path(endpoint)
    if endpoint.pick:
        if not isinstance(value, Mapping) or endpoint.pick not in value:
            problem = f"{path}: missing" if isinstance(value, Mapping) else (
                f"{path.removesuffix(f'.{endpoint.pick}')}: expected dict, got {type_name(value)}"
            )  # fmt: skip
            raise DecodeError([problem], endpoint=endpoint.name)
        value = cast("Mapping[str, object]", value)[endpoint.pick]
    kind = endpoint.response_for(request.arguments) if endpoint.variants else endpoint.response
    return structure_as(kind, value, path=path, endpoint=endpoint.name)


def structure_page(request: Request, json: object) -> StructuredPage:
    """Turn the body of a page into its type; items that do not fit are set aside."""
    endpoint = request.endpoint
    assert endpoint.paging is not None
    where = endpoint.paging.items.split(".")
    try:
        body = structure_reply(request, json)
        broken: list[Broken] = []
    except DecodeError:
        good, broken = _set_aside(request, json, where)
        if not broken:
            raise
        body = structure_reply(request, good)
    return StructuredPage(body, _items(body, where, endpoint.item), broken)


def _items(body: Any, where: list[str], item: Any) -> list[Any]:
    found = body
    for key in where:
        field = next((f for f in model_fields(type(found)) if f.wire == key), None)
        found = None if field is None else getattr(found, field.name)
        if found is None:
            return []
    values = list(found.values()) if isinstance(found, dict) else found
    if isinstance(item, type):
        return [one for one in values if isinstance(one, item)]
    return list(values)


def _set_aside(request: Request, json: object, where: list[str]) -> tuple[object, list[Broken]]:
    """Return *json* without the items that do not fit, and those items."""
    endpoint = request.endpoint
    keys = [*([endpoint.envelope] if endpoint.envelope else []), *where]
    path = ".".join(["$", *keys])
    outer: list[tuple[dict[str, object], str]] = []
    level = json
    for key in keys:
        if not isinstance(level, dict):
            return json, []
        outer.append((cast("dict[str, object]", level), key))
        level = cast("dict[str, object]", level).get(key)
    hook = CONVERTER.get_structure_hook(_element_kind(endpoint.response, where))
    broken: list[Broken] = []

    def fits(step: str, raw: object) -> bool:
        try:
            hook(raw, None)
        except Mismatch as exc:
            error = DecodeError(exc.spell(path + step), endpoint=endpoint.name)
            broken.append(Broken(raw, error))
            return False
        return True

    good: object
    if isinstance(level, list):
        values = cast("list[object]", level)
        good = [raw for i, raw in enumerate(values) if fits(f"[{i}]", raw)]
    elif isinstance(level, dict):
        named = cast("dict[str, object]", level)
        good = {key: raw for key, raw in named.items() if fits(f"[{key!r}]", raw)}
    else:
        return json, []
    for holder, key in reversed(outer):
        good = {**holder, key: good}
    return good, broken


def _element_kind(kind: Any, where: list[str]) -> Any:
    """The declared type of one item at the end of the path *where* in *kind*."""
    for key in where:
        if _is_union(kind):
            kind = next(arg for arg in typing.get_args(kind) if arg is not type(None))
        kind = next(f.kind for f in model_fields(kind) if f.wire == key)
    if _is_union(kind):
        kind = next(arg for arg in typing.get_args(kind) if arg is not type(None))
    return typing.get_args(kind)[-1]


def unstructure(model: object) -> Any:
    """
    Turn a model back into JSON as pixiv spells it.

    Every leaf that pixiv sent is at its place again; fields that it left out are there with
    their defaults. Dates are ISO 8601 with their offset, ids are numbers.
    """
    return CONVERTER.unstructure(model)

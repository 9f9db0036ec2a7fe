"""
Structure hooks for models, compiled for what comes.

Structuring is the hot path: a page is hundreds of objects. Pixiv sends the keys of a class in very
few orders, its shapes. For each shape that it meets, the hook of a class compiles a reader: it
takes the values as they stand, tests the exact class that JSON gives almost always, and leaves
everything else to the hook of the field's type. Where there are too many shapes, one reader looks
the keys up.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, cast

import attrs

from ..models.base import Model
from .mismatch import Mismatch

Hook: TypeAlias = Callable[[Any, Any], Any]


@attrs.frozen
class ModelField:
    """One field of a model: its name here and there, its type, and its default."""

    name: str
    wire: str
    kind: Any
    required: bool
    default: Callable[[], Any]


_FIELDS: dict[type[Model], tuple[ModelField, ...]] = {}


def model_fields(model: type[Model]) -> tuple[ModelField, ...]:
    """The fields of *model* that come from the wire."""
    found = _FIELDS.get(model)
    if found is None:
        found = _FIELDS[model] = _read_fields(model)
    return found


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
                wire=field.metadata.get("wire") or _wire(field.name, model),
                kind=hints[field.name],
                required=default is attrs.NOTHING,
                default=_default_of(default),
            )
        )
    return tuple(found)


def _default_of(default: Any) -> Callable[[], Any]:
    """What makes the default of a field; a `functools.partial` where it is always the same."""
    if hasattr(default, "factory"):
        return cast("Callable[[], Any]", default.factory)
    return functools.partial(_same, default)


def _same(value: Any) -> Any:
    return value


def literal_base(kind: Any) -> Any:
    """The class of the words of a `Literal`: enumerations are open to words of that class."""
    classes: set[Any] = {type(arg) for arg in typing.get_args(kind)}
    return classes.pop() if len(classes) == 1 else object


def _wire(name: str, model: type[Model]) -> str:
    if model.wire_case == "snake":
        return name.rstrip("_")
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)


_MOST_SHAPES = 16
_LONGEST_SHAPE = 200

_Reader: TypeAlias = Callable[[dict[str, Any]], Any]


def structure_function(model: type[Model], hooks: Callable[[Any], Hook]) -> Hook:
    """Make the hook for *model*; *hooks* finds the hook of any other type."""
    readers: dict[tuple[str, ...], _Reader] = {}
    reader_of = readers.get
    any_shape: list[_Reader] = []

    def meet(shape: tuple[str, ...]) -> _Reader:
        if len(readers) < _MOST_SHAPES and len(shape) <= _LONGEST_SHAPE:
            return readers.setdefault(shape, _reader(model, hooks, shape))
        if not any_shape:
            any_shape.append(_reader(model, hooks, None))
        return any_shape[0]

    def structure(json: Any, _: Any) -> Any:
        if json.__class__ is not dict:
            if json != []:
                raise Mismatch.here("dict", json)
            json = {}
        shape = tuple(json)
        read = reader_of(shape) or meet(shape)
        try:
            return read(json)
        except Mismatch:
            raise _locate(model_fields(model), hooks, json) from None

    return structure


def _reader(
    model: type[Model], hooks: Callable[[Any], Hook], shape: tuple[str, ...] | None
) -> _Reader:
    """Compile what reads objects with the keys of *shape*, in that order; None for any keys."""
    fields = model_fields(model)
    known = frozenset(field.wire for field in fields)
    scope: dict[str, Any] = {
        "new": model.__new__,
        "cls": model,
        "Mismatch": Mismatch,
        "known": known,
        "text": {str},
    }
    values: dict[str, str] = {}
    lines = ["self = new(cls)"]
    if shape is None:
        lines.append("get = json.get")
        lines.append("extra = {key: json[key] for key in json if key not in known}")
        lines.append("self._extra = extra or None")
    else:
        values = {key: f"v{number}" for number, key in enumerate(shape)}
        extra = ", ".join(f"{key!r}: {values[key]}" for key in shape if key not in known)
        if shape:
            lines.append(f"{', '.join(values.values())}, = json.values()")
        lines.append(f"self._extra = {f'{{{extra}}}' if extra else None}")
    for index, field in enumerate(fields):
        if shape is None:
            lines.append(f"v = get({field.wire!r})")
        value = "v" if shape is None else values.get(field.wire, "")
        lines += _assign(index, field, value, scope, hooks)
    lines.append("return self")
    exec("\n    ".join(["def read(json):", *lines]), scope)
    return cast("_Reader", scope["read"])


_EXACT: dict[Any, str] = {str: "str", int: "int", bool: "bool"}


def _assign(
    index: int,
    field: ModelField,
    value: str,
    scope: dict[str, Any],
    hooks: Callable[[Any], Hook],
) -> list[str]:
    """
    The statements that set one field to what the variable *value* holds; no variable, no value.

    What JSON has there almost always comes first, the hook of the type does the rest.
    """
    target = f"self.{field.name} ="
    missing = f"{target} {_default(index, field, scope)}"
    if field.required:
        missing = "raise Mismatch([])"
    if not value:
        return [missing]
    base, optional = _without_none(field.kind)
    item = typing.get_args(base)[0] if typing.get_origin(base) is list else None
    lines = [f"if {value} is None: {missing}"]
    if base in _EXACT:
        lines.insert(0, f"if {value}.__class__ is {_EXACT[base]}: {target} {value}")
        lines[1] = f"el{lines[1]}"
    elif item is str and not optional:
        usual = f"{value}.__class__ is list and {{*map(type, {value})}} <= text"
        lines.append(f"elif {usual}: {target} {value}")
    elif is_model(item):
        hook = _late(f"item{index}", item, scope, hooks)
        usual = f"{value}.__class__ is list and {value}"
        lines.append(f"elif {usual}: {target} [{hook}(one, None) for one in {value}]")
    elif optional and is_model(base):
        hook = _late(f"model{index}", base, scope, hooks)
        usual = f"{value}.__class__ is dict and {value}"
        lines.append(f"elif {usual}: {target} {hook}({value}, None)")
    hook = _late(f"hook{index}", field.kind, scope, hooks)
    lines.append(f"else: {target} {hook}({value}, None)")
    return lines


def _default(index: int, field: ModelField, scope: dict[str, Any]) -> str:
    """Put the default of a field into *scope*; return the expression for it."""
    name = f"default{index}"
    default: object = field.default
    fixed = isinstance(default, functools.partial)
    scope[name] = field.default() if fixed else default
    return name if fixed else f"{name}()"


def _late(name: str, kind: Any, scope: dict[str, Any], hooks: Callable[[Any], Hook]) -> str:
    """Have the hook of *kind* in *scope* once it is called: models may refer to each other."""

    def first(value: Any, _: Any) -> Any:
        hook = scope[name] = hooks(kind)
        return hook(value, kind)

    scope[name] = first
    return name


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _without_none(kind: Any) -> tuple[Any, bool]:
    args = typing.get_args(kind)
    if type(None) in args and len(args) == 2:
        kind = next(arg for arg in args if arg is not type(None))
        return _base(kind), True
    return _base(kind), False


def _base(kind: Any) -> Any:
    return literal_base(kind) if typing.get_origin(kind) is Literal else kind


def _locate(
    fields: tuple[ModelField, ...], hooks: Callable[[Any], Hook], value: dict[str, Any]
) -> Mismatch:
    """Structure each field by itself to say which do not fit."""
    problems = [
        (f".{field.wire}", "missing")
        for field in fields
        if field.required and value.get(field.wire) is None
    ]
    steps = [
        (f".{field.wire}", hooks(field.kind), value[field.wire])
        for field in fields
        if value.get(field.wire) is not None
    ]
    return Mismatch([*problems, *Mismatch.among(steps).problems])

"""
Structure hooks for models, compiled once for each class.

Structuring is the hot path: a page is hundreds of objects. The hook of a class is one generated
function that reads each key, tests the exact class that JSON gives almost always, and leaves
everything else to the hook of the field's type.
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


def structure_function(model: type[Model], hooks: Callable[[Any], Hook]) -> Hook:
    """Compile the hook for *model*; *hooks* finds the hook of any other type."""
    fields = model_fields(model)
    scope: dict[str, Any] = {
        "new": model.__new__,
        "cls": model,
        "Mismatch": Mismatch,
        "known": frozenset(field.wire for field in fields),
        "locate": functools.partial(_locate, fields, hooks),
    }
    lines = [
        "def structure(json, _):",
        "    if json.__class__ is not dict:",
        "        if json != []: raise Mismatch.here('dict', json)",
        "        json = {}",
        "    get = json.get",
        "    self = new(cls)",
        "    try:",
    ]
    for index, field in enumerate(fields):
        scope[f"hook{index}"] = _Late(field.kind, hooks)
        scope[f"default{index}"] = field.default()
        lines += [f"        {line}" for line in _assign(index, field, scope)]
    lines += [
        "        pass",
        "    except Mismatch:",
        "        raise locate(json) from None",
        "    if json.keys() <= known: self._extra = None",
        "    else: self._extra = {k: json[k] for k in json if k not in known}",
        "    return self",
    ]
    exec("\n".join(lines), scope)
    return cast("Hook", scope["structure"])


_EXACT: dict[Any, str] = {str: "str", int: "int", bool: "bool"}


def _assign(index: int, field: ModelField, scope: dict[str, Any]) -> list[str]:
    """The statements that read one field."""
    target = f"self.{field.name}"
    base, optional = _without_none(field.kind)
    fast = _EXACT.get(base)
    factory = not isinstance(field.default, functools.partial)
    if factory:
        scope[f"default{index}"] = field.default
    default = f"default{index}()" if factory else f"default{index}"
    missing = "raise Mismatch([])" if field.required else f"{target} = {default}"
    lines = [f"v = get({field.wire!r})"]
    if fast:
        lines.append(f"if v.__class__ is {fast}: {target} = v")
        lines.append(f"elif v is None: {missing}")
    else:
        lines.append(f"if v is None: {missing}")
        if typing.get_origin(base) is list and typing.get_args(base)[0] is str and not optional:
            lines.append(
                f"elif v.__class__ is list and all([x.__class__ is str for x in v]): {target} = v"
            )
    lines.append(f"else: {target} = hook{index}(v, None)")
    return lines


def _without_none(kind: Any) -> tuple[Any, bool]:
    args = typing.get_args(kind)
    if type(None) in args and len(args) == 2:
        kind = next(arg for arg in args if arg is not type(None))
        return _base(kind), True
    return _base(kind), False


def _base(kind: Any) -> Any:
    return literal_base(kind) if typing.get_origin(kind) is Literal else kind


class _Late:
    """A hook looked up when it is first called, since models may refer to each other."""

    def __init__(self, kind: Any, hooks: Callable[[Any], Hook]) -> None:
        self._kind, self._hooks = kind, hooks
        self._hook: Hook | None = None

    def __call__(self, value: Any, _: Any) -> Any:
        hook = self._hook
        if hook is None:
            hook = self._hook = self._hooks(self._kind)
        return hook(value, self._kind)


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

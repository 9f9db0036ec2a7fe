"""
Compile the structure hooks of models.

Structuring is the hot path: a page is hundreds of objects. Pixiv sends objects of a class with
very few sets of keys, its shapes. For each shape that it meets, the hook of a class compiles a
reader: it takes all values at once, tests for the exact class that JSON gives almost always, hands
nested objects straight to their readers, and leaves everything else to the hook of the type of the
field. Where there are too many shapes, one reader looks for the keys of the fields.

The source of a reader is made of the names of fields and of generated names of variables and
constants. Keys are such constants: what comes from the network is never compiled.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias, cast

import attrs

from ...models.base import Model
from .field_types import nothing_for
from .lenient import Hook, Hooks, Location, NestedHook, nested_hook
from .misfits import keep
from .model_fields import ModelField, distinguishing_keys, model_fields, required_keys
from .nested_hooks import ListHook, OptionalHook, UnionHook
from .scalar_hooks import moment, number, text, truth, whole
from .structure_errors import StructureError

_MOST_SHAPES = 16
_LONGEST_SHAPE = 200

_Shape: TypeAlias = tuple[str, ...]
_Reader: TypeAlias = Callable[[dict[str, Any]], Any]


class ModelReaders(dict[int, _Reader], NestedHook):
    """
    The hook of one model: compiled readers, by the number of keys of an object.

    Objects with as many keys nearly always have the same ones. A reader finds out: it takes as
    many values, by their keys, and fails if one is missing. Once there were different keys, the
    reader for that many looks for the shape first.
    """

    def __init__(self, model: type[Model], hooks: Hooks) -> None:
        super().__init__()
        self.model: Any = model
        self._hooks = hooks
        self._by_shape: dict[_Shape, _Reader] = {}

    def __missing__(self, length: int) -> _Reader:
        return self.read_by_shape

    def structure(self, value: Any, _: Any) -> Any:
        """Structure a JSON value; the hook for the converter."""
        json = value if value.__class__ is dict else _no_object(value)
        return self[len(json)](json)

    def collect(self, value: Any, at: Location) -> Model:
        """Structure the fields that fit, one by one."""
        json = value if value.__class__ is dict else _no_object(value)
        missing = [key for key in required_keys(self.model) if json.get(key) is None]
        for key in missing:
            at.problems.collect((at.place, key), "missing")
        hopeless = bool(missing)
        if hopeless and at.problems.full:
            raise StructureError
        inside = at.model()
        extra: dict[str, object] = {}
        fitting: dict[str, Any] = {}
        for key, raw in json.items():
            if key not in self._fields:
                extra[key] = raw
                continue
            field, hook, nothing = self._fields[key]
            if raw is None or (not field.required and nothing(raw)):
                continue
            there = inside.into(key)
            try:
                fitting[field.name] = there.collect(hook, raw)
            except StructureError as exc:
                inside.keep_misfit(key, raw, exc)
                hopeless = hopeless or field.required or there.core is not None
        if hopeless:
            raise StructureError
        made = self.model.__new__(self.model)
        for field in model_fields(self.model):
            value = fitting[field.name] if field.name in fitting else field.default()
            setattr(made, field.name, value)
        keep(made, extra, inside.misfits)
        return cast("Model", made)

    @functools.cached_property
    def _fields(self) -> dict[str, tuple[ModelField, Hook, Callable[[object], bool]]]:
        return {
            field.key: (field, self._hooks(field.kind), nothing_for(field.kind))
            for field in model_fields(self.model)
        }

    def read_by_shape(self, json: dict[str, Any]) -> Any:
        """Read an object when its length does not say which keys it has."""
        shape = tuple(json)
        read = self._by_shape.get(shape) or self._meet(shape)
        return read(json)

    def read_other(self, json: dict[str, Any]) -> Any:
        """Read an object whose keys are not those that were expected of its length."""
        self[len(json)] = self.read_by_shape
        return self.read_by_shape(json)

    def _meet(self, shape: _Shape) -> _Reader:
        plain = len(shape) <= _LONGEST_SHAPE and all(key.__class__ is str for key in shape)
        if plain and len(self._by_shape) < _MOST_SHAPES:
            read = self._by_shape.setdefault(shape, self._compile(shape))
            self.setdefault(len(shape), read)
            return read
        return self._any_shape

    @functools.cached_property
    def _any_shape(self) -> _Reader:
        return self._compile(None)

    def _compile(self, shape: _Shape | None) -> _Reader:
        return _Source(self._hooks).reader(self.model, shape, self.read_other)


def _no_object(value: object) -> dict[str, Any]:
    """Return an empty object for an empty list, which PHP sends in its place."""
    if value != []:
        raise StructureError("dict", value)
    return {}


_CLASSES: Final[dict[Hook, str]] = {text: "str", whole: "int", number: "float", truth: "bool"}
"""The class of JSON values that these hooks leave as they are."""


class _Source:
    """The source of one reader, and the objects that it names."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks
        self._scope: dict[str, Any] = {"StructureError": StructureError}

    def reader(self, model: type[Model], shape: _Shape | None, other: _Reader) -> _Reader:
        """
        Compile a reader of objects with the keys of *shape*; None for any keys.

        Args:
            model: What it makes.
            shape: The keys, all of them text.
            other: Reads objects with as many keys of which one is not in *shape*.
        """
        fields = model_fields(model)
        known = frozenset(field.key for field in fields)
        values = _variables(known if shape is None else shape)
        if shape is None:
            take = [f"{value} = json.get({self._name(key)})" for key, value in values.items()]
            known_keys = self._name(known)
            extra = f"{{key: json[key] for key in json if key not in {known_keys}}} or None"
        else:
            take = self._take(values, other) if values else []
            more = [f"{self._name(key)}: {values[key]}" for key in shape if key not in known]
            extra = f"{{{', '.join(more)}}}" if more else "None"
        lines = [
            *take,
            f"self = {self._name(model.__new__)}({self._name(model)})",
            f"self._extra = {extra}",
            *(line for field in fields for line in self._assign(field, values.get(field.key))),
            "return self",
        ]
        exec("\n    ".join(["def read(json):", *lines]), self._scope)
        return cast("_Reader", self._scope["read"])

    def _name(self, value: Any) -> str:
        """Return a name for *value* in the scope of the source."""
        name = f"n{len(self._scope)}"
        self._scope[name] = value
        return name

    def _take(self, values: dict[str, str], other: _Reader) -> list[str]:
        """Return statements that take all of *values*, or leave the object to *other*."""
        return [
            "try:",
            *(f"    {value} = json[{self._name(key)}]" for key, value in values.items()),
            f"except KeyError: return {self._name(other)}(json)",
        ]

    def _assign(self, field: ModelField, value: str | None) -> list[str]:
        """Return statements that set one field to the value of the variable *value*, if any."""
        target = f"self.{field.name}"
        default = f"{target} = {self._default(field)}"
        missing = "raise StructureError" if field.required else default
        if value is None:
            return [missing]
        hook = self._hooks(field.kind)
        made = f"{self._name(hook)}({value}, None)"
        usual = self._usual(hook, target, value, made)
        return [
            *usual,
            f"{'elif' if usual else 'if'} {self._says_nothing(field, value)}: {missing}",
            f"else: {target} = {made}",
        ]

    def _says_nothing(self, field: ModelField, value: str) -> str:
        """Return a test for values that are as good as a missing key."""
        if field.required:
            return f"{value} is None"
        nothing = self._name(nothing_for(field.kind))
        return f"{value} is None or not {value} and {nothing}({value})"

    def _usual(self, hook: Hook, target: str, value: str, otherwise: str) -> list[str]:
        """Return statements for the JSON that is there almost always."""
        many = nested_hook(_Usual.of(hook).hook)
        if not isinstance(many, ListHook):
            test, made = self._one(hook, value)
            return [f"if {test}: {target} = {made}"] if test else []
        if many.item is text:
            return [
                f"if {value}.__class__ is list:",
                f"    for one in {value}:",
                f"        if one.__class__ is not str: {target} = {otherwise}; break",
                f"    else: {target} = {value}",
            ]
        test, made = self._one(many.item, "one")
        rest = f"{self._name(many.item)}(one, None)"
        made = f"{made} if {test} else {rest}" if test else rest
        return [
            f"if {value}.__class__ is list:",
            f"    {target} = many = []",
            f"    for one in {value}: many.append({made})",
        ]

    def _one(self, hook: Hook, value: str) -> tuple[str, str]:
        """Return a test for the usual class of a value, and its conversion; "" for none."""
        usual = _Usual.of(hook)
        if usual.hook in _CLASSES:
            return f"{value}.__class__ is {_CLASSES[usual.hook]}", value
        if usual.hook is moment:
            made = f"{self._name(moment)}({value}, None)"
            return f"{value}.__class__ is str and {value}", made
        readers = nested_hook(usual.hook)
        if isinstance(readers, ModelReaders):
            needed = distinguishing_keys(readers.model) if usual.several else ()
            tests = [
                f"{value}.__class__ is dict",
                *(f"{self._name(key)} in {value}" for key in needed),
                *([value] if usual.none else []),
            ]
            return " and ".join(tests), f"{self._name(readers)}[len({value})]({value})"
        return "", ""

    def _default(self, field: ModelField) -> str:
        default: Any = field.default
        if default in (list, dict):
            return "[]" if default is list else "{}"
        if isinstance(default, functools.partial):
            return self._name(field.default())
        return f"{self._name(default)}()"


@attrs.frozen
class _Usual:
    """The hook of the first type in a union, and whether there are others, and None."""

    hook: Hook
    several: bool
    none: bool

    @classmethod
    def of(cls, hook: Hook) -> _Usual:
        optional = nested_hook(hook)
        none = isinstance(optional, OptionalHook)
        inner = optional.inner if isinstance(optional, OptionalHook) else hook
        union = nested_hook(inner)
        several = isinstance(union, UnionHook)
        return cls(union.first if isinstance(union, UnionHook) else inner, several, none)


def _variables(keys: Iterable[str]) -> dict[str, str]:
    return {key: f"v{number}" for number, key in enumerate(keys)}

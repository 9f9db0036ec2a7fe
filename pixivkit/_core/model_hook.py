"""
Structure hooks for models, compiled for what comes.

Structuring is the hot path: a page is hundreds of objects. Pixiv sends objects of a class with
very few sets of keys, its shapes. For each shape that it meets, the hook of a class compiles a
reader: it takes all values at once, tests for the exact class that JSON gives almost always, hands
nested objects straight to their readers, and leaves everything else to the hook of the type of the
field. Where there are too many shapes, one reader looks for the keys of the fields.

Readers stop at the first thing that does not fit and say nothing about it; what becomes of the
object then is for `careful`.
"""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias, cast

import attrs

from ..models.base import Model
from .kinds import is_model, is_union, literal_base, nothing_for, union_members
from .mismatch import Mismatch

Hook: TypeAlias = Callable[[Any, Any], Any]
Hooks: TypeAlias = Callable[[Any], Hook]


@attrs.frozen
class ModelField:
    """One field of a model: its name here, its key in JSON, its type, and its default."""

    name: str
    key: str
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


@functools.cache
def needed_keys(model: Any) -> tuple[str, ...]:
    """The keys that every object of *model* has: those of the fields without a default."""
    return tuple(field.key for field in model_fields(model) if field.required)


@functools.cache
def telling_keys(model: Any) -> tuple[str, ...]:
    """The keys by which objects of *model* are told from those of other models."""
    return (*needed_keys(model), *cast("type[Model]", model).marks)


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
                key=field.metadata.get("alias") or _key(field.name, model),
                kind=hints[field.name],
                required=default is attrs.NOTHING,
                default=_default_of(default),
            )
        )
    return tuple(found)


def _default_of(default: Any) -> Callable[[], Any]:
    """What makes the default of a field; a `functools.partial` where it is always the same."""
    if hasattr(default, "factory"):
        factory = default.factory
        # `list[int]()` is a list as well, but takes several times as long to make.
        return cast("Callable[[], Any]", typing.get_origin(factory) or factory)
    return functools.partial(_same, default)


def _same(value: Any) -> Any:
    return value


def _key(name: str, model: type[Model]) -> str:
    if model.wire_case == "snake":
        return name.rstrip("_")
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)


_MOST_SHAPES = 16
_LONGEST_SHAPE = 200

_Shape: TypeAlias = tuple[str, ...]
_Reader: TypeAlias = Callable[[dict[str, Any]], Any]


class Readers(dict[int, _Reader]):
    """
    What reads objects as one model, by how many keys they have.

    Objects with as many keys nearly always have the same ones. A reader finds out: it takes as
    many values, by their keys, and fails if one is missing. Once there were different keys, the
    reader for that many looks for the shape first.
    """

    def __init__(self, model: type[Model], hooks: Hooks) -> None:
        super().__init__()
        self._model = model
        self._hooks = hooks
        self._by_shape: dict[_Shape, _Reader] = {}

    def __missing__(self, length: int) -> _Reader:
        return self.read_by_shape

    def structure(self, json: Any, _: Any) -> Any:
        """Structure any JSON; the hook for the converter."""
        if json.__class__ is not dict:
            if json != []:
                raise Mismatch("dict", json)
            json = {}
        return self[len(json)](json)

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
        return self.any_shape

    @functools.cached_property
    def any_shape(self) -> _Reader:
        """Reads objects with any keys."""
        return self._compile(None)

    def _compile(self, shape: _Shape | None) -> _Reader:
        return _Code(self._hooks).reader(self._model, shape, self.read_other)


_READERS: dict[tuple[type[Model], Hooks], Readers] = {}


def readers_of(model: type[Model], hooks: Hooks) -> Readers:
    """The readers of *model*; *hooks* finds the hook of any other type."""
    found = _READERS.get((model, hooks))
    if found is None:
        found = _READERS.setdefault((model, hooks), Readers(model, hooks))
    return found


def structure_function(model: type[Model], hooks: Hooks) -> Hook:
    """Make the hook for *model*."""
    return readers_of(model, hooks).structure


_EXACT: dict[Any, str] = {str: "str", int: "int", float: "float", bool: "bool"}


class _Code:
    """The source of one reader, and the objects that it names."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks
        self._scope: dict[str, Any] = {"Mismatch": Mismatch}

    def reader(self, model: type[Model], shape: _Shape | None, other: _Reader) -> _Reader:
        """
        Compile what reads objects with the keys of *shape*; None for any keys.

        Args:
            model: What it makes.
            shape: The keys, all of them text.
            other: Reads objects with as many keys of which one is not in *shape*.
        """
        fields = model_fields(model)
        known = frozenset(field.key for field in fields)
        if shape is None:
            values = _variables(known)
            take = [f"{value} = json.get({key!r})" for key, value in values.items()]
            known_keys = self._name(known)
            extra = f"{{key: json[key] for key in json if key not in {known_keys}}} or None"
        else:
            values = _variables(shape)
            take = self._take(values, other) if values else []
            more = [f"{key!r}: {values[key]}" for key in shape if key not in known]
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
        """A name for *value* in the scope of the source."""
        name = f"n{len(self._scope)}"
        self._scope[name] = value
        return name

    def _take(self, values: dict[str, str], other: _Reader) -> list[str]:
        """The statements that take all of *values*, or leave the object to *other*."""
        return [
            "try:",
            *(f"    {value} = json[{self._name(key)}]" for key, value in values.items()),
            f"except KeyError: return {self._name(other)}(json)",
        ]

    def _assign(self, field: ModelField, value: str | None) -> list[str]:
        """The statements that set one field to what the variable *value* holds, if any."""
        target = f"self.{field.name}"
        missing = "raise Mismatch" if field.required else f"{target} = {self._default(field)}"
        if value is None:
            return [missing]
        hook = f"{self._name(self._hooks(field.kind))}({value}, None)"
        usual = self._usual(field.kind, target, value, hook)
        return [
            *usual,
            f"{'elif' if usual else 'if'} {self._says_nothing(field, value)}: {missing}",
            f"else: {target} = {hook}",
        ]

    def _says_nothing(self, field: ModelField, value: str) -> str:
        """A test for what is as good as a missing key."""
        if field.required:
            return f"{value} is None"
        nothing = self._name(nothing_for(field.kind))
        return f"{value} is None or not {value} and {nothing}({value})"

    def _usual(self, kind: Any, target: str, value: str, hook: str) -> list[str]:
        """The statements for what JSON has there almost always."""
        base = _Alternatives.of(kind).first
        if typing.get_origin(base) is not list:
            test, made = self._one(kind, value)
            return [f"if {test}: {target} = {made}"] if test else []
        (item,) = typing.get_args(base)
        if item is str:
            return [
                f"if {value}.__class__ is list:",
                f"    for one in {value}:",
                f"        if one.__class__ is not str: {target} = {hook}; break",
                f"    else: {target} = {value}",
            ]
        test, made = self._one(item, "one")
        rest = f"{self._name(self._hooks(item))}(one, None)"
        made = f"{made} if {test} else {rest}" if test else rest
        return [
            f"if {value}.__class__ is list:",
            f"    {target} = many = []",
            f"    for one in {value}: many.append({made})",
        ]

    def _one(self, kind: Any, value: str) -> tuple[str, str]:
        """A test for the usual class of what is no list, and what to make of it; "" for none."""
        among = _Alternatives.of(kind)
        base = among.first
        if base in _EXACT:
            return f"{value}.__class__ is {_EXACT[base]}", value
        if base is dt.datetime:
            return (
                f"{value}.__class__ is str and {value}",
                f"{self._name(self._hooks(base))}({value}, None)",
            )
        if is_model(base):
            needed = telling_keys(base) if among.several else ()
            tests = [f"{value}.__class__ is dict", *(f"{key!r} in {value}" for key in needed)]
            if among.none:
                tests.append(value)
            readers = self._name(readers_of(base, self._hooks))
            return " and ".join(tests), f"{readers}[len({value})]({value})"
        return "", ""

    def _default(self, field: ModelField) -> str:
        default: Any = field.default
        if default in (list, dict):
            return "[]" if default is list else "{}"
        if isinstance(default, functools.partial):
            return self._name(field.default())
        return f"{self._name(default)}()"


@attrs.frozen
class _Alternatives:
    """What a union allows; any other type is a union of one."""

    first: Any
    several: bool
    none: bool

    @classmethod
    def of(cls, kind: Any) -> _Alternatives:
        kinds = union_members(kind) if is_union(kind) else (kind,)
        first, *others = [one for one in kinds if one is not type(None)] or kinds
        return cls(_base(first), several=bool(others), none=type(None) in kinds)


def _variables(keys: Iterable[str]) -> dict[str, str]:
    return {key: f"v{number}" for number, key in enumerate(keys)}


def _base(kind: Any) -> Any:
    return literal_base(kind) if typing.get_origin(kind) is Literal else kind

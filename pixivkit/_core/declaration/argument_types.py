"""
Read the annotations of parameters, once.

Checks, the command line, the fake pixiv and OpenAPI all go by what is read here.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias

import attrs

from .arguments import FileSource, Meaning, Rule, Spelling


@attrs.frozen
class Text:
    """Any text."""


@attrs.frozen
class Flag:
    """True or false."""


@attrs.frozen
class Number:
    """A number; a *whole* one only, or any that is finite."""

    whole: bool


@attrs.frozen
class Day:
    """A date; with *or_text* also text in the wire format."""

    or_text: bool


@attrs.frozen
class Choice:
    """One of these *values*."""

    values: tuple[str | int, ...]


@attrs.frozen
class File:
    """A `FileSource`."""


@attrs.frozen
class AnyOf:
    """What any of the *options* takes; the first that accepts the value."""

    options: tuple[ArgumentType, ...]


@attrs.frozen
class ListOf:
    """A sequence of *item*."""

    item: ArgumentType


Kind: TypeAlias = Text | Flag | Number | Day | Choice | File | AnyOf | ListOf


@attrs.frozen
class ArgumentType:
    """
    The type of a parameter, with its rules, wire format and meaning.

    Attributes:
        kind: The values, but for None.
        optional: Whether None is one of them.
        rules: What narrows them further.
        wire: The wire format of the values.
        meaning: What they mean; None where the annotation does not say.
    """

    kind: Kind
    optional: bool = False
    rules: tuple[Rule, ...] = ()
    wire: Spelling = attrs.field(factory=Spelling)
    meaning: Meaning | None = None


_SIMPLE: Final[dict[object, Kind]] = {
    str: Text(),
    bool: Flag(),
    int: Number(whole=True),
    float: Number(whole=False),
    dt.date: Day(or_text=False),
}
_TOGETHER: Final[tuple[tuple[tuple[object, ...], Kind], ...]] = (
    (typing.get_args(FileSource), File()),
    ((dt.date, str), Day(or_text=True)),
)
"""Members of a union that mean one thing when all are there."""

_KNOWN: Final = (
    "str, int, bool, float, datetime.date, date | str, Literal, FileSource, "
    "a union of these, a Sequence of them, or any of it or None"
)


def read_annotation(annotation: Any) -> ArgumentType:
    """
    Read *annotation*, which is evaluated.

    Raises:
        TypeError: It is none that arguments can be of.
    """
    if typing.get_origin(annotation) is not typing.Annotated:
        return _read(annotation)
    plain, *markers = typing.get_args(annotation)
    inner = _read(plain)
    return attrs.evolve(
        inner,
        rules=(*inner.rules, *(m for m in markers if hasattr(m, "refuse"))),
        wire=next((m for m in reversed(markers) if isinstance(m, Spelling)), inner.wire),
        meaning=next((m for m in reversed(markers) if isinstance(m, Meaning)), inner.meaning),
    )


def _read(plain: Any) -> ArgumentType:
    origin, args = typing.get_origin(plain), typing.get_args(plain)
    if plain in _SIMPLE:
        return ArgumentType(_SIMPLE[plain])
    if origin is Literal and all(isinstance(value, str | int) for value in args):
        return ArgumentType(Choice(args))
    if origin in (typing.Union, types.UnionType):
        return _read_union(args)
    if origin is Sequence:
        item = read_annotation(args[0])
        if not item.optional and not isinstance(item.kind, ListOf):
            return ArgumentType(ListOf(item))
    msg = f"{plain!r} is not one of {_KNOWN}"
    raise TypeError(msg)


def _read_union(members: tuple[Any, ...]) -> ArgumentType:
    left = [member for member in members if member is not types.NoneType]
    options: list[ArgumentType] = []
    for parts, kind in _TOGETHER:
        if all(part in left for part in parts):
            options.append(ArgumentType(kind))
            left = [member for member in left if member not in parts]
    options += map(read_annotation, left)
    optional = types.NoneType in members or any(option.optional for option in options)
    if len(options) == 1:
        return attrs.evolve(options[0], optional=optional)
    if any(isinstance(option.kind, ListOf) for option in options):
        msg = "a Sequence is in a union with more than None"
        raise TypeError(msg)
    return ArgumentType(AnyOf(tuple(options)), optional)

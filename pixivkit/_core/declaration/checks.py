"""Checks of arguments before anything is sent."""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import AsyncIterable, Callable, Sequence
from typing import Any, TypeAlias, cast

from ..basics.japan_time import pixiv_date
from .argument_types import (
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
from .arguments import Spelling, UploadFile

Check: TypeAlias = Callable[[Any], object]
"""Returns the value, made immutable, or raises ValueError that says what is accepted."""


def compile_check(accepts: ArgumentType) -> Check:
    """Build the check for a parameter that takes *accepts*."""
    return _narrowed(accepts, accepts.wire)


def _narrowed(accepts: ArgumentType, spelling: Spelling) -> Check:
    base, optional, rules = _check(accepts.kind, spelling), accepts.optional, accepts.rules
    if not optional and not rules:
        return base

    def check(value: Any) -> object:
        if value is None and optional:
            return None
        accepted = base(value)
        for rule in rules:
            if problem := rule.refuse(accepted):
                raise ValueError(problem)
        return accepted

    return check


def _check(kind: Kind, spelling: Spelling) -> Check:
    match kind:
        case Text():
            return _text_list
        case Flag():
            return _exactly(bool)
        case Number(whole):
            return _exactly(int, but=bool) if whole else _number
        case Day(or_text):
            return _date_text(spelling) if or_text else _date
        case Choice(values):
            return _one_of(values)
        case File():
            return _file
        case AnyOf(options):
            return _either([_narrowed(option, spelling) for option in options])
        case ListOf(item):
            return _sequence(_narrowed(item, spelling))


def _one_of(accepted: tuple[str | int, ...]) -> Check:
    def check(value: Any) -> object:
        for one in accepted:
            if value == one and type(value) is type(one):
                return one
        msg = f"must be one of {', '.join(map(repr, accepted))}, not {value!r}"
        raise ValueError(msg)

    return check


def _either(checks: Sequence[Check]) -> Check:
    def check(value: Any) -> object:
        problems: list[str] = []
        for one in checks:
            try:
                return one(value)
            except ValueError as exc:
                problems.append(str(exc))
        raise ValueError("; or ".join(problems))

    return check


def _sequence(item: Check) -> Check:
    def check(value: Any) -> object:
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            msg = f"must be a list or tuple, not {type(value).__name__}"
            raise ValueError(msg)
        return tuple(item(one) for one in cast("Sequence[object]", value))

    return check


def _exactly(kind: type, *, but: type | None = None) -> Check:
    def check(value: Any) -> object:
        if not isinstance(value, kind) or (but is not None and isinstance(value, but)):
            # The type only: the value may be a secret.
            msg = f"must be {kind.__name__}, not {type(value).__name__}"
            raise ValueError(msg)
        return value

    return check


def _text_list(value: Any) -> object:
    if not isinstance(value, str):
        msg = f"must be str, not {type(value).__name__}"
        raise ValueError(msg)
    text = str.__str__(value)  # the value of an enum of strings
    try:
        text.encode()
    except UnicodeEncodeError:
        msg = "must be text that UTF-8 can encode, without lone surrogates"
        raise ValueError(msg) from None
    return text


def _number(value: Any) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        msg = f"must be a finite number, not {value!r}"
        raise ValueError(msg)
    return value


def _date(value: Any) -> object:
    if not isinstance(value, dt.date):
        msg = f"must be a date, not {type(value).__name__}"
        raise ValueError(msg)
    return pixiv_date(value)


def _date_text(spelling: Spelling) -> Check:
    def check(value: Any) -> object:
        if not isinstance(value, str):
            return _date(value)
        try:
            read = dt.datetime.strptime(value, spelling.date).date()
        except ValueError:
            example = spelling.day(dt.date(2026, 1, 31))
            msg = f"must be a date or text such as {example!r}, not {value!r}"
            raise ValueError(msg) from None
        if spelling.day(read) != value:
            msg = f"must be spelled {spelling.day(read)!r}, not {value!r}"
            raise ValueError(msg)
        return read

    return check


def _file(value: Any) -> object:
    source = value.source if isinstance(value, UploadFile) else value
    if not isinstance(source, str | os.PathLike | bytes | AsyncIterable):
        msg = f"must be a path, bytes or an async iterable of bytes, not {type(source).__name__}"
        raise ValueError(msg)
    if isinstance(source, bytes) and not source:
        msg = "must not be an empty file"
        raise ValueError(msg)
    return value

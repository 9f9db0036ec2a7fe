"""What a parameter accepts: checks made from annotations, and how values are spelled."""

from __future__ import annotations

import datetime as dt
import math
import os
import types
import typing
from collections.abc import AsyncIterable, Callable, Sequence
from typing import Any, Literal, Protocol, TypeAlias, cast

import attrs

JST = dt.timezone(dt.timedelta(hours=9))
"""Pixiv's own clock: what a date without an offset means."""

Check: TypeAlias = Callable[[Any], object]
"""Returns the value, made immutable, or raises ValueError that says what is accepted."""


@attrs.frozen
class Wire:
    """
    In `Annotated`: how a parameter is spelled on the wire, where not by its own name and value.

    Attributes:
        name: Its name there, brackets included.
        join: Separator that makes one value of a sequence; without it the key is repeated.
        date: Format of a date, as of `datetime.date.strftime`.
        digit: Whether a bool is ``1`` or ``0`` instead of ``true`` or ``false``.
        text: Whether a number in a JSON body is a string.
        repeat_in_query: Whether a parameter of the path is sent in the query as well.
        secret: Whether its value is a credential, which no repr shows.
    """

    name: str = ""
    join: str | None = None
    date: str = "%Y-%m-%d"
    digit: bool = False
    text: bool = False
    repeat_in_query: bool = False
    secret: bool = False


class Rule(Protocol):
    """A marker in `Annotated` that narrows what a parameter accepts."""

    def refuse(self, value: Any) -> str | None:
        """Say what is accepted if *value* is not, else return None."""
        ...


@attrs.frozen
class Between:
    """A number from *low* to *high*, both included; ``None`` for an open end."""

    low: int | None = None
    high: int | None = None

    def refuse(self, value: Any) -> str | None:
        if self.low is not None and value < self.low:
            return f"must be at least {self.low}, not {value}"
        if self.high is not None and value > self.high:
            return f"must be at most {self.high}, not {value}"
        return None


@attrs.frozen
class NotEmpty:
    """A text that is more than blanks, or a sequence of at least one."""

    def refuse(self, value: Any) -> str | None:
        empty = not value.strip() if isinstance(value, str) else len(value) == 0
        return "must not be empty" if empty else None


@attrs.frozen
class AtMost:
    """A sequence of at most *count*."""

    count: int

    def refuse(self, value: Any) -> str | None:
        return f"at most {self.count}, not {len(value)}" if len(value) > self.count else None


@attrs.frozen
class UploadFile:
    """
    A file to send, where its name or type is not to be guessed.

    Attributes:
        source: Path, bytes, or an async iterable of bytes (read once, so such an upload is
            never repeated).
        name: File name to tell pixiv; the path's own by default, else made from the position.
        content_type: Media type; by default guessed from the first bytes and the name.
    """

    source: str | os.PathLike[str] | bytes | AsyncIterable[bytes]
    name: str | None = None
    content_type: str | None = None


FileSource: TypeAlias = str | os.PathLike[str] | bytes | AsyncIterable[bytes] | UploadFile
"""Path, bytes, async iterable of bytes, or any of these in an `UploadFile`."""


def compile_check(kind: Any, markers: Sequence[object] = ()) -> Check:
    """Build the check for a parameter of the type *kind*, narrowed by the rules in *markers*."""
    base = _check(kind, markers)
    rules = [m for m in markers if hasattr(m, "refuse")]
    if not rules:
        return base

    def narrowed(value: Any) -> object:
        accepted = base(value)
        for rule in cast("list[Rule]", rules):
            if accepted is not None and (problem := rule.refuse(accepted)):
                raise ValueError(problem)
        return accepted

    return narrowed


def _check(kind: Any, markers: Sequence[object]) -> Check:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return _one_of(args)
    if kind == FileSource or (origin in (typing.Union, types.UnionType) and UploadFile in args):
        return _file
    if origin in (typing.Union, types.UnionType):
        return _either([a for a in args if a is not type(None)], type(None) in args, markers)
    if origin is Sequence:
        return _sequence(_check(args[0], markers))
    if kind is dt.date:
        return _date
    return _SIMPLE[kind]


def _one_of(accepted: tuple[object, ...]) -> Check:
    def check(value: Any) -> object:
        for one in accepted:
            if value == one and type(value) is type(one):
                return one
        msg = f"must be one of {', '.join(map(repr, accepted))}, not {value!r}"
        raise ValueError(msg)

    return check


def _either(kinds: list[Any], optional: bool, markers: Sequence[object]) -> Check:
    if dt.date in kinds and str in kinds:
        wire = next((m for m in markers if isinstance(m, Wire)), Wire())
        checks = [_date_text(wire.date)]
    else:
        checks = [_check(kind, markers) for kind in kinds]

    def check(value: Any) -> object:
        if value is None and optional:
            return None
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


def _words(value: Any) -> object:
    if not isinstance(value, str):
        msg = f"must be str, not {type(value).__name__}"
        raise ValueError(msg)
    text = str.__str__(value)  # the value of an enum of strings
    try:
        text.encode()
    except UnicodeEncodeError:
        msg = "must be text that UTF-8 can spell, without lone surrogates"
        raise ValueError(msg) from None
    return text


def _number(value: Any) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        msg = f"must be a finite number, not {value!r}"
        raise ValueError(msg)
    return value


def pixiv_date(value: dt.date) -> dt.date:
    """The day that *value* is on pixiv, whose days are Japan's; a time without zone is Japan's."""
    if not isinstance(value, dt.datetime):
        return value
    return value.date() if value.tzinfo is None else value.astimezone(JST).date()


def _date(value: Any) -> object:
    if not isinstance(value, dt.date):
        msg = f"must be a date, not {type(value).__name__}"
        raise ValueError(msg)
    return pixiv_date(value)


def _date_text(spelling: str) -> Check:
    def check(value: Any) -> object:
        if not isinstance(value, str):
            return _date(value)
        try:
            read = dt.datetime.strptime(value, spelling).date()
        except ValueError:
            example = dt.date(2026, 1, 31).strftime(spelling)
            msg = f"must be a date or text such as {example!r}, not {value!r}"
            raise ValueError(msg) from None
        if read.strftime(spelling) != value:
            msg = f"must be spelled {read.strftime(spelling)!r}, not {value!r}"
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


_SIMPLE: dict[Any, Check] = {
    int: _exactly(int, but=bool),
    str: _words,
    bool: _exactly(bool),
    float: _number,
}

"""Arguments of endpoints from the command line: text becomes what the declaration asks for."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Sequence
from typing import Any, Literal

import click

from .._core.arguments import FileSource, UploadFile
from .._core.endpoint import Endpoint, Param


def read_arguments(endpoint: Endpoint, pairs: Sequence[str]) -> dict[str, object]:
    """
    Read ``name=value`` *pairs*; a name may be the one of Python or of the wire.

    Raises:
        click.UsageError: A pair is none, a name is unknown or missing, or a value is not of the
            declared type.
    """
    known = {param.wire: param for param in endpoint.params}
    known |= {param.name: param for param in endpoint.params}
    texts: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{name!r} is not of the form name=value")
        if name not in known:
            names = ", ".join(param.name for param in endpoint.params) or "none"
            raise click.UsageError(f"{endpoint.name} has no {name!r}; its parameters: {names}")
        texts.setdefault(known[name].name, []).append(text)
    missing = [p.name for p in endpoint.params if p.required and p.name not in texts]
    if missing:
        raise click.UsageError(f"{endpoint.name} needs {', '.join(missing)}")
    return {name: _value(known[name], given) for name, given in texts.items()}


def _value(param: Param, texts: list[str]) -> object:
    try:
        if (item := _item(param.kind)) is not None:
            return tuple(_read(item, text) for text in texts)
        if len(texts) > 1:
            msg = "given more than once"
            raise ValueError(msg)
        if texts[0] == "" and _takes_none(param):
            return None
        return _read(param.kind, texts[0])
    except ValueError as exc:
        raise click.UsageError(f"{param.name}: {exc}") from None


def _takes_none(param: Param) -> bool:
    """Whether an empty value stands for None: not where it is a text like any other."""
    kinds = typing.get_args(param.kind)
    return type(None) in kinds and (param.required or str not in kinds)


def _item(kind: Any) -> Any:
    """The type of the items of a sequence; None for any other type."""
    for option in _options(kind):
        origin = typing.get_origin(option)
        if isinstance(origin, type) and issubclass(origin, Sequence):
            return typing.get_args(option)[0]
    return None


def _options(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return tuple(arg for arg in typing.get_args(kind) if arg is not type(None))
    return (kind,)


def _read(kind: Any, text: str) -> object:
    options = _options(kind)
    if kind == FileSource or UploadFile in options:
        return text
    if dt.date in options and str in options:
        # The declaration reads dates in its own spelling.
        return text
    problems: list[str] = []
    for option in options:
        try:
            return _read_one(option, text)
        except ValueError as exc:
            problems.append(str(exc))
    raise ValueError("; or ".join(problems))


def _read_one(kind: Any, text: str) -> object:
    if typing.get_origin(kind) is Literal:
        accepted = typing.get_args(kind)
        for one in accepted:
            if text == (str(one).lower() if isinstance(one, bool) else str(one)):
                return one
        raise ValueError(f"must be one of {', '.join(map(str, accepted))}")
    if kind is bool:
        if text not in ("true", "false"):
            raise ValueError("must be true or false")
        return text == "true"
    if kind is dt.date:
        return dt.date.fromisoformat(text)
    if kind is int:
        return _number(int, text, "a whole number")
    if kind is float:
        return _number(float, text, "a number")
    return text


def _number(kind: type[int] | type[float], text: str, words: str) -> float:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"must be {words}") from None

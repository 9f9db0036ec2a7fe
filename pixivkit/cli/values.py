"""Parse arguments of endpoints from the command line, as the declaration asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from .._core.declaration.argument_types import (
    AnyOf,
    ArgumentType,
    Choice,
    Day,
    Flag,
    Kind,
    ListOf,
    Number,
    Text,
)
from .._core.declaration.endpoint import Endpoint, Param
from ..openapi.docstrings import read_docstring


def read_arguments(endpoint: Endpoint, pairs: Sequence[str]) -> dict[str, object]:
    """
    Parse ``name=value`` *pairs*; a name may be the one in Python or on the wire.

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
        meanings = read_docstring(endpoint.doc).entries
        lines = [f"\n  {name}: {meanings[name]}" for name in missing if name in meanings]
        raise click.UsageError(f"{endpoint.name} needs {', '.join(missing)}{''.join(lines)}")
    return {name: _value(known[name], given) for name, given in texts.items()}


def _value(param: Param, texts: list[str]) -> object:
    kind, optional = param.accepts.kind, param.accepts.optional
    try:
        if isinstance(kind, ListOf):
            return tuple(_read(kind.item.kind, text) for text in texts)
        if len(texts) > 1:
            msg = "given more than once"
            raise ValueError(msg)
        # Not where it is a text like any other.
        if texts[0] == "" and optional and (param.required or kind != Text()):
            return None
        return _read(kind, texts[0])
    except ValueError as exc:
        raise click.UsageError(f"{param.name}: {exc}") from None


def _read(kind: Kind, text: str) -> object:
    match kind:
        case AnyOf(options):
            return _first(options, text)
        case Choice(values):
            for one in values:
                if text == (str(one).lower() if isinstance(one, bool) else str(one)):
                    return one
            raise ValueError(f"must be one of {', '.join(map(str, values))}")
        case Flag():
            if text not in ("true", "false"):
                raise ValueError("must be true or false")
            return text == "true"
        case Day(or_text=False):
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                raise ValueError("must be a date such as 2026-01-31") from None
        case Number(whole):
            try:
                return int(text) if whole else float(text)
            except ValueError:
                words = "a whole number" if whole else "a number"
                raise ValueError(f"must be {words}") from None
        case _:  # The declaration reads dates in its own spelling, and files by their paths.
            return text


def _first(options: Sequence[ArgumentType], text: str) -> object:
    problems: list[str] = []
    for option in options:
        try:
            return _read(option.kind, text)
        except ValueError as exc:
            problems.append(str(exc))
    raise ValueError("; or ".join(problems))

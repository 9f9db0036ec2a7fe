"""Describe the arguments of endpoints in the words of a command line."""

from __future__ import annotations

from .._core.declaration.argument_types import (
    AnyOf,
    ArgumentType,
    Choice,
    Day,
    File,
    Flag,
    ListOf,
    Number,
)
from .._core.declaration.endpoint import Endpoint, Param

__all__ = ["choices", "default_words", "given_by_caller", "type_words"]


def given_by_caller(endpoint: Endpoint) -> list[Param]:
    """Return the parameters of *endpoint* that can have more than one value."""
    return [param for param in endpoint.params if not param.is_fixed]


def choices(accepts: ArgumentType) -> list[str]:
    """Return the words among which to choose; empty where anything may be given."""
    match accepts.kind:
        case Choice(values):
            return [str(value) for value in values]
        case Flag():
            return ["true", "false"]
        case ListOf(item):
            return choices(item)
        case AnyOf(options):
            found = [choices(option) for option in options]
            return [word for words in found for word in words] if all(found) else []
        case _:
            return []


def type_words(accepts: ArgumentType) -> str:
    """Return what kind of value is taken, such as ``INTEGER``, ``YYYY-MM-DD`` or ``day|week``."""
    if words := choices(accepts):
        return "|".join(words) + ("..." if isinstance(accepts.kind, ListOf) else "")
    match accepts.kind:
        case ListOf(item):
            return f"{type_words(item)}..."
        case AnyOf(options):
            return "|".join(dict.fromkeys(type_words(option) for option in options))
        case Number(whole):
            return "INTEGER" if whole else "NUMBER"
        case Day():
            return "YYYY-MM-DD"
        case File():
            return "FILE"
        case _:
            return "TEXT"


def default_words(param: Param) -> str | None:
    """Return what is sent where nothing is given; None for nothing."""
    if param.required or param.default in (None, ()):
        return None
    return str(param.default).lower() if isinstance(param.default, bool) else str(param.default)

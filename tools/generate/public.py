"""
List what users rely on: public names, and the requests that endpoints send.

Each line of a list begins with a name. A line that goes or changes breaks somebody's program, so
it may do so only when the changelog names it; new lines are free.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

import pixivkit
import pixivkit.models
from pixivkit import Api, Endpoint, Param, Spelling
from pixivkit.models.base import Model
from pixivkit.registry import built_in_endpoints

# It needs pytest; its fixtures are those of `pixivkit.testing`.
_LEFT_OUT: Final = "pixivkit.pytest_plugin"


def request_lines() -> list[str]:
    """The request of every endpoint of pixivkit, and each of its parameters."""
    return [line for endpoint in built_in_endpoints() for line in _request(endpoint)]


def _request(endpoint: Endpoint) -> Iterator[str]:
    facts = [f"{endpoint.method} {endpoint.base.url}{endpoint.path}", endpoint.auth.value]
    if endpoint.method == "POST":
        facts.append(endpoint.body)
    if endpoint.referer is not None:
        facts.append(f"from {endpoint.referer}")
    yield f"{endpoint.name}: {', '.join(facts)}"
    for param in endpoint.params:
        yield f"{endpoint.name}({param.name}): {', '.join(_facts(param))}"


def _facts(param: Param) -> Iterator[str]:
    yield f"{param.place} {param.wire}"
    if param.required:
        yield "required"
    elif param.default is not None:
        yield f"by default {param.default!r}"
    for field in attrs.fields(Spelling):
        value = getattr(param.spelling, field.name)
        if field.name not in ("name", "secret") and value != field.default:
            yield f"{field.name}={value!r}"


def name_lines() -> list[str]:
    """Every public name: of modules, of classes, and of the parameters of functions."""
    values: dict[str, object] = {}
    for module in map(importlib.import_module, _public_modules()):
        values |= {f"{module.__name__}.{name}": getattr(module, name) for name in module.__all__}
    # What has several names shows its members under the shortest of them.
    known = {
        id(value): path
        for path, value in sorted(values.items(), key=lambda item: (-len(item[0]), item[0]))
    }
    lines = set(values)
    for path, value in values.items():
        if known[id(value)] == path:
            lines.update(_members(path, value, known))
    return sorted(lines)


def _public_modules() -> Iterator[str]:
    yield "pixivkit"
    for package in (pixivkit, pixivkit.models):
        for _, name, _ in pkgutil.iter_modules(package.__path__):
            path = f"{package.__name__}.{name}"
            is_public = not name.startswith("_") and path != _LEFT_OUT
            if is_public and hasattr(importlib.import_module(path), "__all__"):
                yield path


def _members(path: str, value: Any, known: dict[int, str]) -> Iterator[str]:
    if inspect.isfunction(value):
        yield from _parameters(path, value)
    if not inspect.isclass(value) or (issubclass(value, Api) and value is not Api):
        return
    for kind in value.__mro__:
        is_its_own = kind is value or id(kind) not in known
        if kind.__module__.startswith("pixivkit.") and is_its_own:
            for name in {**inspect.get_annotations(kind), **vars(kind)}:
                yield from _member(path, kind, name)


def _member(path: str, kind: type, name: str) -> Iterator[str]:
    member = inspect.getattr_static(kind, name, None)
    member = getattr(member, "__func__", member)
    if name == "__init__":
        # Of a model, they are its fields.
        yield from () if issubclass(kind, Model) else _parameters(path, member)
    elif name == "__call__" or not name.startswith("_"):
        yield f"{path}.{name}"
        yield from _parameters(f"{path}.{name}", member)


def _parameters(path: str, function: Any) -> Iterator[str]:
    if inspect.isfunction(function):
        for parameter in inspect.signature(function).parameters.values():
            is_named = parameter.kind in (
                parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY,
            )  # fmt: skip
            if is_named and parameter.name not in ("self", "cls"):
                yield f"{path}({parameter.name})"


def unnamed_losses(kept: Iterable[str], made: Iterable[str], changelog: str) -> list[str]:
    """
    The lines of *kept* that are not in *made*, and that the *changelog* does not name.

    It names them in its section of what is not released, between backquotes: a name as it is in
    the line, or that of what it belonged to, if that went as well.
    """
    unreleased = changelog.partition("\n## Unreleased\n")[2].partition("\n## ")[0]
    mentioned = set(re.findall(r"`([^`]+)`", unreleased))
    lost = sorted({*kept} - {*made})
    gone = {line.partition(": ")[0] for line in lost}
    return [line for line in lost if not mentioned & gone & {*_name_and_owners(line)}]


def _name_and_owners(line: str) -> Iterator[str]:
    name = line.partition(": ")[0]
    yield name
    yield from (name[:at] for at, character in enumerate(name) if character in ".(")

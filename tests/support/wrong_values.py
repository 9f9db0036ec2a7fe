"""One wrong value at a time, put into a reply, and what becomes of the reply."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import attrs

from pixivkit.conformance import check_body
from pixivkit.registry import Endpoint

Steps: TypeAlias = "tuple[str | int, ...]"

WRONG: tuple[object, ...] = (
    7, -1, 2.5, "words", "2026-03-09", True, None, [], [7], ["words"], [None], {}, {"a": 1},
    {"id": {}}, [[]], [{"id": "x"}],
)  # fmt: skip


def places(value: object, path: Steps = ()) -> Iterator[Steps]:
    """The paths of everything in *value*, itself included."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


def with_value(body: object, path: Steps, value: object) -> Any:
    """A copy of *body* that has *value* at *path*."""
    if not path:
        return value
    changed: Any = copy.copy(body)
    changed[path[0]] = with_value(changed[path[0]], path[1:], value)
    return changed


@attrs.define
class Tally:
    """
    What became of replies with a wrong value.

    Attributes:
        tried: How many there were.
        lost: Those that raised.
        losing: Those that did not, and of which something was not there again.
    """

    tried: int = 0
    lost: list[str] = attrs.field(factory=list[str])
    losing: list[str] = attrs.field(factory=list[str])

    def try_all(
        self, endpoint: Endpoint, arguments: dict[str, object], body: Any, chance: random.Random,
        most: int,
    ) -> None:  # fmt: skip
        """Put wrong values at up to *most* places of *body*, of every kind that it has."""
        inside = [part for part in (endpoint.envelope, endpoint.pick) if part]
        top = tuple(inside)
        for path in _of_every_kind(places(body), chance, most):
            if path[: len(top)] != top:
                continue  # what is around the payload is not the model's
            value = chance.choice(WRONG)
            report = check_body(endpoint, arguments, with_value(body, path, value))
            self.tried += 1
            said = f"{endpoint.name} {path} = {value!r}"
            if report.error is not None:
                self.lost.append(f"{said}: {report.error}")
            elif report.lost:
                self.losing.append(f"{said}: {report.lost}")


def _of_every_kind(paths: Iterable[Steps], chance: random.Random, most: int) -> list[Steps]:
    """Choose among *paths*, one at least of each that differ in more than their indexes."""
    by_kind: dict[Steps, list[Steps]] = {}
    for path in paths:
        kind = tuple("[]" if isinstance(step, int) or step.isdigit() else step for step in path)
        by_kind.setdefault(kind, []).append(path)
    kinds = list(by_kind.values())
    chance.shuffle(kinds)
    return [chance.choice(alike) for alike in kinds[:most]]

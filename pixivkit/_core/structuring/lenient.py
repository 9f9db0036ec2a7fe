"""
Structure JSON that does not fit everywhere, and collect what is wrong.

Structure hooks stop at the first thing that does not fit. Those of types that are made of others
can do more: to `collect` is to make what fits, and to note what does not. A value that does not
fit leaves its field at the default, and the nearest model keeps it as it came; so it does with an
element of a list or map. A model without its core, which are the fields that have no default,
does not fit itself.
"""

from __future__ import annotations

import abc
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs

from ...models.base import Step
from .misfits import Misfits
from .structure_errors import Place, Problems, StructureError

Hook: TypeAlias = Callable[[Any, Any], Any]
Hooks: TypeAlias = Callable[[Any], Hook]

S = TypeVar("S", bound=Step)


class NestedHook(abc.ABC):
    """Base of hooks for types that hold other types; `structure` is the hook."""

    @abc.abstractmethod
    def structure(self, value: Any, _: Any) -> Any:
        """Structure a value that fits everywhere, as nearly all do."""

    @abc.abstractmethod
    def collect(self, value: Any, at: Location) -> Any:
        """Structure the parts that fit; *at* keeps the others."""


def nested_hook(hook: Hook) -> NestedHook | None:
    """Return the `NestedHook` that *hook* is a method of; None for other hooks."""
    owner = getattr(hook, "__self__", None)
    return owner if isinstance(owner, NestedHook) else None


@attrs.define
class Location:
    """
    The location of a value, with the collections of what does not fit there.

    Attributes:
        problems: Collects what is wrong.
        core: Keys that lead from here to something without which the whole does not fit; None
            where nothing from here on is that.
        place: The path from the top.
        misfits: Those of the nearest model.
        steps: The path from that model.
    """

    problems: Problems
    core: Sequence[str] | None = None
    place: Place = None
    misfits: Misfits = attrs.field(factory=dict[Any, object])
    steps: tuple[Step, ...] = ()

    def into(self, step: Step) -> Location:
        """Return the location a *step* further."""
        core = self.core[1:] if self.core and self.core[0] == step else None
        return Location(self.problems, core, (self.place, step), self.misfits, (*self.steps, step))

    def model(self) -> Location:
        """Return the same location, with a new model there to keep what does not fit."""
        return Location(self.problems, self.core, self.place)

    def collect(self, hook: Hook, value: object) -> Any:
        """
        Structure the parts of *value* that fit.

        Raises:
            StructureError: It does not fit.
        """
        owner = nested_hook(hook)
        return hook(value, None) if owner is None else owner.collect(value, self)

    def keep_misfit(self, step: Step, raw: object, error: StructureError | RecursionError) -> None:
        """Keep *raw*, a step from here, which does not fit, and collect the problem."""
        self.problems.collect((self.place, step), error)
        self.misfits[(*self.steps, step)] = raw

    def each(self, hook: Hook, values: Iterable[tuple[S, object]]) -> Iterator[tuple[S, Any]]:
        """Structure those of *values* that fit, by the step to each; most of them do."""
        for step, raw in values:
            try:
                try:
                    made = hook(raw, None)
                except StructureError as exc:
                    if exc.expected and exc.value is raw:
                        raise
                    made = self.into(step).collect(hook, raw)
            except (StructureError, RecursionError) as exc:
                self.keep_misfit(step, raw, exc)
            else:
                yield step, made

"""Errors and problems of structuring, with their paths."""

from __future__ import annotations

from typing import Final, TypeAlias

from ...models.base import Step, format_path

Place: TypeAlias = "tuple[Place, Step] | None"
"""Where a value is: the place that holds it, and the step from there; None at the top."""

MOST_PROBLEMS: Final = 50
"""How many problems of one reply an error names; the others are counted."""

_MOST_NOTED: Final = 1000
"""How many problems are searched for paths that were not reported before."""


def type_name(value: object) -> str:
    """Return the name of the JSON type of *value*."""
    return "null" if value is None else type(value).__name__


def _steps_to(place: Place) -> list[Step]:
    """Return the steps from the top to *place*."""
    steps: list[Step] = []
    while place is not None:
        place, step = place
        steps.append(step)
    return steps[::-1]


class StructureError(ValueError):
    """
    Raised by structure hooks; cheap to make, since its text is made later.

    Attributes:
        expected: What would have fitted; empty where it is in *value* that something does not.
        value: The value.
    """

    def __init__(self, expected: str = "", value: object = None) -> None:
        self.expected = expected
        self.value = value

    def __str__(self) -> str:
        return f"expected {self.expected}, got {type_name(self.value)}" if self.expected else ""


class Problems:
    """The problems of one value: the first are kept, all are counted."""

    def __init__(self) -> None:
        self.count: int = 0
        self._noted: list[tuple[Place, str]] = []

    @property
    def full(self) -> bool:
        """Whether further problems are only counted."""
        return len(self._noted) >= _MOST_NOTED

    @property
    def more(self) -> int:
        """The number of problems that `format` does not list."""
        return max(0, self.count - MOST_PROBLEMS)

    def collect(self, at: Place, problem: str | StructureError | RecursionError) -> None:
        """Add the *problem* of the value at *at*."""
        words = "nested too deeply" if isinstance(problem, RecursionError) else str(problem)
        if words:
            self.count += 1
            if not self.full:
                self._noted.append((at, words))

    def format(self, path: str) -> list[str]:
        """Return the first problems as text; their paths start at *path*."""
        first = self._noted[:MOST_PROBLEMS]
        return [f"{path}{format_path(_steps_to(place))}: {words}" for place, words in first]

    def by_path(self, path: str) -> dict[str, str]:
        """Return the problems that are kept, by path; elements of lists and maps are ``[]``."""
        found: dict[str, str] = {}
        for place, words in self._noted:
            found.setdefault(f"{path}{format_path(_steps_to(place), general=True)}", words)
        return found

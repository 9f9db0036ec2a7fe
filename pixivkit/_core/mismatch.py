"""JSON that does not fit a type, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

MOST_PROBLEMS: Final = 50
"""How many problems of one reply are named; the others are counted."""


def type_name(value: object) -> str:
    """Name the JSON type of *value*."""
    return "null" if value is None else type(value).__name__


class Mismatch(Exception):
    """
    Raised by structure hooks.

    Attributes:
        problems: Pairs of a path below the value and words, at most `MOST_PROBLEMS`.
        more: How many problems there are beyond those.
    """

    def __init__(self, problems: list[tuple[str, str]], more: int = 0) -> None:
        self.problems = problems
        self.more = more

    @classmethod
    def here(cls, expected: str, value: object) -> Mismatch:
        """The value itself is of a wrong type."""
        return cls([("", f"expected {expected}, got {type_name(value)}")])

    @classmethod
    def among(
        cls,
        steps: Iterable[tuple[str, Callable[[Any, Any], object], object]],
        before: Iterable[tuple[str, str]] = (),
    ) -> None:
        """
        Try each step (its path, its hook, its value) and raise all that is wrong, if anything.

        Args:
            steps: What to try.
            before: Problems that were found before.
        """
        problems, more = [*before], 0
        for path, hook, value in steps:
            try:
                hook(value, None)
            except Mismatch as exc:
                room = MOST_PROBLEMS - len(problems)
                problems += [(path + below, words) for below, words in exc.problems[:room]]
                more += len(exc.problems[room:]) + exc.more
        if problems:
            raise cls(problems, more)

    def spell(self, path: str) -> list[str]:
        """The problems as text, with the paths starting at *path*."""
        return [f"{path}{below}: {words}" for below, words in self.problems]

"""JSON that does not fit a type, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def type_name(value: object) -> str:
    """Name the JSON type of *value*."""
    return "null" if value is None else type(value).__name__


class Mismatch(Exception):
    """Raised by structure hooks; *problems* are pairs of a path below the value and words."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems

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
        problems = [*before]
        for path, hook, value in steps:
            try:
                hook(value, None)
            except Mismatch as exc:
                problems += [(path + below, words) for below, words in exc.problems]
        if problems:
            raise cls(problems)

    def spell(self, path: str) -> list[str]:
        """The problems as text, with the paths starting at *path*."""
        return [f"{path}{below}: {words}" for below, words in self.problems]

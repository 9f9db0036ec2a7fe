"""Replies that do not quite fit their models: whether that is an error, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from ..structuring.structure_errors import Problems

Told: TypeAlias = Callable[[str, str, str], None]
"""Is told of the endpoint, the path, and what is wrong there."""


class Drift:
    """
    What a client does about values that do not fit; one for each client.

    Args:
        strict: Whether one is an error, and the reply is lost.
        told: Who is told, once for each endpoint and path.
    """

    def __init__(self, *, strict: bool = False, told: Told | None = None) -> None:
        self.strict = strict
        self._told = told
        self._known: set[tuple[str, str]] = set()

    def tell(self, endpoint: str, path: str, problems: Problems) -> None:
        """Tell what of *problems* is new: they are of a reply of *endpoint*, from *path* on."""
        if self._told is None:
            return
        for place, words in problems.by_path(path).items():
            if (endpoint, place) not in self._known:
                self._known.add((endpoint, place))
                self._told(endpoint, place, words)


STRICT: Final = Drift(strict=True)
"""Raises for whatever does not fit."""


def drift_of(sender: object) -> Drift | None:
    """The `Drift` of what sends calls, in its attribute *drift*; None where it has none."""
    found = getattr(sender, "drift", None)
    return found if isinstance(found, Drift) else None

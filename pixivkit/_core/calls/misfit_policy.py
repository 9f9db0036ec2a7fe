"""Handle values in replies that do not fit their models: raise an error, or report them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from ..structuring.structure_errors import Problems

OnMisfit: TypeAlias = Callable[[str, str, str], None]
"""Called with the endpoint, the path, and what is wrong there."""


class MisfitPolicy:
    """
    How a client handles values that do not fit; one for each client.

    Args:
        strict: Whether one is an error, and the reply is lost.
        on_misfit: Called once for each endpoint and path.
    """

    def __init__(self, *, strict: bool = False, on_misfit: OnMisfit | None = None) -> None:
        self.strict = strict
        self._on_misfit = on_misfit
        self._known: set[tuple[str, str]] = set()

    def report(self, endpoint: str, path: str, problems: Problems) -> None:
        """Report new *problems* of a reply of *endpoint*, whose paths start at *path*."""
        if self._on_misfit is None:
            return
        for place, words in problems.by_path(path).items():
            if (endpoint, place) not in self._known:
                self._known.add((endpoint, place))
                self._on_misfit(endpoint, place, words)


STRICT: Final = MisfitPolicy(strict=True)
"""Raises for whatever does not fit."""


def misfit_policy_of(sender: object) -> MisfitPolicy | None:
    """Return the attribute *misfit_policy* of *sender*; None where it has none."""
    found = getattr(sender, "misfit_policy", None)
    return found if isinstance(found, MisfitPolicy) else None

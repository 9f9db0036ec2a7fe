"""What people see of a namespace: its endpoints, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from .suggest import did_you_mean


class Namespace:
    """Something that endpoints are found in by name: an API, or a resource of one."""

    _title: ClassVar[str]

    def _names(self) -> list[str]:
        """The names of what is in it."""
        return sorted(name for name in vars(self) if not name.startswith("_"))

    def __dir__(self) -> list[str]:
        return self._names()

    def __repr__(self) -> str:
        shown = ["(...)" if name == "__call__" else name for name in self._names()]
        return f"<{self._title}: {', '.join(shown)}>"

    if not TYPE_CHECKING:  # For checkers, a name that is not there is a mistake.

        def __getattr__(self, name: str) -> object:
            hint = "" if name.startswith("_") else did_you_mean(name, self._names())
            msg = f"{type(self)._title} has no {name!r}{hint}"
            # Without the object, for which Python would add a suggestion of its own.
            raise AttributeError(msg, name=name)

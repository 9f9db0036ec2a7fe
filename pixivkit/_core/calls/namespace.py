"""Namespaces of endpoints, which list only them in `dir` and in reprs."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, ClassVar

from ..basics.suggest import did_you_mean
from ..declaration.registry import resources_of

if TYPE_CHECKING:
    from .request import Sender


class Namespace:
    """A namespace of endpoints: an API, or a resource of one."""

    _title: ClassVar[str]

    def _names(self) -> list[str]:
        """Return the names of its resources or endpoints."""
        raise NotImplementedError

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


class Resources(Namespace):
    """
    An API: its resources, each loaded and made when it is first used.

    A line such as ``user: UserApi`` in a subclass is the resource ``user``: the class `UserApi` of
    the module ``user`` beside the subclass.
    """

    def __init__(self, sender: Sender) -> None:
        self._sender: Sender = sender

    def _names(self) -> list[str]:
        return sorted(resources_of(type(self)))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            kind = resources_of(type(self)).get(name)
            if kind is None:
                return super().__getattr__(name)
            module = importlib.import_module(f"{type(self).__module__}.{name}")
            made = vars(self)[name] = getattr(module, kind)(self._sender)
            return made

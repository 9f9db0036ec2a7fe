"""Import the names of a package when they are first used."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping


def exports(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """
    Make the functions `__getattr__` and `__dir__` of a *package*.

    Args:
        package: Its name.
        homes: The modules that its names are in, such as ``.illust``; ``.`` for a module.
    """
    names = vars(sys.modules[package])

    def find(name: str) -> object:
        home = homes.get(name)
        if home is None:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        if home == ".":
            return importlib.import_module(f".{name}", package)
        found: object = getattr(importlib.import_module(home, package), name)
        names[name] = found
        return found

    return find, lambda: sorted(names["__all__"])

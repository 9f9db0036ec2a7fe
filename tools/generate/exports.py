"""
The lists of packages whose names are imported when they are first used.

Each name is listed three times: for type checkers as an import, for Python as the module that it
is in, and in ``__all__``. Sources are read, not imported: a list may be out of date.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

_LISTS: Final = re.compile(r"^if TYPE_CHECKING:\n.*?^\]\n", re.S | re.M)
_WIDTH: Final = 99

_NamesOf: TypeAlias = Callable[[ast.Module], Iterable[str]]


def chosen_exports(file: Path) -> str:
    """The package *file* with lists of what it imports for type checkers."""
    source = file.read_text("utf-8")
    block = next(node for node in ast.parse(source).body if isinstance(node, ast.If))
    modules = {
        alias.name: f".{node.module or ''}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return _with_lists(source, modules)


def model_exports(file: Path) -> str:
    """The package *file* with lists of the classes and types that its modules call public."""
    return _with_lists(file.read_text("utf-8"), _modules_by_name(file, _public_types))


def api_exports(file: Path) -> str:
    """The package *file* with lists of the resources that its modules declare."""
    return _with_lists(file.read_text("utf-8"), _modules_by_name(file, _resources))


def _modules_by_name(file: Path, names_of: _NamesOf) -> dict[str, str]:
    modules: dict[str, str] = {}
    for module in sorted(file.parent.glob("*.py")):
        if module == file:
            continue
        for name in names_of(ast.parse(module.read_text("utf-8"))):
            if name in modules:
                msg = f"{name} is in {modules[name][1:]} and in {module.stem} of {file.parent}"
                raise ValueError(msg)
            modules[name] = f".{module.stem}"
    return modules


def _public_types(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            yield from (name for name in names if name[:1].isupper())


def _resources(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.endswith("Api"):
            yield node.name


def _own_names(source: str) -> Iterator[str]:
    """Return the names that a package defines itself, and its version."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom) and node.module == "_version":
            yield from (alias.name for alias in node.names)


def _with_lists(source: str, modules: Mapping[str, str]) -> str:
    lists = "".join(
        [
            "if TYPE_CHECKING:\n",
            *_imports(modules),
            "else:\n",
            "    __getattr__, __dir__ = exports(\n        __name__,\n        {\n",
            *(f'            "{name}": "{modules[name]}",\n' for name in sorted(modules)),
            "        },\n    )\n\n__all__ = [\n",
            *(f'    "{name}",\n' for name in _in_order({*modules, *_own_names(source)})),
            "]\n",
        ]
    )
    made, count = _LISTS.subn(lambda _: lists, source, count=1)
    assert count, "a package has a block of imports for type checkers, then __all__"
    return made


def _imports(modules: Mapping[str, str]) -> Iterator[str]:
    for home in sorted(set(modules.values())):
        names = _in_order((name for name in modules if modules[name] == home), ignore_case=True)
        line = f"    from {home} import {', '.join(names)}\n"
        if len(line) <= _WIDTH + 1:
            yield line
        else:
            yield f"    from {home} import (\n"
            yield from (f"        {name},\n" for name in names)
            yield "    )\n"


def _in_order(names: Iterable[str], *, ignore_case: bool = False) -> list[str]:
    """In ruff's order: constants, classes, functions."""

    def key(name: str) -> tuple[int, str, str]:
        kind = 0 if name.isupper() else 1 if name[:1].isupper() else 2
        return kind, name.lower() if ignore_case else name, name

    return sorted(names, key=key)


LISTS: Final[Mapping[str, Callable[[Path], str]]] = {
    "pixivkit/__init__.py": chosen_exports,
    "pixivkit/app/__init__.py": api_exports,
    "pixivkit/models/app/__init__.py": model_exports,
    "pixivkit/models/web/__init__.py": model_exports,
    "pixivkit/web/__init__.py": api_exports,
}
"""What writes the lists of each package."""

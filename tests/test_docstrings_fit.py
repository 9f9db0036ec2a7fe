"""Docstrings say what signatures say: sections are such, and arguments are those there are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from support.each import for_each

import pixivkit

ROOT = Path(pixivkit.__file__).parents[1]
FILES = sorted(
    str(path.relative_to(ROOT))
    for folder in ("pixivkit", "tools")
    for path in (ROOT / folder).rglob("*.py")
)
SECTIONS = ("Args:", "Attributes:", "Returns:", "Raises:")
COMPLETED = ("pixivkit/app/", "pixivkit/web/")
"""What `Args` lacks there is added from the types of the parameters, when it is declared."""


def documented(file: str) -> Iterator[tuple[str, list[str], list[str] | None]]:
    """What has a docstring in *file*: its name, the lines, and the arguments if it has any."""
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, (ast.get_docstring(node) or "").splitlines(), arguments(node)


def arguments(node: ast.AST) -> list[str] | None:
    """The arguments of a function, or of the class; None for a class that attrs completes."""
    if isinstance(node, ast.ClassDef):
        inits = [one for one in node.body if getattr(one, "name", "") == "__init__"]
        return arguments(inits[0]) if inits else None
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    of = node.args
    every = [*of.posonlyargs, *of.args, of.vararg, *of.kwonlyargs, of.kwarg]
    return [one.arg for one in every if one is not None and one.arg not in ("self", "cls")]


def described(lines: list[str]) -> list[str]:
    """The names in the section `Args`."""
    section = lines[lines.index("Args:") + 1 :]
    end = next((n for n, line in enumerate(section) if line and line[0] != " "), len(section))
    names = [line[4:].partition(":")[0] for line in section[:end] if re.match(" {4}[a-z_]", line)]
    return [name for listed in names for name in listed.split(", ")]


@for_each("file", FILES)
def test_docstrings_fit_what_they_are_of(file: str) -> None:
    for name, lines, taken in documented(file):
        summary = " ".join(lines).partition("  ")[0]
        assert not lines or summary[-1] in ".:?!", f"{name}: {summary}"
        for number, line in enumerate(lines):
            if line in SECTIONS:
                assert number == 0 or not lines[number - 1], f"{name}: no blank line before {line}"
                assert lines[number + 1 : number + 2] > ["    "], f"{name}: nothing in {line}"
        if "Args:" in lines and taken is not None:
            found = described(lines)
            assert set(found) <= set(taken), name
            assert file.startswith(COMPLETED) or found == taken, name

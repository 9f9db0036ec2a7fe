"""The examples of documents, which run."""

from __future__ import annotations

import ast
import re
import textwrap
import types
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Literal

_BLOCK = re.compile(r"^( *)```(python|py)\n(.*?)^\1```$", re.S | re.M)


def snippets(document: Path, kind: Literal["python", "py"] = "python") -> list[str]:
    """The Python of *document*, block by block; ``py`` are whole programs."""
    found = _BLOCK.finditer(document.read_text("utf-8"))
    return [textwrap.dedent(one[3]) for one in found if one[2] == kind]


def start_snippet(
    snippet: str, name: str, scope: dict[str, Any] | None = None
) -> Awaitable[None] | None:
    """
    Run a block of the document called *name*, up to its first ``await`` if there is one.

    Args:
        snippet: The block.
        name: The document, for tracebacks.
        scope: The names that it knows and makes; by default it knows ``os``.
    """
    code = compile(snippet, name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if scope is None:
        scope = {"__name__": "snippet", "os": __import__("os")}
    running: Awaitable[None] | None = types.FunctionType(code, scope)()
    return running

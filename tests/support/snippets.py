"""The examples of documents, which run."""

from __future__ import annotations

import ast
import re
import textwrap
import types
from collections.abc import Awaitable
from pathlib import Path

_BLOCK = re.compile(r"^( *)```python\n(.*?)^\1```$", re.S | re.M)


def snippets(document: Path) -> list[str]:
    """The Python of *document*, block by block."""
    return [textwrap.dedent(found[2]) for found in _BLOCK.finditer(document.read_text("utf-8"))]


def start_snippet(snippet: str, name: str) -> Awaitable[None] | None:
    """Run a block of the document called *name*, up to its first ``await`` if there is one."""
    code = compile(snippet, name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    running: Awaitable[None] | None = types.FunctionType(code, {"__name__": "snippet"})()
    return running

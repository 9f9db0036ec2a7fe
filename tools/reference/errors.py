"""The page of the errors: each with its cause, and what to do."""

from __future__ import annotations

import inspect
import re

from pixivkit import errors
from pixivkit.errors import PixivError
from pixivkit.openapi.docstrings import read_docstring

from .markdown import code, table

__all__ = ["error_page", "remedy_of"]

_REMEDY = re.compile(r"What to do: (.*)", re.S)


def error_page() -> str:
    """Return the page."""
    tree = (inspect.getdoc(errors) or "").partition("\n\n")[2].partition("\n\nEvery")[0]
    found = [getattr(errors, name) for name in errors.__all__]
    parts = [
        "# Errors",
        "Every error is a `pixivkit.errors.PixivError`, names the endpoint, pickles, and holds no "
        "credential.",
        f"```text\n{tree}\n```",
        *(_error(kind) for kind in sorted(found, key=lambda kind: kind.__name__)),
    ]
    return "\n\n".join(parts) + "\n"


def remedy_of(kind: type[PixivError]) -> str:
    """Return what to do about an error: its hint, or what its docstring says."""
    said = _REMEDY.search(" ".join((inspect.getdoc(kind) or "").split("\n\n")[1:2]))
    return " ".join((said[1] if said else kind.hint).split())


def _error(kind: type[PixivError]) -> str:
    doc = read_docstring(kind.__doc__)
    more = _REMEDY.sub("", doc.description).strip()
    remedy = remedy_of(kind)
    rows = [(code(name), meaning) for name, meaning in doc.entries.items()]
    parts = [
        f"(error-{kind.__name__.lower()})=\n## {kind.__name__}",
        f"*{', '.join(base.__name__ for base in kind.__bases__)}*",
        doc.summary,
        more,
        f"**What to do:** {remedy[:1].upper()}{remedy[1:].removesuffix('.')}." if remedy else "",
        table(("attribute", "meaning"), rows),
    ]
    return "\n\n".join(filter(None, parts))

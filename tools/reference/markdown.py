"""Pieces of Markdown that all pages of the reference are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import cast

__all__ = ["cell", "code", "definitions", "example_json", "table", "toctree"]

_LONGEST = 3
_DEEPEST = 60


def cell(text: str) -> str:
    """Return *text* for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return *text* as code."""
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; empty without rows."""
    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |", *lines])


def definitions(entries: Iterable[tuple[str, str]]) -> str:
    """Return a list of facts; those without words are left out."""
    return "\n".join(f"* **{name}:** {' '.join(text.split())}" for name, text in entries if text)


def toctree(pages: Iterable[str], *, depth: int = 1) -> str:
    """Return the directive that puts *pages* into the tree."""
    return "\n".join(["```{toctree}", f":maxdepth: {depth}", "", *pages, "```"])


def example_json(value: object) -> str:
    """Return *value* as JSON, with the first of long lists, as a block."""
    text = json.dumps(_shortened(value), ensure_ascii=False, indent=2)
    lines = text.splitlines()
    if len(lines) > _DEEPEST:
        lines = [*lines[:_DEEPEST], "  ..."]
    # One that is cut is no JSON, and is not coloured as such.
    language = "json" if len(text.splitlines()) <= _DEEPEST else "text"
    return "\n".join([f"```{language}", *lines, "```"])


def _shortened(value: object) -> object:
    if isinstance(value, list):
        return [_shortened(one) for one in islice(cast("list[object]", value), _LONGEST)]
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in cast("dict[str, object]", value).items()}
    if isinstance(value, str) and len(value) > 200:
        return re.sub(r"\s+\S*$", "", value[:200]) + " ..."
    return value

"""Complete the docstrings of endpoints with the meaning of their shared parameters."""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Mapping, Sequence

_HEADING = re.compile(r"\w+:$")
_ENTRY = re.compile(r" {4}(\w+):")


def with_arguments(doc: str, meanings: Mapping[str, str]) -> str:
    """
    Add to *doc* an entry for each argument that it does not document.

    Args:
        doc: A docstring without indentation.
        meanings: What each argument means, in the order that the entries are to have; empty
            where only the docstring may know.
    """
    lines = doc.splitlines()
    headings = [number for number, line in enumerate(lines) if _HEADING.match(line)]
    start = lines.index("Args:") if "Args:" in lines else next(iter(headings), len(lines))
    end = next((n for n in headings if n > start), len(lines)) if "Args:" in lines else start
    written = _entries(lines[start + 1 : end])
    if not any(text and name not in written for name, text in meanings.items()):
        return doc
    entries = [
        line for name, text in meanings.items() for line in written.get(name) or _entry(name, text)
    ]
    parts = ("\n".join(lines[:start]), "\n".join(["Args:", *entries]), "\n".join(lines[end:]))
    return "\n\n".join(part.strip("\n") for part in parts if part)


def _entries(lines: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if entry := _ENTRY.match(line):
            name = entry[1]
            found[name] = [line]
        elif name and line.strip():
            found[name].append(line)
    return found


@functools.cache
def _entry(name: str, text: str) -> tuple[str, ...]:
    if not text:
        return ()
    wrapped = textwrap.wrap(
        f"{name}: {text}",
        width=91,
        initial_indent="    ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return tuple(wrapped)

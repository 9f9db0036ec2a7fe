"""Parse docstrings into sections."""

from __future__ import annotations

import inspect
import re

import attrs

_SECTIONS = re.compile(r"^(Args|Attributes|Class keywords|Raises|Returns|Yields):(.*)$")
_ENTRY = re.compile(r"^ {4}(\w+): (.*)$")


@attrs.define
class DocSections:
    """
    A docstring taken apart.

    Attributes:
        summary: Its first paragraph, on one line.
        description: The paragraphs after it, before the first section.
        entries: What *Args* or *Attributes* say about each name.
        returns: What *Returns* says.
        raises: What *Raises* says about each exception.
    """

    summary: str = ""
    description: str = ""
    entries: dict[str, str] = attrs.field(factory=dict[str, str])
    returns: str = ""
    raises: dict[str, str] = attrs.field(factory=dict[str, str])


def read_docstring(doc: str | None) -> DocSections:
    """Take *doc* apart; markup becomes Markdown's."""
    text = inspect.cleandoc(doc or "").replace("``", "`")
    sections: dict[str, list[str]] = {"": []}
    section = ""
    for line in text.splitlines():
        if heading := _SECTIONS.match(line):
            section = heading[1]
            sections[section] = [f"    {heading[2].strip()}"] if heading[2].strip() else []
        else:
            sections[section].append(line)
    summary, *rest = _paragraphs(sections[""]) or [""]
    return DocSections(
        summary=summary,
        description="\n\n".join(rest),
        entries={
            **_entries(sections.get("Attributes", [])),
            **_entries(sections.get("Args", [])),
        },
        returns="\n\n".join(_paragraphs(sections.get("Returns", []))),
        raises=_entries(sections.get("Raises", [])),
    )


def _paragraphs(lines: list[str]) -> list[str]:
    blocks = re.split(r"\n\s*\n", "\n".join(lines).strip("\n"))
    return [" ".join(block.split()) for block in blocks if block.strip()]


def _entries(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if entry := _ENTRY.match(line):
            name = entry[1]
            found[name] = entry[2]
        elif name and line.strip():
            found[name] += f" {line.strip()}"
    return found

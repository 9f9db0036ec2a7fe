"""The page with all results, ``spec/benchmarks.md``."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from .results import Section, Table
from .settings import Settings

_HEAD = """\
# Benchmarks

Written by `nox -s bench`. All numbers are ratios: the machine is shared, and how long something
takes on it means little. Everything that is compared was measured in the same run, in turns.
A cell is the median of all rounds, with the least and the most in brackets.
"""

_PACKAGES = (
    "pixivkit-async",
    "attrs",
    "cattrs",
    "orjson",
    "msgspec",
    "pydantic",
    "httpx",
    "aiohttp",
)


def render(sections: Sequence[Section], settings: Settings) -> str:
    """The page as Markdown."""
    parts = [_HEAD, _machine(settings)]
    bars = [bar for section in sections for bar in section.bars]
    if bars:
        rows = [
            [bar.what, bar.wanted, str(bar.measured), "yes" if bar.met else "**no**"]
            for bar in bars
        ]
        parts.append("## Bars\n")
        parts.append(_table(Table("", ["what", "bar", "measured", "met"], rows)))
    for section in sections:
        parts.append(f"## {section.title}\n\n{section.words}")
        parts += [_table(table) for table in section.tables]
    return "\n".join(parts)


def _machine(settings: Settings) -> str:
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    rows = [
        ("date", f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"),
        ("machine", f"{os.cpu_count()} × {_processor()}, {_memory()}"),
        ("system", f"{platform.system()} {platform.release()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("packages", packages),
        ("rounds", f"{settings.rounds}{', a quick run' if settings.quick else ''}"),
        ("load when it ended", f"{os.getloadavg()[1]:.1f}"),
    ]
    return _table(Table("", ["", ""], rows))


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GiB"


def _table(table: Table) -> str:
    head = f"### {table.title}\n\n" if table.title else ""
    lines = [_row(table.columns), _row(["---"] * len(table.columns)), *map(_row, table.rows)]
    return head + "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""Run benchmarks: all of them, or those that are named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from . import (
    cluster,
    downloads,
    faults,
    growth,
    importing,
    memory,
    overhead,
    structuring,
    throughput,
)
from .results import Section
from .settings import PROJECT, Settings
from .table import render

SECTIONS: dict[str, Callable[[Settings], Section]] = {
    "throughput": throughput.run,
    "structuring": structuring.run,
    "overhead": overhead.run,
    "importing": importing.run,
    "growth": growth.run,
    "downloads": downloads.run,
    "faults": faults.run,
    "memory": memory.run,
    "cluster": cluster.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="only see that everything works")
    parser.add_argument("--rounds", type=int, help="how often everything is measured")
    parser.add_argument(
        "--venvs", type=Path, default=PROJECT / ".nox" / "bench-venvs", metavar="FOLDER",
        help="where the environments of other clients are kept",
    )  # fmt: skip
    parser.add_argument(
        "--output", type=Path, metavar="FILE",
        help="where the page goes; a complete run writes spec/benchmarks.md",
    )  # fmt: skip
    arguments = parser.parse_args()
    chosen: list[str] = arguments.sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    quick: bool = arguments.quick
    settings = Settings(
        quick=quick,
        venvs=arguments.venvs.resolve(),
        rounds=arguments.rounds or (3 if quick else 15),
    )
    page = render([SECTIONS[name](settings) for name in chosen], settings)
    output: Path | None = arguments.output
    if output is None and not quick and len(chosen) == len(SECTIONS):
        output = PROJECT / "spec" / "benchmarks.md"
    if output is None:
        sys.stdout.write(page)
    else:
        output.write_text(page, "utf-8")
        sys.stderr.write(f"written: {output}\n")


main()

"""``python -m tools.generate [--check]``: write all that is generated, or compare it."""

from __future__ import annotations

import argparse
import difflib
import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .exports import LISTS

ROOT: Final = Path(__file__).parents[2]
_SHOWN: Final = 40


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if a file is out of date"
    )
    check: bool = parser.parse_args().check
    # The package is imported through its lists, so they come first.
    if not _settle({name: make(ROOT / name) for name, make in LISTS.items()}, check=check):
        return 1
    files = importlib.import_module(".files", __package__)
    refused: list[str] = files.unnamed_losses(ROOT)
    for line in refused:
        sys.stdout.write(f"gone or changed: {line}\n")
    if refused:
        sys.stdout.write("name it in CHANGELOG.md, under Unreleased, between backquotes\n")
        return 1
    return 0 if _settle(files.made(ROOT), check=check) else 1


def _settle(files: Mapping[str, str], *, check: bool) -> bool:
    """Write *files* that differ, or show the difference; return whether all are up to date."""
    differ = {name: found for name, made in files.items() if (found := _read(ROOT / name)) != made}
    for name, found in differ.items():
        if not check:
            (ROOT / name).write_text(files[name], "utf-8")
            continue
        lines = difflib.unified_diff(
            found.splitlines(), files[name].splitlines(), name, "generated", lineterm="", n=1
        )
        shown = [line for _, line in zip(range(_SHOWN), lines, strict=False)]
        sys.stdout.write("\n".join([*shown, "run: nox -s generate", ""]))
    return not (check and differ)


def _read(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main())

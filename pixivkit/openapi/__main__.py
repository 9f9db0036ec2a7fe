"""``python -m pixivkit.openapi FILE [--check]``: write the document, or compare it."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from .document import export_text

_SHOWN = 40


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m pixivkit.openapi",
        description="Write the registry as an OpenAPI 3.1 document.",
    )
    parser.add_argument("file", type=Path, help="where the document is")
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit with 1 if the file is not what the registry says",
    )
    given = parser.parse_args()
    file: Path = given.file
    made = export_text()
    if not given.check:
        file.write_text(made, encoding="utf-8")
        return 0
    found = file.read_text(encoding="utf-8") if file.exists() else ""
    if found == made:
        return 0
    lines = difflib.unified_diff(
        found.splitlines(), made.splitlines(), str(file), "registry", lineterm="", n=1
    )
    shown = [line for _, line in zip(range(_SHOWN), lines, strict=False)]
    sys.stdout.write("\n".join([*shown, f"run: python -m pixivkit.openapi {file}", ""]))
    return 1


if __name__ == "__main__":
    sys.exit(main())

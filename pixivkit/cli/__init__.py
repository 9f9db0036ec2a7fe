"""The command ``pixivkit``; it needs the extra ``cli``."""

from __future__ import annotations

import sys

from .._core.basics.extras import needs
from ..errors import MissingExtra

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    try:
        with needs("cli", "the command"):
            from .command import commands
    except MissingExtra as exc:
        sys.stderr.write(f"pixivkit: {exc}\n")
        sys.exit(1)
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        # Titles are Japanese; an old code page must not end the command.
        reconfigure(errors="backslashreplace")
    commands(prog_name="pixivkit")

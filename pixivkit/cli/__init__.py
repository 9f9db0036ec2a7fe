"""The command ``pixivkit``; it needs the extra ``cli``."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    try:
        from .command import commands
    except ModuleNotFoundError as exc:
        missing = (exc.name or "").split(".")[0]
        if missing not in ("click", "rich"):
            raise
        sys.stderr.write(
            f"pixivkit: {missing} is missing; the command needs an extra: "
            "pip install 'pixivkit-async[cli]'\n"
        )
        sys.exit(1)
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        # Titles are Japanese; an old code page must not end the command.
        reconfigure(errors="backslashreplace")
    commands(prog_name="pixivkit")

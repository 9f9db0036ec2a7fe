"""The command in pipes, and on narrow terminals."""

from __future__ import annotations

import subprocess
import sys

import click
from click.testing import CliRunner

from pixivkit.cli.command import commands


def test_a_pipe_that_closes_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pixivkit", "endpoints", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as command:  # fmt: skip
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.read(10)
        command.stdout.close()
        assert command.stderr.read() == b""


def test_help_fits_fifty_columns() -> None:
    for name in ("", *commands.list_commands(click.Context(commands))):
        done = CliRunner(env={"COLUMNS": "50"}).invoke(
            commands, [*filter(None, [name]), "-h"], terminal_width=50
        )
        assert done.exit_code == 0
        # An example that is to be copied stays on one line.
        lines = [
            line for line in done.stdout.splitlines() if "  pixivkit " not in f"  {line.strip()}"
        ]
        assert [line for line in lines if len(line) > 50] == [], name

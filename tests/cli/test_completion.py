"""Completion of commands, endpoints and arguments."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from pixivkit.cli.command import commands


def complete(*words: str) -> list[str]:
    *given, incomplete = words
    shell = ShellComplete(commands, {}, "pixivkit", "_PIXIVKIT_COMPLETE")
    return [item.value for item in shell.get_completions(given, incomplete)]


def test_commands_and_options() -> None:
    assert complete("do") == ["download", "doctor"]
    assert "--template" in complete("download", "--")


def test_endpoints() -> None:
    assert complete("call", "app.ugoira.") == ["app.ugoira.metadata"]
    assert complete("endpoints", "app.ugoira.") == ["app.ugoira.metadata"]


def test_arguments_and_their_values() -> None:
    assert complete("call", "app.ugoira.metadata", "ill") == ["illust_id="]
    assert "sort=date_asc" in complete("call", "app.search.illust", "sort=date")
    assert complete("call", "app.search.illust", "word=") == []


def test_arguments_as_bash_splits_them() -> None:
    assert complete("call", "app.search.illust", "sort", "=", "date_a") == ["date_asc"]
    assert "date_asc" in complete("call", "app.search.illust", "sort", "=")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(shell: str) -> None:
    done = CliRunner().invoke(commands, ["completion", shell])
    assert done.exit_code == 0
    assert f"_PIXIVKIT_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes(tmp_path: Path) -> None:
    script = CliRunner().invoke(commands, ["completion", "bash"]).stdout
    command = tmp_path / "pixivkit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pixivkit "$@"\n')
    command.chmod(0o755)
    line = """
COMP_WORDS=(pixivkit call app.search.illust sort = date_a); COMP_CWORD=5
_pixivkit_completion pixivkit date_a ""
echo "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        ["bash", "--norc", "-c", f'PATH="{tmp_path}:$PATH"\n{script}\n{line}'],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["date_asc"], done.stderr

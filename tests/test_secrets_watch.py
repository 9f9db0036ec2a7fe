"""The watch over secrets, in a pytest of its own that runs a test which leaks one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "refresh-token-of-somebody"
TESTS = f"""
import logging

import pytest

from pixivkit import RefreshToken


@pytest.mark.parametrize("number", range(6))
def test_nothing(number):
    RefreshToken("{SECRET}")
    {{leak}}
"""
LEAK = f'logging.getLogger("pixivkit").debug("it is %s", "{SECRET}")'


def run(folder: Path, leak: str, *options: str) -> subprocess.CompletedProcess[str]:
    folder.joinpath("test_it.py").write_text(TESTS.format(leak=leak))
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "secrets_watch",
            "-p",
            "no:cacheprovider",
            *options,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_leak_fails_the_run(workers: str, tmp_path: Path) -> None:
    done = run(tmp_path, LEAK, "-n", workers)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert "6 passed" in done.stdout
    assert "a secret leaked (refr...): it is [SECRET]" in done.stdout
    assert SECRET not in done.stdout + done.stderr


def test_a_run_without_one_passes(tmp_path: Path) -> None:
    done = run(tmp_path, "pass", "-n", "2")
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    assert "leaked" not in done.stdout

"""tests/example_project: a project that uses pixivkit, with tests of its own, which pass."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "tests" / "example_project"
SOURCES = sorted(PROJECT.rglob("*.py"))


def test_its_tests_pass() -> None:
    # By module instead of by entry point, so that pixivkit need not be installed.
    plugins = ["-p", "no:pixivkit", "-p", "no:cacheprovider", "-p", "pixivkit.pytest_plugin"]
    # What else is installed here is no part of that project.
    plugins += ["-p", "no:asyncio", "-p", "no:trio", "-p", "no:xdist"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "14 passed" in run.stdout


def imported(source: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pixivkit"):
            yield from ((node.module or "", name.name) for name in node.names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_it_uses_public_names(source: Path) -> None:
    for module, name in imported(source):
        assert name in importlib.import_module(module).__all__, f"{module}.{name}"
        assert "_core" not in module

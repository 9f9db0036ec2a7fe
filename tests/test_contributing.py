"""CONTRIBUTING.md: its three steps make an endpoint, with no other edit."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
TEXT = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
DECLARATION, MODEL, VIEW = re.findall(r"^```python\n(.*?)^```$", TEXT, re.S | re.M)
(EXAMPLE,) = re.findall(r"^```json\n(.*?)^```$", TEXT, re.S | re.M)

CALL = """
import anyio
from pixivkit.testing import FakePixiv

async def main():
    fake = FakePixiv(works=5, users=2)
    async with fake.client() as px:
        badges = await px.app.user.badges(fake.account, year=2025)
        print(type(badges).__name__, badges.names, badges.total)
    assert not fake.simulates("app.user.badges")

anyio.run(main)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the three steps were done, and what is generated written."""
    root = tmp_path_factory.mktemp("project")
    for name in ("docs", "pixivkit", "spec", "tests", "tools"):
        shutil.copytree(PROJECT / name, root / name)
    for name in ("CHANGELOG.md", "README.md", "pyproject.toml"):
        shutil.copy(PROJECT / name, root / name)
    api = root / "pixivkit" / "app" / "user.py"
    source = api.read_text("utf-8")
    imported = source.replace(
        "from ..models.app import (", "from ..models.app import (\n    UserBadges,", 1
    )
    assert imported != source
    api.write_text(f"{imported}\n{DECLARATION}", "utf-8")
    models = root / "pixivkit" / "models" / "app" / "user.py"
    source = models.read_text("utf-8").replace("__all__ = [", '__all__ = ["UserBadges", ', 1)
    models.write_text(f"{source}\n\n{MODEL}", "utf-8")
    (root / "spec" / "examples" / "app.user.badges.json").write_text(EXAMPLE, "utf-8")
    assert run(root, "-m", "tools.generate") == ""
    return root


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_is_called_and_faked(project: Path) -> None:
    assert run(project, "-c", CALL) == "UserBadges ['early bird', '夜更かし'] 2\n"


def test_the_command_shows_its_example(project: Path) -> None:
    shown = run(project, "-m", "pixivkit", "call", "app.user.badges", "--example")
    assert shown.startswith("pixivkit call app.user.badges user_id=90000001\n")


def test_it_is_exported_and_documented(project: Path) -> None:
    for file in ("openapi.json", "endpoints.md", "requests.txt"):
        assert "app.user.badges" in (project / "spec" / file).read_text("utf-8")
    names = (project / "spec" / "public-names.txt").read_text("utf-8").splitlines()
    assert "pixivkit.models.app.UserBadges" in names


def test_the_tests_that_go_by_examples_know_it(project: Path) -> None:
    tests = ("tests/test_wire.py", "tests/test_examples.py", "tests/test_registry.py")
    shown = run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert re.search(r"\d passed", shown)
    example = project / "spec" / "examples" / "app.user.badges.json"
    example.write_text(EXAMPLE.replace("v1/user/badges", "v1/user/budges"), "utf-8")
    with pytest.raises(AssertionError, match=r"2 of \d+ fail: app\.user\.badges-defaults, "):
        run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_wire.py")


def test_the_view_is_one_that_there_is() -> None:
    """The document shows code of the package."""
    views = "".join(
        file.read_text("utf-8")
        for file in (PROJECT / "pixivkit" / "testing" / "app_views").glob("*.py")
    )
    assert VIEW in views

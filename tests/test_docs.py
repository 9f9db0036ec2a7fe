"""The README and the pages in docs/: their examples run, and their links lead somewhere."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from support.each import for_each
from support.snippets import snippets, start_snippet

import pixivkit.client
from pixivkit import REGISTRY, errors
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.cli import main
from pixivkit.testing import FakeClock, FakePixiv
from tools.reference.errors import remedy_of

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    *sorted(page for page in (ROOT / "docs").rglob("*.md") if "generated" not in page.parts),
]
OWN_TESTS = (
    *("tutorial.md", "own-endpoints.md", "scripts.md", "ugoira.md", "watch.md", "cluster.md"),
    "moving",
)
"""Pages and folders whose examples need more than a fake; they have tests of their own."""

LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")


def examples(pages: Iterable[Path], kind: Literal["python", "py"] = "python") -> dict[str, str]:
    return {
        f"{page.relative_to(ROOT)}-{number}": block
        for page in pages
        for number, block in enumerate(snippets(page, kind), 1)
    }


_USUAL = [page for page in PAGES if not {page.name, page.parent.name} & set(OWN_TESTS)]
EXAMPLES = examples(_USUAL)
PROGRAMS = examples(_USUAL, "py")
SCRIPTS = examples([ROOT / "docs" / "guides" / "scripts.md"])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakePixiv:
    """A fake that every client finds at pixiv's own addresses."""
    fake = FakePixiv()
    options: dict[str, Any] = {"clock": FakeClock()}
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", fake.refresh_token)
    monkeypatch.setenv("PIXIV_PHPSESSID", fake.session_cookie)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        pixivkit.client, "DefaultBackend", lambda **_: HttpxBackend(fake.transport)
    )
    monkeypatch.setattr(pixivkit.client, "SystemClock", lambda: options["clock"])
    return fake


@pytest.mark.anyio
@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("name", EXAMPLES)
async def test_examples_run(name: str) -> None:
    running = start_snippet(EXAMPLES[name], name)
    if running is not None:
        await running


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_run_in_scripts_and_in_notebooks(name: str) -> None:
    async def cell() -> None:
        assert start_snippet(SCRIPTS[name], name) is None

    assert start_snippet(SCRIPTS[name], name) is None
    asyncio.run(cell())


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("name", PROGRAMS)
def test_whole_programs_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that start an event loop of their own, or declare endpoints."""
    known = set(REGISTRY)
    module = types.ModuleType("program")
    monkeypatch.setitem(sys.modules, "program", module)
    try:
        exec(compile(PROGRAMS[name], name, "exec"), vars(module))
    finally:
        for endpoint in set(REGISTRY) - known:
            del REGISTRY[endpoint]


def test_the_bot_of_the_tutorial_passes_its_own_tests(tmp_path: Path) -> None:
    for block in snippets(ROOT / "docs" / "tutorial.md"):
        name = block.partition("\n")[0].removeprefix("# ")
        (tmp_path / name).write_text(block, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_bot.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def _links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for found in LINK.finditer(page.read_text("utf-8")):
            yield page, found[1]


@for_each("page, target", list(_links()))
def test_links_between_files_lead_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists() or "generated" in target


@for_each("name", [name for name in errors.__all__ if name != "PixivError"])
def test_every_error_says_what_to_do(name: str) -> None:
    assert remedy_of(getattr(errors, name))


def test_command_that_the_readme_names_exists() -> None:
    assert callable(main)

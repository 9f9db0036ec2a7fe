"""The README and the guides: their examples run."""

from __future__ import annotations

import ast
import re
import textwrap
import types
from pathlib import Path
from typing import Any

import pytest

import pixivkit.client
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.cli import main
from pixivkit.testing import FakeClock, FakePixiv

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/novels.md")
BLOCK = re.compile(r"^( *)```python\n(.*?)^\1```$", re.S | re.M)

BLOCKS = [
    pytest.param(page, textwrap.dedent(found[2]), id=f"{page}-{number}")
    for page in PAGES
    for number, found in enumerate(BLOCK.finditer((ROOT / page).read_text("utf-8")))
]


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
@pytest.mark.parametrize("page, block", BLOCKS)
async def test_examples_run(page: str, block: str) -> None:
    code = compile(block, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    scope: dict[str, Any] = {"os": __import__("os")}

    running = types.FunctionType(code, scope)()
    if running is not None:
        await running


def test_command_that_the_readme_names_exists() -> None:
    assert callable(main)

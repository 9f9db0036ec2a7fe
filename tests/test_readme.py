"""The README: its examples run, and its table is what the registry says."""

from __future__ import annotations

import ast
import re
import textwrap
import types
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import pixivkit.client
from pixivkit._core.httpx_wire import HttpxWire
from pixivkit.cli import main
from pixivkit.cli.command import commands
from pixivkit.testing import FakeClock, FakePixiv

README = Path(__file__).parents[1] / "README.md"
TABLE = re.compile(r"<!-- endpoints:.*?-->\n(.*?)<!-- /endpoints -->", re.S)
BLOCK = re.compile(r"^( *)```python\n(.*?)^\1```$", re.S | re.M)

BLOCKS = [textwrap.dedent(found[2]) for found in BLOCK.finditer(README.read_text("utf-8"))]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakePixiv:
    """A fake that every client finds at pixiv's own addresses."""
    fake = FakePixiv()
    options: dict[str, Any] = {"clock": FakeClock()}
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", fake.refresh_token)
    monkeypatch.setenv("PIXIV_PHPSESSID", fake.session_cookie)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pixivkit.client, "DefaultWire", lambda **_: HttpxWire(fake.transport))
    monkeypatch.setattr(pixivkit.client, "SystemClock", lambda: options["clock"])
    return fake


@pytest.mark.anyio
@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
async def test_examples_run(block: str) -> None:
    code = compile(block, "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    scope: dict[str, Any] = {"os": __import__("os")}

    running = types.FunctionType(code, scope)()
    if running is not None:
        await running


def test_table_of_endpoints_is_what_the_registry_says() -> None:
    """`pixivkit endpoints --markdown` prints what belongs there."""
    printed = CliRunner().invoke(commands, ["endpoints", "--markdown"]).output
    found = TABLE.search(README.read_text("utf-8"))

    assert found is not None
    assert printed == found[1]


def test_command_that_the_readme_names_exists() -> None:
    assert callable(main)

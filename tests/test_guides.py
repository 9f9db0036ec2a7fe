"""Guides in docs/: their examples run, on a fake that clients find at pixiv's own addresses."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.snippets import snippets, start_snippet

import pixivkit.client
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.testing import FakeClock, FakePixiv

DOCS = Path(__file__).parents[1] / "docs"
SCRIPTS = snippets(DOCS / "scripts.md")
TESTING = snippets(DOCS / "testing.md")


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakePixiv:
    """A fake that every client finds."""
    fake = FakePixiv()
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", fake.refresh_token)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        pixivkit.client, "DefaultBackend", lambda **_: HttpxBackend(fake.transport)
    )
    monkeypatch.setattr(pixivkit.client, "SystemClock", FakeClock)
    return fake


@pytest.mark.parametrize("snippet", SCRIPTS, ids=range(len(SCRIPTS)))
def test_scripts_run_in_scripts_and_in_notebooks(snippet: str) -> None:
    async def cell() -> None:
        assert start_snippet(snippet, "scripts.md") is None

    assert start_snippet(snippet, "scripts.md") is None
    asyncio.run(cell())


@pytest.mark.anyio
@pytest.mark.parametrize("snippet", TESTING, ids=range(len(TESTING)))
async def test_examples_of_testing_run(snippet: str) -> None:
    running = start_snippet(snippet, "testing.md")
    assert running is not None
    await running

"""The examples of docs/guides/ugoira.md run, one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.snippets import snippets, start_snippet
from support.ugoira import left_in

from pixivkit.testing import FakePixiv
from pixivkit.testing.records import WorkPage

DOCUMENT = Path(__file__).parents[2] / "docs" / "guides" / "ugoira.md"
BLOCKS = snippets(DOCUMENT)


@pytest.mark.anyio
async def test_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fake = FakePixiv(works=0)
    pages = [WorkPage(width=40, height=30) for _ in range(3)]
    ugoira = fake.world.add_illust(fake.account, "動", kind="ugoira", pages=pages)
    async with fake.client() as px:
        scope: dict[str, Any] = {"px": px, "user_id": fake.account, "work_id": ugoira.id}
        for block in BLOCKS:
            running = start_snippet(block, DOCUMENT.name, scope)
            if running is not None:
                await running
    made = set(left_in(tmp_path / "works"))
    assert made == {
        *(f"{ugoira.id}_ugoira.webp", f"{ugoira.id}_ugoira.zip"),
        *("loop.webp", "exact.webp", "frames"),
    }

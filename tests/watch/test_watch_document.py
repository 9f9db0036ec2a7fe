"""docs/guides/watch.md: its snippets run."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from support.snippets import snippets, start_snippet
from watching import Clock, Feed

import pixivkit.client
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.testing import FakePixiv

DOCUMENT = Path(__file__).parents[2] / "docs" / "guides" / "watch.md"
BLOCKS = snippets(DOCUMENT)


@pytest.mark.anyio
@pytest.mark.parametrize("number", range(len(BLOCKS)))
async def test_the_snippets_run(
    number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    feed = Feed(FakePixiv(works=60, users=4))
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", feed.fake.refresh_token)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        pixivkit.client, "DefaultBackend", lambda **_: HttpxBackend(feed.fake.transport)
    )
    source = "import os\nfrom pixivkit import Pixiv, RefreshToken\n" + BLOCKS[number]

    with anyio.CancelScope() as until_downloaded:

        def happen() -> None:
            if any((tmp_path / "feed").glob("*.*")):
                until_downloaded.cancel()
            else:
                feed.publish()

        clock = Clock(*[happen] * 9)
        monkeypatch.setattr(pixivkit.client, "SystemClock", lambda: clock)
        running = start_snippet(source, DOCUMENT.name, {})
        assert running is not None
        await running

    assert until_downloaded.cancelled_caught == (number == 0)

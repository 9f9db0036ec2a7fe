"""The examples of the guide run, on a cluster that reaches the fake."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from support.snippets import snippets, start_snippet

import pixivkit.cluster
from pixivkit import RefreshToken
from pixivkit.cluster import Account, Cluster
from pixivkit.testing import FakePixiv

from .nodes import RunningRay
from .object_store import PROTOCOL
from .scale import FULL

pytestmark = pytest.mark.anyio

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "cluster.md"


async def test_examples_run(
    running_ray: RunningRay,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del running_ray
    fake = FakePixiv(works=40)
    works = fake.world.works.values()
    ids = [work.id for work in works if not work.restrict and not work.sanity_limited][:4]
    opening, *others = snippets(GUIDE)
    monkeypatch.chdir(tmp_path)
    with fake.serve() as server:

        def account(name: str, **_: object) -> Account:
            token = fake.credentials.new_refresh_token(fake.account)
            return Account(name, app=RefreshToken(token), pace=None)

        monkeypatch.setattr(pixivkit.cluster, "Account", account)
        monkeypatch.setattr(
            pixivkit.cluster, "Cluster", functools.partial(Cluster, hosts=server.hosts)
        )
        scope: dict[str, Any] = {"__name__": "snippet", "ids": ids}
        await run(opening, scope)
        async with Cluster(scope["accounts"], hosts=server.hosts) as px:
            scope["px"] = px
            for example in others:
                is_dataset = "dataset" in example
                if is_dataset and not FULL:
                    continue  # Ray Data takes its time.
                # Parquet is written by Arrow, which knows stores of its own.
                bucket = str(tmp_path) if is_dataset else f"{PROTOCOL}://{tmp_path}"
                local = example.replace("/shared", str(tmp_path))
                await run(local.replace("s3://bucket", bucket), scope)

    said = capsys.readouterr().out
    assert fake.world.works[ids[0]].title in said
    assert fake.count("app.illust.bookmark_add") == 1 + len(ids)
    assert list((tmp_path / "works").glob(f"{ids[0]}_*"))


async def run(example: str, scope: dict[str, Any]) -> None:
    running = start_snippet(example, GUIDE.name, scope)
    if running is not None:
        await running

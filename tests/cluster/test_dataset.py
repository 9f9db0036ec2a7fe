"""Rows of calls as a Ray Data set, which the program does not see pass."""

from __future__ import annotations

import functools
import importlib
from pathlib import Path
from typing import Any

import anyio.to_thread
import pytest

from pixivkit import structure
from pixivkit.cluster import Cluster
from pixivkit.errors import InvalidArgument
from pixivkit.models.app import Illust
from pixivkit.sinks.row import COLUMNS
from pixivkit.testing import FakePixiv

from .accounts import accounts_of
from .nodes import RunningRay
from .scale import FULL

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not FULL, reason="Ray Data takes its time: see nox -s cluster_full"),
]


async def test_rows_go_to_parquet(running_ray: RunningRay, tmp_path: Path) -> None:
    del running_ray
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    fake = FakePixiv(works=60)
    ids = list(fake.world.works)[:20]
    author = fake.world.works[ids[0]].user_id
    with fake.serve() as server:
        async with Cluster(accounts_of(fake, 1), hosts=server.hosts) as px:
            calls = [px.app.illust.detail(illust_id) for illust_id in [*ids, 1]]
            with pytest.raises(InvalidArgument, match="more than once"):
                px.dataset([px.app.illust.comment_add(ids[0], "hello")])
            works = px.dataset([*calls, px.app.user.illusts(author)], workers=1)
            await anyio.to_thread.run_sync(works.write_parquet, str(tmp_path / "works"))
            listed = [work.id async for work in px.app.user.illusts(author)]

    parquet: Any = importlib.import_module("pyarrow.parquet")
    read = functools.partial(parquet.read_table, tmp_path / "works")
    rows: list[dict[str, Any]] = read().to_pylist()
    assert tuple(rows[0]) == (*COLUMNS, "error")
    good = [row for row in rows if row["error"] is None]
    assert sorted(row["id"] for row in good) == sorted([*ids, *listed])
    assert structure(Illust, good[0]["json"]).id == good[0]["id"]
    failed = [row for row in rows if row["error"] is not None]
    assert [row["kind"] for row in failed] == ["failed"]
    assert "illust_id=1" in failed[0]["json"]

"""What holds for every sink."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.full_disk import full_disk, needs_limits
from works import app_illust

from pixivkit.errors import SinkError
from pixivkit.sinks import JsonLines, Parquet, SQLite
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


def rows_of(path: Path) -> list[dict[str, Any]]:
    """What a sink wrote, whichever it was."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    if path.suffix == ".sqlite":
        database = sqlite3.connect(path)
        try:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute("SELECT * FROM works ORDER BY id")]
        finally:
            database.close()
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    return list(parquet.read_table(path).to_pylist())


SINKS: dict[str, Callable[[Path], Any]] = {
    "works.jsonl": lambda path: JsonLines(path, append=False),
    "works.sqlite": SQLite,
    "works.parquet": Parquet,
}


@pytest.fixture(params=SINKS)
def name(request: pytest.FixtureRequest) -> str:
    if request.param == "works.parquet":
        pytest.importorskip("pyarrow")
    return str(request.param)


async def test_when_a_result_was_fetched_is_filled_in(tmp_path: Path, name: str) -> None:
    told = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    before = dt.datetime.now(dt.UTC)
    async with SINKS[name](tmp_path / name) as sink:
        await sink.write(app_illust(id=1))
        await sink.write(app_illust(id=2), fetched_at=told)
    found = [row["fetched_at"] for row in rows_of(tmp_path / name)]
    now, then = (dt.datetime.fromisoformat(one) if isinstance(one, str) else one for one in found)
    assert before <= now <= dt.datetime.now(dt.UTC)
    assert now.utcoffset() == dt.timedelta(0)
    assert then == told


async def test_a_run_that_is_repeated_writes_nothing_twice(tmp_path: Path, name: str) -> None:
    """A sink that is opened afresh takes from the journal what earlier runs had."""
    fake = FakePixiv(works=120, users=2)
    path = tmp_path / name
    for stop_after in (1, 2, None):
        async with fake.client() as px, SINKS[name](path) as sink:
            lists = [px.app.user.illusts(user) for user in fake.world.users]
            async with px.bulk(lists, journal=tmp_path / "run.db") as run:
                taken = 0
                async for outcome in run:
                    items = outcome.unwrap().items
                    await sink.write_many(items, fetched_at=outcome.fetched_at)
                    taken += 1
                    if taken == stop_after:
                        break
    ids = [row["id"] for row in rows_of(path)]
    assert len(ids) == len(set(ids))
    async with fake.client() as px:
        listed = {work.id for user in fake.world.users async for work in px.app.user.illusts(user)}
    assert set(ids) == listed


@needs_limits
async def test_one_without_room_ends_the_run(tmp_path: Path, name: str) -> None:
    fake = FakePixiv(works=400, users=2)
    async with fake.client() as px:
        works = [px.app.illust.detail(work) for work in fake.world.works]
        with full_disk(5_000 if name == "works.parquet" else 100_000), pytest.raises(SinkError):
            async with SINKS[name](tmp_path / name) as sink, px.bulk(works, limit=4) as run:
                async for outcome in run:
                    if outcome.ok:
                        await sink.write(outcome.unwrap())
        sent = len(fake.log)
        await px.app.upload.novel_covers()
        assert len(fake.log) == sent + 1
    if name != "works.parquet":
        assert sent < 300
        assert rows_of(tmp_path / name)


async def test_a_path_that_can_be_none_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(SinkError):
        async with SINKS[name](tmp_path / f"\0{name}"):
            pass

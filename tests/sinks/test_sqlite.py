"""Results in a table of SQLite."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path
from typing import Any

import anyio
import pytest
from works import app_illust, app_novel, make, ranked, web_thumb, works

from pixivkit._core.calls.structure import structure_as
from pixivkit.errors import InvalidArgument, SinkError
from pixivkit.models.web import AdContainer, CollectionThumb
from pixivkit.sinks import COLUMNS, SQLite

pytestmark = pytest.mark.anyio


def ask(path: Path, question: str) -> list[Any]:
    database = sqlite3.connect(path)
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


async def test_a_row_for_each_work_from_which_it_can_be_made_again(tmp_path: Path) -> None:
    path = tmp_path / "works.sqlite"
    fetched = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    async with SQLite(path) as sink:
        await sink.write_many(works(), endpoint="app.illust.detail", fetched_at=fetched)

    assert [row[1] for row in ask(path, "PRAGMA table_info(works)")] == [*COLUMNS]
    assert ask(path, "SELECT * FROM works LIMIT 1")[0][:-1] == (
        "illust",
        9_007_199_254_740_993,
        "app.Illust",
        "夕暮れの街 🌆",
        "manga",
        42,
        "名なし\nさん",
        "2026-01-31T23:30:00+09:00",
        3,
        1,
        2,
        70,
        5_000_000_000,
        '["風景","a \\"b\\""]',
        "app.illust.detail",
        "2026-02-01T00:00:00+00:00",
    )
    stored = ask(path, "SELECT json FROM works ORDER BY rowid")
    for (text,), work in zip(stored, works(), strict=True):
        assert structure_as(type(work), json.loads(text)) == work
    tagged = "SELECT works.id FROM works, json_each(works.tags) AS tag WHERE tag.value = '海'"
    assert ask(path, tagged) == [(20,), (21,)]


async def test_another_run_leaves_no_doubles(tmp_path: Path) -> None:
    path = tmp_path / "works.sqlite"
    for bookmarks in (1, 2):
        async with SQLite(path) as sink:
            await sink.write(app_illust(id=5, total_bookmarks=bookmarks))
            await sink.write(app_novel(id=5))
    rows = ask(path, "SELECT kind, id, bookmarks FROM works ORDER BY kind")
    assert rows == [("illust", 5, 2), ("novel", 5, None)]
    async with SQLite(path) as sink:
        await sink.write(web_thumb(id="5", title="The same work"))
    assert ask(path, "SELECT title FROM works WHERE kind = 'illust'") == [("The same work",)]


async def test_ids_are_numbers_or_text_and_need_not_be(tmp_path: Path) -> None:
    path = tmp_path / "works.sqlite"
    async with SQLite(path) as sink:
        await sink.write(make(CollectionThumb, {"id": "1" * 25}))
        await sink.write_many([make(AdContainer, {})] * 2)
        await sink.write(ranked(view_count=str(10**30)))
        await sink.write(ranked(illust_id=str(10**31)))
    assert ask(path, "SELECT id, views FROM works ORDER BY rowid") == [
        ("1" * 25, None),
        (None, None),
        (None, None),
        (12, None),
        (str(10**31), 80),
    ]
    (text,) = ask(path, "SELECT json FROM works WHERE id = 12")[0]
    assert json.loads(text)["view_count"] == 10**30


async def test_a_table_of_any_name_beside_others(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite"
    ask(path, "CREATE TABLE notes (text)")
    async with SQLite(path, table='my "works"; --') as sink:
        await sink.write(app_illust())
    assert ask(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") == [
        ('my "works"; --',),
        ("notes",),
    ]
    with pytest.raises(SinkError, match="has no"):
        async with SQLite(path, table="notes"):
            pass
    with pytest.raises(InvalidArgument):
        SQLite(path, table="")


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG" * 500)
    with pytest.raises(SinkError):
        async with SQLite(path):
            pass
    assert path.read_bytes() == b"\x89PNG" * 500


async def test_others_read_while_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "works.sqlite"
    async with SQLite(path) as sink:
        await sink.write(app_illust())
        assert ask(path, "SELECT count(*) FROM works") == [(1,)]


async def test_a_call_writes_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "works.sqlite"
    async with SQLite(path) as sink:
        with pytest.raises(SinkError):
            await sink.write_many([app_illust(id=1), app_illust(id=2, title="\ud800")])
        await sink.write(app_illust(id=3))
    assert ask(path, "SELECT id FROM works") == [(3,)]


async def test_cancelled_tasks_leave_whole_calls(tmp_path: Path) -> None:
    path = tmp_path / "works.sqlite"
    async with SQLite(path) as sink, anyio.create_task_group() as tasks:
        for number in range(10):
            models = [app_illust(id=100 * number + one) for one in range(20)]
            tasks.start_soon(sink.write_many, models)
        await sink.write(app_novel())
        tasks.cancel_scope.cancel()
    counts = "SELECT count(*) FROM works WHERE kind = 'illust' GROUP BY id / 100"
    assert {*ask(path, counts)} <= {(20,)}
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]

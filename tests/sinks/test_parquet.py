"""Results in a Parquet file."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from works import app_illust, make, ranked, works

from pixivkit._core.calls.structure import structure_as
from pixivkit.errors import InvalidArgument, SinkError
from pixivkit.models.web import CollectionThumb
from pixivkit.sinks import COLUMNS, Parquet

pytestmark = pytest.mark.anyio


@pytest.fixture
def parquet() -> Any:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    return importlib.import_module("pyarrow.parquet")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_a_row_for_each_work_from_which_it_can_be_made_again(
    tmp_path: Path, parquet: Any
) -> None:
    path = tmp_path / "works.parquet"
    fetched = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    async with Parquet(path) as sink:
        await sink.write_many(works(), endpoint="app.illust.detail", fetched_at=fetched)

    table = parquet.read_table(path)
    assert table.column_names == [*COLUMNS]
    assert str(table.schema.field("created").type) == "timestamp[us, tz=UTC]"
    rows = table.to_pylist()
    assert rows[0]["id"] == 9_007_199_254_740_993
    assert rows[0]["title"] == "夕暮れの街 🌆"
    assert rows[0]["tags"] == ["風景", 'a "b"']
    assert rows[0]["created"] == dt.datetime(2026, 1, 31, 14, 30, tzinfo=dt.UTC)
    assert rows[0]["fetched_at"] == fetched
    assert rows[2]["views"] is None
    for row, work in zip(rows, works(), strict=True):
        assert structure_as(type(work), json.loads(row["json"])) == work


async def test_rows_are_written_in_groups(tmp_path: Path, parquet: Any) -> None:
    path = tmp_path / "works.parquet"
    async with Parquet(path, rows_per_group=10) as sink:
        for start in range(0, 36, 9):
            await sink.write_many([app_illust(id=start + one) for one in range(9)])
    metadata = parquet.ParquetFile(path).metadata
    sizes = [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)]
    assert sizes == [10, 10, 10, 6]
    assert parquet.read_table(path).column("id").to_pylist() == list(range(36))


async def test_what_is_no_64_bit_number_is_in_the_json_only(tmp_path: Path, parquet: Any) -> None:
    path = tmp_path / "works.parquet"
    async with Parquet(path) as sink:
        await sink.write(make(CollectionThumb, {"id": "1" * 25}))
        await sink.write(ranked(view_count=str(10**30)))
    collection, work = parquet.read_table(path).to_pylist()
    assert collection["id"] is None
    assert json.loads(collection["json"])["id"] == "1" * 25
    assert work["views"] is None
    assert json.loads(work["json"])["view_count"] == 10**30


async def test_the_file_appears_when_it_is_complete(tmp_path: Path, parquet: Any) -> None:
    path = tmp_path / "works.parquet"
    path.write_bytes(b"from before")
    async with Parquet(path, rows_per_group=1) as sink:
        await sink.write(app_illust())
        assert path.read_bytes() == b"from before"
    assert parquet.read_table(path).num_rows == 1
    assert names(tmp_path) == ["works.parquet"]

    async with Parquet(tmp_path / "none.parquet"):
        pass
    assert parquet.read_table(tmp_path / "none.parquet").num_rows == 0


@pytest.mark.usefixtures("parquet")
async def test_an_exception_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "works.parquet"
    path.write_bytes(b"from before")
    with pytest.raises(ZeroDivisionError):
        async with Parquet(path, rows_per_group=1) as sink:
            await sink.write(app_illust())
            raise ZeroDivisionError
    with anyio.CancelScope() as scope:
        async with Parquet(path, rows_per_group=1) as sink:
            await sink.write(app_illust())
            scope.cancel()
            await sink.write(app_illust())
    assert path.read_bytes() == b"from before"
    assert names(tmp_path) == ["works.parquet"]


@pytest.mark.usefixtures("parquet")
async def test_where_no_file_can_be_made(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "works.parquet", tmp_path):
        with pytest.raises(SinkError):
            async with Parquet(path):
                pass
    with pytest.raises(InvalidArgument):
        Parquet(tmp_path / "works.parquet", rows_per_group=0)


async def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pixivkit-async\[parquet\]"):
        async with Parquet(tmp_path / "works.parquet"):
            pass
    assert names(tmp_path) == []

"""Results as JSON Lines."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from works import app_illust, ranked, works

from pixivkit._core.calls.structure import structure_as
from pixivkit.errors import SinkError
from pixivkit.sinks import COLUMNS, JsonLines

pytestmark = pytest.mark.anyio

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def read(path: Path) -> list[dict[str, Any]]:
    content = path.read_text("utf-8")
    assert content == "" or content.endswith("\n")
    return [json.loads(line) for line in content.split("\n")[:-1]]


async def test_a_line_for_each_work_from_which_it_can_be_made_again(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    fetched = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    async with JsonLines(path) as sink:
        await sink.write(app_illust(), endpoint="app.illust.detail", fetched_at=fetched)
        await sink.write_many(works()[1:])
        await sink.write_many([])

    lines = read(path)
    assert [list(line) for line in lines] == [[*COLUMNS]] * 5
    assert lines[0]["title"] == "夕暮れの街 🌆"
    assert lines[0]["id"] == 9_007_199_254_740_993
    assert lines[0]["tags"] == ["風景", 'a "b"']
    assert lines[0]["endpoint"] == "app.illust.detail"
    assert lines[0]["fetched_at"] == "2026-02-01T00:00:00+00:00"
    assert lines[1]["endpoint"] is None
    for line, work in zip(lines, works(), strict=True):
        assert structure_as(type(work), line["json"]) == work


async def test_numbers_beyond_64_bits_stay_whole(tmp_path: Path) -> None:
    async with JsonLines(tmp_path / "works.jsonl") as sink:
        await sink.write(ranked(view_count=str(10**30)))
    (line,) = read(tmp_path / "works.jsonl")
    assert line["views"] == line["json"]["view_count"] == 10**30


async def test_lines_are_added_or_the_file_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    for _ in range(2):
        async with JsonLines(path) as sink:
            await sink.write(app_illust())
    assert len(read(path)) == 2
    async with JsonLines(path, append=False) as sink:
        await sink.write(app_illust())
    assert len(read(path)) == 1


async def test_half_a_line_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    async with JsonLines(path) as sink:
        await sink.write_many([app_illust(id=1), app_illust(id=2, caption="long" * 50_000)])
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for length in (first + 1, first + 100, len(whole) - 2):
        path.write_bytes(whole[:length])
        async with JsonLines(path) as sink:
            await sink.write(app_illust(id=3))
        assert [line["id"] for line in read(path)] == [1, 3]
    path.write_bytes(whole[:5])
    async with JsonLines(path):
        pass
    assert path.read_bytes() == b""
    path.write_bytes(whole[:first] + bytes(70_000))
    async with JsonLines(path):
        pass
    assert path.read_bytes() == whole[:first]


async def test_a_whole_line_without_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    path.write_text('{"id": 1}\n{"id": 2}')
    async with JsonLines(path) as sink:
        await sink.write(app_illust(id=3))
    assert [line["id"] for line in read(path)] == [1, 2, 3]


async def test_a_file_that_is_none_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\r\n not one line of JSON")
    with pytest.raises(SinkError, match="no JSON Lines"):
        async with JsonLines(path):
            pass
    assert path.read_bytes().endswith(b"not one line of JSON")
    with pytest.raises(SinkError):
        async with JsonLines(tmp_path / "missing" / "works.jsonl"):
            pass


async def test_it_is_to_be_entered(tmp_path: Path) -> None:
    sink = JsonLines(tmp_path / "works.jsonl")
    with pytest.raises(SinkError, match="not open"):
        await sink.write(app_illust())
    async with sink:
        with pytest.raises(SinkError, match="open already"):
            await sink.__aenter__()
        await sink.aclose()
        with pytest.raises(SinkError, match="not open"):
            await sink.write(app_illust())


async def test_many_tasks_may_write(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    async with JsonLines(path) as sink, anyio.create_task_group() as tasks:
        for number in range(50):
            tasks.start_soon(sink.write, app_illust(id=number))
    assert sorted(line["id"] for line in read(path)) == list(range(50))


async def test_cancelled_tasks_leave_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    async with JsonLines(path) as sink:
        async with anyio.create_task_group() as tasks:
            for number in range(20):
                tasks.start_soon(sink.write_many, [app_illust(id=number)] * 20)
            await sink.write(app_illust(id=100))
            tasks.cancel_scope.cancel()
        await sink.write(app_illust(id=101))
    ids = [line["id"] for line in read(path)]
    assert ids[-1] == 101
    assert all(ids.count(number) in (0, 20) for number in range(20))


async def test_a_killed_process_leaves_a_file_that_can_be_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    script = Path(__file__).with_name("endless_writer.py")
    command = [sys.executable, str(script), str(path)]
    for kept in (3, 10):
        async with await anyio.open_process(
            command, stdout=subprocess.PIPE, env=ENVIRONMENT
        ) as process:
            assert process.stdout is not None
            said = b""
            while said.count(b"\n") < kept:
                said += await process.stdout.receive()
            process.kill()
        async with JsonLines(path) as sink:
            await sink.write(app_illust(id=0))
        ids = [line["id"] for line in read(path)]
        assert {int(word) for word in said.split(b"\n")[:-1]} <= {*ids}

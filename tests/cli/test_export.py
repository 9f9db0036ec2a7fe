"""``pixivkit export``."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from support.command import Command

from pixivkit import structure
from pixivkit.models.app import Illust, Novel
from pixivkit.testing import Server


def test_a_user_as_json_lines(command: Command, shared_server: Server, tmp_path: Path) -> None:
    author = shared_server.fake.world.newest()[0].user_id
    file = tmp_path / "works.jsonl"
    done = command("export", f"user:{author}", "--to", file)
    assert done.exit_code == 0, done.stderr
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert f"{len(rows)} rows" in done.stderr
    assert {structure(Illust, row["json"]).user.id for row in rows} == {author}


def test_novels_of_a_user_as_sqlite(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    novel = next(iter(shared_server.fake.world.novels.values()))
    file = tmp_path / "novels.db"
    arguments = ("export", f"novels:{novel.user_id}", "--to", file, "--json")
    assert command(*arguments).exit_code == 0
    done = command(*arguments)
    assert done.exit_code == 0, done.stderr
    with sqlite3.connect(file) as db:
        found = [row[0] for row in db.execute("select json from works")]
    assert len(found) == json.loads(done.stdout)["rows"]
    assert novel.id in [structure(Novel, text).id for text in found]


def test_several_lists_and_a_limit(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "works.parquet"
    user = next(iter(shared_server.fake.world.users))
    done = command("export", "ranking:", f"user:{user}", "--limit", "2", "--to", file)
    assert done.exit_code == 0, done.stderr
    assert file.stat().st_size
    assert 2 <= int(done.stderr.split()[1]) <= 4


def test_a_list_that_fails_costs_itself_only(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    work = shared_server.fake.world.newest()[0]
    file = tmp_path / "works.jsonl"
    done = command("export", "1", work.id, "--to", file)
    assert done.exit_code == 4
    assert len(file.read_text("utf-8").splitlines()) == 1


def test_an_unknown_ending_is_refused(command: Command, tmp_path: Path) -> None:
    done = command("export", "1", "--to", tmp_path / "works.xls")
    assert done.exit_code == 2
    assert ".parquet" in done.stderr


def test_a_novel_as_a_book(command: Command, shared_server: Server, tmp_path: Path) -> None:
    novel = next(iter(shared_server.fake.world.novels))
    file = tmp_path / "book.epub"
    done = command("export", f"novel:{novel}", "--to", file)
    assert done.exit_code == 0, done.stderr
    assert file.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [file]


def test_an_ugoira_as_an_animation(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    works = shared_server.fake.world.newest()
    ugoira = next(work for work in works if work.kind == "ugoira" and not work.restrict)
    file = tmp_path / "loop.webp"
    done = command("export", ugoira.id, "--to", file, "--json")
    assert done.exit_code == 0, done.stderr
    assert file.read_bytes()[8:12] == b"WEBP"


def test_what_becomes_no_book_is_refused(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    work = next(w for w in shared_server.fake.world.newest() if w.kind == "illust")
    assert command("export", work.id, "--to", tmp_path / "book.epub").exit_code == 2
    assert list(tmp_path.iterdir()) == []

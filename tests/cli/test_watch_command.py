"""``pixivkit watch``."""

from __future__ import annotations

import json
from pathlib import Path

from support.command import Command

from pixivkit.testing import Server


def test_what_is_there_and_where_it_was_left(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    author = shared_server.fake.world.newest()[0].user_id
    arguments = (
        "watch", f"user:{author}", "--backlog", "--state", tmp_path / "seen.json", "--json",
        "--limit", "1",
    )  # fmt: skip
    shown = [json.loads(command(*arguments).stdout)["id"] for _ in range(2)]
    works = [work.id for work in shared_server.fake.world.works_of(author)]
    assert shown == sorted(works)[:2]


def test_the_files_of_what_is_new(command: Command, shared_server: Server, tmp_path: Path) -> None:
    author = next(w for w in shared_server.fake.world.newest() if not w.restrict).user_id
    done = command(
        "watch", f"user:{author}", "--backlog", "--limit", "1", "--download", tmp_path / "new"
    )
    assert done.exit_code in (0, 4), done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert list((tmp_path / "new").iterdir()) or done.exit_code == 4


def test_what_cannot_be_watched(command: Command) -> None:
    done = command("watch", "123")
    assert done.exit_code == 2
    assert "no list" in done.stderr
    assert "such as 5m" in command("watch", "user:1", "--every", "soon").stderr

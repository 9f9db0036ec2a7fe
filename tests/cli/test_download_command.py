"""``pixivkit download``."""

from __future__ import annotations

import json
from pathlib import Path

from support.command import Command

from pixivkit.testing import Server


def saved(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def visible(server: Server) -> list[int]:
    return [work.id for work in server.fake.world.newest() if not work.restrict]


def test_works_from_arguments(command: Command, shared_server: Server, tmp_path: Path) -> None:
    first, second = visible(shared_server)[:2]
    done = command(
        "download", first, f"https://www.pixiv.net/artworks/{second}#1", "--to", tmp_path
    )
    assert done.exit_code == 0, done.stderr
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert {path.name for path in paths} == saved(tmp_path)
    assert all(path.stat().st_size for path in paths)
    assert "fetched" in done.stderr


def test_works_from_standard_input(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    ids = visible(shared_server)[:3]
    stdin = f"{ids[0]} {ids[1]}\n\n{ids[2]}\n"
    done = command("download", "-q", "--to", tmp_path, "--json", stdin=stdin)
    assert (done.exit_code, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {Path(row["path"]).name for row in rows} == saved(tmp_path)
    assert {name.partition("_")[0] for name in saved(tmp_path)} == {str(one) for one in ids}


def test_lists_and_their_limit(command: Command, shared_server: Server, tmp_path: Path) -> None:
    author = shared_server.fake.world.newest()[0].user_id
    done = command(
        "download", f"user:{author}", "ranking:daily", "--limit", "2", "--to", tmp_path,
        "--template", "{id}/{part}",
    )  # fmt: skip
    assert done.exit_code in (0, 4), done.stderr
    assert 0 < len(list(tmp_path.iterdir())) <= 4


def test_a_ranking_without_a_login(anonymous: Command, tmp_path: Path) -> None:
    done = anonymous("download", "ranking:", "--limit", "2", "--to", tmp_path)
    assert done.exit_code == 0, done.stderr
    assert saved(tmp_path)


def test_what_is_there_is_left_alone(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    work = visible(shared_server)[0]
    assert command("download", work, "--to", tmp_path).exit_code == 0
    done = command("download", work, "--to", tmp_path, "--json")
    assert all(json.loads(line)["existed"] for line in done.stdout.splitlines())
    assert "there already" in done.stderr


def test_what_fails_costs_itself_only(
    command: Command, shared_server: Server, tmp_path: Path
) -> None:
    work = visible(shared_server)[0]
    done = command("download", "1", "usr:5", "user:999999999", work, "--to", tmp_path)
    assert done.exit_code in (2, 4)
    assert saved(tmp_path)
    assert "NotFound" in done.stderr
    assert "did you mean 'user'" in done.stderr

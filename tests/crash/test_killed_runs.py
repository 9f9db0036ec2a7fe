"""A run that is killed (``kill -9``) at any moment goes on where it was, with nothing lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pixivkit.download.check import is_complete
from pixivkit.testing import FakePixiv, Server

CHILD = Path(__file__).parent / "interrupted_run.py"
KILLS = 20


def visible_ids(fake: FakePixiv, count: int) -> list[int]:
    """Pictures that the account may see, so that each call and download succeeds."""
    return [
        work.id
        for work in fake.world.works.values()
        if not work.restrict and not work.sanity_limited and work.kind != "ugoira"
    ][:count]


def run(
    kind: str,
    fake: FakePixiv,
    server: Server,
    folder: Path,
    ids: list[int],
    lines: int | None,
    backend: str = "asyncio",
) -> list[str]:
    """Start a run, kill it after so many *lines* of output (None for not), return what it said."""
    arguments = [backend, kind, server.url, fake.refresh_token, str(folder)]
    command = [sys.executable, str(CHILD), *arguments]
    errors = folder.with_suffix(".errors")
    with (
        errors.open("w") as stderr,
        subprocess.Popen(
            [*command, *map(str, ids)], stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as child,
    ):
        assert child.stdout is not None
        said: list[str] = []
        for line in child.stdout:
            said.append(line.strip())
            if len(said) == lines:
                child.send_signal(signal.SIGKILL)
    assert child.returncode == (0 if lines is None else -signal.SIGKILL), errors.read_text()
    return said


def test_a_bulk_run_repeats_nothing_that_was_recorded(tmp_path: Path) -> None:
    fake, chance = FakePixiv(), random.Random(20)
    folder = tmp_path / "run"
    folder.mkdir()
    ids = visible_ids(fake, 400)
    seen: set[str] = set()
    with fake.serve() as server:
        for _ in range(KILLS):
            said = run("bulk", fake, server, folder, ids, len(seen) + chance.randint(1, 15))
            sent = {line.split()[0] for line in said if line.endswith("False")}
            assert not sent & seen
            seen |= {line.split()[0] for line in said}
    # Another server: what the last one to be killed had sent has arrived at the first by now.
    before = fake.count("app.illust.detail")
    with fake.serve() as server:
        final = run("bulk", fake, server, folder, ids, None)
    sent_at_last = fake.count("app.illust.detail") - before

    assert sorted(map(str, ids)) == sorted(line.split()[0] for line in final)
    assert all(line.endswith("True") for line in final if line.split()[0] in seen)
    assert sent_at_last == sum(line.endswith("False") for line in final)
    assert 0 < sent_at_last < len(ids) - KILLS


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_no_comment_is_posted_twice_or_forgotten(tmp_path: Path, backend: str) -> None:
    fake, chance = FakePixiv(), random.Random(22)
    folder = tmp_path / "run"
    folder.mkdir()
    ids = visible_ids(fake, 20)
    known = set(fake.world.comments)
    became: dict[str, str] = {}
    with fake.serve() as server:
        for _ in range(KILLS):
            at = len(became) + chance.randint(1, 8)
            for line in run("comments", fake, server, folder, ids, at, backend):
                index, what, recorded = line.split()
                # What was once said stays so; nothing that was said is sent again.
                assert became.setdefault(index, what) == what
                assert what != "unknown" or recorded == "True"
        final = run("comments", fake, server, folder, ids, None, backend)
        sent = fake.count("app.illust.comment_add")
        again = run("comments", fake, server, folder, ids, None, backend)
        assert fake.count("app.illust.comment_add") == sent

    assert len(final) == len(again) == 2 * 6 * len(ids)
    assert all(line.endswith("True") for line in again)
    comments = [line.split()[1] for line in final if int(line.split()[0]) % 2 == 0]
    posted = {str(made) for made in fake.world.comments if made not in known}
    done = [what for what in comments if what != "unknown"]
    doubtful = len(comments) - len(done)
    # At most one is in doubt for each kill, and it was posted once or never.
    assert 0 < doubtful <= KILLS
    assert len(done) == len(set(done))
    assert set(done) <= posted
    assert len(posted) == sent <= len(comments)
    assert len(posted) - len(done) <= doubtful


def test_a_crawl_repeats_no_page_that_was_recorded(tmp_path: Path) -> None:
    fake, chance = FakePixiv(works=900), random.Random(23)
    folder = tmp_path / "run"
    folder.mkdir()
    for illust_id in fake.world.works:
        fake.world.bookmark(fake.account, illust_id)
    ids, lines = [fake.account], 0
    with fake.serve() as server:
        for _ in range(10):
            lines += chance.randint(1, 80)
            run("bookmarks", fake, server, folder, ids, lines)
        final = run("bookmarks", fake, server, folder, ids, None)
    assert len(final) == len(set(final)) == 900
    # A page that is on its way at a kill is asked for once more.
    assert 30 <= fake.count("app.user.bookmarks_illust") <= 30 + 10


def test_a_download_run_leaves_complete_files_or_none(tmp_path: Path) -> None:
    fake, chance = FakePixiv(), random.Random(21)
    fake.images.least_bytes = 200_000
    folder = tmp_path / "pictures"
    folder.mkdir()
    ids = visible_ids(fake, 40)
    pages = sum(len(fake.world.works[i].pages) for i in ids)
    with fake.serve() as server:
        for _ in range(KILLS):
            run("downloads", fake, server, folder, ids, chance.randint(1, pages - 1))
            check_pictures(folder)
        run("downloads", fake, server, folder, ids, None)

    assert pages == check_pictures(folder)
    assert not list(folder.rglob("*.part*"))


def check_pictures(folder: Path) -> int:
    """Every picture under its own name is whole; return how many there are."""
    pictures = [file for file in folder.rglob("*") if file.suffix in (".jpg", ".png", ".gif")]
    for picture in pictures:
        with picture.open("rb") as file:
            assert is_complete(file), picture
    return len(pictures)

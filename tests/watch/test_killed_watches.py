"""A watch that is killed (``kill -9``) at any moment goes on with the item that was in hand."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from watching import Feed, rest

from pixivkit.errors import WatchError
from pixivkit.testing import FakePixiv

CHILD = Path(__file__).parent / "endless_watcher.py"


def watch_until_killed(arguments: list[str], lines: int) -> list[int]:
    """What a process says until it is killed after so many lines."""
    command = [sys.executable, str(CHILD), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said: list[int] = []
        for line in child.stdout:
            said.append(int(line))
            if len(said) == lines:
                child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    return said


@contextlib.contextmanager
def another_process(arguments: list[str]) -> Generator[None]:
    """A process that watches."""
    command = [sys.executable, str(CHILD), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline()
        yield
        child.kill()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_what_was_in_hand_comes_once_more_and_nothing_is_lost(
    tmp_path: Path, backend: str
) -> None:
    chance, feed = random.Random(8), Feed(FakePixiv(works=20, users=3))
    state = str(tmp_path / "state.json")
    published = feed.publish(60)
    handed: list[int] = []
    with feed.fake.serve() as server:
        arguments = [backend, server.url, feed.fake.refresh_token, str(feed.artist), state]
        while len(handed) < len(published) - 20:
            said = watch_until_killed(arguments, chance.randint(2, 15))
            # Lines that were said after the last one that was read are not in `handed`.
            repeated = [one for one in said if one in handed]
            assert repeated == said[: len(repeated)]
            assert repeated in ([], handed[-1:])
            handed += said[len(repeated) :]
            published += feed.publish()
    assert handed == published[: len(handed)]
    assert not list(tmp_path.glob("*.tmp.*"))


@pytest.mark.anyio
async def test_a_file_is_for_one_process(tmp_path: Path) -> None:
    feed = Feed(FakePixiv(works=20, users=3))
    feed.publish(5)
    state = tmp_path / "state.json"
    with feed.fake.serve() as server:
        arguments = ["asyncio", server.url, feed.fake.refresh_token, str(feed.artist), str(state)]
        with another_process(arguments):
            async with server.client() as px:
                watch = px.watch(px.app.user.illusts(feed.artist), every=60, state=state)
                with pytest.raises(WatchError, match=r"state\.json is in use by another watch"):
                    await rest(watch)


@pytest.mark.anyio
async def test_over_a_socket(tmp_path: Path) -> None:
    feed = Feed(FakePixiv(works=20, users=3))
    mine = feed.publish(35)
    state = tmp_path / "state.json"
    async with feed.fake.serve() as server, server.client() as px:
        for _ in range(2):
            pages = px.app.user.illusts(feed.artist)
            async with px.watch(pages, every=60, state=state, backlog=True) as watch:
                count = len(mine)
                assert [(await anext(watch)).id for _ in range(count)] == mine
            mine = feed.publish(3)

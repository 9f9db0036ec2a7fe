"""A cluster of two nodes: homes are on both, and on the other when one is gone."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from pixivkit import DownloadOutcome, Outcome, Pace
from pixivkit.cluster import Cluster
from pixivkit.download.check import is_complete
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv

from .accounts import LATE, Watch, accounts_of
from .killing import until
from .nodes import RunningRay, kill_all_of, second_node

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(
        "PYTEST_XDIST_WORKER" in os.environ,
        reason="a node comes and is killed, with homes of whatever else is tested at the time",
    ),
]

NAME = "second"
PACE = Pace(rate=20.0, burst=10)
CALLS = 300
AT_ONCE = 16


@pytest.fixture
def node(running_ray: RunningRay, tmp_path: Path) -> Iterator[int]:
    """A second node: its process."""
    with second_node(running_ray, NAME, tmp_path / "node.log") as process:
        yield process


async def test_homes_are_on_both_nodes_and_go_on_when_one_is_killed(
    node: int, tmp_path: Path
) -> None:
    fake = FakePixiv(works=120, log_size=10)
    fake.rotate_refresh_tokens = True
    watch = Watch(fake)
    fake.middleware.append(watch.middleware)
    accounts = accounts_of(fake, 4, pace=PACE)
    works = [work.id for work in fake.world.works.values() if not work.restrict]
    ids = [works[number % len(works)] for number in range(CALLS)]
    outcomes: list[Outcome[Illust]] = []
    files: list[DownloadOutcome] = []

    async def download(px: Cluster) -> None:
        async for file in px.downloads(works[:40], tmp_path / "works", limit=6):
            files.append(file)

    async def kill_the_node() -> None:
        await until(lambda: len(outcomes) >= CALLS // 4 and len(files) >= 10)
        await anyio.to_thread.run_sync(functools.partial(kill_all_of, node))

    with fake.serve() as server:
        async with Cluster(accounts, hosts=server.hosts) as px:
            before = {report.node for report in await px.accounts()}
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(download, px)
                tasks.start_soon(kill_the_node)
                async for outcome in px.bulk(
                    (px.app.illust.detail(i) for i in ids), limit=AT_ONCE
                ):
                    outcomes.append(outcome)
            after = {report.node for report in await px.accounts()}

    assert NAME in before and len(before) == 2
    assert after == before - {NAME}
    assert sorted(outcome.index for outcome in outcomes) == list(range(CALLS))
    assert not [one.error for one in outcomes if one.error or one.unwrap().id != ids[one.index]]
    assert fake.count("oauth.auth.token_refresh") == len(accounts)
    assert watch.worst(PACE, LATE) <= 0
    assert not [file.error for file in files if file.error]
    for file in files:
        assert file.path is not None
        with file.path.open("rb") as content:
            assert is_complete(content)

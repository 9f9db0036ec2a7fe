"""A cluster of two nodes: homes are on both, and on the other when one is gone."""

from __future__ import annotations

import functools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from pixivkit import DownloadOutcome, Hosts, Outcome, Pace
from pixivkit.cluster import Account, Cluster
from pixivkit.download.check import is_complete
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv

from .accounts import LATE, Watch, accounts_of, log_in
from .driving import Work, drive, driving
from .killing import reports, until
from .nodes import RunningRay, kill_all_of, own_head, second_node
from .scale import FULL

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(
        not FULL or "PYTEST_XDIST_WORKER" in os.environ,
        reason="starts and kills nodes, with what others have there: see nox -s cluster_full",
    ),
]

NAME = "second"
PACE = Pace(rate=20.0, burst=20)
CALLS = 160
AT_ONCE = 16
RESUMED = 2000


@pytest.fixture
def node(running_ray: RunningRay, tmp_path: Path) -> Iterator[int]:
    """A second node: its process."""
    with second_node(running_ray, NAME, tmp_path / "node.log") as process:
        yield process


@asynccontextmanager
async def homes_on_both_nodes(fake: FakePixiv, hosts: Hosts) -> AsyncIterator[list[Account]]:
    """Accounts whose homes are there: as many as it takes, since Ray spreads them by chance."""
    accounts: list[Account] = []
    nodes: set[str] = set()
    async with AsyncExitStack() as stack:
        for account in accounts_of(fake, len(fake.world.users), pace=PACE):
            px = await stack.enter_async_context(Cluster([account], hosts=hosts))
            accounts.append(account)
            nodes.update([report.node for report in await reports(px)])
            if len(nodes) == 2:
                break
        yield accounts


async def test_homes_are_on_both_nodes_and_go_on_when_one_is_killed(
    node: int, tmp_path: Path
) -> None:
    fake = FakePixiv(works=120, log_size=10)
    fake.rotate_refresh_tokens = True
    watch = Watch(fake)
    fake.middleware.append(watch.middleware)
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
        async with (
            homes_on_both_nodes(fake, server.hosts) as accounts,
            Cluster(accounts, hosts=server.hosts) as px,
        ):
            await log_in(px, ids[0])
            before = {report.node for report in await reports(px)}
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(download, px)
                tasks.start_soon(kill_the_node)
                async for outcome in px.bulk(
                    (px.app.illust.detail(i) for i in ids), limit=AT_ONCE
                ):
                    outcomes.append(outcome)
            after = {report.node for report in await reports(px)}

    assert NAME in before
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


def test_a_run_goes_on_with_its_journal_when_the_whole_cluster_was_killed(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    fake = FakePixiv(works=RESUMED, log_size=10)
    accounts = accounts_of(fake, 2)

    def work_on(ray: RunningRay) -> Work:
        return Work(
            ray=ray,
            server=server,
            accounts=accounts,
            ids=list(fake.world.works),
            limit=AT_ONCE,
            journal=tmp_path / "journal.db",
        )

    with fake.serve() as server:
        with own_head(tmp_path) as head, driving(work_on(head)) as driver:
            assert driver.stdout is not None
            first = [next(driver.stdout).split() for _ in range(RESUMED // 3)]
            kill_all_of(head.process)
        sent = fake.count("app.illust.detail")
        with own_head(tmp_path) as head:
            last = drive(work_on(head))
        sent_at_last = fake.count("app.illust.detail") - sent

    assert sorted(int(index) for index, _ in last) == list(range(RESUMED))
    recorded = {index for index, is_recorded in last if is_recorded == "True"}
    assert {index for index, _ in first} <= recorded
    assert sent_at_last == RESUMED - len(recorded)

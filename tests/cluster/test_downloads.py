"""
Homes fetch files into a place that all share, and are killed meanwhile: every file is whole.

``nox -s cluster_full`` makes it 500 files.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import pytest

from pixivkit import DownloadOutcome, DownloadProgress
from pixivkit.cluster import Cluster
from pixivkit.download.check import is_complete
from pixivkit.errors import InvalidArgument, NotFound
from pixivkit.testing import FakePixiv

from .accounts import accounts_of, at_home
from .killing import kill_a_home, until
from .nodes import RunningRay
from .object_store import PROTOCOL
from .scale import either

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("running_ray")]

FILES = either(60, 500)
KILLS = either(1, 6)
BYTES = 400_000


def works_with(fake: FakePixiv, files: int) -> list[int]:
    """Works with so many pages at least."""
    ids: list[int] = []
    pages = 0
    for work in fake.world.works.values():
        if pages >= files:
            break
        if not work.restrict and not work.sanity_limited and work.kind != "ugoira":
            ids.append(work.id)
            pages += work.page_count
    assert pages >= files
    return ids


@pytest.fixture(scope="module")
def fake() -> FakePixiv:
    fake = FakePixiv(works=400)
    fake.images.least_bytes = BYTES
    return fake


@pytest.fixture(scope="module")
def cluster(fake: FakePixiv, running_ray: RunningRay) -> Iterator[Callable[[], Cluster]]:
    """Makes sessions of three accounts, whose homes are there."""
    del running_ray
    with fake.serve() as server:
        accounts = accounts_of(fake, 3)
        with at_home(accounts, server.hosts):
            yield lambda: Cluster(accounts, hosts=server.hosts)


@pytest.mark.parametrize("kind", ["folder", "store"])
async def test_every_file_is_whole(
    kind: str, fake: FakePixiv, cluster: Callable[[], Cluster], tmp_path: Path
) -> None:
    chance = random.Random(7)
    ids = works_with(fake, FILES)
    to = str(tmp_path / "works") if kind == "folder" else f"{PROTOCOL}://{tmp_path}/works"
    outcomes: list[DownloadOutcome] = []
    told: list[DownloadProgress] = []

    async def kill(px: Cluster) -> None:
        for number in range(1, KILLS + 1):
            enough = FILES * number // (KILLS + 2)
            await until(lambda enough=enough: len(outcomes) >= enough)  # type: ignore[misc]
            await kill_a_home(px, chance)

    async with cluster() as px:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(kill, px)
            run = px.downloads(ids, to, limit=9, sidecar=True, progress=told.append)
            async for outcome in run:
                outcomes.append(outcome)
        asked = fake.count("images")
        again = [one async for one in px.downloads(ids, to, limit=9)]

    assert len(outcomes) >= FILES
    assert not [outcome.error for outcome in outcomes if outcome.error]
    for outcome in outcomes:
        assert outcome.path is not None
        path = outcome.path if kind == "folder" else tmp_path / "works" / outcome.path
        assert path.stat().st_size == outcome.size >= BYTES
        with path.open("rb") as file:
            assert is_complete(file)
    left = [path for path in (tmp_path / "works").iterdir() if path.name.startswith(".")]
    assert not [path for path in left if path.suffix]
    assert len(list((tmp_path / "works").glob("*.json"))) == len(ids)
    assert told[-1].files == len(outcomes)
    arrived = [one.size for one in outcomes if one.file and not one.file.existed]
    assert told[-1].received >= sum(arrived)
    # What is there is not asked for again.
    assert all(one.file and one.file.existed for one in again)
    assert fake.count("images") == asked


async def test_one_work_and_what_goes_wrong(
    fake: FakePixiv, cluster: Callable[[], Cluster], tmp_path: Path
) -> None:
    illust_id = works_with(fake, 1)[0]
    async with cluster() as px:
        files = await px.download(illust_id, tmp_path, template="{id}/{part}")
        with pytest.raises(NotFound) as caught:
            await px.download(1, tmp_path)
        with pytest.raises(InvalidArgument, match="absolute path"):
            await px.download(illust_id, "works")
        with pytest.raises(InvalidArgument, match="nosuchstore://"):
            await px.download(illust_id, "nosuchstore://bucket/works")
        failed = [one async for one in px.downloads([1, illust_id], tmp_path)]
    assert [file.path.parent for file in files] == [tmp_path / str(illust_id)] * len(files)
    assert all(file.path.is_file() for file in files)
    assert caught.value.work_id == "1"
    assert [isinstance(one.error, NotFound) for one in failed if one.error] == [True]

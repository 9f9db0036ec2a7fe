"""Several downloads of one file at once, in one process and in several: one result, whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest
from support.clock import FakeClock
from support.image_host import ImageHost, breaks_at, stalls_at
from support.raw_server import Connection, RawServer

from pixivkit import Hosts, Pixiv, Retry
from pixivkit.download import DownloadedFile, DownloadProgress, Source, Work
from pixivkit.download.check import is_complete
from pixivkit.errors import TransportError
from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

CHILD = Path(__file__).with_name("fetching.py")
PATH = "/img-original/img/2026/03/14/12/00/00/140000001_p0.png"
URL = f"https://i.pximg.net{PATH}"
NAME = "140000001_p0.png"
CONTENT = make_picture("png", 40, 30, "sea", 10_000)
LARGE = make_picture("png", 40, 30, "sea", 3_000_000)


@pytest.fixture
def host() -> ImageHost:
    return ImageHost({PATH: CONTENT})


def client(host: ImageHost, *, attempts: int = 4) -> Pixiv:
    return Pixiv(transport=host, pace=None, clock=FakeClock(), retry=Retry(attempts=attempts))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if not path.is_dir()}


def started(
    backend: str, server: str, token: str, folder: Path, items: Sequence[str]
) -> subprocess.Popen[str]:
    """A process that is about to download."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), backend, server, token, str(folder), *items],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def go(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def outcomes(child: subprocess.Popen[str]) -> list[Any]:
    said, _ = child.communicate(timeout=120)
    assert child.returncode == 0
    return [json.loads(line) for line in said.splitlines()]


async def written(file: anyio.Path, size: int) -> None:
    """Wait until another process has written so much."""
    while not await file.exists() or (await file.stat()).st_size < size:  # noqa: ASYNC110
        await anyio.sleep(0.01)


@pytest.mark.parametrize(("least_bytes", "count"), [(0, 40), (300_000, 40), (1_500_000, 8)])
def test_processes_that_want_the_same_files_all_get_them_whole(
    tmp_path: Path, anyio_backend: str, least_bytes: int, count: int
) -> None:
    fake = FakePixiv()
    fake.images.least_bytes = least_bytes
    works = [
        work
        for work in fake.world.works.values()
        if not work.restrict and not work.sanity_limited and work.page_count == 1
    ][:count]
    assert len(works) == count
    ids = [str(work.id) for work in works]
    with fake.serve() as server, ExitStack() as stack:
        children = [
            stack.enter_context(
                started(anyio_backend, server.url, fake.refresh_token, tmp_path, ids)
            )
            for _ in range(2)
        ]
        for child in children:
            go(child)
        results = [outcomes(child) for child in children]
    for each in results:
        assert [error for error, _, _ in each] == [None] * count
        for _, path, size in each:
            assert Path(path).stat().st_size == size
            with Path(path).open("rb") as file:
                assert is_complete(file)
    pictures = {name for name in names(tmp_path) if not name.endswith(".json")}
    assert len(pictures) == count
    assert names(tmp_path) - pictures == {f"{number}.json" for number in ids}
    for number in ids:
        assert json.loads((tmp_path / f"{number}.json").read_bytes())["id"] == int(number)


async def test_clients_of_one_process_send_for_a_file_once(
    host: ImageHost, tmp_path: Path
) -> None:
    files: list[DownloadedFile] = []

    async def fetch() -> None:
        async with client(host) as px:
            files.extend(await px.download(URL, tmp_path))

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(fetch)
    assert len(host.seen) == 1
    assert sorted(file.existed for file in files) == [False, True, True, True, True]
    assert {file.size for file in files} == {len(CONTENT)}
    assert names(tmp_path) == {NAME}


async def test_clients_that_overwrite_one_file_take_turns(host: ImageHost, tmp_path: Path) -> None:
    host.files[PATH] = LARGE

    async def fetch() -> None:
        async with client(host) as px:
            [file] = await px.download(URL, tmp_path, overwrite=True)
            assert file.size == len(LARGE)

    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(fetch)
    assert (tmp_path / NAME).read_bytes() == LARGE
    assert host.most_at_once == 1
    assert names(tmp_path) == {NAME}


async def test_whoever_waits_goes_on_where_the_other_broke_off(
    host: ImageHost, tmp_path: Path
) -> None:
    host.misbehave = [breaks_at(4000)]
    results: list[object] = []

    async def fetch() -> None:
        async with client(host, attempts=1) as px:
            try:
                results.extend(await px.download(URL, tmp_path))
            except TransportError as exc:
                results.append(exc)

    async with anyio.create_task_group() as tasks:
        for _ in range(2):
            tasks.start_soon(fetch)
    assert sorted(isinstance(result, DownloadedFile) for result in results) == [False, True]
    assert host.ranges == ["", "bytes=4000-"]
    assert (tmp_path / NAME).read_bytes() == CONTENT


async def test_waiting_for_another_client_may_be_cancelled(
    host: ImageHost, tmp_path: Path
) -> None:
    host.misbehave = [stalls_at(6000)]
    arrived = anyio.Event()

    def watch(progress: DownloadProgress) -> None:
        if progress.done == 6000:
            arrived.set()

    async with client(host) as first, client(host) as second, anyio.create_task_group() as tasks:

        async def fetch() -> None:
            await first.download(URL, tmp_path, progress=watch)

        tasks.start_soon(fetch)
        await arrived.wait()
        with anyio.move_on_after(0.1) as scope:
            await second.download(URL, tmp_path)
        assert scope.cancelled_caught
        assert len(host.seen) == 1
        tasks.cancel_scope.cancel()
    async with client(host) as px:
        await px.download(URL, tmp_path)
    assert host.ranges == ["", "bytes=6000-"]
    assert names(tmp_path) == {NAME}


async def test_a_killed_process_leaves_a_file_that_others_go_on_with(tmp_path: Path) -> None:
    stalled = anyio.Event()
    head = f'HTTP/1.1 200 OK\r\nContent-Length: {len(LARGE)}\r\nETag: "1"\r\n\r\n'.encode()

    async def behave(connection: Connection) -> None:
        request = await connection.request()
        assert request is not None
        if "range" not in request.headers:
            await connection.send(head + LARGE[:-4000])
            stalled.set()
            await anyio.sleep_forever()
        first = int(request.headers["range"].removeprefix("bytes=").removesuffix("-"))
        part = f"bytes {first}-{len(LARGE) - 1}/{len(LARGE)}"
        answer = f"HTTP/1.1 206 OK\r\nContent-Length: {len(LARGE) - first}\r\n"
        await connection.send(f"{answer}Content-Range: {part}\r\n\r\n".encode() + LARGE[first:])

    server = RawServer(behave)
    part = anyio.Path(tmp_path / f"{NAME}.part")
    async with server.serving():
        url = f"http://127.0.0.1:{server.port}"
        arguments = ("asyncio", url, "token", tmp_path, [URL])
        with await anyio.to_thread.run_sync(started, *arguments) as child:
            go(child)
            with anyio.fail_after(60):
                await stalled.wait()
                await written(part, 1_000_000)
            files: list[DownloadedFile] = []
            hosts = Hosts(images=f"{url}/images")
            async with Pixiv(hosts=hosts) as px, anyio.create_task_group() as tasks:

                async def fetch() -> None:
                    files.extend(await px.download(URL, tmp_path))

                tasks.start_soon(fetch)
                # It waits, and sends nothing, as long as the other process lives.
                await anyio.sleep(0.1)
                assert len(server.requests) == 1
                os.kill(child.pid, signal.SIGKILL)
    assert [file.size for file in files] == [len(LARGE)]
    assert (tmp_path / NAME).read_bytes() == LARGE
    assert names(tmp_path) == {NAME}


async def test_a_work_whose_extension_is_not_known_is_sent_for_once(
    host: ImageHost, tmp_path: Path
) -> None:
    base = URL.removesuffix("png")
    work = Work(id="140000001", sources=(Source((f"{base}jpg", URL)),))

    async def fetch() -> None:
        async with client(host) as px:
            [file] = await px.download(work, tmp_path)
            assert file.path == tmp_path / NAME

    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(fetch)
    assert [seen.path for seen in host.seen].count(PATH) == 1
    assert names(tmp_path) == {NAME}


@pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")
@pytest.mark.parametrize("ending", [".part", ".part.json"])
@pytest.mark.parametrize("content", [CONTENT, LARGE])
async def test_links_in_place_of_an_unfinished_file_are_not_followed(
    host: ImageHost, tmp_path: Path, ending: str, content: bytes
) -> None:
    host.files[PATH] = content
    host.misbehave = [breaks_at(len(content) - 1000)]
    victim = tmp_path / "victim"
    victim.write_text("precious")
    for number, leads_to in enumerate([victim, tmp_path / "nothing"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"{NAME}{ending}").symlink_to(leads_to)
        async with client(host) as px:
            [file] = await px.download(URL, folder)
        assert file.path.read_bytes() == content
        assert names(folder) == {NAME}
    assert victim.read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("harm", ["longer", "shorter", "removed", "replaced"])
async def test_what_another_program_does_to_an_unfinished_file_spoils_nothing(
    host: ImageHost, tmp_path: Path, harm: str
) -> None:
    host.files[PATH] = LARGE
    part = tmp_path / f"{NAME}.part"
    done = False

    def meddle(_: DownloadProgress) -> None:
        nonlocal done
        if done or not part.exists() or not part.stat().st_size:
            return
        done = True
        if harm == "longer":
            part.write_bytes(part.read_bytes() + b"more")
        elif harm == "shorter":
            part.write_bytes(b"")
        else:
            part.unlink()
            if harm == "replaced":
                part.write_bytes(LARGE[:1_048_576])

    async with client(host) as px:
        [file] = await px.download(URL, tmp_path, progress=meddle)
    assert done
    assert file.path.read_bytes() == LARGE
    assert file.size == len(LARGE)
    assert names(tmp_path) == {NAME}


async def test_the_size_is_that_of_the_file_on_the_disk(host: ImageHost, tmp_path: Path) -> None:
    async with client(host) as px:
        for content in (CONTENT, LARGE):
            host.files[PATH] = content
            [new] = await px.download(URL, tmp_path, overwrite=True)
            [old] = await px.download(URL, tmp_path)
            assert new.size == old.size == (tmp_path / NAME).stat().st_size == len(content)


async def test_a_refused_file_leaves_nothing(host: ImageHost, tmp_path: Path) -> None:
    host.files.clear()
    async with client(host) as px:
        outcome = [o async for o in px.downloads([URL], tmp_path)]
    assert [type(o.error).__name__ for o in outcome] == ["NotFound"]
    assert names(tmp_path) == set()

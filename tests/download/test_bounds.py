"""How large a file may be, as it comes and unpacked."""

from __future__ import annotations

import gzip
from pathlib import Path

import anyio
import pytest
from support.backends import BACKENDS, use
from support.clock import FakeClock
from support.image_host import ImageHost, breaks_at, with_headers
from support.raw_server import Behaviour, Connection, RawServer

from pixivkit import Hosts, Pixiv, Retry
from pixivkit.download import DownloadProgress
from pixivkit.errors import ReplyTooLarge, TransportError
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

PATH = "/img-original/img/2026/03/14/12/00/00/140000001_p0.png"
URL = f"https://i.pximg.net{PATH}"
NAME = "140000001_p0.png"
CONTENT = make_picture("png", 40, 30, "sea", 10_000)
MEGABYTE = 1024 * 1024


@pytest.fixture
def host() -> ImageHost:
    return ImageHost({PATH: CONTENT})


def client(host: ImageHost, largest: int, *, attempts: int = 3) -> Pixiv:
    retry = Retry(attempts=attempts)
    return Pixiv(transport=host, clock=FakeClock(), retry=retry, largest_file=largest)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def refused(behaviour: Behaviour, folder: Path) -> int:
    """Download from a server, which sends too much; return how many bytes were taken."""
    most = 0

    def watch(progress: DownloadProgress) -> None:
        nonlocal most
        most = max(most, progress.done)

    server = RawServer(behaviour)
    async with server.serving():
        hosts = Hosts(images=f"http://127.0.0.1:{server.port}")
        async with Pixiv(hosts=hosts, largest_file=4 * MEGABYTE) as px:
            with anyio.fail_after(60), pytest.raises(ReplyTooLarge) as caught:
                await px.download(URL, folder, progress=watch)
    assert caught.value.endpoint == "image"
    assert len(server.requests) == 1
    assert names(folder) == []
    return most


@pytest.mark.parametrize("wire", BACKENDS)
async def test_a_body_without_end_is_left(
    tmp_path: Path, wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(wire, monkeypatch)

    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + CONTENT)
        while True:
            await connection.send(bytes(65536))

    assert await refused(behave, tmp_path) <= 4 * MEGABYTE


@pytest.mark.parametrize("wire", BACKENDS)
async def test_a_little_that_unpacks_to_a_lot_is_left(
    tmp_path: Path, wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(wire, monkeypatch)
    packed = gzip.compress(CONTENT + bytes(100 * MEGABYTE), 9)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"

    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.send(head.encode() + packed)
        await anyio.sleep_forever()

    assert await refused(behave, tmp_path) <= 4 * MEGABYTE


async def test_a_file_as_large_as_allowed_arrives(host: ImageHost, tmp_path: Path) -> None:
    async with client(host, len(CONTENT)) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT


async def test_a_file_that_says_it_is_larger_is_not_begun(host: ImageHost, tmp_path: Path) -> None:
    events: list[DownloadProgress] = []
    async with client(host, len(CONTENT) - 1) as px:
        with pytest.raises(ReplyTooLarge, match=f"larger than {len(CONTENT) - 1} bytes"):
            await px.download(URL, tmp_path, progress=events.append)
    assert events == []
    assert len(host.seen) == 1
    assert names(tmp_path) == []


async def test_a_file_that_does_not_say_it_is_larger_is_thrown_away(
    host: ImageHost, tmp_path: Path
) -> None:
    host.misbehave = [with_headers(content_length="")]
    async with client(host, 5_000) as px:
        with pytest.raises(ReplyTooLarge):
            await px.download(URL, tmp_path)
    assert len(host.seen) == 1
    assert names(tmp_path) == []


async def test_the_rest_of_a_file_counts_with_what_is_there(
    host: ImageHost, tmp_path: Path
) -> None:
    host.misbehave = [breaks_at(8_000)]
    async with client(host, len(CONTENT), attempts=1) as px:
        with pytest.raises(TransportError):
            await px.download(URL, tmp_path)
    async with client(host, 9_000) as px:
        with pytest.raises(ReplyTooLarge):
            await px.download(URL, tmp_path)
    # What has arrived is not lost: a client that allows more goes on from there.
    async with client(host, len(CONTENT)) as px:
        [file] = await px.download(URL, tmp_path)
    assert host.ranges == ["", "bytes=8000-", "bytes=8000-"]
    assert file.path.read_bytes() == CONTENT


async def test_a_file_that_is_too_large_does_not_end_a_run(
    host: ImageHost, tmp_path: Path
) -> None:
    other = PATH.replace("140000001", "140000002")
    host.files[other] = make_picture("png", 40, 30, "sky", 2_000)
    async with client(host, 5_000) as px:
        run = px.downloads([URL, f"https://i.pximg.net{other}"], tmp_path, limit=1)
        errors = [type(outcome.error) async for outcome in run]
    assert errors == [ReplyTooLarge, type(None)]

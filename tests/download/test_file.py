"""One file: complete under its name, or not there."""

from __future__ import annotations

import asyncio
import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import FakeClock
from support.image_host import (
    ImageHost,
    Misbehaviour,
    breaks_at,
    ends_at,
    instead,
    page,
    reply,
    stalls_at,
    with_headers,
)

from pixivkit import AccessToken, Hosts, Pixiv, Retry, SessionCookie
from pixivkit.download import DownloadProgress, Source, Work
from pixivkit.errors import (
    BlockedByCloudflare,
    DecodeError,
    DiskFull,
    FileNotWritable,
    IncompleteFile,
    InvalidArgument,
    NotFound,
    PixivError,
    RateLimited,
    Restricted,
    ServerError,
    StorageError,
    TransportError,
    UnexpectedHost,
)
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

PATH = "/img-original/img/2026/03/14/12/00/00/140000001_p0.png"
URL = f"https://i.pximg.net{PATH}"
NAME = "140000001_p0.png"
CONTENT = make_picture("png", 40, 30, "sea", 10_000)
OTHER = make_picture("png", 40, 30, "another sea", 12_000)


@pytest.fixture
def host() -> ImageHost:
    return ImageHost({PATH: CONTENT})


def client(host: ImageHost, *, attempts: int = 4, hosts: Hosts | None = None) -> Pixiv:
    return Pixiv(
        app=AccessToken("secret-bearer"),
        web=SessionCookie("secret-session"),
        pace=None,
        transport=host,
        clock=FakeClock(),
        retry=Retry(attempts=attempts),
        hosts=hosts,
    )


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


async def test_a_file_arrives_whole(host: ImageHost, tmp_path: Path) -> None:
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path / "new" / "folder")
    assert file.path == tmp_path / "new" / "folder" / NAME
    assert file.path.read_bytes() == CONTENT
    assert (file.size, file.url, file.existed) == (len(CONTENT), URL, False)
    assert names(tmp_path) == {NAME}


async def test_image_hosts_get_a_referer_and_no_credentials(
    host: ImageHost, tmp_path: Path
) -> None:
    async with client(host) as px:
        await px.download(URL, tmp_path)
    [seen] = host.seen
    assert seen.headers["referer"] == "https://www.pixiv.net/"
    assert "cookie" not in seen.headers
    assert "authorization" not in seen.headers
    assert "secret" not in str(seen.headers)


async def test_who_asks_for_an_image_is_who_asked_for_its_url(
    host: ImageHost, tmp_path: Path
) -> None:
    async with client(host) as px:
        for api in ("app", "web"):
            work = Work(id="1", sources=(Source((URL,)),), api=api)
            await px.download(work, tmp_path / api)
    app, web = (seen.headers for seen in host.seen)
    assert app["user-agent"].startswith("PixivIOSApp/")
    assert app["referer"] == "https://app-api.pixiv.net/"
    assert web["user-agent"].startswith("Mozilla/5.0")
    assert web["referer"] == "https://www.pixiv.net/"


async def test_a_mirror_gets_the_path_and_no_credentials(host: ImageHost, tmp_path: Path) -> None:
    host.files = {f"/pixiv{PATH}": CONTENT}
    mirror = Hosts(images="https://mirror.example/pixiv/")
    async with client(host, hosts=mirror) as px:
        [first] = await px.download(URL, tmp_path / "1")
        [second] = await px.download(f"https://mirror.example/pixiv{PATH}", tmp_path / "2")
    assert first.path.read_bytes() == second.path.read_bytes() == CONTENT
    for seen in host.seen:
        assert str(seen.url) == f"https://mirror.example/pixiv{PATH}"
        assert "secret" not in str(seen.headers)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a.png",
        "https://i.pximg.net.example.com/a.png",
        "https://evilpximg.net/a.png",
        "https://user@i.pximg.net/a.png",
        "https://i.pximg.net:8443/a.png",
        "https://www.pixiv.net/a.png",
        "https://mirror.example.evil/pixiv/a.png",
        "https://mirror.example/other/a.png",
        "https://mirror.example/pixiv/../a.png",
        "https://i.pximg.net/%2e%2e/a.png",
        "file:///etc/passwd",
        "ftp://i.pximg.net/a.png",
        "",
    ],
)
async def test_nothing_is_sent_to_other_hosts(host: ImageHost, tmp_path: Path, url: str) -> None:
    async with client(host, hosts=Hosts(images="https://mirror.example/pixiv")) as px:
        with pytest.raises(UnexpectedHost):
            await px.download(Work(id="1", sources=(Source((url,)),)), tmp_path)
        # What is pasted is looked at before it is taken for an image.
        with pytest.raises((InvalidArgument, UnexpectedHost)):
            await px.download(url, tmp_path)
    assert host.seen == []


async def test_redirects_are_not_followed(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [instead(reply(302, b"", {"location": "https://example.com/a.png"}))]
    async with client(host) as px:
        with pytest.raises(UnexpectedHost):
            await px.download(URL, tmp_path)
    assert len(host.seen) == 1


async def test_a_complete_file_is_not_sent_for_again(host: ImageHost, tmp_path: Path) -> None:
    async with client(host) as px:
        await px.download(URL, tmp_path)
        [again] = await px.download(URL, tmp_path)
        assert again.existed
        assert len(host.seen) == 1
        host.files[PATH] = OTHER
        [new] = await px.download(URL, tmp_path, overwrite=True)
    assert not new.existed
    assert new.path.read_bytes() == OTHER


async def test_half_a_file_of_another_program_is_replaced(host: ImageHost, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT[:500])
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT


async def test_a_reset_is_gone_on_from(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [breaks_at(3000), breaks_at(2000)]
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert hashlib.sha256(file.path.read_bytes()).digest() == hashlib.sha256(CONTENT).digest()
    assert host.ranges == ["", "bytes=3000-", "bytes=5000-"]
    assert names(tmp_path) == {NAME}


async def test_another_process_goes_on_where_one_stopped(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [breaks_at(4000)]
    async with client(host, attempts=1) as px:
        with pytest.raises(TransportError):
            await px.download(URL, tmp_path)
    assert names(tmp_path) == {f"{NAME}.part", f"{NAME}.part.json"}
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == ["", "bytes=4000-"]
    assert names(tmp_path) == {NAME}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, len(CONTENT)), max_size=4))
def test_wherever_it_breaks_off_the_file_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("cuts")
    host = ImageHost({PATH: CONTENT})
    host.misbehave = [breaks_at(cut) for cut in cuts]

    async def fetch() -> bytes:
        async with client(host, attempts=6) as px:
            [file] = await px.download(URL, folder)
        return file.path.read_bytes()

    assert anyio.run(fetch) == CONTENT


async def test_a_file_that_changed_meanwhile_is_not_mixed(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [breaks_at(4000)]
    async with client(host, attempts=1) as px:
        with pytest.raises(TransportError):
            await px.download(URL, tmp_path)
    host.files[PATH] = OTHER
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == OTHER
    assert host.ranges == ["", "bytes=4000-"]


NOT_MODIFIED: dict[str, Misbehaviour] = {
    "another part": with_headers(content_range=f"bytes 4001-9999/{len(CONTENT)}"),
    "another size": with_headers(content_range=f"bytes 4000-99999/{len(CONTENT) + 1}"),
    "no range": with_headers(content_range=""),
    "nonsense": with_headers(content_range="bytes all/of it"),
    "the whole file": lambda _, __: reply(200, CONTENT, {"content-type": "image/png"}),
    "416, of another size": instead(reply(416, b"", {"content-range": "bytes */99"})),
    "416, of nothing": instead(reply(416, b"", {})),
}


@pytest.mark.parametrize("answer", NOT_MODIFIED)
async def test_a_wrong_answer_to_a_range_starts_anew(
    host: ImageHost, tmp_path: Path, answer: str
) -> None:
    host.misbehave = [breaks_at(4000), NOT_MODIFIED[answer]]
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert names(tmp_path) == {NAME}


async def test_a_part_that_is_whole_needs_no_request(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [breaks_at(len(CONTENT))]
    async with client(host, attempts=1) as px:
        with pytest.raises(TransportError):
            await px.download(URL, tmp_path)
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert len(host.seen) == 1


async def test_without_a_length_a_whole_part_is_known_by_416(
    host: ImageHost, tmp_path: Path
) -> None:
    def broken(seen: Any, answer: Any) -> Any:
        return breaks_at(len(CONTENT))(seen, with_headers(content_length="")(seen, answer))

    host.misbehave = [broken]
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == ["", f"bytes={len(CONTENT)}-"]


@pytest.mark.parametrize("damage", ["{", "[]", '{"url": 1}', '{"url": "x", "validator": "y"}'])
async def test_a_damaged_note_starts_anew(host: ImageHost, tmp_path: Path, damage: str) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"something else")
    (tmp_path / f"{NAME}.part.json").write_text(damage)
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == [""]


async def test_without_a_validator_nothing_is_gone_on_from(
    host: ImageHost, tmp_path: Path
) -> None:
    def weak(seen: Any, answer: Any) -> Any:
        return breaks_at(4000)(seen, with_headers(etag='W/"1"')(seen, answer))

    host.misbehave = [weak]
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == ["", ""]


@pytest.mark.parametrize("length", [str(len(CONTENT)), ""])
async def test_a_file_that_ends_early_is_not_kept_under_its_name(
    host: ImageHost, tmp_path: Path, length: str
) -> None:
    def short(seen: Any, answer: Any) -> Any:
        return ends_at(5000)(seen, with_headers(content_length=length)(seen, answer))

    host.misbehave = [short]
    async with client(host, attempts=1) as px:
        with pytest.raises(IncompleteFile):
            await px.download(URL, tmp_path)
        assert names(tmp_path) == {f"{NAME}.part", f"{NAME}.part.json"}
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == ["", "bytes=5000-"]


async def test_a_file_without_its_end_is_fetched_anew_and_then_refused(
    host: ImageHost, tmp_path: Path
) -> None:
    host.files[PATH] = CONTENT[:-8]
    async with client(host, attempts=3) as px:
        with pytest.raises(IncompleteFile, match="lacks its end"):
            await px.download(URL, tmp_path)
    assert host.ranges == ["", "", ""]
    assert names(tmp_path) == set()


async def test_more_than_was_announced_is_refused(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [with_headers(content_length="5000")]
    async with client(host, attempts=1) as px:
        with pytest.raises(IncompleteFile):
            await px.download(URL, tmp_path)
    assert names(tmp_path) == set()


REFUSALS: dict[str, tuple[Any, type[PixivError]]] = {
    "403": (page(403), Restricted),
    "404": (page(404), NotFound),
    "500": (page(500), ServerError),
    "challenge": (page(403, "<title>Just a moment...</title>"), BlockedByCloudflare),
    "page with 200": (page(200), DecodeError),
    "page that says it is a picture": (
        reply(200, b"<html><body>no such thing</body></html>", {"content-type": "image/png"}),
        DecodeError,
    ),
    "JSON": (reply(200, b'{"error": true}', {"content-type": "application/json"}), DecodeError),
    "JSON with 404": (
        reply(404, b'{"error": true}', {"content-type": "application/json"}),
        NotFound,
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_pages_never_get_on_the_disk(host: ImageHost, tmp_path: Path, case: str) -> None:
    answer, error = REFUSALS[case]
    host.misbehave = [instead(answer)]
    async with client(host) as px:
        with pytest.raises(error) as caught:
            await px.download(URL, tmp_path)
    assert caught.value.endpoint == "image"
    assert names(tmp_path) == set()
    assert len(host.seen) == 1


async def test_passing_failures_are_tried_again(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [instead(page(502)), instead(page(503)), instead(page(504))]
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert len(host.seen) == 4


async def test_a_rate_limit_is_waited_out(host: ImageHost, tmp_path: Path) -> None:
    limited = reply(429, b"", {"retry-after": "7"})
    host.misbehave = [instead(limited)]
    clock = FakeClock()
    async with Pixiv(transport=host, clock=clock) as px:
        await px.download(URL, tmp_path)
    assert sum(clock.slept) == pytest.approx(7)


async def test_a_rate_limit_without_end_is_an_error(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [instead(page(429)) for _ in range(9)]
    async with client(host) as px:
        with pytest.raises(RateLimited):
            await px.download(URL, tmp_path, patience=1000)
    assert len(host.seen) == 5


async def test_cancelled_in_the_middle_what_came_is_kept(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [stalls_at(6000)]
    async with client(host) as px:
        async with anyio.create_task_group() as tasks:

            def stop(progress: DownloadProgress) -> None:
                if progress.done == 6000:
                    tasks.cancel_scope.cancel()

            async def fetch() -> None:
                await px.download(URL, tmp_path, progress=stop)

            tasks.start_soon(fetch)
        assert names(tmp_path) == {f"{NAME}.part", f"{NAME}.part.json"}
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == ["", "bytes=6000-"]


@pytest.mark.parametrize("size", [10_000, 3_000_000])
def test_cancelled_by_asyncio_itself_what_came_is_kept(
    host: ImageHost, tmp_path: Path, size: int
) -> None:
    host.files[PATH] = whole = make_picture("png", 40, 30, "sea", size)
    host.misbehave = [stalls_at(size - 4000)]

    async def run() -> None:
        arrived = asyncio.Event()

        def watch(progress: DownloadProgress) -> None:
            if progress.done == size - 4000:
                arrived.set()

        async with client(host) as px:
            task = asyncio.create_task(px.download(URL, tmp_path, progress=watch))
            await arrived.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (tmp_path / f"{NAME}.part").read_bytes() == whole[: size - 4000]
            await px.download(URL, tmp_path)

    asyncio.run(run())
    assert (tmp_path / NAME).read_bytes() == whole
    assert host.ranges == ["", f"bytes={size - 4000}-"]


async def test_a_small_file_is_on_the_disk_when_it_is_complete(
    host: ImageHost, tmp_path: Path
) -> None:
    seen: list[tuple[int, set[str]]] = []

    def look(progress: DownloadProgress) -> None:
        seen.append((progress.done, names(tmp_path)))

    async with client(host) as px:
        await px.download(URL, tmp_path / "new", progress=look)
    unfinished = [there for done, there in seen if done < len(CONTENT)]
    assert unfinished == [{f"{NAME}.part"}] * (len(seen) - 2)
    assert seen[-1] == (len(CONTENT), {NAME})


async def test_of_a_large_file_little_waits_in_memory(host: ImageHost, tmp_path: Path) -> None:
    host.files[PATH] = whole = make_picture("png", 40, 30, "sea", 5_000_000)
    part = tmp_path / f"{NAME}.part"
    waiting: list[int] = []

    def look(progress: DownloadProgress) -> None:
        if not (tmp_path / NAME).exists():
            waiting.append(progress.done - (part.stat().st_size if part.exists() else 0))

    async with client(host) as px:
        [file] = await px.download(URL, tmp_path, progress=look)
    assert file.path.read_bytes() == whole
    assert max(waiting) <= 1024 * 1024
    assert names(tmp_path) == {NAME}


async def test_more_than_was_announced_of_a_large_file_is_refused(
    host: ImageHost, tmp_path: Path
) -> None:
    host.files[PATH] = make_picture("png", 40, 30, "sea", 3_000_000)
    host.misbehave = [with_headers(content_length="2500000")]
    async with client(host, attempts=1) as px:
        with pytest.raises(IncompleteFile, match="more came"):
            await px.download(URL, tmp_path)
    assert names(tmp_path) == set()


def failing_open(number: int, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses to write files whose name ends with *name*."""
    original: Callable[..., Any] = Path.open

    def refuse(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if path.name.endswith(name) and mode != "rb":
            raise OSError(number, "refused")
        return original(path, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, FileNotWritable),
        (errno.EROFS, FileNotWritable),
        (errno.EIO, StorageError),
    ],
)
async def test_what_the_disk_refuses_is_an_error_of_its_own(
    host: ImageHost,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[StorageError],
) -> None:
    async with client(host) as px:
        with monkeypatch.context() as patched:
            failing_open(number, ".part", patched)
            with pytest.raises(error) as caught:
                await px.download(URL, tmp_path)
        assert type(caught.value) is error
        assert caught.value.path.endswith(".part")
        assert NAME not in names(tmp_path)
        assert len(host.seen) == 1
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, DiskFull), (errno.EACCES, FileNotWritable), (errno.EIO, StorageError)],
)
async def test_what_the_disk_refuses_of_a_file_that_broke_off(
    host: ImageHost,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[StorageError],
) -> None:
    host.misbehave = [breaks_at(4000)]
    async with client(host) as px:
        with monkeypatch.context() as patched:
            failing_open(number, ".part", patched)
            with pytest.raises(error) as caught:
                await px.download(URL, tmp_path)
        assert type(caught.value) is error
        assert NAME not in names(tmp_path)
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert host.ranges == ["", ""]


async def test_what_cannot_get_its_name_needs_no_other_request(
    host: ImageHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name.endswith(".part"):
            raise PermissionError(errno.EACCES, "open elsewhere", str(path), None, str(target))
        return original(path, target)

    async with client(host) as px:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", refuse)
            with pytest.raises(FileNotWritable) as caught:
                await px.download(URL, tmp_path)
        assert caught.value.path == str(tmp_path / NAME)
        assert names(tmp_path) == {f"{NAME}.part", f"{NAME}.part.json"}
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT
    assert len(host.seen) == 1
    assert names(tmp_path) == {NAME}


async def test_a_file_in_place_of_the_folder_is_an_error_of_its_own(
    host: ImageHost, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("I am no folder")
    async with client(host) as px:
        with pytest.raises(StorageError):
            await px.download(URL, tmp_path / "file")


async def test_progress_counts_the_bytes_on_the_disk(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [breaks_at(4000)]
    events: list[DownloadProgress] = []
    async with client(host) as px:
        await px.download(URL, tmp_path, progress=events.append)
    done = [event.done for event in events]
    assert done == sorted(done)
    assert {event.size for event in events} == {len(CONTENT)}
    last = events[-1]
    assert (last.done, last.files, last.total, last.failed) == (len(CONTENT), 1, 1, 0)


async def test_two_tasks_that_want_one_file_send_for_it_once(
    host: ImageHost, tmp_path: Path
) -> None:
    async with client(host) as px, anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(px.download, URL, tmp_path)
    assert len(host.seen) == 1
    assert (tmp_path / NAME).read_bytes() == CONTENT


async def test_candidates_are_tried_in_turn_once_each(host: ImageHost, tmp_path: Path) -> None:
    base = URL.removesuffix("png")
    urls = tuple(base + ext for ext in ("jpg", "png", "gif"))
    work = Work(id="140000001", sources=(Source(urls),))
    async with client(host) as px:
        [file] = await px.download(work, tmp_path)
        assert file.url == URL
        assert [seen.path[-3:] for seen in host.seen] == ["jpg", "png"]
        [again] = await px.download(work, tmp_path)
        assert again.existed
        assert len(host.seen) == 2
        host.files.clear()
        with pytest.raises(NotFound):
            await px.download(work, tmp_path, overwrite=True)
    assert len(host.seen) == 5


async def test_a_candidate_that_was_begun_is_tried_first(host: ImageHost, tmp_path: Path) -> None:
    base = URL.removesuffix("png")
    work = Work(id="140000001", sources=(Source((f"{base}jpg", URL)),))
    host.misbehave = [None, breaks_at(3000)]
    async with client(host, attempts=1) as px:
        with pytest.raises(TransportError):
            await px.download(work, tmp_path)
        await px.download(work, tmp_path)
    assert host.ranges == ["", "", "bytes=3000-"]
    assert host.seen[-1].path == PATH

"""Works and whole runs, from the fake pixiv to the disk."""

from __future__ import annotations

import errno
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.clock import FakeClock
from support.image_host import ImageHost, Misbehaviour, breaks_at, instead, page

from pixivkit import Pace, Pixiv, Retry, structure, unstructure
from pixivkit.download import (
    DownloadItem,
    DownloadOutcome,
    DownloadProgress,
    Source,
    Work,
    ugoira_frames,
    web_work,
    work_of,
)
from pixivkit.errors import (
    DiskFull,
    InvalidArgument,
    NotFound,
    PatienceExceeded,
    PixivError,
    Restricted,
)
from pixivkit.models.app import UgoiraFrame, UgoiraMetadata, ZipUrls
from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

FOLDER = "/img-original/img/2026/03/14/12/00/00"


@pytest.fixture(scope="module")
def fake() -> FakePixiv:
    return FakePixiv(works=60)


def kind_of_work(fake: FakePixiv, kind: str, *, pages: int = 1) -> int:
    return next(
        work.id
        for work in fake.world.works.values()
        if work.kind == kind and work.page_count >= pages
    )


def saved(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def works(count: int, *, pages: int = 1) -> tuple[ImageHost, list[Work]]:
    """Works of some pages each, on a host of their own."""
    ids = range(1, count + 1)
    host = ImageHost(
        {
            f"{FOLDER}/{i}_p{p}.png": make_picture("png", 8, 8, f"{i} {p}", 2000)
            for i in ids
            for p in range(pages)
        }
    )
    made = [
        Work(
            id=str(i),
            sources=tuple(
                Source((f"https://i.pximg.net{FOLDER}/{i}_p{p}.png",), f"p{p}", p)
                for p in range(pages)
            ),
        )
        for i in ids
    ]
    return host, made


def client(host: ImageHost, clock: FakeClock | None = None) -> Pixiv:
    return Pixiv(transport=host, clock=clock or FakeClock(), retry=Retry(attempts=1))


async def test_all_pages_with_a_sidecar_that_loses_nothing(
    fake: FakePixiv, tmp_path: Path
) -> None:
    async with fake.client(pace=None) as px:
        work = await px.app.illust.detail(kind_of_work(fake, "manga", pages=2))
        files = await px.download(work, tmp_path, sidecar=True, template="{user.id}/{id}_{part}")
    folder = tmp_path / str(work.user.id)
    assert [file.path.parent for file in files] == [folder] * work.page_count
    assert [file.source.page for file in files] == list(range(work.page_count))
    written = json.loads((folder / f"{work.id}.json").read_text("utf-8"))
    assert written == unstructure(work)
    assert structure("app.illust.detail", {"illust": written}) == work


async def test_a_web_work_and_a_call_for_a_work(fake: FakePixiv, tmp_path: Path) -> None:
    work_id = kind_of_work(fake, "illust", pages=2)
    async with fake.client(pace=None) as px:
        app = await px.download(px.app.illust.detail(work_id), tmp_path / "app")
        detail = await px.web.illust.detail(work_id)
        pages = await px.web.illust.pages(work_id)
        guessed = await px.download(detail, tmp_path / "guessed")
        known = await px.download(web_work(detail, pages), tmp_path / "known")
        listed = await px.download(
            px.web.illust.pages(work_id), tmp_path / "listed", template="{id}"
        )
    assert saved(tmp_path / "app") == saved(tmp_path / "guessed") == saved(tmp_path / "known")
    ways = (app, guessed, known, listed)
    contents = [[file.path.read_bytes() for file in files] for files in ways]
    assert contents == [contents[0]] * 4


async def test_an_ugoira_is_an_archive(fake: FakePixiv, tmp_path: Path) -> None:
    work_id = kind_of_work(fake, "ugoira")
    async with fake.client(pace=None) as px:
        [by_work] = await px.download(px.app.illust.detail(work_id), tmp_path / "1")
        metadata = await px.app.ugoira.metadata(work_id)
        [by_metadata] = await px.download(metadata, tmp_path / "2", sidecar=True)
    assert by_work.path.name == by_metadata.path.name == f"{work_id}_ugoira.zip"
    assert by_work.path.read_bytes() == by_metadata.path.read_bytes()
    assert json.loads((tmp_path / "2" / f"{work_id}_ugoira.json").read_text()) == unstructure(
        metadata
    )


async def test_the_extension_of_frames_is_probed_once(tmp_path: Path) -> None:
    host = ImageHost(
        {f"{FOLDER}/5_ugoira{n}.gif": make_picture("gif", 8, 8, str(n)) for n in range(4)}
    )
    archive = "https://i.pximg.net/img-zip-ugoira/img/2026/03/14/12/00/00/5_ugoira600x600.zip"
    metadata = UgoiraMetadata(
        zip_urls=ZipUrls(medium=archive),
        frames=[UgoiraFrame(file=f"{n:06}.jpg", delay=100) for n in range(4)],
    )
    async with client(host) as px:
        files = await px.download(ugoira_frames(metadata), tmp_path)
    assert [file.path.name for file in files] == [f"5_ugoira{n}.gif" for n in range(4)]
    assert [seen.path[-3:] for seen in host.seen] == ["jpg", "png", "gif", "gif", "gif", "gif"]


async def test_a_restricted_work_sends_nothing(fake: FakePixiv, tmp_path: Path) -> None:
    hidden = next(work.id for work in fake.world.works.values() if work.sanity_limited)
    async with fake.client(pace=None) as px:
        stub = await px.app.illust.detail(hidden)
        before = len(fake.log)
        with pytest.raises(Restricted):
            await px.download(stub, tmp_path, sidecar=True)
    assert len(fake.log) == before
    assert saved(tmp_path) == set()


async def test_a_run_hands_out_every_file(fake: FakePixiv, tmp_path: Path) -> None:
    ids = list(fake.world.works)[:12]
    async with fake.client(pace=None) as px:
        calls = [px.app.illust.detail(work_id) for work_id in ids]
        outcomes = [outcome async for outcome in px.downloads(calls, tmp_path, sidecar=True)]
    assert {outcome.index for outcome in outcomes} == set(range(12))
    for outcome in outcomes:
        assert outcome.item == calls[outcome.index]
        if outcome.ok:
            assert outcome.path is not None
            assert outcome.path.stat().st_size == outcome.size
        else:
            assert isinstance(outcome.error, Restricted)
    there = sum(outcome.ok for outcome in outcomes)
    hidden = sum(not outcome.ok for outcome in outcomes)
    assert len(saved(tmp_path)) == there + 12 - hidden


async def test_one_failure_does_not_end_a_run(tmp_path: Path) -> None:
    host, made = works(5, pages=2)
    del host.files[f"{FOLDER}/2_p1.png"]
    items: list[DownloadItem] = [*made, "https://example.com/x.png", "/etc/passwd"]
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads(items, tmp_path)]
    assert len(outcomes) == 12
    failed = sorted(
        (outcome.index, type(outcome.error).__name__) for outcome in outcomes if outcome.error
    )
    assert failed == [(1, "NotFound"), (5, "InvalidArgument"), (6, "InvalidArgument")]
    assert len(saved(tmp_path)) == 9


class AnswersTogether:
    """The first requests are answered when all of them are there."""

    def __init__(self, host: ImageHost, count: int) -> None:
        self._host = host
        self._missing = count
        self._all_there = anyio.Event()

    async def handle_async_request(self, request: Any) -> Any:
        answer = await self._host.handle_async_request(request)
        self._missing -= 1
        if self._missing == 0:
            self._all_there.set()
        with anyio.fail_after(30):
            await self._all_there.wait()
        return answer

    async def aclose(self) -> None:
        return


async def test_a_run_keeps_to_its_limit(tmp_path: Path) -> None:
    host, made = works(20)
    waiting = AnswersTogether(host, 3)
    async with Pixiv(transport=waiting, clock=FakeClock(), retry=Retry(attempts=1)) as px:
        async for outcome in px.downloads(made, tmp_path, limit=3):
            assert outcome.ok
    assert host.most_at_once == 3


async def test_a_run_keeps_its_own_pace(tmp_path: Path) -> None:
    host, made = works(5)
    clock = FakeClock()
    async with client(host, clock) as px:
        async for _ in px.downloads(made, tmp_path, pace=Pace(rate=0.5, burst=1)):
            pass
        assert clock.monotonic() == pytest.approx(8)
        await px.download(made[0], tmp_path / "other")
    assert clock.monotonic() == pytest.approx(8)


async def test_a_run_takes_works_when_there_is_room(tmp_path: Path) -> None:
    host, made = works(100)
    taken: list[str] = []

    def lazily() -> Iterator[Work]:
        for work in made:
            taken.append(work.id)
            yield work

    async with client(host) as px, px.downloads(lazily(), tmp_path, limit=2) as run:
        async for _ in run:
            break
    assert len(taken) < 10


async def test_a_run_over_an_asynchronous_list(tmp_path: Path) -> None:
    host, made = works(3)

    async def arriving() -> AsyncIterator[Work]:
        for work in made:
            await anyio.lowlevel.checkpoint()
            yield work

    async with client(host) as px:
        assert len([o async for o in px.downloads(arriving(), tmp_path) if o.ok]) == 3


async def test_a_run_over_the_works_of_a_user(fake: FakePixiv, tmp_path: Path) -> None:
    author = next(iter(fake.world.works.values())).user_id
    async with fake.client(pace=None) as px:
        run = px.downloads(px.app.user.illusts(author), tmp_path, template="{user.id}/{id}_{part}")
        outcomes = [outcome async for outcome in run]
    assert outcomes
    assert all(name.startswith(f"{author}/") for name in saved(tmp_path))


async def test_what_the_list_raises_comes_out(tmp_path: Path) -> None:
    host, made = works(2)

    async def breaking() -> AsyncIterator[Work]:
        yield made[0]
        raise NotFound("no more of it")

    outcomes: list[DownloadOutcome] = []
    async with client(host) as px:
        with pytest.raises(NotFound, match="no more of it"):
            async for outcome in px.downloads(breaking(), tmp_path, limit=1):
                outcomes.append(outcome)
    assert [outcome.ok for outcome in outcomes] == [True]


async def test_a_file_whose_turn_comes_too_late_fails_at_once(tmp_path: Path) -> None:
    host, made = works(2)
    clock = FakeClock()
    async with Pixiv(transport=host, clock=clock) as px:
        slow = Pace(rate=0.01, burst=1)
        run = px.downloads(made, tmp_path, limit=1, pace=slow, patience=20)
        errors = [outcome.error async for outcome in run]
    assert [type(error) for error in errors] == [type(None), PatienceExceeded]
    assert clock.slept == []


def full_disk(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """There is room for so many files only."""
    original: Callable[..., Any] = Path.open
    left = after

    def open_file(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        nonlocal left
        if path.name.endswith(".part") and mode != "rb":
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, "no room")
        return original(path, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_file)


async def test_a_full_disk_ends_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host, made = works(50)
    full_disk(monkeypatch, after=3)
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads(made, tmp_path, limit=1)]
    assert [type(outcome.error) for outcome in outcomes][-1] is DiskFull
    assert len(host.seen) == len(outcomes) == 4


async def test_a_run_goes_on_where_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, made = works(10)
    full_disk(monkeypatch, after=3)
    async with client(host) as px:
        run = px.downloads(made, tmp_path, limit=1, stop_on=())
        errors = [type(outcome.error) async for outcome in run]
    assert errors == [type(None)] * 3 + [DiskFull] * 7


@pytest.mark.parametrize(("stop_on", "files"), [((Restricted,), 3), ((PixivError,), 3), ((), 10)])
async def test_a_run_stops_on_what_it_is_told_to(
    tmp_path: Path, stop_on: tuple[type[PixivError], ...], files: int
) -> None:
    host, made = works(10)
    host.misbehave = [None, None, instead(page(403))]
    async with client(host) as px:
        run = px.downloads(made, tmp_path, limit=1, stop_on=stop_on)
        assert len([outcome async for outcome in run]) == files


async def test_a_run_is_gone_on_with_by_another(tmp_path: Path) -> None:
    host, made = works(6, pages=2)
    broken: list[Misbehaviour | None] = [None, breaks_at(1000), None, breaks_at(1500)]
    host.misbehave = broken
    async with client(host) as px:
        first = [outcome async for outcome in px.downloads(made[:3], tmp_path, limit=1)]
    assert sum(outcome.ok for outcome in first) == 4
    sent = len(host.seen)
    async with client(host) as px:
        second = [outcome async for outcome in px.downloads(made, tmp_path, limit=1)]
    assert all(outcome.ok for outcome in second)
    assert sum(outcome.file.existed for outcome in second if outcome.file) == 4
    assert sorted(host.ranges[sent:]) == [""] * 6 + ["bytes=1000-", "bytes=1500-"]
    assert len(saved(tmp_path)) == 12


async def test_leaving_a_run_leaves_no_half_file_under_its_name(tmp_path: Path) -> None:
    host, made = works(20)
    async with client(host) as px:
        async for _ in px.downloads(made, tmp_path):
            break
    for name in saved(tmp_path):
        if not name.endswith((".part", ".json")):
            assert (tmp_path / name).read_bytes() == host.files[f"{FOLDER}/{name}"]
    assert len(host.seen) < 20


async def test_one_work_twice_in_a_run_is_sent_for_once(tmp_path: Path) -> None:
    host, made = works(1)
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads(made * 8, tmp_path, limit=8)]
    assert len(host.seen) == 1
    assert sum(outcome.file.existed for outcome in outcomes if outcome.file) == 7


async def test_progress_of_a_run(tmp_path: Path) -> None:
    host, made = works(4)
    del host.files[f"{FOLDER}/2_p0.png"]
    events: list[DownloadProgress] = []
    async with client(host) as px:
        async for _ in px.downloads(made, tmp_path, progress=events.append):
            pass
    last = events[-1]
    assert (last.files, last.failed, last.total) == (3, 1, 4)
    assert last.received == sum(len(content) for content in host.files.values())
    assert [event.files for event in events] == sorted(event.files for event in events)


class Halt(BaseException):
    """What is no `Exception`, as those of test frameworks are."""


@pytest.mark.parametrize("kind", [ZeroDivisionError, NotFound, Halt, KeyboardInterrupt])
@pytest.mark.parametrize("limit", [1, 4])
async def test_what_a_callback_raises_comes_out_of_a_run_as_it_is(
    tmp_path: Path, kind: type[BaseException], limit: int
) -> None:
    host, made = works(8)
    raised = kind()

    def tell(_: DownloadProgress) -> None:
        raise raised

    async with client(host) as px:
        with pytest.raises(kind) as caught:
            async for _ in px.downloads(made, tmp_path, limit=limit, progress=tell):
                pass
        assert caught.value is raised
        assert await px.download(made[0], tmp_path)


async def test_a_run_needs_an_entered_client(tmp_path: Path) -> None:
    host, made = works(1)
    px = client(host)
    with pytest.raises(PixivError, match="async with"):
        px.downloads(made, tmp_path)
    async with px:
        with pytest.raises(InvalidArgument):
            px.downloads(made, tmp_path, limit=0)
        with pytest.raises(InvalidArgument):
            px.downloads(made, tmp_path, template="../{id}")


async def test_an_evil_title_stays_in_the_folder(tmp_path: Path, fake: FakePixiv) -> None:
    async with fake.client(pace=None) as px:
        work = await px.app.illust.detail(kind_of_work(fake, "illust"))
        work.title = "../../../etc/passwd\x00"
        work.user.name = ".."
        files = await px.download(work, tmp_path / "here", template="{user.name}/{title}/{title}")
    for file in files:
        assert file.path.resolve().is_relative_to((tmp_path / "here").resolve())
    assert all(name.startswith("here/") for name in saved(tmp_path))


def test_works_made_by_hand_pass_as_they_are() -> None:
    _, [work] = works(1)
    assert work_of(work) is work

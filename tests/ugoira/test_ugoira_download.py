"""Ugoira from the fake pixiv to the disk, as everything they can be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, cast

import anyio
import pytest
from PIL import Image
from support.clock import FakeClock
from support.each import for_each
from support.image_host import ImageHost, breaks_at
from support.ugoira import archive_of, frames_of, picture, timeline_of

from pixivkit import Pixiv, Retry, unstructure
from pixivkit.download import DownloadProgress
from pixivkit.errors import AuthError, InvalidArgument, NotFound, TransportError, UgoiraError
from pixivkit.models.app import UgoiraFrame, UgoiraMetadata, ZipUrls
from pixivkit.testing import FakePixiv
from pixivkit.testing.records import Work, WorkPage
from pixivkit.ugoira import ExportFormat, UgoiraArchive, UgoiraFiles
from pixivkit.ugoira.timing import in_hundredths

pytestmark = pytest.mark.anyio

SIZES = [WorkPage(width=64, height=48) for _ in range(5)]
ENDINGS: dict[ExportFormat, str] = {"gif": ".gif", "webp": ".webp", "apng": ".png", "frames": ""}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=0)


@pytest.fixture
def ugoira(fake: FakePixiv) -> Work:
    work = fake.world.add_illust(fake.account, "動", kind="ugoira", pages=SIZES)
    work.delays = [67, 83, 120, 45, 500]
    return work


def saved(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


class TestExports:
    @for_each("format", [*ENDINGS])
    async def test_only_the_export_stays(
        self, fake: FakePixiv, ugoira: Work, format: ExportFormat, tmp_path: Path
    ) -> None:
        to = tmp_path / format
        async with fake.client() as px:
            [file] = await px.download(ugoira.id, to, ugoira=format)
        assert file.path == to / f"{ugoira.id}_ugoira{ENDINGS[format]}"
        assert [path.name for path in to.iterdir()] == [file.path.name]
        assert not file.existed
        if format == "frames":
            assert file.size == sum(path.stat().st_size for path in file.path.iterdir())
            animation = json.loads((file.path / "animation.json").read_text("utf-8"))
            assert [frame["delay"] for frame in animation["frames"]] == ugoira.delays
            return
        assert file.size == file.path.stat().st_size
        total = sum(delay for _, delay in timeline_of(file.path))
        wanted = ugoira.delays
        if format == "gif":
            wanted = [10 * delay for delay in in_hundredths(ugoira.delays)]
        assert total == sum(wanted)

    @pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
    @pytest.mark.parametrize("format", ["mp4", "webm"])
    async def test_videos(
        self, fake: FakePixiv, ugoira: Work, format: ExportFormat, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            [file] = await px.download(ugoira.id, tmp_path, ugoira=format)
        assert saved(tmp_path) == [f"{ugoira.id}_ugoira.{format}"]
        assert file.size > 0

    async def test_of_whatever_says_that_it_is_an_ugoira(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            ways: list[Any] = [
                ugoira.id,
                f"https://www.pixiv.net/artworks/{ugoira.id}",
                await px.app.illust.detail(ugoira.id),
                px.app.illust.detail(ugoira.id),
                await px.web.illust.detail(ugoira.id),
                await px.app.ugoira.metadata(ugoira.id),
            ]
            contents: list[bytes] = []
            for number, way in enumerate(ways):
                [file] = await px.download(way, tmp_path / str(number), ugoira="webp")
                assert file.path.name == f"{ugoira.id}_ugoira.webp"
                contents.append(file.path.read_bytes())
        assert contents == [contents[0]] * len(ways)

    async def test_the_largest_archive_is_used(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        ugoira.pages = [WorkPage(width=1000, height=500) for _ in ugoira.delays]
        async with fake.client() as px:
            [file] = await px.download(ugoira.id, tmp_path, ugoira="webp")
        with Image.open(file.path) as opened:
            assert opened.size == (1000, 500)
        assert file.url.endswith("_ugoira1920x1080.zip")

    async def test_named_by_the_template_with_a_sidecar(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            work = await px.app.illust.detail(ugoira.id)
            [file] = await px.download(
                work, tmp_path, ugoira="webp", template="{user.id}/{title} {id}", sidecar=True
            )
        folder = tmp_path / str(ugoira.user_id)
        assert file.path == folder / f"動 {ugoira.id}_ugoira.webp"
        written = json.loads((folder / f"{ugoira.id}.json").read_text("utf-8"))
        assert written == unstructure(work)

    async def test_other_works_are_what_they_always_are(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        other = fake.world.add_illust(fake.account, "静", pages=SIZES[:2])
        async with fake.client() as px:
            files = await px.download([other.id, ugoira.id], tmp_path, ugoira="webp")
        assert [file.path.name for file in files] == [
            *(f"{other.id}_p0.jpg", f"{other.id}_p1.jpg", f"{ugoira.id}_ugoira.webp"),
        ]


class TestAgain:
    async def test_what_was_exported_is_not_asked_for(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            work = await px.app.illust.detail(ugoira.id)
            [file] = await px.download(work, tmp_path, ugoira="webp")
            made = file.path.stat().st_ino
            sent = fake.count("app.ugoira.metadata")
            [again] = await px.download(work, tmp_path, ugoira="webp")
            assert (again.existed, again.size) == (True, file.size)
            assert (fake.count("app.ugoira.metadata"), sent) == (1, 1)
            [new] = await px.download(work, tmp_path, ugoira="webp", overwrite=True)
        assert not new.existed
        assert new.path.stat().st_ino != made

    async def test_an_archive_that_is_there_is_used_and_kept(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            [archive] = await px.download(ugoira.id, tmp_path)
            made = archive.path.stat().st_ino
            await px.download(ugoira.id, tmp_path, ugoira="gif")
        assert saved(tmp_path) == [f"{ugoira.id}_ugoira.gif", f"{ugoira.id}_ugoira.zip"]
        assert archive.path.stat().st_ino == made

    async def test_after_a_failure_the_archive_is_gone_on_with(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
        async with fake.client() as px:
            with pytest.raises(UgoiraError, match=rf"work {ugoira.id}.*more than 10 pixels"):
                await px.download(ugoira.id, tmp_path, ugoira="webp")
            assert saved(tmp_path) == [f"{ugoira.id}_frames.zip"]
            monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100_000)
            await px.download(ugoira.id, tmp_path, ugoira="webp")
        assert saved(tmp_path) == [f"{ugoira.id}_ugoira.webp"]

    async def test_several_at_once_share_the_archive(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px, anyio.create_task_group() as tasks:

            async def one(format: ExportFormat) -> None:
                await px.download(ugoira.id, tmp_path, ugoira=format)

            for format in ("webp", "gif", "apng", "webp"):
                tasks.start_soon(one, format)
        assert saved(tmp_path) == [f"{ugoira.id}_ugoira.{e}" for e in ("gif", "png", "webp")]


class TestOriginals:
    async def test_each_frame_as_it_was_uploaded(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            work = await px.app.illust.detail(ugoira.id)
            files = await px.download(work, tmp_path, ugoira="originals")
            metadata = await px.app.ugoira.metadata(ugoira.id)
            [third] = await px.download(work, tmp_path / "one", ugoira="originals", page=2)
        assert [file.path.name for file in files] == [
            f"{ugoira.id}_ugoira{n}.jpg" for n in range(5)
        ]
        delays = json.loads((tmp_path / f"{ugoira.id}_ugoira.json").read_text("utf-8"))
        assert delays == unstructure(metadata)
        assert third.path.read_bytes() == files[2].path.read_bytes()

    async def test_no_such_frame(self, fake: FakePixiv, ugoira: Work, tmp_path: Path) -> None:
        async with fake.client() as px:
            with pytest.raises(InvalidArgument, match=r"there is no page 5: .*pages 0 to 4"):
                await px.download(ugoira.id, tmp_path, ugoira="originals", page=5)

    async def test_the_archive_opens_with_the_metadata(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            [file] = await px.download(ugoira.id, tmp_path, ugoira="zip")
            metadata = await px.app.ugoira.metadata(ugoira.id)
        with UgoiraArchive(file.path, metadata.frames) as archive:
            assert [frame.size for frame in archive] == [(64, 48)] * 5


class TestRuns:
    async def test_each_is_an_outcome_and_failures_end_nothing(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        other = fake.world.add_illust(fake.account, "静", pages=SIZES[:2])
        seen: list[DownloadProgress] = []
        items = [other.id, 1, ugoira.id]
        async with fake.client() as px:
            run = px.downloads(items, tmp_path, ugoira="webp", progress=seen.append)
            done = [outcome async for outcome in run]
        assert {one.path.name for one in done if one.path} == {
            *(f"{other.id}_p0.jpg", f"{other.id}_p1.jpg", f"{ugoira.id}_ugoira.webp"),
        }
        [failed] = [one for one in done if one.error]
        assert (failed.index, type(failed.error)) == (1, NotFound)
        assert (seen[-1].files, seen[-1].failed) == (3, 1)
        assert {one.source.part for one in seen} == {"p0", "p1", "ugoira"}

    async def test_originals_are_outcomes_of_their_own(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            run = px.downloads([ugoira.id], tmp_path, ugoira="originals")
            done = [outcome async for outcome in run]
        assert sorted(one.source.page for one in done if one.source) == [0, 1, 2, 3, 4]
        assert all(one.ok for one in done)


class TestRefused:
    async def test_words_that_say_nothing(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        wrong = cast("UgoiraFiles", "avi")
        async with fake.client() as px:
            with pytest.raises(InvalidArgument, match="ugoira=: there is no format 'avi'"):
                await px.download(ugoira.id, tmp_path, ugoira=wrong)
            with pytest.raises(InvalidArgument, match="ugoira=: there is no format 'avi'"):
                px.downloads([ugoira.id], tmp_path, ugoira=wrong)
        assert fake.count("app.illust.detail") == 0

    async def test_without_ffmpeg_nothing_is_sent(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        async with fake.client() as px:
            with pytest.raises(UgoiraError, match="install ffmpeg"):
                await px.download(ugoira.id, tmp_path, ugoira="mp4")
        assert fake.count("app.illust.detail") == 0

    async def test_without_a_login_for_the_app(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client(app=None) as px:
            with pytest.raises(AuthError, match="RefreshToken"):
                await px.download(ugoira.id, tmp_path, ugoira="webp")

    async def test_metadata_that_does_not_fit(
        self, fake: FakePixiv, ugoira: Work, tmp_path: Path
    ) -> None:
        async with fake.client() as px:
            metadata = await px.app.ugoira.metadata(ugoira.id)
            metadata.frames.append(UgoiraFrame(file="../x.jpg", delay=10))
            with pytest.raises(UgoiraError, match=rf"work {ugoira.id}.*no plain file name"):
                await px.download(metadata, tmp_path, ugoira="webp")
        assert saved(tmp_path) == []


async def test_an_archive_that_breaks_off_is_gone_on_with(tmp_path: Path) -> None:
    folder = "/img-zip-ugoira/img/2026/03/14/12/00/00"
    delays = [60, 75]
    photos = [picture((90 * n, 10, 10), (300, 200), "JPEG") for n in range(2)]
    host = ImageHost({f"{folder}/5_ugoira1920x1080.zip": archive_of(photos, "jpg")})
    metadata = UgoiraMetadata(
        zip_urls=ZipUrls(medium=f"https://i.pximg.net{folder}/5_ugoira600x600.zip"),
        frames=frames_of(delays, "jpg"),
    )
    host.misbehave = [breaks_at(1500)]
    async with Pixiv(transport=host, clock=FakeClock(), retry=Retry(attempts=1)) as px:
        with pytest.raises(TransportError, match="connection reset"):
            await px.download(metadata, tmp_path, ugoira="webp")
        assert saved(tmp_path) == ["5_frames.zip.part", "5_frames.zip.part.json"]
        [file] = await px.download(metadata, tmp_path, ugoira="webp")
    assert host.seen[-1].headers["range"] == "bytes=1500-"
    assert saved(tmp_path) == ["5_ugoira.webp"]
    assert [delay for _, delay in timeline_of(file.path)] == delays

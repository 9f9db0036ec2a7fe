"""Videos, made with ffmpeg and measured with ffprobe; and what happens where it fails."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.each import for_each
from support.ugoira import archive_of, frames_of, left_in, picture, zip_of

from pixivkit.errors import UgoiraError
from pixivkit.ugoira import ExportFormat, export

MOVIES: tuple[ExportFormat, ...] = ("mp4", "webm")
DELAYS = [67, 83, 120, 1001, 1, 45, 70_001, 500]
SIZES = [(101, 75), (40, 90)]

with_ffmpeg = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("ffprobe")),
    reason="ffmpeg and ffprobe are not installed",
)

pytestmark = pytest.mark.anyio


def probe(path: Path) -> dict[str, Any]:
    """What ffprobe says of a video."""
    command = [
        *("ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format"),
        *("-show_entries", "packet=pts_time", str(path)),
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@with_ffmpeg
class TestVideos:
    @for_each("format", MOVIES)
    async def test_every_frame_has_its_delay(self, format: ExportFormat, tmp_path: Path) -> None:
        photos = [picture((30 * n, 90, 200), SIZES[0], "JPEG") for n in range(len(DELAYS))]
        path = tmp_path / f"140000001.{format}"
        await export(archive_of(photos, "jpg"), frames_of(DELAYS, "jpg"), path)
        found = probe(path)
        [stream] = found["streams"]
        assert (stream["width"], stream["height"], stream["pix_fmt"]) == (102, 76, "yuv420p")
        assert round(1000 * float(found["format"]["duration"])) == sum(DELAYS)
        starts = [round(1000 * float(packet["pts_time"])) for packet in found["packets"]]
        # The last one is there twice, the second time for a millisecond.
        assert starts == [0, *itertools.accumulate(DELAYS[:-1]), sum(DELAYS) - 1]

    @for_each("format", MOVIES)
    async def test_one_frame_of_a_millisecond(self, format: ExportFormat, tmp_path: Path) -> None:
        path = tmp_path / "a"
        await export(archive_of([picture()]), frames_of([1]), path, format=format)
        assert len(probe(path)["packets"]) == 1

    async def test_a_name_as_long_as_the_file_system_takes(self, tmp_path: Path) -> None:
        path = tmp_path / ("そ" * 83 + ".2.mp4")
        assert len(path.name.encode()) == 255
        await export(archive_of([picture()]), frames_of([100]), path)
        assert left_in(tmp_path) == [path.name]

    @for_each("format", MOVIES)
    async def test_frames_of_other_sizes(self, format: ExportFormat, tmp_path: Path) -> None:
        path = tmp_path / "a"
        photos = [picture(size=size) for size in SIZES]
        await export(archive_of(photos), frames_of([100, 100]), path, format=format)
        [stream] = probe(path)["streams"]
        assert (stream["width"], stream["height"]) == (102, 76)

    async def test_the_manifest_of_a_folder_is_for_ffmpeg(self, tmp_path: Path) -> None:
        photos = [picture((30 * n, 90, 200)) for n in range(len(DELAYS))]
        await export(archive_of(photos), frames_of(DELAYS), tmp_path / "frames")
        command = [
            *("ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", "frames.ffconcat"),
            *("-fps_mode", "vfr", "-enc_time_base", "1/1000", "-c:v", "ffv1", "out.mkv"),
        ]
        await anyio.run_process(command, cwd=tmp_path / "frames")
        duration = probe(tmp_path / "frames" / "out.mkv")["format"]["duration"]
        assert round(1000 * float(duration)) == sum(DELAYS)

    async def test_a_frame_that_cannot_be_decoded(self, tmp_path: Path) -> None:
        data = bytearray(picture(size=(64, 64)))
        at = data.index(b"IDAT") + 8
        data[at : at + 4] = b"\xff\xff\xff\xff"
        for format in MOVIES:
            with pytest.raises(UgoiraError, match="ffmpeg ended with status"):
                await export(
                    archive_of([picture(size=(64, 64)), bytes(data)]),
                    frames_of([50, 50]),
                    tmp_path / "a",
                    format=format,
                )
        assert left_in(tmp_path) == []


@pytest.fixture
def own_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for; what is made there is in another one."""
    if sys.platform == "win32":
        pytest.skip("scripts with a first line that says who runs them are for POSIX")
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return folder


def put_ffmpeg(folder: Path, script: str) -> None:
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


async def attempt(tmp_path: Path) -> None:
    await export(archive_of([picture()]), frames_of([50]), tmp_path / "out" / "a.mp4")


async def test_without_ffmpeg_it_says_what_to_do(own_ffmpeg: Path, tmp_path: Path) -> None:
    assert left_in(own_ffmpeg) == []
    with pytest.raises(UgoiraError, match=r"not installed \(install ffmpeg 5.1 or newer"):
        await attempt(tmp_path)


async def test_what_it_says_when_it_fails_is_told(own_ffmpeg: Path, tmp_path: Path) -> None:
    put_ffmpeg(own_ffmpeg, "echo 'no such encoder' >&2; exit 3")
    with pytest.raises(UgoiraError, match="ended with status 3: no such encoder"):
        await attempt(tmp_path)
    assert left_in(tmp_path / "temporary") == []
    assert "out" not in left_in(tmp_path)


async def test_it_is_killed_when_cancelled(own_ffmpeg: Path, tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    put_ffmpeg(own_ffmpeg, f"echo $$ > '{started}'; while :; do :; done")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(attempt, tmp_path)
        pid = int(await anyio.Path(started).read_text())
        tasks.cancel_scope.cancel()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    assert left_in(tmp_path / "temporary") == []
    assert "out" not in left_in(tmp_path)


async def test_frames_of_several_kinds(own_ffmpeg: Path, tmp_path: Path) -> None:
    put_ffmpeg(own_ffmpeg, "exit 0")
    data = zip_of([("000000.png", picture()), ("000001.png", picture(format="JPEG"))])
    with pytest.raises(UgoiraError, match="not jpeg and png"):
        await export(data, frames_of([50, 50]), tmp_path / "a.mp4")

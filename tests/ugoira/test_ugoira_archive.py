"""The frames in an archive; what is dangerous or damaged is refused."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.each import for_each
from support.ugoira import archive_of, frames_of, picture, zip_of

from pixivkit.errors import PixivError, StorageError, UgoiraError
from pixivkit.models.app import UgoiraFrame
from pixivkit.ugoira import ArchiveLimits, UgoiraArchive

PICTURES = [picture((40 * index, 90, 10)) for index in range(3)]
FRAMES = frames_of([60, 75, 133])
FILES = [(frame.file, data) for frame, data in zip(FRAMES, PICTURES, strict=True)]


def read(data: bytes, frames: list[UgoiraFrame] = FRAMES) -> list[bytes]:
    with UgoiraArchive(data, frames) as archive:
        return [frame.data for frame in archive]


def refused(data: bytes, frames: list[UgoiraFrame] = FRAMES) -> str:
    with pytest.raises(UgoiraError) as caught:
        read(data, frames)
    return caught.value.message


class TestFrames:
    def test_they_come_in_the_order_they_are_shown(self) -> None:
        order = [FRAMES[2], FRAMES[0], FRAMES[1], FRAMES[0]]
        with UgoiraArchive(archive_of(PICTURES), order) as archive:
            shown = list(archive)
            assert (len(archive), archive.duration_ms) == (4, 133 + 60 + 75 + 60)
            assert [frame.data for frame in archive] == [frame.data for frame in shown]
        assert [(frame.file, frame.delay) for frame in shown] == [
            (frame.file, frame.delay) for frame in order
        ]
        assert [frame.data for frame in shown] == [PICTURES[n] for n in (2, 0, 1, 0)]
        assert {(frame.kind, frame.size) for frame in shown} == {("png", (20, 14))}

    def test_from_a_path_a_binary_file_and_bytes(self, tmp_path: Path) -> None:
        data = archive_of(PICTURES)
        path = tmp_path / "frames.zip"
        path.write_bytes(data)
        file = io.BytesIO(data)
        for source in (path, str(path), file, data):
            with UgoiraArchive(source, FRAMES) as archive:
                assert [frame.data for frame in archive] == PICTURES
        assert not file.closed

    @for_each("format", ["JPEG", "PNG", "GIF"])
    def test_of_every_kind_that_pixiv_has(self, format: str) -> None:
        data = picture(format=format, size=(33, 21))
        with UgoiraArchive(archive_of([data]), frames_of([10])) as archive:
            [frame] = archive
        assert (frame.kind, frame.size) == (format.lower(), (33, 21))

    def test_packed_ones_and_files_that_are_none(self) -> None:
        files = [*FILES, ("animation.json", b"{}")]
        assert read(zip_of(files, zipfile.ZIP_DEFLATED)) == PICTURES

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StorageError, match=r"none\.zip: No such file"):
            UgoiraArchive(tmp_path / "none.zip", FRAMES)


def changed(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """An archive whose first entry says something else of itself."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in FILES:
            made.writestr(name, data)
        change(made.infolist()[0])
    return buffer.getvalue()


def linked(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def encrypted(entry: zipfile.ZipInfo) -> None:
    entry.flag_bits |= 1


def larger(entry: zipfile.ZipInfo) -> None:
    entry.file_size += 1


def twice() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return zip_of([*FILES, FILES[0]])


def overlapping() -> bytes:
    def moved(entry: zipfile.ZipInfo) -> None:
        entry.compress_size = entry.file_size = entry.file_size + 200

    return changed(moved)


def with_a_bomb() -> bytes:
    return zip_of([*FILES, ("x", bytes(20_000_000))], zipfile.ZIP_DEFLATED)


def lying_bomb() -> bytes:
    """The directory says 1,000 bytes, and as much more is packed as you like."""
    name = FRAMES[0].file
    data = bytearray(zip_of([(name, bytes(1_000_000))], zipfile.ZIP_DEFLATED))
    entry = data.rfind(b"PK\x01\x02")
    packed = struct.unpack("<I", data[entry + 20 : entry + 24])[0]
    assert packed > 900
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    return bytes(data)


class TestRefused:
    @for_each(
        "name",
        [
            *("../000000.png", "/etc/passwd", "C:\\000000.png", "a/b.png", "a\\b.png", ".."),
            *("c:x.png", "a\nb.png", "x" * 300, "folder/"),
        ],
        label=repr,
    )
    def test_names_that_lead_elsewhere(self, name: str) -> None:
        assert "is no plain file name" in refused(zip_of([*FILES, (name, PICTURES[0])]))
        if name != "folder/":
            frames = [*FRAMES, UgoiraFrame(file=name, delay=10)]
            assert "frame 3 is no plain file name" in refused(archive_of(PICTURES), frames)

    @for_each(
        "made, problem",
        [
            (lambda: changed(linked), "'000000.png' is a link"),
            (lambda: changed(encrypted), "'000000.png' is encrypted"),
            (lambda: changed(larger), "'000000.png' has two sizes"),
            (twice, "several files of the same name"),
            (overlapping, "overlaps another file"),
            (with_a_bomb, "'x' is more than 100 times larger than packed"),
            (lambda: archive_of(PICTURES[:2]), "lacks the frame '000002.png'"),
            (lambda: archive_of([*PICTURES[:2], b"no picture"]), "'000002.png' is no whole"),
            (lambda: archive_of([*PICTURES[:2], PICTURES[2][:-6]]), "'000002.png' is no whole"),
            (lambda: archive_of(PICTURES)[:-30], "lacks its end"),
            (lambda: b"", "no archive"),
            (lambda: PICTURES[0], "no archive"),
        ],
        label=lambda case: case[1],
    )
    def test_archives(self, made: Callable[[], bytes], problem: str) -> None:
        assert problem in refused(made())

    def test_a_bomb_that_says_it_is_small(self) -> None:
        assert "the archive is damaged: Bad CRC-32" in refused(lying_bomb(), FRAMES[:1])

    @for_each(
        "limits",
        [
            ArchiveLimits(frame_bytes=50),
            ArchiveLimits(total_bytes=100),
            ArchiveLimits(pixels=100),
        ],
    )
    def test_what_is_larger_than_the_caller_allows(self, limits: ArchiveLimits) -> None:
        with pytest.raises(UgoiraError, match=r"has more than|have more than"):
            list(UgoiraArchive(archive_of(PICTURES), FRAMES, limits=limits))

    def test_a_directory_that_is_a_bomb_itself(self) -> None:
        data = bytearray(archive_of(PICTURES))
        data[-10:-6] = struct.pack("<I", 1 << 30)
        assert "directory" in refused(bytes(data))

    @for_each(
        "frames, problem",
        [
            ([], "no frame is shown"),
            (frames_of([0, 0, 0]), "no frame is shown"),
            (frames_of([10, -1, 10]), "frame 1 is shown for -1 milliseconds"),
            (frames_of([10, 10, 1 << 40]), "frame 2 is shown for"),
            ([UgoiraFrame(delay=10)], "frame 0 is no plain file name: ''"),
        ],
        label=lambda case: case[1],
    )
    def test_metadata_that_cannot_be(self, frames: list[UgoiraFrame], problem: str) -> None:
        assert problem in refused(archive_of(PICTURES), frames)


GOOD = [archive_of(PICTURES), zip_of(FILES, zipfile.ZIP_DEFLATED)]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """An archive of which some bytes are others, or are missing."""
    data = bytearray(draw(st.sampled_from(GOOD)))
    # What is said of files is at the end; there most mistakes are possible.
    place = st.integers(0, len(data) - 1) | st.integers(len(data) - 220, len(data) - 1)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(place)
        data[at : at + 1] = draw(st.binary(min_size=0, max_size=3))
    return bytes(data)


@given(damaged())
def test_a_damaged_archive_raises_nothing_but_our_errors(data: bytes) -> None:
    with contextlib.suppress(PixivError):
        read(data)


@given(st.binary() | st.binary().map(lambda tail: b"PK\x03\x04" + tail + b"PK\x05\x06" + tail))
def test_neither_do_any_other_bytes(data: bytes) -> None:
    with pytest.raises(UgoiraError):
        read(data)

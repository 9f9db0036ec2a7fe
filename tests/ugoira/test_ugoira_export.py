"""Exports to pictures that play, and to folders, seen with Pillow."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import anyio
import anyio.from_thread
import anyio.lowlevel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support.each import for_each
from support.ugoira import (
    Colour,
    Timeline,
    archive_of,
    frames_of,
    left_in,
    merged,
    picture,
    timeline_of,
    zip_of,
)

from pixivkit.errors import FileNotWritable, InvalidArgument, StorageError, UgoiraError
from pixivkit.models.app import UgoiraMetadata
from pixivkit.ugoira import ExportFormat, export
from pixivkit.ugoira.timing import in_hundredths

pytestmark = pytest.mark.anyio

COLOURS: list[Colour] = [(250, 20, 30), (30, 200, 60), (10, 40, 220), (255, 255, 255)]
DELAYS = [67, 83, 120, 13, 1001, 45, 70_001, 500]
CHOSEN = [0, 1, 2, 3, 0, 0, 1, 2]
EXACT: tuple[ExportFormat, ...] = ("webp", "apng")
PICTURES: tuple[ExportFormat, ...] = ("webp", "apng", "gif")


def shown(delays: Sequence[int], chosen: Sequence[int] = CHOSEN) -> Timeline:
    return merged([(COLOURS[n], delay) for n, delay in zip(chosen, delays, strict=True)])


def stored(chosen: Sequence[int] = CHOSEN) -> bytes:
    return archive_of([picture(COLOURS[n]) for n in chosen])


def rounded(delays: Sequence[int]) -> list[int]:
    return [10 * hundredths for hundredths in in_hundredths(delays)]


def near(found: Timeline, wanted: Timeline) -> bool:
    """Whether two timelines are the same, with colours as a photo keeps them."""
    return [delay for _, delay in found] == [delay for _, delay in wanted] and all(
        abs(one - other) < 12
        for (colour, _), (meant, _) in zip(found, wanted, strict=True)
        for one, other in zip(colour, meant, strict=True)
    )


class TestDelays:
    @for_each("format", EXACT)
    async def test_each_to_the_millisecond(self, format: ExportFormat, tmp_path: Path) -> None:
        path = tmp_path / f"140000001.{format}"
        done = await export(stored(), frames_of(DELAYS), path, lossless=True)
        assert done == path
        found = timeline_of(path)
        assert found == shown(DELAYS)
        assert sum(delay for _, delay in found) == sum(DELAYS)

    async def test_in_a_gif_to_ten_without_drift(self, tmp_path: Path) -> None:
        path = await export(stored(), frames_of(DELAYS), tmp_path / "140000001.gif")
        found = timeline_of(path)
        assert found == shown(rounded(DELAYS))
        assert sum(delay for _, delay in found) == round(sum(DELAYS), -1)

    @for_each("format", PICTURES)
    async def test_for_ever(self, format: ExportFormat, tmp_path: Path) -> None:
        path = await export(stored(), frames_of(DELAYS), tmp_path / "a", format=format)
        with Image.open(path) as opened:
            assert (opened.info["loop"], cast("Any", opened).is_animated) == (0, True)

    @for_each("format", PICTURES)
    async def test_frames_that_all_look_alike(self, format: ExportFormat, tmp_path: Path) -> None:
        alike = [1, 1, 1]
        delays = [60, 75, 135]
        path = await export(stored(alike), frames_of(delays), tmp_path / "a", format=format)
        assert near(timeline_of(path), [(COLOURS[1], 270)])

    @for_each("format", PICTURES)
    async def test_frames_that_are_not_shown(self, format: ExportFormat, tmp_path: Path) -> None:
        delays = [0, 70, 0, 80, 0]
        path = await export(
            stored([0, 1, 2, 3, 0]), frames_of(delays), tmp_path / "a", format=format
        )
        assert near(timeline_of(path), [(COLOURS[1], 70), (COLOURS[3], 80)])

    @given(
        st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 300) | st.integers(0, 400_000)),
            min_size=1,
            max_size=6,
        ).filter(lambda frames: any(delay for _, delay in frames))
    )
    @settings(max_examples=40)
    def test_any(
        self, tmp_path_factory: pytest.TempPathFactory, frames: list[tuple[int, int]]
    ) -> None:
        folder = tmp_path_factory.mktemp("any")
        chosen, delays = [n for n, _ in frames], [delay for _, delay in frames]
        data = stored(chosen)

        async def all_formats() -> None:
            for format in PICTURES:
                await export(
                    data, frames_of(delays), folder / format, format=format, lossless=True
                )

        anyio.run(all_formats)
        for format in EXACT:
            assert timeline_of(folder / format) == shown(delays, chosen)
        assert timeline_of(folder / "gif") == shown(rounded(delays), chosen)


class TestPictures:
    async def test_small_changes_are_where_they_were(self, tmp_path: Path) -> None:
        made: list[Image.Image] = []
        for index in range(5):
            one = Image.new("RGB", (41, 33), (20, 90, 160))
            one.paste((255, 230, 0), (5 + 7 * index, 3 + 5 * index, 8 + 7 * index, 6 + 5 * index))
            made.append(one)
        data = archive_of([saved(one) for one in made])
        for format in PICTURES:
            path = await export(
                data, frames_of([50] * 5), tmp_path / "a", format=format, lossless=True
            )
            with Image.open(path) as opened:
                for index, one in enumerate(made):
                    opened.seek(index)
                    assert opened.convert("RGB").tobytes() == one.tobytes(), (format, index)

    async def test_other_sizes_are_made_to_fit(self, tmp_path: Path) -> None:
        red, green = COLOURS[0], COLOURS[1]
        data = archive_of([picture(red, (40, 20)), picture(green, (10, 10))])
        for format in PICTURES:
            path = await export(
                data, frames_of([50, 60]), tmp_path / "a", format=format, lossless=True
            )
            with Image.open(path) as opened:
                opened.seek(1)
                second = opened.convert("RGB")
            assert second.size == (40, 20)
            places = [second.getpixel(at) for at in ((0, 0), (20, 10), (39, 19))]
            assert places == [(255, 255, 255), green, (255, 255, 255)]

    async def test_every_mode(self, tmp_path: Path) -> None:
        modes = ("1", "L", "LA", "P", "RGB", "RGBA")
        jpegs = ("L", "RGB", "CMYK")
        files = [
            *((f"{n}.png", saved(Image.new(mode, (9, 9), 0))) for n, mode in enumerate(modes)),
            *((f"{n}.jpg", saved(Image.new(mode, (9, 9), 0), "JPEG"))
              for n, mode in enumerate(jpegs)),
        ]  # fmt: skip
        frames = frames_of([50] * len(files))
        for frame, (name, _) in zip(frames, files, strict=True):
            frame.file = name
        for format in PICTURES:
            path = await export(zip_of(files), frames, tmp_path / "a", format=format)
            assert sum(delay for _, delay in timeline_of(path)) == 50 * len(files)

    async def test_transparency_is_kept_where_there_can_be_any(self, tmp_path: Path) -> None:
        clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
        clear.paste((9, 80, 200, 255), (0, 0, 4, 4))
        data = archive_of([picture(COLOURS[0], (8, 8)), saved(clear), picture(size=(8, 8))])
        for format in PICTURES:
            path = await export(
                data, frames_of([50, 60, 70]), tmp_path / "a", format=format, lossless=True
            )
            with Image.open(path) as opened:
                opened.seek(1)
                second = opened.convert("RGBA")
            corner = (255, 255, 255, 255) if format == "gif" else (0, 0, 0, 0)
            assert second.getpixel((0, 0)) == (9, 80, 200, 255)
            assert second.getpixel((7, 7)) == corner, format

    async def test_the_quality_of_a_webp(self, tmp_path: Path) -> None:
        noise = Image.effect_noise((64, 64), 80).convert("RGB")
        data, frames = archive_of([saved(noise)]), frames_of([100])
        sizes = [
            (await export(data, frames, tmp_path / "a.webp", quality=quality)).stat().st_size
            for quality in (10, 50, 95)
        ]
        assert sizes == sorted(sizes)
        await export(data, frames, tmp_path / "a.webp", lossless=True)
        with Image.open(tmp_path / "a.webp") as opened:
            assert opened.convert("RGB").tobytes() == noise.tobytes()


def saved(made: Image.Image, format: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    made.save(buffer, format)
    return buffer.getvalue()


class TestFolder:
    async def test_frames_and_delays(self, tmp_path: Path) -> None:
        to = tmp_path / "140000001"
        await export(stored(), frames_of(DELAYS), to)
        assert left_in(to) == [
            *(f"{n:06}.png" for n in range(8)),
            "animation.json",
            "frames.ffconcat",
        ]
        assert (to / "000002.png").read_bytes() == picture(COLOURS[2])
        written = json.loads((to / "animation.json").read_text("utf-8"))
        assert written == {
            "mime_type": "image/png",
            "frames": [{"file": f"{n:06}.png", "delay": d} for n, d in enumerate(DELAYS)],
        }

    async def test_a_folder_that_was_there_is_replaced(self, tmp_path: Path) -> None:
        to = tmp_path / "140000001"
        await export(stored(), frames_of(DELAYS), to)
        (to / "mine.txt").write_text("mine")
        await export(stored([0]), frames_of([10]), to)
        assert left_in(to) == ["000000.png", "animation.json", "frames.ffconcat"]
        assert left_in(tmp_path) == ["140000001"]

    async def test_names_that_differ_in_case_alone(self, tmp_path: Path) -> None:
        frames = frames_of([10, 10])
        frames[0].file, frames[1].file = "a.png", "A.png"
        data = zip_of([("a.png", picture()), ("A.png", picture())])
        with pytest.raises(UgoiraError, match="in other letters"):
            await export(data, frames, tmp_path / "folder")
        assert left_in(tmp_path) == []


def with_broken_pixels() -> bytes:
    """A picture whose header and end are fine, and what is between them is not."""
    data = bytearray(picture((1, 2, 3), (64, 64)))
    at = data.index(b"IDAT") + 8
    data[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


def with_two_sizes() -> bytes:
    """A JPEG whose header says it is small, and then that it is large."""
    data = picture(format="JPEG")
    at = data.index(b"\xff\xc0")
    frame = bytearray(data[at : at + 19])
    frame[5:9] = struct.pack(">HH", 60_000, 60_000)
    return data[: at + 19] + bytes(frame) + data[at + 19 :]


class TestRefused:
    @for_each("made", [with_broken_pixels, with_two_sizes])
    async def test_frames_that_cannot_be_decoded(self, made: Any, tmp_path: Path) -> None:
        data = zip_of([("000000.png", picture()), ("000001.png", made())])
        for format in PICTURES:
            with pytest.raises(UgoiraError, match=r"'000001.png' (has|cannot|is)"):
                await export(data, frames_of([50, 50]), tmp_path / "a", format=format)
        assert left_in(tmp_path) == []

    async def test_more_pixels_than_pillow_takes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
        for format in PICTURES:
            with pytest.raises(UgoiraError, match=r"'000000.png' has more than 100 pixels"):
                await export(stored(), frames_of(DELAYS), tmp_path / "a", format=format)

    async def test_more_than_a_format_has_room_for(self, tmp_path: Path) -> None:
        data = archive_of([picture(size=(70_000, 1))])
        for format in ("gif", "webp"):
            with pytest.raises(UgoiraError, match="pixels in a row, and no more"):
                await export(data, frames_of([50]), tmp_path / "a", format=format)
        assert left_in(tmp_path) == []

    async def test_arguments(self, tmp_path: Path) -> None:
        data, frames = stored([0]), UgoiraMetadata(frames=frames_of([10])).frames
        with pytest.raises(InvalidArgument, match=r"names that end in '.avi': give format="):
            await export(data, frames, tmp_path / "a.avi")
        with pytest.raises(InvalidArgument, match="no format 'avi', only gif, webp"):
            await export(data, frames, tmp_path / "a", format=cast("Any", "avi"))
        with pytest.raises(InvalidArgument, match="from 0 to 100, not 101"):
            await export(data, frames, tmp_path / "a.webp", quality=101)

    async def test_a_place_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        for name in ("a.webp", "a"):
            with pytest.raises(StorageError) as caught:
                await export(stored([0]), frames_of([10]), tmp_path / "file" / name)
            assert not isinstance(caught.value, FileNotWritable)

    @given(st.binary(min_size=1, max_size=8), st.integers(0, 2000))
    @settings(max_examples=60)
    def test_a_frame_with_other_bytes_raises_nothing_but_our_errors(
        self, tmp_path_factory: pytest.TempPathFactory, other: bytes, at: int
    ) -> None:
        photo = bytearray(picture((90, 30, 10), (48, 48), "JPEG"))
        at %= len(photo)
        photo[at : at + len(other)] = other
        folder = tmp_path_factory.mktemp("any")
        frames = frames_of([50], "jpg")

        async def attempt() -> None:
            try:
                await export(archive_of([bytes(photo)], "jpg"), frames, folder / "a.gif")
            except UgoiraError:
                assert left_in(folder) == []

        anyio.run(attempt)


class StoppingFile(io.BytesIO):
    """An archive whose reader is cancelled after so many reads."""

    def __init__(self, data: bytes, scope: anyio.CancelScope, after: int) -> None:
        super().__init__(data)
        self.scope = scope
        self.left = after
        self.reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        if self.reads == self.left:
            anyio.from_thread.run_sync(self.scope.cancel)
        return super().read(size)


@pytest.mark.parametrize("format", [*PICTURES, "frames"])
async def test_cancelled_it_leaves_nothing_and_goes_no_further(
    format: ExportFormat, tmp_path: Path
) -> None:
    data, frames = stored([0, 1] * 40), frames_of([50] * 80)

    async def reads_when_cancelled(after: int) -> int:
        with anyio.CancelScope() as scope:
            file = StoppingFile(data, scope, after)
            await export(file, frames, tmp_path / "a", format=format)
        if after:
            assert scope.cancelled_caught
            assert left_in(tmp_path) == []
        return file.reads

    # A frame takes three reads.
    for after in (100, 300):
        assert await reads_when_cancelled(after) <= after + 6
    assert await reads_when_cancelled(0) > 310


@pytest.mark.parametrize("format", [*PICTURES, "frames"])
async def test_a_name_as_long_as_the_file_system_takes(
    format: ExportFormat, tmp_path: Path
) -> None:
    name = "そ" * 83 + "ugoira"
    assert len(name.encode()) == 255
    for _ in range(2):
        await export(stored([0, 1]), frames_of([50, 70]), tmp_path / name, format=format)
        assert left_in(tmp_path) == [name]

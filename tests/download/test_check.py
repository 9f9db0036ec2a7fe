"""Whether a file has its end is told by the file itself."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixivkit.download.check import EndCheck, is_complete
from pixivkit.file_kind import HEAD_BYTES, kind_of
from pixivkit.testing.picture_files import make_archive, make_picture

JPEG = make_picture("jpg", 40, 30, "sea")
PNG = make_picture("png", 40, 30, "sea")
GIF = make_picture("gif", 40, 30, "sea")
ZIP = make_archive([("000000.jpg", JPEG), ("000001.jpg", JPEG)])


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content


def jpeg_with_a_preview() -> bytes:
    """A whole JPEG in its metadata, stuffed bytes, restarts, and two scans."""
    scan = b"\x12\xff\x00\x34\xff\xd3\x56\xff\xff\x00" * 50
    head = b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + JPEG) + segment(0xC2, b"\x08" + bytes(14))
    scans = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + scan
    return head + scans + segment(0xC4, bytes(20)) + scans + b"\xff\xd9"


def webp() -> bytes:
    chunk = b"VP8 " + (10).to_bytes(4, "little") + bytes(10)
    return b"RIFF" + (4 + len(chunk)).to_bytes(4, "little") + b"WEBP" + chunk


def zip_of_a_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as outer:
        outer.writestr("inner.zip", ZIP)
        outer.comment = b"with a comment"
    return made.getvalue()


FILES = {
    "jpeg": JPEG,
    "jpeg with a preview": jpeg_with_a_preview(),
    "png": PNG,
    "gif": GIF,
    "webp": webp(),
    "zip": ZIP,
    "zip of a zip": zip_of_a_zip(),
}


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_is_complete(name: str) -> None:
    assert kind_of(FILES[name][:12]) == name.split()[0]
    assert is_complete(io.BytesIO(FILES[name]))


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere_is_not(name: str) -> None:
    whole = FILES[name]
    for cut in {
        *range(0, len(whole), max(1, len(whole) // 500)),
        *range(len(whole) - 40, len(whole)),
    }:
        assert not is_complete(io.BytesIO(whole[:cut])), cut


@pytest.mark.parametrize("name", ["jpeg", "jpeg with a preview", "png", "gif", "webp"])
def test_what_follows_the_end_of_a_picture_is_no_fault(name: str) -> None:
    assert is_complete(io.BytesIO(FILES[name] + b"added by a camera"))


@given(st.binary(max_size=300))
def test_other_bytes_are_no_file_of_pixivs(content: bytes) -> None:
    assert kind_of(b"<html>" + content) is None
    assert not is_complete(io.BytesIO(b"<html>" + content))


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200), st.integers(12, 60))
def test_broken_files_are_judged_without_an_error(name: str, noise: bytes, at: int) -> None:
    is_complete(io.BytesIO(FILES[name][:at] + noise))


def test_coded_data_longer_than_a_block_is_searched_across_its_blocks() -> None:
    head = b"\xff\xd8" + segment(0xDA, bytes(6))
    for length in range(256 * 1024 - 3, 256 * 1024 + 3):
        scan = b"\x55" * length
        assert is_complete(io.BytesIO(head + scan + b"\xff\x00" + b"\xff\xd9"))
        assert is_complete(io.BytesIO(head + scan + b"\xff\xd9"))
        assert not is_complete(io.BytesIO(head + scan + b"\xff\x00\xff"))


def passing(content: bytes, sizes: list[int]) -> bool:
    """Whether *content* has its end, told while it passes in pieces of these sizes."""
    watch = EndCheck()
    at = 0
    for size in (HEAD_BYTES, *sizes, len(content)):
        watch.feed(content[at : at + size])
        at += size
    return watch.is_complete()


SIZES = st.lists(st.integers(0, 400), max_size=30)


@given(st.sampled_from(sorted(FILES)), st.integers(12, 5000), st.binary(max_size=9), SIZES)
def test_a_file_that_passes_by_is_judged_like_one_that_is_there(
    name: str, cut: int, noise: bytes, sizes: list[int]
) -> None:
    whole = FILES[name]
    for content in (whole, whole + noise, whole[:cut], whole[:cut] + noise):
        assert passing(content, sizes) == is_complete(io.BytesIO(content))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_passes_by_byte_by_byte_is_judged_alike(name: str) -> None:
    whole = FILES[name]
    assert passing(whole, [1] * len(whole))
    for cut in (len(whole) - 1, len(whole) // 2, 20):
        assert not passing(whole[:cut], [1] * cut)


@given(st.binary(max_size=300), SIZES)
def test_any_bytes_that_pass_by_are_judged_alike(content: bytes, sizes: list[int]) -> None:
    starts = (
        b"\xff\xd8",
        b"\xff\xd8\xff\xda\0\3",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"PK\5\6",
        b"",
    )
    for start in starts:
        both = start + content
        assert passing(both, sizes) == is_complete(io.BytesIO(both))

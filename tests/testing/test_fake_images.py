"""The fake pixiv: images, and the pictures it makes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture, measure_picture
from pixivkit.testing.world import Work, WorkPage

pytestmark = pytest.mark.anyio

REFERER = {"referer": "https://www.pixiv.net/"}
S_PXIMG = "https://s.pximg.net/common/images"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=40, users=4)


@pytest.fixture
async def http(fake: FakePixiv) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(cast("Any", fake.application))
    async with httpx.AsyncClient(transport=transport, headers=REFERER) as client:
        yield client


@pytest.fixture
def work(fake: FakePixiv) -> Work:
    page = WorkPage(width=640, height=480, extension="png")
    return fake.world.add_illust(fake.account, "見本", pages=[page, page])


def lzw_pixels(data: bytes) -> bytes:
    """Decode the LZW data of a GIF with a minimum code size of 2, as any viewer does."""
    clear, end = 4, 5
    bits, width, at, out = int.from_bytes(data, "little"), 3, 0, bytearray()
    table: list[bytes] = []
    last = b""
    while True:
        code = bits >> at & (1 << width) - 1
        at += width
        if code == end:
            return bytes(out)
        if code == clear:
            table, width, last = [bytes([n]) for n in range(4)] + [b"", b""], 3, b""
            continue
        if not last:
            entry = table[code]
        else:
            entry = table[code] if code < len(table) else last + last[:1]
            if len(table) < 4096:
                table.append(last + entry[:1])
            if len(table) == 1 << width and width < 12:
                width += 1
        out += entry
        last = entry


def gif_pixels(content: bytes) -> bytes:
    at = 13 + 6
    while content[at] == 0x21:
        at += 2
        while content[at]:
            at += content[at] + 1
        at += 1
    assert content[at] == 0x2C
    at += 11
    data = b""
    while content[at]:
        data += content[at + 1 : at + 1 + content[at]]
        at += content[at] + 1
    assert content[at : at + 2] == b"\0\x3b"
    return lzw_pixels(data)


SIZES = [(1, 1), (2, 1), (17, 33), (400, 300), (1200, 900), (4000, 2500)]


@pytest.mark.parametrize("extension", ["jpg", "png", "gif"])
@pytest.mark.parametrize("size", SIZES)
def test_pictures_have_the_size_they_say(extension: str, size: tuple[int, int]) -> None:
    made = make_picture(extension, *size, "name")
    assert measure_picture(made) == (extension, *size)
    padded = make_picture(extension, *size, "name", 200_000)
    assert 200_000 <= len(padded) < 200_000 + max(len(made), 2_000)
    assert measure_picture(padded) == (extension, *size)
    assert make_picture(extension, *size, "other") != made


@pytest.mark.parametrize("size", SIZES)
def test_gifs_decode(size: tuple[int, int]) -> None:
    assert gif_pixels(make_picture("gif", *size, "name", 3_000)) == bytes(size[0] * size[1])


@pytest.mark.parametrize("size", SIZES)
def test_pngs_decode(size: tuple[int, int]) -> None:
    content, at, data = make_picture("png", *size, "name", 3_000), 8, b""
    while at < len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        chunk = content[at + 4 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length :][:4])[0] == zlib.crc32(chunk)
        data += chunk[4:] if chunk.startswith(b"IDAT") else b""
        at += 12 + length
    assert len(zlib.decompress(data)) == size[1] * (1 + (size[0] + 7) // 8)


@pytest.mark.parametrize("size", SIZES)
def test_jpegs_have_all_their_blocks(size: tuple[int, int]) -> None:
    content = make_picture("jpg", *size, "name")
    scan = content[content.index(b"\xff\xda") + 10 : -2]
    assert content[-2:] == b"\xff\xd9"
    assert b"\xff" not in scan
    bits = "".join(f"{byte:08b}" for byte in scan)
    blocks = -(-size[0] // 8) * -(-size[1] // 8)
    assert bits[:2] == "10"
    assert bits[9] == "0"
    assert set(bits[10 : 10 + 2 * (blocks - 1)]) <= {"0"}
    rest = bits[10 + 2 * (blocks - 1) :]
    assert len(rest) < 8
    assert set(rest) <= {"1"}


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\0" * 9])
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert measure_picture(content) is None


async def test_images_need_a_referer(http: httpx.AsyncClient, work: Work) -> None:
    url = work.original_url()
    refused = await http.get(url, headers={"referer": "https://example.com/"})
    assert refused.status_code == 403
    assert "html" in refused.headers["content-type"]
    served = await http.get(url, headers={"referer": "https://app-api.pixiv.net/"})
    assert served.status_code == 200
    assert served.headers["content-type"] == "image/png"
    assert measure_picture(served.content) == ("png", 640, 480)
    assert (await http.get(url)).content == served.content
    assert (await http.get(work.original_url(1))).content != served.content
    head = await http.head(url)
    assert (head.content, int(head.headers["content-length"])) == (b"", len(served.content))


async def test_smaller_images_are_smaller(http: httpx.AsyncClient, work: Work) -> None:
    for url, size in (
        (work.master_url(), (640, 480)),
        (work.master_url(1, size="540x540_70"), (540, 405)),
        (work.master_url(0, size="360x360_70", variant="square1200"), (360, 360)),
        (work.master_url(0, size="250x250_80_a2", variant="custom1200"), (250, 250)),
    ):
        served = await http.get(url)
        assert measure_picture(served.content) == ("jpg", *size), url


async def test_what_does_not_exist_is_not_found(http: httpx.AsyncClient, work: Work) -> None:
    url = work.original_url()
    for wrong in (
        url.replace(".png", ".jpg"),
        url.replace("_p0", "_p2"),
        url.replace("_p0", "_ugoira0"),
        url.replace("/2026/", "/2025/"),
        url.replace(str(work.id), "1"),
        work.master_url(2),
        work.zip_url(),
        "https://i.pximg.net/other",
    ):
        assert (await http.get(wrong)).status_code == 404, wrong


async def test_every_address_in_the_replies_is_served(
    fake: FakePixiv, http: httpx.AsyncClient
) -> None:
    urls: set[str] = set()
    async with fake.client() as px:
        async for work in px.app.search.illust("オリジナル"):
            images = work.image_urls
            urls |= {*work.original_urls, images.medium or "", images.square_medium or ""}
            urls.add(images.large or "")
            urls.add(work.user.profile_image_urls.medium or "")
        urls |= {cover.image_url or "" for cover in await px.app.upload.novel_covers()}
    urls |= {f"{S_PXIMG}/limit_sanity_level_360.png", f"{S_PXIMG}/no_profile.png"}
    assert len(urls) > 60
    for url in urls:
        assert (await http.get(url)).status_code == 200, url


async def test_uploads_are_served_as_they_were_sent(
    fake: FakePixiv, http: httpx.AsyncClient
) -> None:
    content = make_picture("gif", 9, 8, "mine")
    async with fake.client() as px:
        published = await px.publish(px.app.upload.illust("絵", [content]))
        work = await px.app.illust.detail(published.illust_id)
    served = await http.get(work.original_urls[0])
    assert (served.content, served.headers["content-type"]) == (content, "image/gif")


async def test_ugoira_come_as_frames_and_as_archives(
    fake: FakePixiv, http: httpx.AsyncClient
) -> None:
    ugoira = fake.world.add_illust(fake.account, "動", kind="ugoira")
    ugoira.pages = [WorkPage(width=1200, height=900) for _ in ugoira.delays]
    assert (await http.get(ugoira.original_url(2))).status_code == 200
    for size, width in ((600, 600), (1920, 1200)):
        served = await http.get(ugoira.zip_url(size))
        with zipfile.ZipFile(io.BytesIO(served.content)) as archive:
            assert archive.namelist() == ["000000.jpg", "000001.jpg", "000002.jpg"]
            assert archive.testzip() is None
            found = measure_picture(archive.read("000001.jpg"))
            assert found is not None
            assert found[1] == width
    assert (await http.get(ugoira.master_url())).status_code == 200


async def test_parts_of_images(http: httpx.AsyncClient, work: Work) -> None:
    url = work.original_url()
    whole = await http.get(url)
    size = len(whole.content)
    assert whole.headers["accept-ranges"] == "bytes"
    for asked, first, last in (
        ("bytes=10-19", 10, 19),
        ("bytes=50-", 50, size - 1),
        ("bytes=-7", size - 7, size - 1),
        (f"bytes=5-{size * 2}", 5, size - 1),
    ):
        part = await http.get(url, headers={"range": asked})
        assert part.status_code == 206
        assert part.content == whole.content[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
    beyond = await http.get(url, headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    odd = await http.get(url, headers={"range": "lines=1-2"})
    assert (odd.status_code, odd.content) == (200, whole.content)


async def test_parts_only_of_the_same_image(http: httpx.AsyncClient, work: Work) -> None:
    url = work.original_url()
    whole = await http.get(url)
    for validator in (whole.headers["etag"], whole.headers["last-modified"]):
        part = await http.get(url, headers={"range": "bytes=4-", "if-range": validator})
        assert part.status_code == 206
    changed = await http.get(url, headers={"range": "bytes=4-", "if-range": '"other"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    known = await http.get(url, headers={"if-none-match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


async def test_images_are_as_large_as_asked_for(
    fake: FakePixiv, http: httpx.AsyncClient, work: Work
) -> None:
    fake.images.least_bytes = 1_000_000
    served = await http.get(work.original_url())
    assert len(served.content) >= 1_000_000
    assert measure_picture(served.content) == ("png", 640, 480)


async def test_images_on_a_socket(fake: FakePixiv, work: Work) -> None:
    path = work.original_url().removeprefix("https://i.pximg.net")
    async with fake.serve() as server, httpx.AsyncClient(headers=REFERER) as client:
        url = f"{server.hosts.images}{path}"
        served = await client.get(url)
        assert measure_picture(served.content) == ("png", 640, 480)
        part = await client.get(url, headers={"range": "bytes=1-3"})
        assert (part.status_code, part.content) == (206, b"PNG")
        assert (await client.get(url, headers={"referer": ""})).status_code == 403
        head = await client.head(url)
        assert int(head.headers["content-length"]) == len(served.content)
    assert fake.count("images") == 4

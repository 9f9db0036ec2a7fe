"""Story 10: a picture is complete under its name, or not there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from support.image_host import ImageHost, breaks_at, instead, page

from pixivkit import Pixiv, Retry, structure
from pixivkit.errors import NotFound, PixivError, Restricted, TransportError
from pixivkit.testing import FakeClock
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

PATH = "/img-original/img/2026/03/14/12/00/00/140000001_p{}.png"
CONTENT = [make_picture("png", 40, 30, f"sea {number}", 10_000) for number in range(2)]
WORK = structure(
    "app.illust.detail",
    {
        "illust": {
            "id": 140000001,
            "user": {"id": 11000001},
            "page_count": 2,
            "meta_pages": [
                {"image_urls": {"original": f"https://i.pximg.net{PATH.format(number)}"}}
                for number in range(2)
            ],
        }
    },
)


@pytest.fixture
def host() -> ImageHost:
    return ImageHost({PATH.format(number): CONTENT[number] for number in range(2)})


def client(host: ImageHost) -> Pixiv:
    return Pixiv(transport=host, clock=FakeClock(), retry=Retry(attempts=1))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_10_a_picture_that_breaks_off_is_gone_on_with(
    host: ImageHost, tmp_path: Path
) -> None:
    host.misbehave = [None, breaks_at(4000)]
    async with client(host) as px:
        with pytest.raises(TransportError):
            await px.download(WORK, tmp_path)
    whole, half = tmp_path / "140000001_p0.png", tmp_path / "140000001_p1.png"
    assert sha256(whole.read_bytes()) == sha256(CONTENT[0])
    assert not half.exists()
    part = half.with_name(f"{half.name}.part")
    assert part.read_bytes() == CONTENT[1][:4000]

    async with client(host) as px:
        files = await px.download(WORK, tmp_path)
    assert [file.existed for file in files] == [True, False]
    assert sha256(half.read_bytes()) == sha256(CONTENT[1])
    assert host.ranges == ["", "", "bytes=4000-"]
    assert all(seen.headers["referer"].endswith("pixiv.net/") for seen in host.seen)
    assert names(tmp_path) == {whole.name, half.name}


@pytest.mark.parametrize("status", [200, 403, 404, 500])
async def test_10_a_page_never_gets_onto_the_disk(
    host: ImageHost, tmp_path: Path, status: int
) -> None:
    host.misbehave = [instead(page(status, "<html><body>403 Forbidden</body></html>"))]
    async with client(host) as px:
        with pytest.raises({403: Restricted, 404: NotFound}.get(status, PixivError)):
            await px.download(WORK, tmp_path)
    assert names(tmp_path) == set()

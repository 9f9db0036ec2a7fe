"""Values that pixiv should not send: each harms its own file, and no name leaves its folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.clock import FakeClock
from support.image_host import ImageHost, reply, with_headers

from pixivkit import Pixiv, Retry, structure, unstructure
from pixivkit.download import DownloadItem, Source, Work, original_candidates, work_of
from pixivkit.download.image_url import ImageUrl, extension_of
from pixivkit.errors import DecodeError, PixivError, StorageError, UnexpectedHost
from pixivkit.models.app import (
    Illust,
    ImageUrls,
    MetaPage,
    MetaSinglePage,
    Novel,
    UgoiraMetadata,
    User,
    ZipUrls,
)
from pixivkit.models.web.illust import IllustDetail
from pixivkit.models.web.illust_image import IllustImage, IllustImageUrls, IllustUrls
from pixivkit.models.web.work import IllustThumb
from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

DATE = "2026/03/14/12/00/00"
FOLDER = f"/img-original/img/{DATE}"
PATH = f"{FOLDER}/140000001_p0.png"
URL = f"https://i.pximg.net{PATH}"
CONTENT = make_picture("png", 40, 30, "sea", 10_000)
MANY = "9" * 5000

BAD_URLS = [
    "https://[::1",
    "https://]/a.png",
    "https://[i.pximg.net]/a.png",
    "https://i.pximg.net\u2100/a.png",
    "https://\u2170.pximg.net/a.png",
    "https://i.pximg.net:port/a.png",
    "https://i.pximg.net/a\nb.png",
    "https://i.pximg.net/a b.png",
    "https://i.pximg.net/\u4e2d.png",
    "https://i.pximg.net/\ud800.png",
    "//",
    "\x00",
    f"https://[{MANY}",
]


@pytest.fixture
def host() -> ImageHost:
    return ImageHost({PATH: CONTENT})


def client(host: ImageHost) -> Pixiv:
    return Pixiv(transport=host, clock=FakeClock(), retry=Retry(attempts=1))


def saved(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("url", BAD_URLS)
async def test_what_is_no_url_is_an_error_of_its_file(
    host: ImageHost, tmp_path: Path, url: str
) -> None:
    user = User(id=9)
    items: list[DownloadItem] = [
        url,
        IllustImage(urls=IllustImageUrls(original=url)),
        MetaPage(image_urls=ImageUrls(original=url)),
        Illust(id=1, user=user, meta_single_page=MetaSinglePage(original_image_url=url)),
        Illust(id=2, user=user, image_urls=ImageUrls(large=url)),
        IllustDetail(id=3, urls=IllustUrls(original=url), page_count=3),
        IllustThumb(id=4, url=url),
        Novel(id=5, user=user, image_urls=ImageUrls(large=url)),
        UgoiraMetadata(zip_urls=ZipUrls(medium=url)),
        URL,
    ]
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads(items, tmp_path)]
    failed = {outcome.index for outcome in outcomes if not outcome.ok}
    assert failed == set(range(len(items) - 1))
    assert all(isinstance(outcome.error, PixivError) for outcome in outcomes if outcome.error)
    assert len(host.seen) == 1
    assert saved(tmp_path) == ["140000001_p0.png"]


@given(st.text(max_size=40).map("https://".__add__) | st.text(max_size=40))
@example("https://[::1")
@example(f"https://i.pximg.net{FOLDER}/{MANY}_p0.png")
def test_any_text_as_a_url_is_a_work_or_a_typed_error(url: str) -> None:
    for what in (url, IllustThumb(id=4, url=url), MetaPage(image_urls=ImageUrls(original=url))):
        with contextlib.suppress(PixivError):
            work_of(what)
    assert extension_of(url) in ("", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".zip")
    original_candidates(url)


@pytest.mark.parametrize(
    "path",
    [
        f"{FOLDER}/{MANY}_p0.png",
        f"{FOLDER}/5_p{MANY}.png",
        f"/c/{MANY}/img-master/img/{DATE}/5_p0_master1200.jpg",
        f"/img-master/img/{DATE}/5_p0_{MANY}.jpg",
        f"/img-original/img/{'9' * 4}/99/99/99/99/99/5_p0.png",
    ],
)
async def test_thousands_of_digits_in_a_url_are_no_number(
    host: ImageHost, tmp_path: Path, path: str
) -> None:
    assert ImageUrl.parse(f"https://i.pximg.net{path}") is None
    host.files[path] = CONTENT
    async with client(host) as px:
        run = px.downloads([f"https://i.pximg.net{path}", URL], tmp_path)
        bad, good = [outcome async for outcome in run]
    assert bad.ok and good.ok


@pytest.mark.parametrize(
    "headers",
    [
        {"content_length": MANY},
        {"content_length": "\u0665"},
        {"content_length": "-1"},
        {"content_range": f"bytes 0-{MANY}/{MANY}"},
    ],
)
async def test_thousands_of_digits_in_a_header_are_no_size(
    host: ImageHost, tmp_path: Path, headers: dict[str, str]
) -> None:
    host.misbehave = [with_headers(**headers)]
    async with client(host) as px:
        [file] = await px.download(URL, tmp_path)
    assert file.path.read_bytes() == CONTENT


async def test_a_part_of_nonsense_is_a_typed_error(host: ImageHost, tmp_path: Path) -> None:
    host.misbehave = [
        lambda _, __: reply(206, CONTENT, {"content-range": f"bytes {MANY}-{MANY}/{MANY}"})
    ]
    async with client(host) as px:
        [bad] = [outcome async for outcome in px.downloads([URL], tmp_path)]
    assert isinstance(bad.error, PixivError)
    assert saved(tmp_path) == []


@pytest.mark.parametrize("moment", [dt.datetime.min, dt.datetime.max])
async def test_the_first_and_the_last_date_there_are(
    host: ImageHost, tmp_path: Path, moment: dt.datetime
) -> None:
    work = Work(id="1", sources=(Source((URL,)),), date=moment.replace(tzinfo=dt.UTC))
    async with client(host) as px:
        [file] = await px.download(work, tmp_path, template="{date:%Y}/{id}")
    assert file.path.exists()


async def test_more_pages_than_any_work_has_are_refused(host: ImageHost, tmp_path: Path) -> None:
    thumb = IllustThumb(id=4, url=f"https://i.pximg.net/img-master/img/{DATE}/4_p0_master1200.jpg")
    thumb.page_count = 10**12
    detail = IllustDetail(id=5, urls=IllustUrls(original=URL), page_count=10**12)
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads([thumb, detail, URL], tmp_path)]
    errors = {outcome.index: type(outcome.error) for outcome in outcomes}
    assert errors == {0: DecodeError, 1: DecodeError, 2: type(None)}


async def test_an_id_too_long_for_a_name_is_an_error_of_its_file(
    host: ImageHost, tmp_path: Path
) -> None:
    work = Work(id="9" * 4000, sources=(Source((URL,)),))
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads([work, URL], tmp_path)]
    errors = {outcome.index: type(outcome.error) for outcome in outcomes}
    assert errors == {0: StorageError, 1: type(None)}


async def test_the_sidecar_of_a_work_of_the_web_api(tmp_path: Path) -> None:
    fake = FakePixiv()
    work_id = next(
        work.id
        for work in fake.world.works.values()
        if not work.restrict and work.kind == "illust"
    )
    async with fake.client(pace=None) as px:
        detail = await px.web.illust.detail(work_id)
        await px.download(detail, tmp_path, sidecar=True)
        outcomes = [
            outcome
            async for outcome in px.downloads(
                [px.web.illust.detail(work_id)], tmp_path / "run", sidecar=True
            )
        ]
    assert all(outcome.ok for outcome in outcomes)
    for folder in (tmp_path, tmp_path / "run"):
        written = json.loads((folder / f"{work_id}.json").read_text("utf-8"))
        # Keys of JSON are text.
        assert written == json.loads(json.dumps(unstructure(detail)))
        assert structure("web.illust.detail", {"error": False, "body": written}) == detail


async def test_the_sidecar_holds_numbers_of_any_length(host: ImageHost, tmp_path: Path) -> None:
    metadata = Illust(id=1, title="Sea", total_view=10**30)
    work = Work(id="1", sources=(Source((URL,)),), metadata=metadata)
    async with client(host) as px:
        await px.download(work, tmp_path, sidecar=True)
    assert json.loads((tmp_path / "1.json").read_bytes())["total_view"] == 10**30


ENDINGS = [
    "/x.png",
    "/a/x.png",
    "/b/x.png",
    "/b/x.png?1",
    "/b/X.png",
    "/b/x.jpg",
    "/b/x%2e.png",
    "/a/..x..png",
    "/user-profile/img/2026/7_0a1b_170.png",
    "/user-profile/img/2025/7_0a1b_170.png",
    "/5.png",
    "/5_p0.png",
    "/novel5.png",
    "/c/a%2fb/img-master/img/2026/03/14/12/00/00/5_p0_master1200.jpg",
]


async def test_two_urls_that_are_of_no_work_never_share_a_file(tmp_path: Path) -> None:
    host = ImageHost({unquote(ending.partition("?")[0]): CONTENT for ending in ENDINGS})
    urls = [f"https://{name}.pximg.net{ending}" for ending in ENDINGS for name in ("i", "s")]
    async with client(host) as px:
        outcomes = [outcome async for outcome in px.downloads(urls, tmp_path)]
    assert all(outcome.file is not None and not outcome.file.existed for outcome in outcomes)
    targets = {str(outcome.path).casefold() for outcome in outcomes}
    assert len(targets) == len(urls)


HOSTILE = ["..", "../../x", "a/b", "C:x", "nul", "x\x00y", "\u202egpj", "x" * 500, "*?", ". "]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", [None, "{id}/{part}", "{part}/{id}", "{id} {title}"])
async def test_text_of_a_url_never_leaves_the_folder(
    host: ImageHost, tmp_path: Path, text: str, template: str | None
) -> None:
    work = Work(
        id=text, sources=(Source((URL,), text),), title=text, metadata=Illust(id=1, title=text)
    )
    inside = tmp_path / "inside"
    inside.mkdir()
    async with client(host) as px:
        try:
            files = await px.download(work, inside, template=template, sidecar=True)
        except PixivError:
            files = []
    assert all(file.path.resolve().is_relative_to(inside.resolve()) for file in files)
    assert all(name.startswith("inside/") for name in saved(tmp_path))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_characters="/"), max_size=30),
    st.text(st.characters(exclude_characters="/"), max_size=30),
    st.sampled_from(["png", "PNG", "exe", "p\u212a", "part", "json", "a b", "%00"]),
)
def test_the_parts_of_the_url_of_an_image_are_plain(size: str, rest: str, ext: str) -> None:
    url = f"https://i.pximg.net/c/{size}/img-master/img/{DATE}/5_p0{rest}.{ext}"
    image = ImageUrl.parse(url)
    if image is not None:
        assert image.name.isascii()
        assert image.name.replace("_", "").replace("-", "").isalnum()
        assert image.ext.isascii() and image.ext.isalnum()
    assert extension_of(url) in ("", ".png")


async def test_pages_that_say_they_are_one_page_are_several_files(tmp_path: Path) -> None:
    others = [f"/img-original/img/2026/03/14/12/00/0{n}/5_p0.png" for n in range(3)]
    contents = [make_picture("png", 8, 8, str(n), 1000) for n in range(3)]
    host = ImageHost(dict(zip(others, contents, strict=True)))
    pages = [MetaPage(image_urls=ImageUrls(original=f"https://i.pximg.net{o}")) for o in others]
    async with client(host) as px:
        work = Illust(id=5, user=User(id=9), meta_pages=pages, page_count=3)
        files = await px.download(work, tmp_path)
    assert [file.path.read_bytes() for file in files] == contents


async def test_the_host_is_named_where_nothing_was_sent(host: ImageHost, tmp_path: Path) -> None:
    async with client(host) as px:
        with pytest.raises(UnexpectedHost) as caught:
            await px.download(Work(id="1", sources=(Source(("https://[::1",)),)), tmp_path)
    assert caught.value.endpoint == "image"
    assert host.seen == []

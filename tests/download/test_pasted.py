"""DownloadRun of ids and of what people paste, and errors that name the work and the page."""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from support.clock import FakeClock
from support.image_host import ImageHost, instead, page

from pixivkit import Pixiv, Retry
from pixivkit.download import Downloadable, DownloadItem, Source, Work
from pixivkit.errors import (
    InvalidArgument,
    NotFound,
    PixivError,
    Restricted,
    ServerError,
    StorageError,
)
from pixivkit.models.app import Illust, User
from pixivkit.pixiv_url import UserRef, WorkRef, read_pixiv_url
from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

FOLDER = "/img-original/img/2026/03/14/12/00/00"


@pytest.fixture(scope="module")
def fake() -> FakePixiv:
    return FakePixiv(works=60)


@pytest.fixture
async def px(fake: FakePixiv) -> AsyncIterator[Pixiv]:
    async with fake.client(pace=None) as entered:
        yield entered


def manga(fake: FakePixiv, *, pages: int = 3) -> int:
    """The id of a work of some pages, which everybody may see."""
    return next(
        work.id
        for work in fake.world.works.values()
        if work.kind == "manga" and work.page_count >= pages and not work.restrict
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


FORMS = [
    "{}",
    " {}\n",
    "https://www.pixiv.net/artworks/{}",
    "<https://www.pixiv.net/en/artworks/{}>",
    "pixiv.net/i/{}?from=app#comments",
    "http://www.pixiv.net/member_illust.php?mode=medium&illust_id={}",
]


@pytest.mark.parametrize("form", FORMS)
async def test_a_work_is_downloaded_by_what_was_pasted(
    px: Pixiv, fake: FakePixiv, tmp_path: Path, form: str
) -> None:
    work_id = manga(fake)
    files = await px.download(form.format(work_id), tmp_path)
    known = await px.download(px.app.illust.detail(work_id), tmp_path)
    assert [file.path for file in files] == [file.path for file in known]
    assert len(files) == fake.world.works[work_id].page_count


async def test_a_work_is_downloaded_by_its_id(px: Pixiv, fake: FakePixiv, tmp_path: Path) -> None:
    work_id = manga(fake)
    given: list[Downloadable] = [work_id, str(work_id), WorkRef(work_id)]
    for number, what in enumerate(given):
        await px.download(what, tmp_path / str(number), sidecar=True)
    assert names(tmp_path / "0") == names(tmp_path / "1") == names(tmp_path / "2")
    assert f"{work_id}.json" in names(tmp_path / "0")


async def test_without_a_login_for_the_app_api_the_web_api_is_asked(
    fake: FakePixiv, tmp_path: Path
) -> None:
    work_id = manga(fake)
    async with fake.client(pace=None, app=None, web=None) as px:
        by_web = await px.download(work_id, tmp_path / "web")
    async with fake.client(pace=None) as px:
        by_app = await px.download(work_id, tmp_path / "app")
    assert [file.url for file in by_web] == [file.url for file in by_app]
    assert names(tmp_path / "web") == names(tmp_path / "app")


@pytest.mark.parametrize(
    "form",
    [
        "https://www.pixiv.net/artworks/{}#2",
        "https://www.pixiv.net/artworks/{}#big_1",
        "https://www.pixiv.net/member_illust.php?mode=manga_big&illust_id={}&page=1",
    ],
)
async def test_of_the_url_of_a_page_that_page_alone(
    px: Pixiv, fake: FakePixiv, tmp_path: Path, form: str
) -> None:
    work_id = manga(fake)
    [file] = await px.download(form.format(work_id), tmp_path)
    assert file.source.page == 1
    assert [name.rpartition(".")[0] for name in names(tmp_path)] == [f"{work_id}_p1"]


async def test_a_page_of_a_work_is_downloaded_alone(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    work_id = manga(fake)
    pages = await px.web.illust.pages(work_id)
    illust = await px.app.illust.detail(work_id)
    given: list[Downloadable] = [pages[1], illust.meta_pages[1], WorkRef(work_id, 1)]
    paths = [(await px.download(what, tmp_path))[0].path for what in given]
    [file] = await px.download(illust, tmp_path, page=1)
    assert {*paths, file.path} == {file.path}
    assert len(names(tmp_path)) == 1
    # What the caller says goes before what the URL says.
    [third] = await px.download(f"https://www.pixiv.net/artworks/{work_id}#1", tmp_path, page=2)
    assert third.source.page == 2


async def test_pages_apart_have_the_names_they_have_together(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    work_id = manga(fake)
    for number in range(1, 3):
        await px.download(work_id, tmp_path / "apart", page=number, template="{title} {id}")
    await px.download(work_id, tmp_path / "together", template="{title} {id}")
    assert set(names(tmp_path / "apart")) < set(names(tmp_path / "together"))


async def test_a_page_that_is_not_there_is_an_error(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    work_id = manga(fake)
    for what in (WorkRef(work_id, 500), f"https://www.pixiv.net/artworks/{work_id}#501"):
        with pytest.raises(InvalidArgument, match="no page 500") as caught:
            await px.download(what, tmp_path)
        assert caught.value.work_id == str(work_id)
    with pytest.raises(InvalidArgument, match=f"work {work_id}"):
        await px.download(work_id, tmp_path, page=500)
    assert names(tmp_path) == []


NO_WORKS = {
    "https://www.pixiv.net/novel/show.php?id=5": "novel 5",
    "https://www.pixiv.net/novel/series/5": r"series of novels 5.*series\(5, kind=.novel",
    "https://www.pixiv.net/users/11/novels": "novels of the user 11",
    "https://www.pixiv.net/users/11": r"the user 11.*px\.crawl\.user_works\(11\)",
    "https://www.pixiv.net/en/users/11/artworks": r"px\.crawl\.user_works\(11\)",
    "https://www.pixiv.net/users/11/bookmarks/artworks": r"px\.crawl\.bookmarks\(11\)",
    "https://www.pixiv.net/user/11/series/22": r"the user 11.*px\.crawl\.series\(22, kind",
    "https://www.pixiv.net/tags/%E7%8C%AB/artworks": r"px\.crawl\.tag\('猫'\)",
    "https://www.pixiv.net/ranking.php": r"px\.app\.illust\.ranking",
    "https://www.pixiv.net/bookmark_new_illust.php": r"px\.app\.illust\.follow\(\)",
    "https://www.pixiv.net/contest/": "no page that is known",
    "https://example.com/artworks/1": r"example\.com is no host",
    "cats": "no host of pixiv",
    "": "empty",
}


@pytest.mark.parametrize("text", NO_WORKS)
async def test_what_is_no_work_is_named_with_the_call_that_serves_it(
    px: Pixiv, fake: FakePixiv, tmp_path: Path, text: str
) -> None:
    sent = len(fake.log)
    with pytest.raises(InvalidArgument, match=NO_WORKS[text]):
        await px.download(text, tmp_path)
    [outcome] = [outcome async for outcome in px.downloads([text], tmp_path)]
    assert isinstance(outcome.error, InvalidArgument)
    assert len(fake.log) == sent


async def test_the_call_that_an_error_names_does_it(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    author = fake.world.works[manga(fake)].user_id
    read = read_pixiv_url(f"https://www.pixiv.net/users/{author}")
    assert isinstance(read, UserRef)
    run = px.downloads(px.crawl.user_works(read.id), tmp_path)
    assert any([outcome.ok async for outcome in run])


async def test_a_run_takes_ids_and_urls_and_names_what_failed(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    work_id = manga(fake)
    count = fake.world.works[work_id].page_count
    items: list[DownloadItem] = [
        work_id, f"pixiv.net/artworks/{work_id}#1", "cats", 1, 0, "9" * 30, True,
        WorkRef(work_id, 1), px.app.illust.detail(2),
    ]  # fmt: skip
    outcomes = [outcome async for outcome in px.downloads(items, tmp_path)]
    assert sum(outcome.ok for outcome in outcomes) == count + 2
    failed = {o.index: o.error for o in outcomes if o.error}
    assert {index: type(error) for index, error in failed.items()} == {
        2: InvalidArgument, 3: NotFound, 4: InvalidArgument, 5: InvalidArgument,
        6: InvalidArgument, 8: NotFound,
    }  # fmt: skip
    assert (failed[3].work_id, failed[8].work_id) == ("1", "2")
    assert "app.illust.detail: work 1: 404" in str(failed[3])


async def test_one_text_is_no_run(px: Pixiv, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match="list"):
        px.downloads("123", tmp_path)


def client(host: ImageHost) -> Pixiv:
    return Pixiv(transport=host, clock=FakeClock(), retry=Retry(attempts=1))


def work(*, pages: int) -> tuple[ImageHost, Work]:
    paths = [f"{FOLDER}/5_p{n}.png" for n in range(pages)]
    host = ImageHost({path: make_picture("png", 8, 8, path, 2000) for path in paths})
    sources = (Source((f"https://i.pximg.net{path}",), f"p{n}", n) for n, path in enumerate(paths))
    return host, Work(id="5", sources=tuple(sources))


FAILURES = [(page(404), NotFound), (page(403), Restricted), (page(500), ServerError)]


@pytest.mark.parametrize(("answer", "error"), FAILURES)
async def test_errors_name_the_work_the_page_and_the_file(
    tmp_path: Path, answer: httpx.Response, error: type[PixivError]
) -> None:
    host, made = work(pages=3)
    host.misbehave = [None, None, instead(answer)]
    async with client(host) as px:
        with pytest.raises(error, match=r"image: work 5 page 2 \(5_p2\.png\): ") as caught:
            await px.download(made, tmp_path)
    for named in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert (named.work_id, named.page, named.file) == ("5", 2, "5_p2.png")


async def test_errors_of_the_disk_name_the_work(tmp_path: Path) -> None:
    host, made = work(pages=1)
    (tmp_path / "file").write_text("no folder")
    async with client(host) as px:
        with pytest.raises(StorageError) as caught:
            await px.download(made, tmp_path / "file")
        described = Illust(id=5, user=User(id=9), page_count=1)
        described.meta_single_page.original_image_url = f"https://i.pximg.net{FOLDER}/5_p0.png"
        with pytest.raises(StorageError) as sidecar:
            await px.download(described, tmp_path / "file", sidecar=True)
    assert (caught.value.work_id, caught.value.page) == ("5", 0)
    assert (sidecar.value.work_id, sidecar.value.page) == ("5", None)


async def test_errors_of_works_that_cannot_be_seen_name_them(tmp_path: Path) -> None:
    async with client(ImageHost({})) as px:
        with pytest.raises(Restricted, match="work 77: ") as caught:
            await px.download(Illust(id=77, visible=False), tmp_path)
    assert caught.value.work_id == "77"


async def test_errors_of_a_file_that_is_of_no_work_name_the_file(tmp_path: Path) -> None:
    async with client(ImageHost({})) as px:
        with pytest.raises(NotFound, match=r"image: x_170\.png: 404") as caught:
            await px.download("https://i.pximg.net/user-profile/img/x_170.png", tmp_path)
    assert (caught.value.work_id, caught.value.file) == ("", "x_170.png")


async def test_a_series_goes_into_a_run(tmp_path: Path) -> None:
    fake = FakePixiv(works=120)
    series = next(one for one in fake.world.series.values() if len(one.work_ids) > 1)
    async with fake.client() as px:
        run = px.downloads(px.crawl.series(series.id, kind="illust"), tmp_path)
        outcomes = [outcome async for outcome in run]
    assert all(outcome.error is None for outcome in outcomes)
    found = {outcome.file.path.name.partition("_")[0] for outcome in outcomes if outcome.file}
    assert found == {str(work_id) for work_id in series.work_ids}

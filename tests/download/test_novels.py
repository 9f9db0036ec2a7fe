"""Novels and series of novels: text with pictures beside it, and books."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import anyio
import pytest
from support.clock import FakeClock

from pixivkit import Call, Pixiv, structure
from pixivkit.download import Downloadable, DownloadProgress
from pixivkit.errors import (
    AuthError,
    InvalidArgument,
    NotFound,
    PixivError,
    Restricted,
)
from pixivkit.models.app import NovelText
from pixivkit.pixiv_url import NovelRef, SeriesRef
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import Novel, NovelSeries

pytestmark = pytest.mark.anyio

TEXT = (
    "[chapter:灯台の[[rb:夜 > よる]]]\n一行目です <b>&amp;\n[uploadedimage:{picture}]\n[newpage]\n"
    "[pixivimage:{manga}-2]\n[pixivimage:{ugoira}]\n[[jumpuri:地図 > https://example.com/]][jump:1]"
)


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=60)


@pytest.fixture
async def px(fake: FakePixiv) -> AsyncIterator[Pixiv]:
    async with fake.client(pace=None) as entered:
        yield entered


def work_id(fake: FakePixiv, kind: str, pages: int = 1) -> int:
    return next(
        work.id
        for work in fake.world.works.values()
        if work.kind == kind and work.page_count >= pages
        and not (work.restrict or work.x_restrict or work.sanity_limited)
    )  # fmt: skip


def pictured(fake: FakePixiv, title: str = "手紙") -> Novel:
    """A novel with all kinds of pictures."""
    author = fake.world.works[work_id(fake, "manga", 2)].user_id
    novel = fake.world.add_novel(author, title, "", tags=["灯台"])
    picture = fake.world.add_novel_picture(novel)
    novel.text = TEXT.format(
        picture=picture.id, manga=work_id(fake, "manga", 2), ugoira=work_id(fake, "ugoira")
    )
    return novel


def series_of(fake: FakePixiv, count: int = 3) -> tuple[NovelSeries, list[Novel]]:
    novels = [pictured(fake, f"第{number}話") for number in range(1, count + 1)]
    return fake.world.add_novel_series(novels[0].user_id, "海鳴り", novels), novels


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def read(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {
            name: book.read(name).decode() for name in book.namelist() if "/images/" not in name
        }


def pictures(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return [name for name in book.namelist() if "/images/" in name]


async def test_a_novel_is_its_text_its_cover_and_its_pictures(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    novel = pictured(fake)
    files = await px.download(f"https://www.pixiv.net/novel/show.php?id={novel.id}", tmp_path)

    name, manga, ugoira = (
        f"novel{novel.id}", work_id(fake, "manga", 2), work_id(fake, "ugoira")
    )  # fmt: skip
    assert [file.path.stem for file in files] == [
        name,
        f"{name}_cover",
        f"{name}_{novel.pictures[0].id}",
        f"{name}_{manga}_p1",
        f"{name}_{ugoira}_p0",
    ]
    assert text_of(tmp_path / f"{name}.txt") == novel.text
    assert files[0].url == NovelRef(novel.id).url
    assert all(file.path.stat().st_size == file.size for file in files)
    assert files[0].left_out == ()


async def test_a_novel_may_be_given_in_many_ways(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    novel = pictured(fake)
    detail = await px.app.novel.detail(novel.id)
    text = await px.app.novel.text(novel.id)
    ways: list[Downloadable | Call[Any]] = [
        f"pixiv://novels/{novel.id}", NovelRef(novel.id), detail, text,
        px.app.novel.detail(novel.id), px.app.novel.text(novel.id),
    ]  # fmt: skip
    for number, way in enumerate(ways):
        await px.download(way, tmp_path / str(number))
        run = px.downloads([way], tmp_path / f"run {number}")
        assert all([outcome.ok async for outcome in run])
        assert names(tmp_path / str(number)) == names(tmp_path / "0")
        assert names(tmp_path / f"run {number}") == names(tmp_path / "0")


async def test_novels_of_a_user_are_downloaded(px: Pixiv, fake: FakePixiv, tmp_path: Path) -> None:
    novel = pictured(fake)
    run = px.downloads(px.app.user.novels(novel.user_id), tmp_path)
    outcomes = [outcome async for outcome in run]
    assert all(outcome.ok for outcome in outcomes)
    texts = {name for name in names(tmp_path) if name.endswith(".txt")}
    assert texts == {f"novel{one.id}.txt" for one in fake.world.novels_of(novel.user_id)}


async def test_names_follow_the_template_and_metadata_lies_beside(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    novel = pictured(fake, "手/紙")
    ref = NovelRef(novel.id)
    await px.download(ref, tmp_path / "a", template="{title}/{id}", sidecar=True)
    await px.download(ref, tmp_path / "b", template="{title}/{id}", sidecar=True, novel="epub")
    await px.download(ref, tmp_path / "c", template="{id} {part}")

    folder = Path("手_紙")
    assert {f"{folder}/novel{novel.id}.txt", f"{folder}/novel{novel.id}.json"} < names(
        tmp_path / "a"
    )
    assert names(tmp_path / "b") == {
        str(folder / f"novel{novel.id}.epub"), str(folder / f"novel{novel.id}.json")
    }  # fmt: skip
    assert f"novel{novel.id} text.txt" in names(tmp_path / "c")
    written = json.loads((tmp_path / "b" / folder / f"novel{novel.id}.json").read_bytes())
    detail = await px.app.novel.detail(novel.id)
    assert structure("app.novel.detail", {"novel": written}) == detail


async def test_a_book_holds_all_of_a_novel(px: Pixiv, fake: FakePixiv, tmp_path: Path) -> None:
    novel = pictured(fake)
    [file] = await px.download(NovelRef(novel.id), tmp_path, novel="epub")

    assert names(tmp_path) == {f"novel{novel.id}.epub"}
    assert file.size == file.path.stat().st_size
    written = read(file.path)
    for name, content in written.items():
        if name != "mimetype" and not name.endswith(".css"):
            ElementTree.fromstring(content.encode())
    first, second = written["EPUB/text/0001-1.xhtml"], written["EPUB/text/0001-2.xhtml"]
    assert "<p>一行目です &lt;b&gt;&amp;amp;</p>" in first
    assert second.count("<img") == 2 and 'href="0001-1.xhtml"' in second
    assert 'lang="ja"' in first
    assert len(pictures(file.path)) == 4
    package = written["EPUB/package.opf"]
    assert f'<dc:identifier id="id">{NovelRef(novel.id).url}</dc:identifier>' in package
    assert "<dc:language>ja</dc:language>" in package
    assert fake.world.users[novel.user_id].name in package
    assert "灯台の夜" in written["EPUB/nav.xhtml"]


async def test_a_book_is_the_same_whenever_it_is_made(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    novel = pictured(fake)
    [one] = await px.download(NovelRef(novel.id), tmp_path / "1", novel="epub")
    [other] = await px.download(NovelRef(novel.id), tmp_path / "2", novel="epub")
    assert one.path.read_bytes() == other.path.read_bytes()


async def test_a_series_is_all_its_novels_or_one_book(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    series, novels = series_of(fake)
    url = f"https://www.pixiv.net/novel/series/{series.id}"
    await px.download(url, tmp_path / "text")
    [book] = await px.download(url, tmp_path / "book", novel="epub", sidecar=True)
    run = [one async for one in px.downloads([SeriesRef(series.id)], tmp_path / "run")]

    assert {path.name for path in (tmp_path / "text").glob("*.txt")} == {
        f"novel{novel.id}.txt" for novel in novels
    }
    assert names(tmp_path / "run") == names(tmp_path / "text")
    assert all(outcome.ok for outcome in run)
    assert book.path.name == f"novelseries{series.id}.epub"
    assert names(tmp_path / "book") == {
        f"novelseries{series.id}.epub", f"novelseries{series.id}.json"
    }  # fmt: skip
    written = read(book.path)
    nav = written["EPUB/nav.xhtml"]
    assert nav.index("第1話") < nav.index("第2話") < nav.index("第3話")
    package = written["EPUB/package.opf"]
    assert f"<dc:title>{series.title}</dc:title>" in package
    assert '<meta property="belongs-to-collection" id="series">海鳴り</meta>' in package
    # The works are the same in all three, and each is in the book once.
    assert len([name for name in pictures(book.path) if "picture-" in name]) == 3 + 2


async def test_a_novel_knows_its_place_in_its_series(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    series, novels = series_of(fake)
    for place, novel in enumerate(novels, 1):
        [file] = await px.download(NovelRef(novel.id), tmp_path, novel="epub")
        package = read(file.path)["EPUB/package.opf"]
        assert f'property="group-position">{place}</meta>' in package
        assert SeriesRef(series.id).url in package


async def test_what_is_complete_is_not_fetched_again(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    novel = pictured(fake)
    detail = await px.app.novel.detail(novel.id)
    for form in ("text", "epub"):
        files = await px.download(detail, tmp_path, novel="text" if form == "text" else "epub")
        sent = len(fake.log)
        again = await px.download(detail, tmp_path, novel="text" if form == "text" else "epub")
        assert [file.path for file in again] == [file.path for file in files]
        assert all(file.existed for file in again)
        hosts = [seen.url for seen in list(fake.log)[sent:] if "pximg" in str(seen.url)]
        assert hosts == []
        # A book needs nothing at all, a text the page that says which pictures there are.
        assert len(fake.log) - sent <= (0 if form == "epub" else 9)
    novel.text = "新しい"
    await px.download(detail, tmp_path, novel="epub", overwrite=True)
    assert "新しい" in read(tmp_path / f"novel{novel.id}.epub")["EPUB/text/0001-1.xhtml"]


async def test_pictures_that_are_gone_or_restricted_are_left_out(
    px: Pixiv, fake: FakePixiv, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    novel = pictured(fake)
    private = fake.world.works[work_id(fake, "manga", 2)]
    private.restrict = 2
    private.user_id = next(one for one in fake.world.users if one != fake.account)
    novel.text += "\n[pixivimage:9][uploadedimage:77]"
    with caplog.at_level(logging.WARNING, "pixivkit"):
        files = await px.download(NovelRef(novel.id), tmp_path)
        [book] = await px.download(NovelRef(novel.id), tmp_path, novel="epub")

    for left_out in (files[0].left_out, book.left_out):
        assert [type(error) for error in left_out] == [Restricted, NotFound, NotFound]
        assert all(error.work_id == f"novel{novel.id}" for error in left_out)
        assert left_out[1].file == "[pixivimage:9]"
    assert f"novel{novel.id} goes without [pixivimage:9]" in caplog.text
    assert len(files) == 4
    page = read(book.path)["EPUB/text/0001-2.xhtml"]
    assert '<p class="left-out">[pixivimage:9]: ' in page
    assert page.count("left-out") == 3


async def test_a_novel_of_a_series_that_is_gone_does_not_cost_the_book(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    series, novels = series_of(fake)
    fake.fail_next("app.novel.text", status=404)
    [book] = await px.download(SeriesRef(series.id), tmp_path, novel="epub")

    assert [error.work_id for error in book.left_out] == [f"novel{novels[0].id}"]
    written = read(book.path)
    assert NovelRef(novels[0].id).url in written["EPUB/text/0001-1.xhtml"]
    assert "一行目" in written["EPUB/text/0002-1.xhtml"]
    assert "EPUB/cover.xhtml" in written

    fake.fail_next("app.novel.text", status=404, times=3)
    with pytest.raises(NotFound):
        await px.download(SeriesRef(series.id), tmp_path / "none", novel="epub")
    assert names(tmp_path / "none") == set()


async def test_a_failed_novel_of_a_series_does_not_cost_the_others(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    series, _ = series_of(fake)
    fake.fail_next("app.novel.text", status=404)
    run = px.downloads([SeriesRef(series.id)], tmp_path)
    outcomes = [outcome async for outcome in run]
    assert [type(one.error) for one in outcomes if not one.ok] == [NotFound]
    assert len([name for name in names(tmp_path) if name.endswith(".txt")]) == 2


async def test_trouble_that_may_pass_costs_the_book(fake: FakePixiv, tmp_path: Path) -> None:
    novel = pictured(fake)
    async with fake.client(pace=None, clock=FakeClock()) as px:
        text = await px.app.novel.text(novel.id)
        detail = await px.app.novel.detail(novel.id)
        fake.fail_next("app.illust.detail", status=500, times=99)
        for form in ("text", "epub"):
            with pytest.raises(PixivError) as caught:
                await px.download(
                    detail, tmp_path, novel="text" if form == "text" else "epub", patience=1
                )
            assert not isinstance(caught.value, NotFound | Restricted)
            assert caught.value.work_id == f"novel{novel.id}"
    assert isinstance(text, NovelText)
    assert not [name for name in names(tmp_path) if ".epub" in name]


async def test_a_novel_that_is_gone_or_restricted_says_so(px: Pixiv, tmp_path: Path) -> None:
    for form in ("text", "epub"):
        with pytest.raises(NotFound) as caught:
            await px.download(NovelRef(5), tmp_path, novel="text" if form == "text" else "epub")
        assert caught.value.work_id == "novel5"
        [outcome] = [one async for one in px.downloads([NovelRef(5)], tmp_path)]
        assert isinstance(outcome.error, NotFound)
    with pytest.raises(NotFound) as caught:
        await px.download(SeriesRef(5), tmp_path)
    assert caught.value.work_id == "novelseries5"
    stub = structure("app.novel.detail", {"novel": {"id": 7, "visible": False, "user": {"id": 0}}})
    with pytest.raises(Restricted, match="deleted") as restricted:
        await px.download(stub, tmp_path)
    assert restricted.value.work_id == "novel7"
    assert names(tmp_path) == set()


async def test_without_a_login_for_the_app_api_it_says_so(fake: FakePixiv, tmp_path: Path) -> None:
    novel = pictured(fake)
    async with fake.client(pace=None, app=None, web=None) as px:
        for what in (NovelRef(novel.id), SeriesRef(5)):
            with pytest.raises(AuthError, match="login"):
                await px.download(what, tmp_path)
    assert names(tmp_path) == set()


async def test_bad_wishes_are_refused(px: Pixiv, fake: FakePixiv, tmp_path: Path) -> None:
    novel = pictured(fake)
    sent = len(fake.log)
    with pytest.raises(InvalidArgument, match="page"):
        await px.download(NovelRef(novel.id), tmp_path, page=0)
    with pytest.raises(InvalidArgument, match="pdf"):
        await px.download(NovelRef(novel.id), tmp_path, novel="pdf")  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="several files"):
        await px.fetch(NovelRef(novel.id)).bytes()
    assert len(fake.log) == sent


async def test_a_book_that_is_left_leaves_nothing(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    series, _ = series_of(fake)
    with anyio.CancelScope() as scope:
        seen = fake.count("app.illust.detail")

        async def leave() -> None:
            while fake.count("app.illust.detail") == seen:
                await anyio.lowlevel.checkpoint()
            scope.cancel()

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(leave)
            await px.download(SeriesRef(series.id), tmp_path, novel="epub")
    assert scope.cancelled_caught
    assert names(tmp_path) == set()


async def test_progress_counts_what_was_found_on_the_way(
    px: Pixiv, fake: FakePixiv, tmp_path: Path
) -> None:
    novel = pictured(fake)
    told: list[DownloadProgress] = []
    files = await px.download(NovelRef(novel.id), tmp_path / "1", progress=told.append)
    assert (told[-1].files, told[-1].total) == (len(files), len(files))
    told.clear()
    run = px.downloads([NovelRef(novel.id)], tmp_path / "2", progress=told.append)
    assert len([outcome async for outcome in run]) == len(files)
    assert (told[-1].files, told[-1].total) == (len(files), len(files))

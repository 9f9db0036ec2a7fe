"""What a `Pixiv` saves a `Cluster` saves as well, to the byte: pages, ugoira, novels, books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from pixivkit import Retry
from pixivkit._core.basics.extras import is_installed
from pixivkit.cluster import Account, Cluster
from pixivkit.download import DownloadProgress
from pixivkit.errors import (
    ConnectionFailed,
    InvalidArgument,
    NotFound,
    ReplyTooLarge,
    UgoiraError,
)
from pixivkit.testing import FakePixiv, Server
from pixivkit.testing.world import Novel

from .accounts import accounts_of, at_home
from .nodes import RunningRay
from .object_store import PROTOCOL

pytestmark = pytest.mark.anyio


def is_open(work: Any) -> bool:
    return not (work.restrict or work.x_restrict or work.sanity_limited)


def work_id(fake: FakePixiv, kind: str, pages: int = 1) -> int:
    works = fake.world.works.values()
    return next(
        one.id for one in works if one.kind == kind and one.page_count >= pages and is_open(one)
    )


@attrs.frozen
class Place:
    """
    A fake with novels, and accounts that have their homes.

    Attributes:
        fake: The fake.
        server: Where it is served.
        accounts: The accounts.
        novels: The novels of a series.
        series: The id of the series.
    """

    fake: FakePixiv
    server: Server
    accounts: list[Account]
    novels: list[Novel]
    series: int

    def cluster(self, **options: Any) -> Cluster:
        return Cluster(self.accounts, hosts=self.server.hosts, **options)


@pytest.fixture(scope="module")
def place(running_ray: RunningRay) -> Iterator[Place]:
    del running_ray
    fake = FakePixiv(works=60)
    manga = work_id(fake, "manga", 2)
    author = fake.world.works[manga].user_id
    novels = [
        fake.world.add_novel(author, f"第{number}話", "", tags=["灯台"]) for number in (1, 2)
    ]
    for novel in novels:
        picture = fake.world.add_novel_picture(novel)
        novel.text = f"[chapter:夜]\n[uploadedimage:{picture.id}]\n[pixivimage:{manga}-2]"
    series = fake.world.add_novel_series(author, "海鳴り", novels)
    with fake.serve() as server:
        accounts = accounts_of(fake, 2)
        with at_home(accounts, server.hosts):
            yield Place(fake, server, accounts, novels, series.id)


def novel_url(novel: Novel) -> str:
    return f"https://www.pixiv.net/novel/show.php?id={novel.id}"


def series_url(at: Place) -> str:
    return f"https://www.pixiv.net/novel/series/{at.series}"


WANTED: dict[str, Callable[[Place], tuple[Any, dict[str, Any]]]] = {
    "pages": lambda at: (work_id(at.fake, "manga", 2), {"sidecar": True}),
    "one page": lambda at: (work_id(at.fake, "manga", 2), {"page": 1}),
    "archive": lambda at: (work_id(at.fake, "ugoira"), {}),
    "originals": lambda at: (work_id(at.fake, "ugoira"), {"ugoira": "originals"}),
    "gif": lambda at: (work_id(at.fake, "ugoira"), {"ugoira": "gif"}),
    "frames": lambda at: (work_id(at.fake, "ugoira"), {"ugoira": "frames"}),
    "text": lambda at: (novel_url(at.novels[0]), {"sidecar": True}),
    "book": lambda at: (novel_url(at.novels[0]), {"novel": "epub"}),
    "texts": lambda at: (series_url(at), {"template": "{user.id}/{title}_{part}"}),
    "book of a series": lambda at: (series_url(at), {"novel": "epub"}),
}


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("kind", ["folder", "store"])
async def test_files_are_the_same(kind: str, place: Place, tmp_path: Path) -> None:
    if not is_installed("PIL"):
        pytest.skip("Pillow is not installed")
    async with place.server.client() as alone, place.cluster() as px:
        for name, wanted in WANTED.items():
            what, options = wanted(place)
            mine, theirs = tmp_path / name / "mine", tmp_path / name / "theirs"
            to: Any = theirs if kind == "folder" else f"{PROTOCOL}://{theirs}"
            expected = await alone.download(what, mine, **options)
            files = await px.download(what, to, **options)
            assert content(theirs) == content(mine), name
            assert [file.size for file in files] == [file.size for file in expected], name
            root = theirs if kind == "folder" else Path()
            paths = [file.path.relative_to(root) for file in files]
            assert paths == [file.path.relative_to(mine) for file in expected], name

            asked = place.fake.count("images")
            again = await px.download(what, to, **options)
            assert all(file.existed for file in again), name
            assert place.fake.count("images") == asked, name
            assert content(theirs) == content(mine), name


async def test_a_run_saves_them_too_and_tells_what_is_wrong(place: Place, tmp_path: Path) -> None:
    told: list[DownloadProgress] = []
    ugoira, books = work_id(place.fake, "ugoira"), [novel_url(novel) for novel in place.novels]
    works: list[int | str] = [ugoira, *books]
    gone = "https://www.pixiv.net/novel/show.php?id=1"
    async with place.cluster() as px:
        run = px.downloads(
            [*works, gone], tmp_path, ugoira="frames", novel="epub", progress=told.append
        )
        outcomes = [outcome async for outcome in run]
        with pytest.raises(InvalidArgument, match="no format"):
            px.downloads(works, tmp_path, ugoira="avi")  # type: ignore[arg-type]
    assert [type(one.error) for one in outcomes if one.error] == [NotFound]
    assert sorted(one.path.name for one in outcomes if one.path) == sorted(
        [f"{ugoira}_ugoira", *(f"novel{novel.id}.epub" for novel in place.novels)]
    )
    assert (told[-1].files, told[-1].failed, told[-1].total) == (3, 1, 4)


async def test_what_cannot_be_made_is_told(place: Place, tmp_path: Path) -> None:
    """By the home: it may have what the program lacks."""
    broken = place.fake.world.add_illust(place.fake.account, "壊れた", kind="ugoira")
    broken.delays = [0] * len(broken.delays)
    async with place.cluster() as px:
        with pytest.raises(UgoiraError) as caught:
            await px.download(broken.id, tmp_path, ugoira="gif")
    assert caught.value.work_id == str(broken.id)


class TestIntoMemory:
    async def test_whole_and_in_pieces(self, place: Place, tmp_path: Path) -> None:
        manga = work_id(place.fake, "manga", 2)
        async with place.cluster() as px:
            [file] = await px.download(manga, tmp_path, page=1)
            expected = file.path.read_bytes()
            assert await px.fetch(manga, page=1).bytes() == expected
            async with px.fetch(manga, page=1) as stream:
                assert stream.size == len(expected)
                assert b"".join([chunk async for chunk in stream]) == expected
            async with px.fetch(manga, page=1) as stream:
                assert await anext(stream)
            reports = await px.accounts()
        assert sum(report.under_way for report in reports) == 0

    async def test_what_goes_wrong(self, place: Place) -> None:
        manga = work_id(place.fake, "manga", 2)
        async with place.cluster() as px:
            with pytest.raises(NotFound):
                await px.fetch(1).bytes()
            with pytest.raises(ReplyTooLarge):
                await px.fetch(manga, page=0).bytes(limit=100)
            with pytest.raises(InvalidArgument, match="page="):
                await px.fetch(manga).bytes()


async def test_a_home_without_a_way_out_takes_no_files_with_it(
    place: Place, tmp_path: Path
) -> None:
    """It fails at once, and so is never busy: it must not get all files for that."""
    lost = attrs.evolve(accounts_of(place.fake, 1)[0], image_proxy="http://127.0.0.1:9")
    ids = [one.id for one in place.fake.world.works.values() if is_open(one)][:12]
    async with Cluster(
        [lost, *place.accounts], hosts=place.server.hosts, retry=Retry(attempts=2)
    ) as px:
        outcomes = [one async for one in px.downloads(ids, tmp_path)]
    assert outcomes
    assert not [one.error for one in outcomes if one.error]


async def test_without_another_home_its_error_is_told(place: Place, tmp_path: Path) -> None:
    lost = attrs.evolve(accounts_of(place.fake, 1)[0], image_proxy="http://127.0.0.1:9")
    async with Cluster([lost], hosts=place.server.hosts, retry=Retry(attempts=1)) as px:
        with pytest.raises(ConnectionFailed) as caught:
            await px.download(work_id(place.fake, "manga", 2), tmp_path)
    assert caught.value.work_id


async def test_a_novel_is_read_by_a_home_with_a_login(place: Place, tmp_path: Path) -> None:
    """One that has a session of the web alone cannot."""
    login = place.fake.login()
    web = Account(f"{place.accounts[0].name}-web", web=login["web"], pace=None)
    async with Cluster([web, place.accounts[0]], hosts=place.server.hosts) as px:
        files = await px.download(novel_url(place.novels[0]), tmp_path)
    assert files[0].path.suffix == ".txt"


async def test_a_work_is_published_as_an_account(place: Place, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    async with place.cluster() as px:
        mine = px.account(px.names[0])
        published = await mine.publish(mine.app.upload.illust("灯台", [picture]))
        with pytest.raises(InvalidArgument, match=r"px\.account"):
            await px.publish(px.app.upload.illust("灯台", [picture]))
    assert published.illust_id in place.fake.world.works

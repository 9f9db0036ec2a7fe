"""What a view of the fake returns, and what the declaration and the example make of it."""

from __future__ import annotations

import pytest

from pixivkit.examples import examples_of
from pixivkit.testing import FakePixiv
from pixivkit.testing.views import VIEWS, Context, View
from pixivkit.testing.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=6)


def answer_with(monkeypatch: pytest.MonkeyPatch, name: str, view: View) -> None:
    monkeypatch.setitem(VIEWS, name, view)


def everything(context: Context) -> object:
    return context.world.newest(context.account)


async def test_a_whole_list_is_paged_and_the_example_stands_beside_it(
    fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "app.user.illusts", everything)

    async with fake.client() as px:
        pages = [page async for page in px.app.user.illusts(fake.account).pages()]

    works = [work.id for page in pages for work in page.items]
    assert works == [work.id for work in fake.world.newest(fake.user)]
    assert [len(page.items) for page in pages[:-1]] == [30] * (len(pages) - 1)
    author = pages[0].body.user
    assert author is not None
    assert author.name == examples_of("app.user.illusts")[0].reply["user"]["name"]


async def test_pages_by_number_offset_and_last_id_come_from_the_declaration(
    fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("web.follow.latest_illust", "web.user.bookmarks_illust", "web.illust.new"):
        answer_with(monkeypatch, name, everything)
    known = [work.id for work in fake.world.newest(fake.user)]

    async with fake.client() as px:
        numbered = [work.id async for work in px.web.follow.latest_illust()]
        moved = [work.id async for work in px.web.user.bookmarks_illust(fake.account, limit=40)]
        first = await px.web.user.bookmarks_illust(fake.account, limit=40).first()
        older = [work.id async for work in px.web.illust.new(limit=40)]

    assert numbered == moved == older == known
    assert first.body.total == len(known)


async def test_one_entity_is_in_the_shape_of_the_reply(
    fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = fake.world.newest(fake.user)[0]
    answer_with(monkeypatch, "app.illust.detail", lambda _: newest)

    async with fake.client() as px:
        work = await px.app.illust.detail(1)

    assert (work.id, work.title, work.user.id) == (newest.id, newest.title, newest.user_id)


async def test_changes_lie_over_the_example(
    fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = examples_of("web.user.bookmarks_illust")[0].reply["body"]
    author = fake.world.newest(fake.user)[0]
    answer_with(
        monkeypatch,
        "web.user.bookmarks_illust",
        lambda _: {"works": [author], "extraData.meta.title": "Changed"},
    )

    async with fake.client() as px:
        page = await px.web.user.bookmarks_illust(fake.account).first()

    assert [work.id for work in page.items] == [author.id]
    assert page.body.total == 1
    assert page.body.extra_data is not None
    assert page.body.extra_data.meta.title == "Changed"
    assert page.body.extra_data.meta.description == usual["extraData"]["meta"]["description"]


async def test_nothing_returned_leaves_the_example(
    fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "web.user.extra", lambda _: None)

    async with fake.client() as px:
        extra = await px.web.user.extra()

    assert extra.following == examples_of("web.user.extra")[0].reply["body"]["following"]


async def test_a_view_needs_no_example(fake: FakePixiv, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> object:
        raise LookupError(name)

    monkeypatch.setattr("pixivkit.testing.example_answers.examples_of", none)
    answer_with(monkeypatch, "web.user.extra", lambda _: {"following": 3})

    async with fake.client() as px:
        extra = await px.web.user.extra()

    assert (extra.following, extra.followers) == (3, None)


async def test_a_search_is_made_once_for_all_its_pages(
    fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    search = World.search

    def counted(world: World, word: str, *args: object, **given: object) -> object:
        searched.append(word)
        return search(world, word, *args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(World, "search", counted)
    async with fake.client() as px:
        app = [work.id async for work in px.app.search.illust("オリジナル")]
        web = [work.id async for work in px.web.search.artworks("オリジナル")]
        await px.app.search.illust("オリジナル").first()

    assert app == web
    assert fake.count("app.search.illust") > 2 and fake.count("web.search.artworks") > 1
    assert len(searched) == 3

"""What the fake answers where it simulates nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pixivkit.errors import InvalidArgument, NotFound
from pixivkit.examples import examples_of
from pixivkit.registry import REGISTRY, built_in_endpoints
from pixivkit.testing import FakePixiv
from pixivkit.testing.views import VIEWS

pytestmark = pytest.mark.anyio


@pytest.fixture
def static(monkeypatch: pytest.MonkeyPatch) -> None:
    """Endpoints of both APIs without their views."""
    for name in ("app.illust.detail", "web.illust.bookmark_add", "web.user.detail"):
        monkeypatch.delitem(VIEWS, name)


def test_no_endpoint_is_silently_static() -> None:
    """`nox -s generate` names them; a look at the list is part of every review."""
    page = (Path(__file__).parents[2] / "spec" / "endpoints.md").read_text("utf-8")
    named = re.findall(r"^\* `(.+)`$", page.partition("## Answered from examples")[2], re.M)
    fake = FakePixiv(works=1, users=2)

    assert named == [name for name in named if not fake.simulates(name)]
    declared = {endpoint.name for endpoint in built_in_endpoints()}
    assert all(fake.simulates(name) for name in declared - {*named})


def test_with_examples_for_answers_nothing_is_simulated_but_tokens() -> None:
    fake = FakePixiv(works=1, users=2, answers="examples")

    assert not fake.simulates("app.illust.detail")
    assert fake.simulates("oauth.auth.token_refresh")


def test_a_misspelled_name_is_refused() -> None:
    with pytest.raises(InvalidArgument, match=r"did you mean 'app.illust.detail'"):
        FakePixiv(works=1, users=2).simulates("app.illust.detial")


@pytest.mark.usefixtures("static")
async def test_an_example_has_the_id_that_was_asked_for() -> None:
    fake = FakePixiv(works=3, users=2)
    work_id = next(iter(fake.world.works))
    usual = examples_of("app.illust.detail")[0].reply

    async with fake.client() as px:
        work = await px.app.illust.detail(work_id)
        user = await px.web.user.detail(fake.account)

    assert work.id == work_id
    assert work.title == usual["illust"]["title"]
    assert not fake.simulates("app.illust.detail")
    assert user.user_id == fake.account


@pytest.mark.usefixtures("static")
async def test_the_argument_that_chooses_the_type_chooses_the_example() -> None:
    fake = FakePixiv(works=3, users=2)

    async with fake.client() as px:
        short = await px.web.user.detail(fake.account)
        full = await px.web.user.detail(fake.account, full=True)

    assert type(short) is REGISTRY["web.user.detail"].response
    assert type(full) is REGISTRY["web.user.detail"].variants["full"]


@pytest.mark.usefixtures("static")
async def test_what_the_world_does_not_hold_is_refused() -> None:
    fake = FakePixiv(works=3, users=2)

    async with fake.client() as px:
        with pytest.raises(NotFound):
            await px.app.illust.detail(1)
        with pytest.raises(NotFound):
            await px.web.illust.bookmark_add(1)
        with pytest.raises(NotFound):
            await px.web.user.detail(1)


async def test_the_items_of_an_example_are_the_whole_list(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakePixiv(works=3, users=2)
    for name in ("app.user.illusts", "web.search.artworks", "web.illust.new"):
        monkeypatch.delitem(VIEWS, name)

    async with fake.client() as px:
        mine = [work.id async for work in px.app.user.illusts(fake.account)]
        found = [work.id async for work in px.web.search.artworks("風景")]
        newest = [work.id async for work in px.web.illust.new()]

    usual = examples_of("app.user.illusts")[0].reply
    assert mine == [one["id"] for one in usual["illusts"]]
    assert found and newest
    assert len(set(found)) == len(found)

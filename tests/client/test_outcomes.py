"""What a run hands out: a call that succeeded, or one that failed, of one kind or of several."""

from __future__ import annotations

import copy
import pickle
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from pixivkit import ClientPool, Failed, Outcome, Page, Pixiv, PixivError, Prepared, Succeeded
from pixivkit.errors import NotFound
from pixivkit.models.app import Illust
from pixivkit.models.web.illust_image import IllustImage
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

MISSING = 999_999_999


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=60, users=3)


def visible(fake: FakePixiv) -> int:
    works = fake.world.works.values()
    return next(work.id for work in works if not (work.restrict or work.sanity_limited))


async def of_each_kind(fake: FakePixiv) -> tuple[Succeeded[Illust], Failed[Illust]]:
    async with fake.client(pace=None) as px:
        calls = [px.app.illust.detail(number) for number in (visible(fake), MISSING)]
        good, bad = [outcome async for outcome in px.bulk(calls, ordered=True)]
    assert isinstance(good, Succeeded)
    assert isinstance(bad, Failed)
    return good, bad


async def test_one_that_succeeded_has_a_value_and_no_error(fake: FakePixiv) -> None:
    good, _ = await of_each_kind(fake)
    assert good.ok is True
    assert good.error is None
    assert good.value.id == visible(fake)
    assert good.unwrap() is good.value
    assert good.fetched_at.tzinfo is not None
    assert (good.index, good.recorded, good.occurrence) == (0, False, 1)


async def test_one_that_failed_has_an_error_and_no_value(fake: FakePixiv) -> None:
    _, bad = await of_each_kind(fake)
    assert bad.ok is False
    assert bad.value is None
    assert isinstance(bad.error, NotFound)
    with pytest.raises(NotFound) as caught:
        bad.unwrap()
    assert caught.value is bad.error
    assert bad.fetched_at is not None
    assert (bad.index, bad.call.endpoint.name) == (1, "app.illust.detail")


async def test_they_match(fake: FakePixiv) -> None:
    def told(outcome: Outcome[Illust]) -> object:
        match outcome:
            case Succeeded(work):
                return work.id
            case Failed(NotFound() as error, index=index):
                return error, index
            case _:
                return None

    good, bad = await of_each_kind(fake)
    assert told(good) == visible(fake)
    assert told(bad) == (bad.error, 1)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
async def test_they_travel_without_their_client(fake: FakePixiv, protocol: int) -> None:
    good, bad = await of_each_kind(fake)
    assert pickle.loads(pickle.dumps(good, protocol)) == good == copy.copy(good)
    there = pickle.loads(pickle.dumps(bad, protocol))
    assert isinstance(there, Failed)
    assert (there.call, there.index, str(there.error)) == (bad.call, bad.index, str(bad.error))
    with pytest.raises(NotFound):
        there.unwrap()


async def test_what_failed_may_be_run_again(fake: FakePixiv) -> None:
    illust_id = visible(fake)
    fake.fail_next("app.illust.detail", status=404, body={"error": {"message": "not found"}})
    async with fake.client(pace=None) as px:
        failed = [
            outcome.call
            async for outcome in px.bulk([px.app.illust.detail(illust_id)])
            if outcome.error is not None
        ]
        again = [outcome.unwrap().id async for outcome in px.bulk(failed)]
    assert again == [illust_id]


def mixed(px: Pixiv | ClientPool, fake: FakePixiv) -> list[Any]:
    work = visible(fake)
    user = fake.world.works[work].user_id
    return [
        px.app.illust.detail(work),
        px.app.user.illusts(user),
        px.web.illust.pages(work),
        px.app.illust.detail(MISSING),
    ]


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("pooled", [False, True])
async def test_a_run_takes_calls_of_several_kinds_and_lists_among_them(
    fake: FakePixiv, pooled: bool, ordered: bool
) -> None:
    client = fake.client(pace=None)
    async with ClientPool([client]) if pooled else client as px:
        calls = mixed(px, fake)
        found = [outcome async for outcome in px.bulk(calls, ordered=ordered)]
    kinds: dict[int, set[type[object]]] = {}
    for outcome in found:
        kinds.setdefault(outcome.index, set()).add(type(outcome.value))
        assert outcome.call.endpoint is calls[outcome.index].endpoint
    assert kinds == {0: {Illust}, 1: {Page}, 2: {list}, 3: {type(None)}}
    assert [outcome.index for outcome in found if not outcome.ok] == [3]
    if ordered:
        indexes = [outcome.index for outcome in found]
        assert indexes == sorted(indexes)


async def test_lazily_as_well(fake: FakePixiv) -> None:
    async with fake.client(pace=None) as px:

        def some() -> Iterator[Prepared[Any]]:
            yield from mixed(px, fake)

        async def others() -> AsyncIterator[Prepared[Any]]:
            for one in mixed(px, fake):
                yield one

        first = {outcome.index async for outcome in px.bulk(some())}
        second = {outcome.index async for outcome in px.bulk(others())}
    assert first == second == {0, 1, 2, 3}


@pytest.mark.parametrize("pooled", [False, True])
async def test_gather_takes_several_kinds(fake: FakePixiv, pooled: bool) -> None:
    client = fake.client(pace=None)
    async with ClientPool([client]) if pooled else client as px:
        illust_id = visible(fake)
        work, pages = await px.gather(
            (px.app.illust.detail(illust_id), px.web.illust.pages(illust_id))
        )
        assert isinstance(work, Illust)
        assert isinstance(pages, list)
        assert all(isinstance(page, IllustImage) for page in pages)
        with pytest.raises(PixivError):
            await px.gather([px.app.illust.detail(illust_id), px.app.illust.detail(MISSING)])

"""The bot against a pixiv of its own: no account, no network, no waiting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from lighthouse_bot import Bot

from pixivkit import PixivError
from pixivkit.testing import PASSING_FAULTS, FakeClock, FakePixiv, FaultPlan, evenly

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Each test runs on both."""
    return str(request.param)


@pytest.fixture
def fake() -> FakePixiv:
    """A pixiv with nothing in it but what a test adds."""
    return FakePixiv(works=0)


@pytest.fixture
def clock() -> FakeClock:
    """Time that passes at once."""
    return FakeClock()


@pytest.fixture
async def bot(
    fake: FakePixiv, clock: FakeClock, tmp_path: Path, anyio_backend: str
) -> AsyncIterator[Bot]:
    """The bot, logged in to that pixiv."""
    async with fake.client(clock=clock) as px:
        yield Bot(px, tmp_path / anyio_backend)


async def test_it_keeps_what_people_like(bot: Bot, fake: FakePixiv) -> None:
    liked = fake.add_illust(title="岬の灯台", pages=2, tags=["灯台"], bookmarks=250)
    fake.add_illust(tags=["灯台"], bookmarks=3)
    fake.add_illust(tags=["駅"], bookmarks=900)

    report = await bot.round("灯台")

    assert [path.name for path in report.kept] == [f"{liked.id}_p0.jpg", f"{liked.id}_p1.jpg"]
    assert report.thanked == [liked.user_id]
    [comment] = fake.world.comments_on(liked.id)
    assert (comment.user_id, comment.text) == (fake.account, "素敵な灯台です")


async def test_it_sees_to_each_work_once(bot: Bot, fake: FakePixiv) -> None:
    fake.add_illust(tags=["灯台"], bookmarks=250)
    assert len((await bot.round("灯台")).kept) == 1
    assert (await bot.round("灯台")).kept == []

    later = fake.add_illust(tags=["灯台"], bookmarks=250)
    assert [path.name for path in (await bot.round("灯台")).kept] == [f"{later.id}_p0.jpg"]


async def test_it_leaves_out_what_is_not_for_all_ages(bot: Bot, fake: FakePixiv) -> None:
    fake.add_illust(tags=["灯台"], bookmarks=250, x_restrict=1)
    assert (await bot.round("灯台")).kept == []
    assert fake.count("images") == 0


async def test_one_that_fails_does_not_stop_the_others(bot: Bot, fake: FakePixiv) -> None:
    good = fake.add_illust(tags=["灯台"], bookmarks=250)
    gone = fake.add_illust(tags=["灯台"], bookmarks=250)
    fake.fail_next("app.illust.comment_add", status=404)

    report = await bot.round("灯台")

    assert list(report.failed) == [gone.id]
    assert report.thanked == [good.user_id]


async def test_it_waits_out_a_limit(bot: Bot, fake: FakePixiv, clock: FakeClock) -> None:
    fake.add_illust(tags=["灯台"], bookmarks=250)
    fake.fail_next("app.search.illust", status=429, headers={"retry-after": "60"})

    assert len((await bot.round("灯台")).kept) == 1
    assert sum(clock.slept) >= 60


async def test_it_comes_through_a_bad_day(bot: Bot, fake: FakePixiv) -> None:
    for _ in range(40):
        fake.add_illust(tags=["灯台"], bookmarks=250)
    fake.plan = FaultPlan(
        {"app.search.*": evenly(0.4, PASSING_FAULTS), "images": {"reset_midway": 0.3}}, seed=3
    )

    report = await bot.round("灯台")

    assert len(report.kept) == 40
    assert fake.plan.count() > 5


async def test_nothing_goes_to_the_real_pixiv(bot: Bot) -> None:
    with pytest.raises(RuntimeError, match="pixiv_network"):
        await anyio.connect_tcp("app-api.pixiv.net", 443)
    with pytest.raises(PixivError):
        await bot.px.app.illust.detail(1)

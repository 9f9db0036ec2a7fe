"""From entering a client to leaving it: nothing is sent, and nothing goes on, after that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.script import Seen

from pixivkit import ClientPool
from pixivkit.errors import PixivError
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


async def never(seen: Seen) -> Any:
    """A server that does not answer."""
    del seen
    await anyio.sleep_forever()


async def error_of(send: Callable[[], Awaitable[object]]) -> PixivError:
    with pytest.raises(PixivError) as caught:
        await send()
    return caught.value


class TestAfterLeaving:
    async def test_nothing_is_sent(self, tmp_path: Path) -> None:
        fake = FakePixiv()
        async with fake.serve() as server:
            async with server.client() as px:
                illust_id = next(iter(fake.world.works))
                work = await px.app.illust.detail(illust_id)
                late = px.with_options(patience=1.0)
            sent = len(fake.log)
            for send in (
                px.app.illust.detail(illust_id).response,
                px.app.illust.ranking().first,
                late.app.illust.detail(illust_id).response,
                lambda: px.gather([px.app.illust.detail(illust_id)]),
                lambda: px.download(work, tmp_path),
                lambda: px.publish(px.app.upload.illust("x", [b"x"])),
            ):
                error = await error_of(send)
                assert "the client was left: its `async with` has ended" in str(error)
                assert "enter it again" in str(error)
            assert len(fake.log) == sent

    async def test_the_error_names_the_call(self) -> None:
        async with FakePixiv().client() as px:
            pass
        error = await error_of(px.app.illust.detail(1).response)
        assert error.endpoint == "app.illust.detail"

    async def test_no_run_begins(self, tmp_path: Path) -> None:
        async with FakePixiv().client() as px:
            pass
        with pytest.raises(PixivError, match="the client was left"):
            px.bulk([px.app.illust.detail(1)])
        with pytest.raises(PixivError, match="the client was left"):
            px.downloads([], tmp_path)

    @pytest.mark.parametrize("ordered", [False, True])
    async def test_a_run_that_was_made_before_does_not_begin(self, ordered: bool) -> None:
        fake = FakePixiv()
        for client in (fake.client(), ClientPool([fake.client()])):
            async with client as px:
                run = px.bulk([px.app.illust.detail(1)], ordered=ordered)
            for _ in range(2):
                with pytest.raises(PixivError, match=r"the client was left.*enter it again"):
                    await anext(run)
        assert len(fake.log) == 0

    async def test_nor_does_one_of_downloads(self, tmp_path: Path) -> None:
        fake = FakePixiv()
        async with fake.client() as px:
            run = px.downloads([px.app.illust.detail(1)], tmp_path)
        with pytest.raises(PixivError, match=r"the client was left.*enter it again"):
            await anext(run)
        assert len(fake.log) == 0

    @pytest.mark.parametrize("ordered", [False, True])
    async def test_it_begins_when_the_client_is_entered_again(self, ordered: bool) -> None:
        fake = FakePixiv()
        illust_id = next(iter(fake.world.works))
        async with fake.serve() as server:
            async with server.client() as px:
                run = px.bulk([px.app.illust.detail(illust_id)], ordered=ordered)
            async with px:
                assert [outcome.call async for outcome in run] == [px.app.illust.detail(illust_id)]

    @pytest.mark.parametrize("ordered", [False, True])
    async def test_a_run_that_was_cut_off_does_not_pass_for_a_whole_one(
        self, ordered: bool
    ) -> None:
        fake = FakePixiv()
        async with fake.client(pace=None) as px:
            calls = [px.app.illust.detail(number) for number in fake.world.works]
            run = px.bulk(calls, ordered=ordered, limit=1)
            await anext(run)
        found = 1
        with pytest.raises(PixivError, match="the client was left before this run had ended"):
            async for _ in run:
                found += 1
        assert found < len(calls)
        with pytest.raises(StopAsyncIteration):
            await anext(run)

    async def test_one_that_was_closed_has_nothing_to_say(self) -> None:
        fake = FakePixiv()
        async with fake.client(pace=None) as px:
            run = px.bulk(px.app.illust.detail(number) for number in fake.world.works)
            await anext(run)
            await run.aclose()
        with pytest.raises(StopAsyncIteration):
            await anext(run)

    async def test_one_that_had_ended_is_handed_out_to_its_end(self) -> None:
        fake = FakePixiv()
        async with fake.client(pace=None) as px:
            run = px.bulk([px.app.illust.detail(next(iter(fake.world.works)))] * 3)
            await anext(run)
            await anyio.wait_all_tasks_blocked()
        assert len([outcome async for outcome in run]) == 2

    async def test_of_a_pool_neither(self) -> None:
        async with ClientPool([FakePixiv().client()]) as px:
            pass
        assert "the client was left" in str(await error_of(px.app.illust.detail(1).response))

    async def test_it_may_be_entered_again(self) -> None:
        fake = FakePixiv()
        illust_id = next(iter(fake.world.works))
        async with fake.serve() as server:
            px = server.client()
            for _ in range(3):
                async with px:
                    assert (await px.app.illust.detail(illust_id)).id == illust_id
        assert fake.count("app.illust.detail") == 3

    async def test_it_is_left_whatever_the_block_raised(self) -> None:
        px = FakePixiv().client()
        with pytest.raises(ZeroDivisionError):
            async with px:
                raise ZeroDivisionError
        assert "the client was left" in str(await error_of(px.app.illust.detail(1).response))


class TestWithoutEntering:
    async def test_calls_are_sent(self) -> None:
        fake = FakePixiv()
        px = fake.client()
        assert await px.app.illust.detail(next(iter(fake.world.works)))
        await px.aclose()
        assert await px.app.illust.detail(next(iter(fake.world.works)))
        await px.aclose()

    async def test_runs_say_what_they_need(self) -> None:
        px = FakePixiv().client()
        with pytest.raises(PixivError, match="use it inside `async with`"):
            px.bulk([px.app.illust.detail(1)])


class TestEnteringTwice:
    async def test_it_is_refused_and_the_first_goes_on(self) -> None:
        fake = FakePixiv()
        async with fake.client() as px:
            for again in (px, px.with_options(language="ja")):
                with pytest.raises(PixivError, match="entered already"):
                    await again.__aenter__()
            assert await px.app.illust.detail(next(iter(fake.world.works)))

    async def test_by_a_pool(self) -> None:
        fake = FakePixiv()
        first, second = fake.client(), fake.client()
        async with second:
            with pytest.raises(PixivError, match="entered already"):
                await ClientPool([first, second]).__aenter__()
            assert await second.app.illust.detail(next(iter(fake.world.works)))
        async with first:
            assert await first.app.illust.detail(next(iter(fake.world.works)))

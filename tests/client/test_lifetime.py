"""From entering a client to leaving it: nothing is sent, and nothing goes on, after that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.clock import FakeClock
from support.script import ScriptedTransport, Seen, illust_reply

from pixivkit import AccessToken, ClientPool, Pace, Pixiv
from pixivkit.errors import OutcomeUnknown, PixivError
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


async def never(seen: Seen) -> Any:
    """A server that does not answer."""
    del seen
    await anyio.sleep_forever()


def waiting_client(*, pace: Pace | None = None) -> Pixiv:
    return Pixiv(app=AccessToken("x"), transport=ScriptedTransport(never), pace=pace)


async def error_of(send: Callable[[], Awaitable[object]]) -> PixivError:
    with pytest.raises(PixivError) as caught:
        await send()
    return caught.value


async def error_when_left(px: Pixiv | ClientPool, send: Callable[[], Awaitable[object]]) -> Any:
    """What *send* raises that is under way in another task when *px* is left."""
    errors: list[PixivError] = []

    async def other_task() -> None:
        errors.append(await error_of(send))

    async with anyio.create_task_group() as others, px:
        others.start_soon(other_task)
        await anyio.wait_all_tasks_blocked()
    return errors[0]


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


class TestCallsOfOtherTasks:
    """The client is left while they are under way."""

    async def test_a_call_that_was_sent(self) -> None:
        px = waiting_client()
        error = await error_when_left(px, px.app.illust.detail(1).response)
        assert "the client was left meanwhile" in str(error)
        assert error.endpoint == "app.illust.detail"

    async def test_a_call_that_changes_something(self) -> None:
        px = waiting_client()
        error = await error_when_left(px, px.app.illust.delete(1).response)
        assert isinstance(error, OutcomeUnknown)
        assert "the client was left meanwhile" in str(error)

    async def test_a_call_that_waits_for_its_turn(self) -> None:
        px = Pixiv(
            app=AccessToken("x"),
            transport=ScriptedTransport(illust_reply),
            pace=Pace(rate=0.001, burst=1),
        )

        async def two_calls() -> None:
            await px.app.illust.detail(1)
            await px.app.illust.detail(2)

        assert "left meanwhile" in str(await error_when_left(px, two_calls))

    async def test_a_call_of_a_pool(self) -> None:
        pool = ClientPool([waiting_client(), waiting_client()])
        error = await error_when_left(pool, pool.app.illust.detail(1).response)
        assert "left meanwhile" in str(error)

    async def test_a_download(self, tmp_path: Path) -> None:
        px = waiting_client()
        url = "https://i.pximg.net/img-original/img/2024/01/01/00/00/00/1_p0.png"
        error = await error_when_left(px, lambda: px.download(url, tmp_path))
        assert "left meanwhile" in str(error)

    async def test_one_that_is_cancelled_as_well_just_ends(self) -> None:
        px = waiting_client()
        async with anyio.create_task_group() as others, px:
            others.start_soon(px.app.illust.detail(1).response)
            await anyio.wait_all_tasks_blocked()
            others.cancel_scope.cancel()

    async def test_those_that_ended_before_do_not_matter(self) -> None:
        transport = ScriptedTransport(illust_reply)
        async with Pixiv(
            app=AccessToken("x"), transport=transport, clock=FakeClock(), pace=None
        ) as px:
            await px.gather(px.app.illust.detail(number) for number in range(50))
        assert len(transport.seen) == 50

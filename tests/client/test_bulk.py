"""Many calls as a run: outcomes as they come, and nothing left behind."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.script import ScriptedTransport, Seen, app_error, illust_reply

from pixivkit import AccessToken, Bulk, BulkProgress, Call, Pixiv, errors
from pixivkit.models.app import Illust

pytestmark = pytest.mark.anyio


class Gate:
    """
    Holds each request until it is let through.

    Attributes:
        arrived: Ids that were asked for, in order.
        busy: How many requests wait.
        most: The most that ever waited at once.
        gone: How many were cancelled while they waited.
    """

    def __init__(self, *, open_: bool = False) -> None:
        self.arrived: list[int] = []
        self.busy = self.most = self.gone = 0
        self._open = open_
        self._through: dict[int, anyio.Event] = {}

    async def __call__(self, seen: Seen) -> httpx.Response:
        illust_id = int(seen.query["illust_id"])
        self.arrived.append(illust_id)
        self.busy += 1
        self.most = max(self.most, self.busy)
        try:
            await anyio.lowlevel.checkpoint()
            if not self._open:
                await self._event(illust_id).wait()
        except BaseException:
            self.gone += 1
            raise
        finally:
            self.busy -= 1
        if illust_id >= 1000:
            return app_error("The creator has limited who can view this content", 403)
        return illust_reply(seen)

    def let(self, *illust_ids: int) -> None:
        for illust_id in illust_ids:
            self._event(illust_id).set()

    def open(self) -> None:
        self._open = True
        self.let(*self._through)

    def _event(self, illust_id: int) -> anyio.Event:
        return self._through.setdefault(illust_id, anyio.Event())


def client(gate: Gate) -> Pixiv:
    return Pixiv(app=AccessToken("token"), transport=ScriptedTransport(gate), pace=None)


async def settled(run: Bulk[Illust]) -> list[int]:
    return [outcome.unwrap().id async for outcome in run]


async def test_every_call_has_an_outcome_with_its_place_and_its_value() -> None:
    gate = Gate(open_=True)
    async with client(gate) as px:
        calls = [px.app.illust.detail(i + 500) for i in range(100)]
        outcomes = [outcome async for outcome in px.bulk(calls)]
    assert sorted(outcome.index for outcome in outcomes) == list(range(100))
    for outcome in outcomes:
        assert outcome.ok
        assert outcome.call == calls[outcome.index]
        assert outcome.unwrap().id == outcome.index + 500
        assert outcome.value == outcome.unwrap()


async def test_no_more_than_the_limit_are_under_way_at_once() -> None:
    gate = Gate()
    async with client(gate) as px, anyio.create_task_group() as tasks:
        tasks.start_soon(settled, px.bulk([px.app.illust.detail(i) for i in range(100)], limit=7))
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 7
        gate.open()
    assert len(gate.arrived) == 100
    assert gate.most == 7


async def test_outcomes_come_as_they_finish() -> None:
    gate = Gate()
    async with client(gate) as px:
        run = px.bulk([px.app.illust.detail(i) for i in range(3)], limit=3)
        for illust_id in (2, 0, 1):
            gate.let(illust_id)
            assert (await anext(run)).index == illust_id
        with pytest.raises(StopAsyncIteration):
            await anext(run)


async def test_or_in_the_order_of_the_calls() -> None:
    gate = Gate()
    async with client(gate) as px, anyio.create_task_group() as tasks:
        run = px.bulk([px.app.illust.detail(i) for i in range(50)], limit=5, ordered=True)

        async def backwards() -> None:
            for illust_id in reversed(range(50)):
                await anyio.lowlevel.checkpoint()
                gate.let(illust_id)

        tasks.start_soon(backwards)
        assert await settled(run) == list(range(50))
    assert gate.most <= 5


async def test_one_failure_of_a_hundred_is_one_outcome() -> None:
    gate = Gate(open_=True)
    async with client(gate) as px:
        ids = [*range(40), 1000, *range(41, 100)]
        outcomes = {o.index: o async for o in px.bulk(px.app.illust.detail(i) for i in ids)}
    assert len(outcomes) == 100
    (failed,) = [outcome for outcome in outcomes.values() if not outcome.ok]
    assert failed.index == 40
    assert failed.value is None
    assert isinstance(failed.error, errors.Restricted)
    with pytest.raises(errors.Restricted):
        failed.unwrap()


@pytest.mark.parametrize("ordered", [False, True])
async def test_calls_are_taken_when_there_is_room_for_them(ordered: bool) -> None:
    gate = Gate(open_=True)
    taken = 0

    def calls(px: Pixiv) -> Iterator[Call[Illust]]:
        nonlocal taken
        while True:
            taken += 1
            yield px.app.illust.detail(taken)

    async with client(gate) as px:
        run = px.bulk(calls(px), limit=4, ordered=ordered)
        assert taken == 0
        for handed_out in range(1, 200):
            await anext(run)
            assert taken <= handed_out + 6 * 4
        await anyio.wait_all_tasks_blocked()
        assert taken <= 199 + 6 * 4
        await run.aclose()


@pytest.mark.parametrize("ordered", [False, True])
async def test_calls_may_come_from_an_asynchronous_iterable(ordered: bool) -> None:
    gate = Gate(open_=True)

    async def calls(px: Pixiv) -> AsyncIterator[Call[Illust]]:
        for i in range(30):
            await anyio.lowlevel.checkpoint()
            yield px.app.illust.detail(i)

    async with client(gate) as px:
        assert sorted(await settled(px.bulk(calls(px), limit=4, ordered=ordered))) == list(
            range(30)
        )


async def test_the_items_of_one_list_may_make_the_calls_of_a_run() -> None:
    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/v1/user/illusts":
            body = b'{"illusts": [{"id": 1}, {"id": 2}, {"id": 3}], "next_url": null}'
            return httpx.Response(200, content=body)
        return illust_reply(seen)

    px = Pixiv(app=AccessToken("token"), transport=ScriptedTransport(answer), pace=None)
    async with px:
        details = (px.app.illust.detail(work.id) async for work in px.app.user.illusts(7))
        assert sorted(await settled(px.bulk(details))) == [1, 2, 3]


@pytest.mark.parametrize("limit", [1, 4])
async def test_no_calls_make_an_empty_run(limit: int) -> None:
    async with client(Gate()) as px:
        assert await settled(px.bulk(list[Call[Illust]](), limit=limit)) == []


@pytest.mark.parametrize("ordered", [False, True])
async def test_an_iterable_that_raises_ends_the_run_with_what_it_raised(ordered: bool) -> None:
    gate = Gate(open_=True)

    def calls(px: Pixiv) -> Iterator[Call[Illust]]:
        yield px.app.illust.detail(1)
        raise LookupError("no more ids")

    async with client(gate) as px:
        with pytest.raises(LookupError, match="no more ids"):
            await settled(px.bulk(calls(px), limit=3, ordered=ordered))
        assert (await px.app.illust.detail(2)).id == 2


class Halt(BaseException):
    """What is no `Exception`, as those of test frameworks are."""


@pytest.mark.parametrize("kind", [ZeroDivisionError, Halt, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("ordered", [False, True])
async def test_what_a_callback_raises_comes_out_of_the_loop_as_it_is(
    kind: type[BaseException], ordered: bool
) -> None:
    gate = Gate(open_=True)

    def tell(progress: BulkProgress) -> None:
        if progress.done > 2:
            raise kind

    async with client(gate) as px:
        calls = [px.app.illust.detail(i) for i in range(20)]
        with pytest.raises(kind):
            await settled(px.bulk(calls, limit=4, ordered=ordered, progress=tell))
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 0
        assert (await px.app.illust.detail(500)).id == 500


async def test_leaving_the_loop_cancels_what_is_under_way_and_leaves_the_client_usable() -> None:
    gate = Gate()
    gate.let(0)
    async with client(gate) as px:
        async for outcome in px.bulk((px.app.illust.detail(i) for i in range(100)), limit=8):
            assert outcome.index == 0
            break
        gc.collect()
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 0
        sent = len(gate.arrived)
        assert sent <= 16
        gate.let(500)
        assert (await px.app.illust.detail(500)).id == 500
        assert len(gate.arrived) == sent + 1


async def test_leaving_it_does_the_same_when_the_calls_come_asynchronously() -> None:
    gate = Gate()
    gate.let(0)
    ended = False

    async def calls(px: Pixiv) -> AsyncIterator[Call[Illust]]:
        nonlocal ended
        try:
            for i in range(100):
                yield px.app.illust.detail(i)
        finally:
            ended = True

    async with client(gate) as px:
        async with px.bulk(calls(px), limit=8) as run:
            async for _ in run:
                break
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 0
        assert ended


async def test_an_exception_in_the_loop_comes_out_as_it_is_and_ends_the_run() -> None:
    gate = Gate()
    gate.let(0)
    async with client(gate) as px:
        with pytest.raises(ZeroDivisionError):
            async with px.bulk((px.app.illust.detail(i) for i in range(100)), limit=8) as run:
                async for _ in run:
                    raise ZeroDivisionError
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 0


async def test_a_closed_run_hands_out_nothing_more() -> None:
    gate = Gate(open_=True)
    async with client(gate) as px:
        run = px.bulk([px.app.illust.detail(i) for i in range(10)], limit=2)
        await anext(run)
        await run.aclose()
        await run.aclose()
        with pytest.raises(StopAsyncIteration):
            await anext(run)


async def test_leaving_the_client_ends_the_runs_it_has() -> None:
    gate = Gate()
    gate.let(0)
    async with client(gate) as px:
        run = px.bulk([px.app.illust.detail(i) for i in range(100)], limit=8)
        await anext(run)
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 8
    assert gate.busy == 0
    assert gate.gone == 8
    await run.aclose()


async def test_a_run_that_never_began_leaves_nothing_behind() -> None:
    async with client(Gate()) as px:
        px.bulk([px.app.illust.detail(1)])
        gc.collect()


async def test_two_runs_at_once_do_not_disturb_each_other() -> None:
    gate = Gate(open_=True)
    found: dict[str, list[int]] = {}

    async def use(px: Pixiv, name: str, ids: range) -> None:
        found[name] = await settled(px.bulk([px.app.illust.detail(i) for i in ids], ordered=True))

    async with client(gate) as px, anyio.create_task_group() as tasks:
        tasks.start_soon(use, px, "one", range(50))
        tasks.start_soon(use, px, "two", range(100, 150))
    assert found == {"one": list(range(50)), "two": list(range(100, 150))}


async def test_cancelling_who_reads_the_run_leaves_nothing_behind() -> None:
    gate = Gate()
    async with client(gate) as px:
        with anyio.CancelScope() as scope:
            async with (
                px.bulk([px.app.illust.detail(i) for i in range(9)], limit=3) as run,
                anyio.create_task_group() as tasks,
            ):
                tasks.start_soon(settled, run)
                await anyio.wait_all_tasks_blocked()
                scope.cancel()
        await anyio.wait_all_tasks_blocked()
        assert gate.busy == 0


@pytest.mark.parametrize("kind", [ValueError, errors.NotFound, KeyboardInterrupt])
async def test_what_the_block_of_a_client_raises_comes_out_ungrouped(
    kind: type[BaseException],
) -> None:
    gate = Gate()
    gate.let(0)
    with pytest.raises(kind):
        async with client(gate) as px:
            run = px.bulk([px.app.illust.detail(i) for i in range(10)])
            await anext(run)
            raise kind
    assert gate.busy == 0


@pytest.mark.parametrize("limit", [0, -1])
async def test_a_limit_below_one_is_refused(limit: int) -> None:
    async with client(Gate()) as px:
        with pytest.raises(errors.InvalidArgument, match="limit"):
            px.bulk([px.app.illust.detail(1)], limit=limit)


async def test_a_client_that_was_not_entered_says_so() -> None:
    px = client(Gate())
    with pytest.raises(errors.PixivError, match="async with"):
        px.bulk([px.app.illust.detail(1)])

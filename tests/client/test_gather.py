"""Many calls as a list."""

from __future__ import annotations

from collections.abc import Iterator

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.script import ScriptedTransport, Seen, app_error, illust_reply

from pixivkit import AccessToken, Call, Pixiv, errors
from pixivkit.models.app import Illust

pytestmark = pytest.mark.anyio


class Slow:
    """Answers the later ids first; ids of 1000 and more are not there."""

    def __init__(self) -> None:
        self.asked = 0
        self.answered = 0

    async def __call__(self, seen: Seen) -> httpx.Response:
        self.asked += 1
        illust_id = int(seen.query["illust_id"])
        for _ in range(max(0, 50 - illust_id)):
            await anyio.lowlevel.checkpoint()
        self.answered += 1
        return app_error("", 404) if illust_id >= 1000 else illust_reply(seen)


def client(server: Slow) -> Pixiv:
    return Pixiv(app=AccessToken("token"), transport=ScriptedTransport(server), pace=None)


@pytest.mark.parametrize("limit", [1, 3, 100])
async def test_results_come_in_the_order_of_the_calls(limit: int) -> None:
    async with client(Slow()) as px:
        works = await px.gather((px.app.illust.detail(i) for i in range(40)), limit=limit)
    assert [work.id for work in works] == list(range(40))


async def test_the_first_failure_is_raised_as_it_is_and_the_rest_is_cancelled() -> None:
    server = Slow()
    async with client(server) as px:
        ids = [0, 1, 2, 1000, *range(3, 200)]
        with pytest.raises(errors.NotFound) as caught:
            await px.gather([px.app.illust.detail(i) for i in ids], limit=4)
        assert caught.value.endpoint == "app.illust.detail"
        assert (server.asked, server.answered) == (4, 1)
        assert (await px.app.illust.detail(5)).id == 5


async def test_an_iterable_that_raises_comes_out_as_it_is() -> None:
    def calls(px: Pixiv) -> Iterator[Call[Illust]]:
        yield px.app.illust.detail(1)
        raise LookupError("no more ids")

    async with client(Slow()) as px:
        with pytest.raises(LookupError, match="no more ids"):
            await px.gather(calls(px))


async def test_nothing_makes_an_empty_list() -> None:
    async with client(Slow()) as px:
        assert await px.gather(list[Call[Illust]]()) == []


async def test_a_limit_below_one_is_refused() -> None:
    async with client(Slow()) as px:
        with pytest.raises(errors.InvalidArgument, match="limit"):
            await px.gather([px.app.illust.detail(1)], limit=0)


async def test_cancelling_it_cancels_the_calls() -> None:
    server = Slow()
    async with client(server) as px:
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(px.gather, [px.app.illust.detail(0) for _ in range(10)])
                while server.asked < 10:
                    await anyio.lowlevel.checkpoint()
                scope.cancel()
    assert server.answered == 0

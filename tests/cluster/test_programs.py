"""A home keeps messages for the programs that use it, each its own, and for nobody else."""

from __future__ import annotations

import contextvars
import logging

import anyio
import pytest

from pixivkit.cluster.programs import Programs
from pixivkit.events import CallStarted, Event, LongWait, RateLimitHit

pytestmark = pytest.mark.anyio

STARTED = CallStarted(call_id=7, endpoint="app.illust.detail")
LIMITED = RateLimitHit(call_id=7, endpoint="app.illust.detail", pause=60.0)
WAITS = LongWait(call_id=0, endpoint="", reason="rate limit", seconds=60.0, why="a limit")


@pytest.fixture
def programs() -> Programs:
    programs = Programs("first", "a-node", idle=10.0)
    programs.see("a", 0.0)
    programs.join("a", logging.NOTSET)
    programs.see("b", 0.0)
    programs.join("b", logging.WARNING)
    return programs


def begun(programs: Programs, user: str, ticket: int, *events: Event) -> list[Event]:
    """What is told of a call, in a task of its own as each has."""

    def run() -> list[Event]:
        in_hand = programs.begin(user, ticket)
        assert in_hand is not None
        for event in events:
            programs.tell(event)
        return [one.content for one in in_hand.end() if isinstance(one.content, Event)]

    return contextvars.copy_context().run(run)


async def fetched(programs: Programs, user: str) -> list[object]:
    queue = programs.queue(user)
    assert queue is not None
    return [message.content for message in await queue.fetch(0, 0)]


async def test_a_program_is_told_of_its_calls_by_its_own_numbers(programs: Programs) -> None:
    (told,) = begun(programs, "a", 3, STARTED)
    assert told == CallStarted(
        call_id=3, endpoint="app.illust.detail", account="first", node="a-node"
    )
    assert await fetched(programs, "b") == []


async def test_what_is_of_no_call_is_told_to_all_whose_ever_call_brought_it_up(
    programs: Programs,
) -> None:
    assert begun(programs, "a", 3, WAITS) == []
    (told,) = await fetched(programs, "a")
    assert isinstance(told, LongWait)
    assert (told.call_id, told.account, told.node) == (0, "first", "a-node")
    assert await fetched(programs, "b") == [told]


async def test_who_wants_warnings_is_not_told_of_each_call(programs: Programs) -> None:
    assert begun(programs, "b", 3, STARTED, LIMITED) == []
    assert len(begun(programs, "a", 3, STARTED, LIMITED)) == 2


async def test_a_program_that_is_not_known_has_to_join(programs: Programs) -> None:
    assert programs.begin("c", 1) is None
    programs.part("a")
    assert programs.begin("a", 1) is None
    assert len(programs) == 1


async def test_messages_are_kept_for_who_is_there_or_waits_for_them(programs: Programs) -> None:
    async with anyio.create_task_group() as tasks:
        queue = programs.queue("a")
        assert queue is not None
        tasks.start_soon(queue.fetch, 0, 1e9)
        await anyio.wait_all_tasks_blocked()
        programs.forget_idle(11.0)
        assert not programs.are_there(11.0)
        assert programs.queue("a") is queue
        assert programs.queue("b") is None
        programs.close()

"""The messages of a home to a program are in order, bounded, and not lost on the way."""

from __future__ import annotations

import logging

import anyio
import pytest

from pixivkit.cluster.message_queue import MessageQueue
from pixivkit.errors import TransportError
from pixivkit.events import CallStarted, LongWait, Retrying

pytestmark = pytest.mark.anyio

FOR_EVER = 1e9


def contents(queue: MessageQueue, ticket: int) -> list[object]:
    return [message.content for message in queue.take(ticket)]


async def test_messages_stay_until_the_program_has_them() -> None:
    queue = MessageQueue(logging.DEBUG, together=0)
    queue.put(1, "a")
    queue.put(2, "b")
    first = await queue.fetch(0, FOR_EVER)
    queue.put(1, "c")
    # The answer got lost, and it asks once more.
    again = await queue.fetch(0, FOR_EVER)
    rest = await queue.fetch(first[-1].number, FOR_EVER)
    assert [(one.ticket, one.content) for one in first] == [(1, "a"), (2, "b")]
    assert [one.content for one in again] == ["a", "b", "c"]
    assert [one.content for one in rest] == ["c"]


async def test_a_program_waits_for_the_next_message() -> None:
    queue = MessageQueue(logging.DEBUG, together=0)
    async with anyio.create_task_group() as tasks:

        async def fetch() -> None:
            assert [one.content for one in await queue.fetch(0, FOR_EVER)] == ["a"]

        tasks.start_soon(fetch)
        await anyio.wait_all_tasks_blocked()
        assert queue.is_read
        queue.put(1, "a")
    assert not queue.is_read


async def test_nobody_waits_for_longer_than_it_wanted_or_where_the_home_leaves() -> None:
    queue = MessageQueue(logging.DEBUG, together=0)
    assert await queue.fetch(0, 0) == ()
    queue.close()
    assert await queue.fetch(0, FOR_EVER) == ()


async def test_what_goes_with_the_answer_is_not_fetched() -> None:
    queue = MessageQueue(logging.DEBUG, together=0)
    for ticket, content in [(1, "a"), (2, "b"), (1, "c")]:
        queue.put(ticket, content)
    assert contents(queue, 1) == ["a", "c"]
    assert [one.content for one in await queue.fetch(0, FOR_EVER)] == ["b"]


async def test_of_progress_the_first_and_the_last_are_kept() -> None:
    queue = MessageQueue(logging.DEBUG, together=0)
    for done in range(5):
        queue.put_progress(1, done)
        queue.put_progress(1, -done, about="another file")
    queue.put(1, "an event")
    queue.put_progress(1, 5)
    fetched = await queue.fetch(0, FOR_EVER)
    queue.put_progress(1, 6)
    assert [one.content for one in fetched] == [0, 0, -4, "an event", 5]
    assert [one.content for one in await queue.fetch(fetched[-1].number, FOR_EVER)] == [6]


async def test_the_oldest_are_dropped_where_nobody_fetches_them() -> None:
    queue = MessageQueue(logging.DEBUG, most=3, together=0)
    for number in range(10):
        queue.put(1, number)
    assert contents(queue, 1) == [7, 8, 9]


def test_a_program_wants_the_events_that_it_would_log() -> None:
    started = CallStarted(call_id=1, endpoint="app.illust.detail")
    retrying = Retrying(
        call_id=1, endpoint="app.illust.detail", attempt=1, delay=1.0, error=TransportError("")
    )
    waiting = LongWait(call_id=0, endpoint="", reason="queue", seconds=60.0, why="")

    def wanted(level: int) -> list[bool]:
        return [MessageQueue(level).wants(one) for one in (started, retrying, waiting)]

    assert wanted(logging.NOTSET) == [True, True, True]
    assert wanted(logging.INFO) == [False, True, True]
    assert wanted(logging.WARNING) == [False, False, True]
    assert wanted(logging.CRITICAL) == [False, False, False]

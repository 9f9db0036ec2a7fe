"""What happens to calls is told as on one machine, while it happens, with the account and node."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import attrs
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from support.raw_server import Connection, RawServer

from pixivkit import AccessToken, Progress
from pixivkit.cluster import Account, Cluster, engine
from pixivkit.errors import ClusterError, NotFound, OutcomeUnknown
from pixivkit.events import (
    CallFinished,
    CallStarted,
    Event,
    LongWait,
    RateLimitHit,
    ReplyReceived,
    RequestSent,
)
from pixivkit.telemetry import Telemetry
from pixivkit.testing import FakePixiv

from .accounts import Hold, Shared, accounts_of, ids_of
from .killing import until

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("running_ray")]

NODE = "node-of-the-tests"
WHOLE = [CallStarted, RequestSent, ReplyReceived, CallFinished]
BIG = b"\x89PNG\r\n\x1a\n" + bytes(4_000_000)


def by_call(events: list[Event]) -> dict[int, list[Event]]:
    """The events of each call, by its number; without those of no call."""
    found: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.call_id:
            found[event.call_id].append(event)
    return found


def there_is(kind: type[Event], events: list[Event]) -> Callable[[], bool]:
    return lambda: any(isinstance(event, kind) for event in events)


async def test_a_call_is_told_from_its_start_to_its_end(shared: Shared) -> None:
    events: list[Event] = []
    async with shared.cluster(on_event=events.append) as px:
        await px.account(px.names[1]).app.illust.detail(ids_of(shared.fake, 1)[0])
        (told,) = by_call(events).values()
        assert [report.node for report in await px.accounts()] == [NODE, NODE]
    assert [type(event) for event in told] == WHOLE
    assert {event.endpoint for event in told} == {"app.illust.detail"}
    assert {event.account for event in told} == {shared.accounts[1].name}
    assert {event.node for event in told} == {NODE}


async def test_a_failure_is_told_with_its_error(shared: Shared) -> None:
    events: list[Event] = []
    async with shared.cluster(on_event=events.append) as px:
        with pytest.raises(NotFound):
            await px.app.illust.detail(1)
        (told,) = by_call(events).values()
    assert isinstance(told[-1], CallFinished)
    assert isinstance(told[-1].error, NotFound)
    assert told[-1].error.endpoint == "app.illust.detail"


async def test_each_call_has_a_number_of_its_own_whatever_home_sends_it(shared: Shared) -> None:
    events: list[Event] = []
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    telemetry = Telemetry(tracer_provider=provider)

    def listen(event: Event) -> None:
        events.append(event)
        telemetry(event)

    async with shared.cluster(on_event=listen) as px:
        await px.gather([px.app.illust.detail(one) for one in ids_of(shared.fake, 40)])
    told = by_call(events)
    assert len(told) == 40
    assert all([type(event) for event in one] == WHOLE for one in told.values())
    names = {account.name for account in shared.accounts}
    assert {event.account for one in told.values() for event in one} == names
    finished = spans.get_finished_spans()
    assert len(finished) == 40
    assert {span.attributes["pixiv.account"] for span in finished if span.attributes} == names
    assert {span.attributes["pixiv.node"] for span in finished if span.attributes} == {NODE}


async def test_it_is_told_while_the_call_goes_on(shared: Shared) -> None:
    events: list[Event] = []
    async with shared.cluster(on_event=events.append) as px, anyio.create_task_group() as tasks:
        with shared.hold.requests("/illust/detail"):
            tasks.start_soon(px.app.illust.detail(ids_of(shared.fake, 1)[0]).response)
            with anyio.fail_after(60):
                await until(there_is(RequestSent, events))
            (meanwhile,) = by_call(events).values()
            assert [type(event) for event in meanwhile] == WHOLE[:2]
    (told,) = by_call(events).values()
    assert [type(event) for event in told] == WHOLE


async def test_the_log_says_the_account_and_the_node(
    shared: Shared, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "pixivkit"):
        async with shared.cluster() as px:
            await px.app.illust.detail(ids_of(shared.fake, 1)[0])
    records: list[Any] = [one for one in caplog.records if getattr(one, "call_id", 0)]
    assert [one.event for one in records] == [kind.__name__ for kind in WHOLE]
    names = {account.name for account in shared.accounts}
    assert len({one.account for one in records}) == 1
    assert {one.account for one in records} < names
    assert {one.node for one in records} == {NODE}
    account = records[0].account
    assert records[1].message == (
        f"app.illust.detail RequestSent account={account} node={NODE} attempt=1"
    )


async def test_all_programs_hear_of_what_holds_the_account(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fake = FakePixiv(works=20)
    fake.fail_next(
        "app.illust.detail",
        status=429,
        body={"error": {"message": "Rate Limit"}},
        headers={"retry-after": "3000"},
    )
    events: list[Event] = []
    with fake.serve() as server:
        accounts = accounts_of(fake, 1)
        async with (
            Cluster(accounts, hosts=server.hosts) as other,
            Cluster(accounts, hosts=server.hosts, on_event=events.append) as px,
            anyio.create_task_group() as tasks,
        ):
            await other.accounts()
            held = px.account(px.names[0]).with_options(patience=4000)
            tasks.start_soon(held.app.illust.detail(1).response)

            def waits() -> list[Any]:
                return [one for one in caplog.records if getattr(one, "event", "") == "LongWait"]

            with anyio.fail_after(60):
                await until(there_is(RateLimitHit, events))
                await until(there_is(LongWait, events))
                # The other one has no listener, but a log.
                await until(lambda: len(waits()) == 2)
            assert not there_is(CallFinished, events)()
            tasks.cancel_scope.cancel()
    assert {one.account for one in waits()} == {accounts[0].name}
    assert all(NODE in one.message for one in waits())
    (wait,) = [event for event in events if isinstance(event, LongWait)]
    assert (wait.call_id, wait.account, wait.node) == (0, accounts[0].name, NODE)
    assert 2900 < wait.seconds <= 3000
    # What is left before its end is told as such, before it is left.
    (last,) = [event for event in events if isinstance(event, CallFinished)]
    assert last.cancelled


async def test_who_wants_to_know_nothing_waits_once_and_is_told_nothing(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "pixivkit")
    asked: Counter[str] = Counter()
    ask = engine.ask

    async def counted(handle: Any, method: str, *arguments: object) -> Any:
        asked[method] += 1
        answer = await ask(handle, method, *arguments)
        assert not getattr(answer, "messages", ())
        return answer

    monkeypatch.setattr(engine, "ask", counted)
    async with shared.cluster() as px:
        mine = px.account(px.names[0])
        await mine.gather([mine.app.illust.detail(one) for one in ids_of(shared.fake, 30)])
    assert asked["send"] == 30
    assert asked["messages"] == 1


async def test_nobody_listens_after_the_session_is_left(shared: Shared) -> None:
    before = asyncio.all_tasks()
    events: list[Event] = []
    async with shared.cluster(on_event=events.append) as px:
        await px.accounts()
        await anyio.wait_all_tasks_blocked()
        assert len(asyncio.all_tasks() - before) == len(shared.accounts)
    assert not asyncio.all_tasks() - before


# Progress of what is sent.


@asynccontextmanager
async def uploading(released: anyio.Event, events: list[Event]) -> AsyncIterator[Cluster]:
    """A session as one account of a server that reads nothing before it is *released*."""

    async def behave(connection: Connection) -> None:
        await released.wait()
        if await connection.request() is not None:
            await connection.reply(b'{"convert_key": "key"}')

    account = Account(f"upload-{secrets.token_hex(4)}", app=AccessToken("token"), pace=None)
    server = RawServer(behave)
    async with (
        server.serving(),
        Cluster([account], hosts=server.hosts, on_event=events.append) as px,
    ):
        yield px.account(account.name)
        released.set()


async def test_progress_of_a_body_is_told_while_the_home_sends_it() -> None:
    steps: list[Progress] = []
    released = anyio.Event()
    async with uploading(released, []) as px, anyio.create_task_group() as tasks:

        async def send() -> None:
            await px.app.upload.illust("A quiet hill", [BIG]).response(progress=steps.append)
            assert steps[-1].done == steps[-1].total

        tasks.start_soon(send)
        with anyio.fail_after(60):
            await until(lambda: bool(steps))
        # Nobody has read it yet.
        released.set()
    assert len(steps) > 1
    assert [step.done for step in steps] == sorted({step.done for step in steps})
    assert {step.total for step in steps} == {steps[-1].done}


class Enough(Exception):
    """A callback that wants no more."""


async def test_what_a_callback_raises_ends_the_call() -> None:
    events: list[Event] = []
    enough = Enough()

    def stop(_: Progress) -> None:
        raise enough

    async with uploading(anyio.Event(), events) as px:
        with pytest.raises(Enough) as caught:
            await px.app.upload.illust("A quiet hill", [BIG]).response(progress=stop)
        told = by_call(events)
        # The home hears of it as well.
        with anyio.fail_after(60):
            while (await px.accounts())[0].under_way:
                await anyio.sleep(0.02)
    assert caught.value is enough
    ((*_, last),) = told.values()
    assert isinstance(last, CallFinished)
    assert last.cancelled


# Homes that die.


@attrs.define
class _Killed:
    """What became of a call whose home was killed under it."""

    events: list[Event] = attrs.field(factory=list)
    error: Exception | None = None


async def _kill_under(path: str, call: Callable[[Cluster], Any]) -> _Killed:
    fake = FakePixiv(works=20)
    hold = Hold()
    fake.middleware.append(hold.middleware)
    killed = _Killed()
    with fake.serve() as server:
        accounts = accounts_of(fake, 1)
        async with Cluster(accounts, hosts=server.hosts, on_event=killed.events.append) as px:

            async def send() -> None:
                try:
                    await call(px)
                except OutcomeUnknown as exc:
                    killed.error = exc

            process = (await px.accounts())[0].process
            async with anyio.create_task_group() as tasks:
                with hold.requests(path):
                    tasks.start_soon(send)
                    with anyio.fail_after(60):
                        await until(there_is(CallStarted, killed.events))
                        await until(lambda: hold.held > 0)
                    os.kill(process, signal.SIGKILL)
                    with anyio.fail_after(60):
                        await until(there_is(CallFinished, killed.events))
    return killed


async def test_a_call_that_began_in_a_home_that_died_has_ended() -> None:
    """It is another call that is sent by the next home."""
    fake_id = ids_of(FakePixiv(works=20), 1)[0]
    killed = await _kill_under("/illust/detail", lambda px: px.app.illust.detail(fake_id))
    first, *_, last = by_call(killed.events).values()
    assert isinstance(first[0], CallStarted)
    assert isinstance(first[-1], CallFinished)
    assert isinstance(first[-1].error, ClusterError)
    assert first[-1].account == first[0].account
    assert [type(event) for event in last] == WHOLE
    assert isinstance(last[-1], CallFinished)
    assert last[-1].error is None


async def test_a_write_that_a_home_died_with_has_ended_with_its_error() -> None:
    fake_id = ids_of(FakePixiv(works=20), 1)[0]
    killed = await _kill_under(
        "/comment/add",
        lambda px: px.account(px.names[0]).app.illust.comment_add(fake_id, "hello"),
    )
    (told,) = by_call(killed.events).values()
    assert isinstance(told[-1], CallFinished)
    assert told[-1].error is killed.error
    assert isinstance(killed.error, OutcomeUnknown)

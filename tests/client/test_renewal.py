"""Renewing access tokens: what is waited out, who waits, and what survives who leaves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import anyio
import httpx
import pytest
from support.clock import FakeClock
from support.script import (
    Answer,
    ScriptedTransport,
    Seen,
    TokenServer,
    html_reply,
    illust_reply,
    in_turn,
    json_reply,
    token_refused,
    token_reply,
)

from pixivkit import MemoryTokenStore, Pixiv, RefreshToken, Tokens
from pixivkit._core.sending import renewal
from pixivkit._core.waiting import lifetime
from pixivkit.errors import (
    AuthUnavailable,
    BlockedByCloudflare,
    PatienceExceeded,
    PixivError,
    RateLimited,
    RefreshTokenInvalid,
)

pytestmark = pytest.mark.anyio

UNUSABLE = {
    "server error": json_reply({"error": "server_error"}, 500),
    "bad gateway": html_reply("<h1>Bad gateway</h1>", 502),
    "unavailable": html_reply("<h1>Come back later</h1>", 503),
    "nothing": httpx.Response(200),
    "nothing, refused": httpx.Response(403),
    "a page": html_reply("<title>Hello</title>"),
    "a block page": html_reply("<title>Just a moment...</title>", 403),
    "too many requests": httpx.Response(429),
    "an object without a token": json_reply({}),
    "a list": json_reply([]),
    "no connection": httpx.ConnectError("no route"),
    "a broken connection": httpx.RemoteProtocolError("server disconnected"),
}


def client(
    answer: Answer,
    clock: FakeClock | None = None,
    *,
    store: MemoryTokenStore | None = None,
    patience: float | None = None,
) -> Pixiv:
    return Pixiv(
        app=RefreshToken("refresh-1", store=store),
        transport=ScriptedTransport(answer),
        clock=clock or FakeClock(),
        pace=None,
        patience=patience,
    )


class Tokened:
    """Answers the token endpoint from one function, all else from another, and counts."""

    def __init__(self, tokens: Answer, api: Answer = illust_reply) -> None:
        self._tokens = tokens
        self._api = api
        self.asked = 0

    def __call__(self, seen: Seen) -> httpx.Response | Awaitable[httpx.Response]:
        if seen.path != "/auth/token":
            return self._api(seen)
        self.asked += 1
        return self._tokens(seen)


# Only a refusal is remembered.


@pytest.mark.parametrize("trouble", UNUSABLE.values(), ids=UNUSABLE)
async def test_a_token_endpoint_that_is_down_is_waited_out_once_for_a_whole_run(
    trouble: httpx.Response | Exception,
) -> None:
    clock = FakeClock()
    server = Tokened(in_turn(*[trouble] * 5, token_reply("access-1")))
    async with client(server, clock) as px:
        calls = [px.app.illust.detail(i) for i in range(500)]
        outcomes = [outcome async for outcome in px.bulk(calls, limit=100)]
    assert all(outcome.ok for outcome in outcomes)
    assert server.asked == 6


async def test_pauses_between_attempts_grow_and_differ() -> None:
    clock = FakeClock()
    async with client(Tokened(in_turn(*[httpx.Response(503)] * 8, token_reply("a"))), clock) as px:
        await px.gather([px.app.illust.detail(1)])
    for pause, most in zip(clock.slept, [1, 2, 4, 8, 16, 32, 60, 60], strict=True):
        assert most / 2 <= pause <= most
    assert len(set(clock.slept)) == 8


async def test_a_pause_that_the_token_endpoint_asks_for_is_made() -> None:
    clock = FakeClock()
    limit = httpx.Response(429, headers={"retry-after": "77"})
    async with client(Tokened(in_turn(limit, token_reply("a"))), clock) as px:
        await px.app.illust.detail(1)
    assert clock.slept == [77]


@pytest.mark.parametrize("trouble", UNUSABLE.values(), ids=UNUSABLE)
async def test_each_caller_waits_as_long_as_its_patience_goes(
    trouble: httpx.Response | Exception,
) -> None:
    clock = FakeClock()
    server = Tokened(in_turn(trouble))
    async with client(server, clock, patience=20) as px:
        async with anyio.create_task_group() as tasks:
            for _ in range(50):
                tasks.start_soon(_fails, px.app.illust.detail(1).response, PatienceExceeded)
        assert clock.monotonic() <= 20
        assert server.asked <= 6
        with pytest.raises(PatienceExceeded) as caught:
            await px.with_options(patience=0.01).app.illust.detail(1)
    assert isinstance(caught.value.__cause__, AuthUnavailable | BlockedByCloudflare | RateLimited)
    assert "renewing the access token" in str(caught.value)


async def _fails(call: Callable[[], Awaitable[object]], kind: type[PixivError]) -> None:
    with pytest.raises(kind):
        await call()


async def test_by_default_an_awaited_call_waits_for_two_minutes() -> None:
    clock = FakeClock()
    async with client(Tokened(in_turn(httpx.Response(503))), clock) as px:
        with pytest.raises(PatienceExceeded):
            await px.app.illust.detail(1)
    assert 60 <= clock.monotonic() <= 120


async def test_after_an_outage_the_next_call_gets_through() -> None:
    clock = FakeClock()
    server = Tokened(in_turn(*[httpx.Response(503)] * 3, token_reply("access-1")))
    async with client(server, clock) as px:
        with pytest.raises(PatienceExceeded):
            await px.with_options(patience=2).app.illust.detail(1)
        assert (await px.app.illust.detail(1)).id == 1


async def test_who_cannot_wait_does_not_make_the_token_endpoint_be_asked_for_each_call() -> None:
    server = Tokened(in_turn(httpx.Response(503)))
    async with client(server, patience=0.1) as px:
        for _ in range(200):
            with pytest.raises(PatienceExceeded):
                await px.app.illust.detail(1)
    assert server.asked == 1


async def test_a_refusal_is_final_and_asked_for_once() -> None:
    clock = FakeClock()
    server = Tokened(in_turn(token_refused()))
    async with client(server, clock) as px:
        calls = [px.app.illust.detail(i) for i in range(100)]
        found = [outcome.error async for outcome in px.bulk(calls, limit=20)]
        clock.advance(86400)
        with pytest.raises(RefreshTokenInvalid):
            await px.app.illust.detail(1)
    assert {type(error) for error in found} == {RefreshTokenInvalid}
    assert server.asked == 1


async def test_a_refusal_is_forgotten_when_somebody_logs_in_again() -> None:
    store = MemoryTokenStore(Tokens("old"))

    def answer(seen: Seen) -> httpx.Response:
        return token_reply("access-1") if seen.form["refresh_token"] == "new" else token_refused()

    async with client(Tokened(answer), store=store) as px:
        with pytest.raises(RefreshTokenInvalid):
            await px.app.illust.detail(1)
        store.tokens = Tokens("new")
        assert (await px.app.illust.detail(1)).id == 1


# Early renewal is best effort.


async def test_a_token_is_renewed_in_the_background_while_it_is_still_good() -> None:
    clock, server = FakeClock(), TokenServer()
    transport = ScriptedTransport(
        lambda seen: server(seen) if seen.path == "/auth/token" else illust_reply(seen)
    )
    px = Pixiv(app=RefreshToken("refresh-1"), transport=transport, clock=clock, pace=None)
    async with px:
        await px.app.illust.detail(1)
        clock.advance(3400)
        await px.app.illust.detail(1)
        await anyio.wait_all_tasks_blocked()
        await px.app.illust.detail(1)
    bearers = [seen.bearer for seen in transport.to("/v1/illust/detail")]
    assert bearers == ["access-1", "access-1", "access-2"]


@pytest.mark.parametrize("trouble", [*UNUSABLE.values(), token_refused()], ids=[*UNUSABLE, "no"])
async def test_a_failing_token_endpoint_harms_no_call_while_the_old_token_is_good(
    trouble: httpx.Response | Exception,
) -> None:
    clock = FakeClock()
    server = Tokened(in_turn(token_reply("access-1"), trouble))
    async with client(server, clock, patience=0) as px:
        with pytest.raises(PatienceExceeded):
            await px.app.illust.detail(1)  # begins the login, and does not wait for it
        await anyio.wait_all_tasks_blocked()
        clock.advance(3400)
        for illust_id in range(100):
            assert (await px.app.illust.detail(illust_id)).id == illust_id
    assert server.asked == 2


# Waiting can be left at once; what was granted is kept.


class Gate:
    """A token endpoint that answers when it is told to."""

    def __init__(self) -> None:
        self.asked, self.go_on = anyio.Event(), anyio.Event()

    async def __call__(self, seen: Seen) -> httpx.Response:
        del seen
        self.asked.set()
        await self.go_on.wait()
        return token_reply("access-2", refresh="refresh-2")


async def _left_by_anyio(work: Callable[[], Awaitable[object]], begun: anyio.Event) -> None:
    async def wait() -> None:
        await work()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(wait)
        await begun.wait()
        tasks.cancel_scope.cancel()


async def _left_by_task_cancel(work: Callable[[], Awaitable[object]], begun: anyio.Event) -> None:
    task = asyncio.ensure_future(work())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _left_by_timeout(work: Callable[[], Awaitable[object]], begun: anyio.Event) -> None:
    del begun
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await work()


async def _left_by_wait_for(work: Callable[[], Awaitable[object]], begun: anyio.Event) -> None:
    del begun
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(work(), 0.05)


LEAVING = [_left_by_anyio, _left_by_task_cancel, _left_by_timeout, _left_by_wait_for]


@pytest.mark.parametrize("leave", LEAVING)
async def test_who_waits_leaves_at_once_and_the_new_token_is_kept(
    leave: Callable[[Callable[[], Awaitable[object]], anyio.Event], Awaitable[None]],
    anyio_backend: str,
) -> None:
    if anyio_backend == "trio" and leave is not _left_by_anyio:
        pytest.skip("asyncio's own")
    gate, store = Gate(), MemoryTokenStore(Tokens("refresh-1"))
    async with client(Tokened(gate), store=store) as px:
        with anyio.fail_after(3):
            await leave(px.app.illust.detail(1).response, gate.asked)
        assert store.tokens == Tokens("refresh-1")
        gate.go_on.set()
        await anyio.wait_all_tasks_blocked()
        assert store.tokens is not None
        assert store.tokens.refresh_token == "refresh-2"
        assert (await px.app.illust.detail(1)).id == 1


@pytest.mark.parametrize("leave", LEAVING)
async def test_a_client_that_was_not_entered_keeps_the_new_token_too(
    leave: Callable[[Callable[[], Awaitable[object]], anyio.Event], Awaitable[None]],
    anyio_backend: str,
) -> None:
    if anyio_backend == "trio" and leave is not _left_by_anyio:
        pytest.skip("asyncio's own")
    gate, store = Gate(), MemoryTokenStore(Tokens("refresh-1"))

    async def soon(_: Seen) -> httpx.Response:
        gate.asked.set()
        await anyio.sleep(0.15)
        return token_reply("access-2", refresh="refresh-2")

    px = client(Tokened(soon), store=store)
    with anyio.fail_after(3):
        await leave(px.app.illust.detail(1).response, gate.asked)
    assert store.tokens is not None
    assert store.tokens.refresh_token == "refresh-2"
    assert (await px.app.illust.detail(1)).id == 1
    await px.aclose()


async def test_the_others_of_a_client_that_was_not_entered_go_on_when_one_leaves() -> None:
    server = TokenServer()
    asked = anyio.Event()

    async def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            asked.set()
            await anyio.sleep(0.02)
        return server(seen)

    px = client(answer)
    with anyio.CancelScope() as first:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_call, px, first)
            await asked.wait()
            async with anyio.create_task_group() as others:
                for _ in range(9):
                    others.start_soon(px.app.illust.detail(1).response)
                first.cancel()
    await px.aclose()


async def _call(px: Pixiv, scope: anyio.CancelScope) -> None:
    del scope
    await px.app.illust.detail(1)


async def test_leaving_the_client_lets_a_renewal_come_to_its_end() -> None:
    store, asked = MemoryTokenStore(Tokens("refresh-1")), anyio.Event()

    async def soon(_: Seen) -> httpx.Response:
        asked.set()
        await anyio.sleep(0.1)
        return token_reply("access-2", refresh="refresh-2")

    async with client(Tokened(soon), store=store) as px:
        with anyio.move_on_after(0.01):
            await px.app.illust.detail(1)
        await asked.wait()
    assert store.tokens is not None
    assert store.tokens.refresh_token == "refresh-2"


async def test_a_renewal_that_does_not_end_is_cut_off_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lifetime, "_GRACE", 0.05)
    gate = Gate()
    with anyio.fail_after(3):
        async with client(Tokened(gate)) as px:
            with anyio.move_on_after(0.01):
                await px.app.illust.detail(1)
            await gate.asked.wait()
    assert "cut off" in caplog.text
    assert [record.levelno for record in caplog.records if "cut off" in record.message] == [
        logging.WARNING
    ]


async def test_after_ctrl_c_a_renewal_has_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifetime, "_GRACE_WHEN_INTERRUPTED", 0.05)
    gate = Gate()
    with anyio.fail_after(3), pytest.raises(KeyboardInterrupt):
        async with client(Tokened(gate)) as px:
            with anyio.move_on_after(0.01):
                await px.app.illust.detail(1)
            raise KeyboardInterrupt


async def test_a_cut_off_renewal_of_a_client_that_was_not_entered_is_said_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(renewal, "_GRACE", 0.05)
    px = client(Tokened(Gate()))
    with anyio.fail_after(3):
        with anyio.move_on_after(0.01):
            await px.app.illust.detail(1)
    assert "cut off" in caplog.text
    await px.aclose()


# Somebody else's renewal is not mine.


async def test_a_call_that_meets_what_others_renewed_keeps_its_own_renewal() -> None:
    """It is refused three times, twice because others had renewed meanwhile, and gets through."""
    server = TokenServer()
    refusals, others = 0, iter(range(100, 110))

    async def answer(seen: Seen) -> httpx.Response:
        nonlocal refusals
        if seen.path == "/v1/illust/detail" and seen.query["illust_id"] == "1" and refusals < 3:
            refusals += 1
            if refusals < 3:
                # While this request is under way, another call has the token renewed.
                server.valid = set()
                await px.app.illust.detail(next(others))
            else:
                server.valid = set()
        return server(seen)

    px = Pixiv(
        app=RefreshToken("refresh-1"),
        transport=ScriptedTransport(answer),
        clock=FakeClock(),
        pace=None,
    )
    async with px:
        assert (await px.app.illust.detail(1)).id == 1
    assert refusals == 3


async def test_many_calls_while_each_renewal_voids_the_older_tokens() -> None:
    server, count = TokenServer(), 0

    async def answer(seen: Seen) -> httpx.Response:
        nonlocal count
        if seen.path != "/auth/token":
            count += 1
            if count % 97 == 0:
                server.valid = set()
            for _ in range(count % 5):
                await anyio.lowlevel.checkpoint()
        return server(seen)

    async with client(answer) as px:
        calls = [px.app.illust.detail(i) for i in range(3000)]
        failed = [one.error async for one in px.bulk(calls, limit=64) if one.error is not None]
    assert failed == []

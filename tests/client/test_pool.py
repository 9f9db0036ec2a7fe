"""A pool of accounts: reading spreads, and goes on without those that are out."""

from __future__ import annotations

from contextlib import suppress

import anyio
import httpx
import pytest
from support.script import (
    ScriptedTransport,
    Seen,
    html_reply,
    illust_reply,
    in_turn,
    json_reply,
    rate_limit,
    token_reply,
)

from pixivkit import AccessToken, Call, ClientPool, Pixiv, RefreshToken, Retry, SessionCookie
from pixivkit.errors import AuthError, InvalidArgument, PixivError, RateLimited
from pixivkit.events import Event, LongWait
from pixivkit.models.app import Illust
from pixivkit.testing import FakeClock, FakePixiv

pytestmark = pytest.mark.anyio


def account(fake: FakePixiv, clock: FakeClock, token: str | None = None) -> Pixiv:
    """A client of one more account of *fake*, or with a token that it does not know."""
    token = token or fake.credentials.new_refresh_token(fake.account)
    return Pixiv(app=RefreshToken(token), transport=fake.transport, pace=None, clock=clock)


def pool_of(fake: FakePixiv, count: int) -> ClientPool:
    clock = FakeClock()
    return ClientPool([account(fake, clock) for _ in range(count)], clock=clock)


async def test_calls_spread_over_the_accounts() -> None:
    fake = FakePixiv(works=50)

    async with pool_of(fake, 3) as pool:
        ids = list(fake.world.works)[:30]
        works = await pool.gather((pool.app.illust.detail(i) for i in ids), limit=9)

    bearers = {one.headers["authorization"] for one in fake.log if one.endpoint.startswith("app")}
    assert ids == [work.id for work in works]
    assert len(bearers) == 3


async def test_a_limited_account_rests_while_the_others_go_on() -> None:
    fake = FakePixiv(works=50)
    fake.fail_next("app.illust.detail", status=429, body={"error": {"message": "Rate Limit"}})

    async with pool_of(fake, 2) as pool:
        illust_id = next(iter(fake.world.works))
        work = await pool.app.illust.detail(illust_id)
        paused = [state.client.pace["app"].paused_for > 0 for state in pool.accounts]

    assert illust_id == work.id
    assert sorted(paused, reverse=True) == [True, False]
    assert fake.count("app.illust.detail") == 2


async def test_an_account_that_is_refused_is_paused_for_good() -> None:
    fake = FakePixiv(works=50)
    clock = FakeClock()
    bad, good = account(fake, clock, "not-a-token-of-this-pixiv"), account(fake, clock)

    async with ClientPool([bad, good], clock=clock) as pool:
        outcomes = [
            outcome
            async for outcome in pool.bulk(pool.app.illust.detail(i) for i in fake.world.works)
        ]
        paused = [bool(state.paused) for state in pool.accounts]

    assert all(outcome.ok for outcome in outcomes)
    assert paused == [True, False]
    assert "1 paused" in repr(pool)


SUSPENDED: dict[str, tuple[int, object]] = {
    "suspended": (403, {"error": {"message": "Your account has been suspended."}}),
    "banned": (403, {"error": {"user_message": "This account is banned"}}),
}
REFUSED: tuple[int, object] = (401, {"error": {"message": "The access token is invalid"}})


def login_that_meets(status: int, body: object, clock: FakeClock) -> Pixiv:
    """A client whose refresh token is good, and whose calls are all answered so."""

    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            return token_reply("access-1")
        return json_reply(body, status)

    transport = ScriptedTransport(answer)
    return Pixiv(app=RefreshToken("refresh-1"), transport=transport, pace=None, clock=clock)


@pytest.mark.parametrize("name", SUSPENDED)
async def test_an_account_that_pixiv_throws_out_is_paused_for_good_and_nothing_fails(
    name: str,
) -> None:
    fake = FakePixiv(works=50)
    clock = FakeClock()
    banned = login_that_meets(*SUSPENDED[name], clock)
    async with ClientPool([banned, account(fake, clock)], clock=clock) as pool:
        calls = [pool.app.illust.detail(i) for i in fake.world.works]
        outcomes = [outcome async for outcome in pool.bulk(calls, limit=1)]
        paused = pool.accounts[0].paused["app"]

    assert all(outcome.ok for outcome in outcomes)
    assert paused.seconds is None
    assert isinstance(paused.error, AuthError)
    assert not pool.accounts[1].paused


async def test_an_account_whose_new_access_tokens_are_refused_is_paused_for_a_while() -> None:
    fake = FakePixiv(works=50)
    clock = FakeClock()
    odd = login_that_meets(*REFUSED, clock)
    async with ClientPool([odd, account(fake, clock)], clock=clock) as pool:
        calls = [pool.app.illust.detail(i) for i in list(fake.world.works)[:10]]
        outcomes = [outcome async for outcome in pool.bulk(calls, limit=1)]
        paused = pool.accounts[0].paused["app"]
        clock.advance(3600)
        later = pool.accounts[0].paused

    assert all(outcome.ok for outcome in outcomes)
    assert paused.seconds == 30
    assert not later


async def test_logins_that_cannot_be_renewed_are_paused_for_good_once_they_are_refused() -> None:
    fake = FakePixiv(works=10)
    clock = FakeClock()
    refusing = ScriptedTransport(lambda _: json_reply(REFUSED[1], REFUSED[0]))
    ended = Pixiv(
        app=AccessToken("old"),
        web=SessionCookie("90000010_old"),
        transport=refusing,
        pace=None,
        clock=clock,
    )
    cookie = fake.credentials.new_session(fake.account)
    good = Pixiv(
        app=RefreshToken(fake.credentials.new_refresh_token(fake.account)),
        web=SessionCookie(cookie),
        transport=fake.transport,
        pace=None,
        clock=clock,
    )
    illust_id = next(iter(fake.world.works))
    async with ClientPool([ended, good], clock=clock) as pool:
        for _ in range(2):
            assert (await pool.app.illust.detail(illust_id)).id == illust_id
            assert (await pool.web.illust.detail(illust_id)).id == illust_id
        paused = pool.accounts[0].paused

    assert {api: pause.seconds for api, pause in paused.items()} == {"app": None, "web": None}
    assert len(refusing.seen) == 2


async def test_a_call_from_before_a_rate_limit_does_not_end_its_pause() -> None:
    clock = FakeClock()
    under_way, answer_now = anyio.Event(), anyio.Event()

    async def answer(seen: Seen) -> httpx.Response:
        if seen.query["illust_id"] == "1":
            under_way.set()
            await answer_now.wait()
            return illust_reply(seen)
        return rate_limit(429, headers={"retry-after": "300"})

    limited = Pixiv(
        app=AccessToken("one"), transport=ScriptedTransport(answer), pace=None, clock=clock
    )
    other = Pixiv(
        app=AccessToken("two"), transport=ScriptedTransport(illust_reply), pace=None, clock=clock
    )
    async with (
        ClientPool([limited, other], clock=clock) as pool,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(pool.app.illust.detail(1).response)
        await under_way.wait()
        clock.advance(1)
        # A call that is under way sends the next one to the other account, and that one back.
        await pool.gather([pool.app.illust.detail(2), pool.app.illust.detail(3)], limit=2)
        before = pool.accounts[0].paused["app"].seconds
        answer_now.set()
        await anyio.wait_all_tasks_blocked()
        assert pool.accounts[0].paused["app"].seconds == before == 300


PASSING: dict[str, httpx.Response | Exception] = {
    "a block page": html_reply("<title>Just a moment...</title>", 403),
    "a rate limit": httpx.Response(429, headers={"retry-after": "300"}),
    "a proxy that refuses": httpx.ProxyError("502 Bad Gateway"),
    "a proxy that hangs up": httpx.ReadError("reset"),
}


@pytest.mark.parametrize("name", PASSING)
async def test_an_account_in_passing_trouble_is_paused_for_a_while_in_that_api_only(
    name: str,
) -> None:
    fake = FakePixiv(works=50)
    clock = FakeClock()
    transport = ScriptedTransport(in_turn(PASSING[name]))
    ill = Pixiv(app=AccessToken("token"), transport=transport, pace=None, clock=clock)

    async with ClientPool([ill, account(fake, clock)], clock=clock) as pool:
        calls = [pool.app.illust.detail(i) for i in list(fake.world.works)[:10]]
        outcomes = [outcome async for outcome in pool.bulk(calls, limit=1)]
        paused = pool.accounts[0].paused
        asked = len(transport.seen)
        clock.advance(3600)
        later = pool.accounts[0].paused

    assert all(outcome.ok for outcome in outcomes)
    assert set(paused) == {"app"}
    assert paused["app"].seconds is not None
    assert asked <= 4
    assert not later


class Together:
    """Answers none of so many requests before all of them are there."""

    def __init__(self, *answers: httpx.Response) -> None:
        self._answers = list(answers)
        self._waiting = len(answers)
        self._are_there = anyio.Event()

    async def __call__(self, seen: Seen) -> httpx.Response:
        del seen
        self._waiting -= 1
        if not self._waiting:
            self._are_there.set()
        await self._are_there.wait()
        return self._answers.pop(0)


TOGETHER: dict[str, tuple[list[httpx.Response], float | None]] = {
    "blocked": ([html_reply("<title>Just a moment...</title>", 403) for _ in range(8)], 30.0),
    "limited": ([rate_limit(429, headers={"retry-after": n}) for n in ("300", "200")], 300.0),
    "suspended": ([json_reply(SUSPENDED["suspended"][1], 403), rate_limit(429)], None),
}


@pytest.mark.parametrize("name", TOGETHER)
async def test_calls_that_fail_together_pause_an_account_as_the_worst_of_them_does(
    name: str,
) -> None:
    answers, seconds = TOGETHER[name]
    fake = FakePixiv(works=50)
    clock = FakeClock()
    transport = ScriptedTransport(Together(*answers))
    # A retry would come after all of them have failed.
    ill = Pixiv(
        app=AccessToken("token"), transport=transport, pace=None, clock=clock,
        retry=Retry(attempts=1),
    )  # fmt: skip
    async with ClientPool([ill], clock=clock) as pool:
        calls = [pool.app.illust.detail(i) for i in list(fake.world.works)[: len(answers)]]
        async with anyio.create_task_group() as tasks:
            for call in calls:
                tasks.start_soon(_outcome, pool.with_options(patience=0).attach(call))
        paused = pool.accounts[0].paused["app"]
    assert paused.seconds == seconds


async def _outcome(call: Call[Illust]) -> None:
    with suppress(PixivError):
        await call


async def test_one_answer_of_503_parks_nobody() -> None:
    fake = FakePixiv(works=10)
    fake.fail_next("app.illust.detail", status=503)
    fake.fail_next("oauth.auth.token_refresh", status=503)
    async with pool_of(fake, 2) as pool:
        await pool.gather(pool.app.illust.detail(i) for i in fake.world.works)
        assert not any(state.paused for state in pool.accounts)


async def test_when_all_are_limited_a_call_waits_for_the_first_as_its_patience_goes() -> None:
    clock = FakeClock()
    events: list[Event] = []
    limits = [rate_limit(429, headers={"retry-after": seconds}) for seconds in ("90", "50")]
    clients = [
        Pixiv(
            app=AccessToken("token"),
            transport=ScriptedTransport(in_turn(limit, json_reply({"illust": {"id": 1}}))),
            pace=None,
            clock=clock,
            on_event=events.append,
        )
        for limit in limits
    ]
    async with ClientPool(clients, clock=clock) as pool:
        with pytest.raises(RateLimited) as caught:
            await pool.with_options(patience=5).app.illust.detail(1)
        assert 40 <= (caught.value.retry_after or 0) <= 50
        assert (await pool.app.illust.detail(1)).id == 1
    assert clock.now - FakeClock().now == pytest.approx(50)
    waits = [one.why for one in events if isinstance(one, LongWait)]
    assert waits.count("all accounts are out") == 1


async def test_without_an_account_that_works_the_refusal_comes_out() -> None:
    fake = FakePixiv(works=5)

    async with ClientPool([account(fake, FakeClock(), "unknown")]) as pool:
        for _ in range(2):
            with pytest.raises(AuthError):
                await pool.app.illust.detail(1)

    assert fake.count("app.illust.detail") == 0


async def test_a_pool_does_not_write() -> None:
    fake = FakePixiv(works=5)

    async with pool_of(fake, 2) as pool:
        with pytest.raises(InvalidArgument, match="only reads"):
            await pool.app.illust.comment_add(1, "hello")

    assert fake.log == []


def test_a_pool_needs_a_client() -> None:
    with pytest.raises(InvalidArgument):
        ClientPool([])

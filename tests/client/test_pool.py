"""A pool of accounts: reading spreads, and goes on without those that are out."""

from __future__ import annotations

import pytest

from pixivkit import ClientPool, Pixiv, RefreshToken
from pixivkit.errors import AuthError, InvalidArgument
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


async def test_an_account_that_is_refused_is_parked_for_good() -> None:
    fake = FakePixiv(works=50)
    clock = FakeClock()
    bad, good = account(fake, clock, "not-a-token-of-this-pixiv"), account(fake, clock)

    async with ClientPool([bad, good], clock=clock) as pool:
        outcomes = [
            outcome
            async for outcome in pool.bulk(pool.app.illust.detail(i) for i in fake.world.works)
        ]
        parked = [bool(state.parked) for state in pool.accounts]

    assert all(outcome.ok for outcome in outcomes)
    assert parked == [True, False]
    assert "1 parked" in repr(pool)


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

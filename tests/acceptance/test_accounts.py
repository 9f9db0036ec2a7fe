"""Stories 1, 2, 3 and 12: logins that renew themselves, fail in good order, and stay secret."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest
from support.script import EXPIRED

from pixivkit import MemoryTokenStore, Pixiv, RefreshToken, Retry, Tokens
from pixivkit.errors import AuthError, OffsetLimit, PixivError
from pixivkit.events import Event
from pixivkit.testing import FakeClock, FakePixiv

pytestmark = pytest.mark.anyio

TOKEN = "oauth.auth.token_refresh"
DETAIL = "app.illust.detail"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=120, users=4, clock=FakeClock())


def before(fake: FakePixiv, endpoint: str, wait: Callable[[], Awaitable[object]]) -> None:
    """Let *wait* happen before each answer of an endpoint."""

    def middleware(inner: Any) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            if scope["pixivkit.received"].endpoint == endpoint:
                await wait()
            await inner(scope, receive, send)

        return application

    fake.middleware.append(middleware)


class TestOneRenewal:
    async def test_01_one_renewal_for_a_hundred_calls(self, fake: FakePixiv) -> None:
        ids = list(fake.world.works)[:100]
        async with fake.client() as px:
            await px.app.illust.detail(ids[0])
            fake.expire_tokens()
            fake.log.clear()
            works = await px.gather([px.app.illust.detail(i) for i in ids], limit=100)
        assert [work.id for work in works] == ids
        assert fake.count(TOKEN) == 1
        assert fake.count(DETAIL) <= 200

    async def test_01_it_outlives_the_task_that_began_it(self, fake: FakePixiv) -> None:
        asked, go_on = anyio.Event(), anyio.Event()

        async def wait() -> None:
            asked.set()
            await go_on.wait()

        first, *others = list(fake.world.works)[:100]
        done: list[int] = []
        leader = anyio.CancelScope()

        async def call(illust_id: int) -> None:
            done.append((await px.app.illust.detail(illust_id)).id)

        async def lead() -> None:
            with leader:
                await call(first)

        async with fake.client() as px:
            await px.app.illust.detail(first)
            fake.expire_tokens()
            fake.log.clear()
            before(fake, TOKEN, wait)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(lead)
                await asked.wait()
                for illust_id in others:
                    tasks.start_soon(call, illust_id)
                await anyio.wait_all_tasks_blocked()
                leader.cancel()
                await anyio.wait_all_tasks_blocked()
                go_on.set()
        assert sorted(done) == sorted(others)
        assert fake.count(TOKEN) == 1


async def test_02_a_token_endpoint_that_says_nothing(fake: FakePixiv) -> None:
    """Its silence is waited out by everybody together, and no verdict on the token."""
    clock = fake.credentials.clock
    assert isinstance(clock, FakeClock)
    store = MemoryTokenStore(Tokens(fake.refresh_token))
    fake.fail_next(TOKEN, status=200, body=b"", times=6)
    illust_id = next(iter(fake.world.works))
    async with fake.client(app=RefreshToken(store=store), clock=clock) as px:
        calls = [px.app.illust.detail(illust_id) for _ in range(100)]
        outcomes = [outcome async for outcome in px.bulk(calls, limit=100)]
    assert all(outcome.ok for outcome in outcomes)
    assert fake.count(TOKEN) == 7
    # Six pauses that grow from a second, each drawn between half of it and all of it.
    assert 31 <= sum(clock.slept) <= 63


class TestOneStatusForTwoFaults:
    """Pixiv says 400 to a token that expired, and to an offset that is too large."""

    async def test_03_an_offset_renews_nothing(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            with pytest.raises(OffsetLimit) as caught:
                await px.app.search.illust("猫", offset=5010).first()
        assert caught.value.status == 400
        assert [one.endpoint for one in fake.log] == [TOKEN, "app.search.illust"]

    async def test_03_an_expired_token_is_renewed_once(self, fake: FakePixiv) -> None:
        illust_id = next(iter(fake.world.works))
        async with fake.client() as px:
            await px.app.illust.detail(illust_id)
            fake.expire_tokens()
            fake.log.clear()
            await px.app.illust.detail(illust_id)
        assert [one.endpoint for one in fake.log] == [DETAIL, TOKEN, DETAIL]

    async def test_03_one_that_is_refused_again_is_the_end(self, fake: FakePixiv) -> None:
        illust_id = next(iter(fake.world.works))
        async with fake.client() as px:
            await px.app.illust.detail(illust_id)
            fake.log.clear()
            refusal = {"error": {"message": EXPIRED, "user_message": "", "reason": ""}}
            fake.fail_next(DETAIL, status=400, body=refusal, times=9)
            with pytest.raises(AuthError) as caught:
                await px.app.illust.detail(illust_id)
        assert caught.value.status == 400
        assert [one.endpoint for one in fake.log] == [DETAIL, TOKEN, DETAIL]


async def test_12_no_token_is_shown(
    fake: FakePixiv, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in logs, errors, values or events, whatever succeeds or fails."""
    caplog.set_level(logging.DEBUG)
    events: list[Event] = []
    shown: list[str] = []
    illust_id, other = [w.id for w in fake.world.works.values() if w.user_id != fake.account][:2]

    def show(*values: object) -> None:
        for value in values:
            shown.append(f"{value!r} {value}")
            if isinstance(value, PixivError):
                shown.append(f"{value.__dict__}")
                shown.extend(traceback.format_exception(value))
            if not isinstance(value, Pixiv):
                shown.append(repr(pickle.dumps(value)))

    async with fake.client(
        clock=FakeClock(), retry=Retry(attempts=2), on_event=events.append
    ) as px:
        calls: list[Any] = [
            px.app.illust.detail(illust_id),
            px.app.illust.comment_add(illust_id, "すてき"),
            px.web.illust.detail(illust_id),
            px.web.illust.bookmark_add(illust_id),
            px.app.user.illusts(fake.account),
        ]
        show(px, *calls)
        async for outcome in px.bulk(calls):
            shown.append(f"{outcome!r} {outcome.unwrap()!r}")
        show((await px.app.user.illusts(fake.account).first()).cursor)
        for endpoint, again in (
            ("app.illust.detail", px.app.illust.detail(illust_id)),
            ("web.illust.bookmark_add", px.web.illust.bookmark_add(other)),
            ("web.illust.detail", px.web.illust.detail(illust_id)),
        ):
            for status in (200, 400, 401, 403, 404, 429, 500, 502):
                fake.fail_next(endpoint, status=status, body="<p>?</p>", times=9)
                with pytest.raises(PixivError) as caught:
                    await again
                fake.faults.clear()
                show(caught.value)
        fake.credentials.refresh_tokens.clear()
        fake.expire_tokens()
        with pytest.raises(AuthError) as refused:
            await px.app.illust.detail(illust_id)
        show(refused.value)

    assert events
    assert caplog.records
    shown += [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    shown += [repr(event) for event in events]
    shown += capfd.readouterr()
    sent = {
        value.removeprefix("Bearer ")
        for one in fake.log
        for name, value in one.headers.items()
        if name in ("authorization", "x-csrf-token")
    }
    secrets = {*sent, fake.refresh_token, fake.session_cookie, fake.session_cookie[-32:]}
    assert len(secrets) >= 5
    text = "\n".join(shown)
    assert [secret for secret in secrets if secret in text] == []

"""The App API's login: tokens renew themselves, once for everybody who needs them."""

from __future__ import annotations

import anyio
import httpx
import pytest
from support.clock import FakeClock
from support.script import (
    Answer,
    ScriptedTransport,
    Seen,
    TokenServer,
    app_error,
    expired,
    illust_reply,
    in_turn,
    json_reply,
    token_refused,
)

from pixivkit import AccessToken, Pixiv, RefreshToken, SessionCookie, errors
from pixivkit.errors import AuthError, OffsetLimit, RefreshTokenInvalid

pytestmark = pytest.mark.anyio


def client(transport: ScriptedTransport, clock: FakeClock | None = None) -> Pixiv:
    return Pixiv(
        app=RefreshToken("refresh-0"),
        transport=transport,
        clock=clock or FakeClock(),
        pace=None,
    )


def with_tokens(tokens: Answer, api: Answer = illust_reply) -> Answer:
    """Answer the token endpoint from *tokens*, and everything else from *api*."""
    return lambda seen: tokens(seen) if seen.path == "/auth/token" else api(seen)


async def test_the_first_call_fetches_a_token_and_later_ones_use_it() -> None:
    transport = ScriptedTransport(TokenServer())
    async with client(transport) as px:
        await px.app.illust.detail(1)
        await px.app.illust.detail(2)
    token, *calls = transport.seen
    assert (token.method, token.url.host, token.path) == (
        "POST",
        "oauth.secure.pixiv.net",
        "/auth/token",
    )
    assert token.form["grant_type"] == "refresh_token"
    assert token.form["refresh_token"] == "refresh-0"
    assert [seen.bearer for seen in calls] == ["access-1", "access-1"]


async def test_a_hundred_calls_with_an_expired_token_renew_it_once() -> None:
    server = TokenServer()
    transport = ScriptedTransport(server)
    async with client(transport) as px:
        await px.app.illust.detail(1)
        server.valid = set()
        works = await px.gather([px.app.illust.detail(i) for i in range(100)], limit=100)
    assert [work.id for work in works] == list(range(100))
    assert server.issued == 2
    assert len(transport.to("/auth/token")) == 2
    # Each was sent twice at most.
    assert len(transport.to("/v1/illust/detail")) <= 1 + 200


async def test_a_hundred_first_calls_fetch_one_token() -> None:
    server = TokenServer()
    transport = ScriptedTransport(server)
    async with client(transport) as px:
        await px.gather([px.app.illust.detail(i) for i in range(100)], limit=100)
    assert server.issued == 1
    assert len(transport.seen) == 101


async def test_an_expired_token_is_noticed_by_the_clock_before_it_is_sent() -> None:
    server, clock = TokenServer(), FakeClock()
    transport = ScriptedTransport(server)
    async with client(transport, clock) as px:
        await px.app.illust.detail(1)
        clock.advance(3590)
        await px.app.illust.detail(2)
    assert [seen.bearer for seen in transport.to("/v1/illust/detail")] == ["access-1", "access-2"]


async def test_a_machine_that_slept_is_noticed() -> None:
    server, clock = TokenServer(), FakeClock()
    transport = ScriptedTransport(server)
    async with client(transport, clock) as px:
        await px.app.illust.detail(1)
        clock.suspend(8 * 3600)
        await px.app.illust.detail(2)
    assert [seen.bearer for seen in transport.to("/v1/illust/detail")] == ["access-1", "access-2"]


async def test_a_token_that_expires_in_the_queue_is_renewed_before_its_turn() -> None:
    server, clock = TokenServer(), FakeClock()
    transport = ScriptedTransport(server)
    px = Pixiv(app=RefreshToken("refresh-0"), transport=transport, clock=clock)
    async with px:
        # An hour and a half of calls at one a second, all of them made at the start.
        await px.gather([px.app.illust.detail(i) for i in range(5400)], limit=5400)
    assert server.issued == 2
    assert len(transport.seen) == 5400 + 2


async def test_who_began_the_renewal_may_be_cancelled_without_harm_to_the_others() -> None:
    server = TokenServer()
    asked, go_on = anyio.Event(), anyio.Event()

    async def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            asked.set()
            await go_on.wait()
        return server(seen)

    transport = ScriptedTransport(answer)
    ids: list[int] = []
    leader = anyio.CancelScope()

    async def call(px: Pixiv, illust_id: int) -> None:
        ids.append((await px.app.illust.detail(illust_id)).id)

    async def begin(px: Pixiv) -> None:
        with leader:
            await call(px, 0)

    async with client(transport) as px, anyio.create_task_group() as tasks:
        tasks.start_soon(begin, px)
        await asked.wait()
        for illust_id in range(1, 100):
            tasks.start_soon(call, px, illust_id)
        await anyio.wait_all_tasks_blocked()
        leader.cancel()
        await anyio.wait_all_tasks_blocked()
        go_on.set()
    assert sorted(ids) == list(range(1, 100))
    assert server.issued == 1


async def test_who_waits_for_a_renewal_may_be_cancelled_too() -> None:
    server = TokenServer()
    asked, go_on = anyio.Event(), anyio.Event()

    async def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            asked.set()
            await go_on.wait()
        return server(seen)

    async with client(ScriptedTransport(answer)) as px, anyio.create_task_group() as tasks:
        tasks.start_soon(px.app.illust.detail(0).response)
        await asked.wait()
        with anyio.CancelScope() as waiting:
            waiting.cancel()
            await px.app.illust.detail(1)
        assert waiting.cancelled_caught
        go_on.set()
    assert server.issued == 1


async def test_a_refused_refresh_token_is_said_so_and_asked_for_once() -> None:
    transport = ScriptedTransport(with_tokens(in_turn(token_refused())))
    async with client(transport) as px:
        for _ in range(3):
            with pytest.raises(RefreshTokenInvalid) as caught:
                await px.app.illust.detail(1)
            assert caught.value.status == 400
            assert "1508" in caught.value.reason
            assert caught.value.hint
    assert len(transport.seen) == 1


async def test_a_token_that_stays_refused_is_renewed_once_then_given_up() -> None:
    server = TokenServer()
    transport = ScriptedTransport(with_tokens(server, lambda _: expired()))
    async with client(transport) as px:
        with pytest.raises(AuthError) as caught:
            await px.app.illust.detail(1)
    assert type(caught.value) is AuthError
    assert caught.value.endpoint == "app.illust.detail"
    # It may have expired on its way: the next call renews it again.
    assert not caught.value.needs_login
    assert len(transport.to("/v1/illust/detail")) == 2
    # One to begin with, one renewal.
    assert len(transport.to("/auth/token")) == 2


async def test_an_error_says_whether_only_another_login_helps() -> None:
    transport = ScriptedTransport(with_tokens(in_turn(token_refused()), lambda _: expired()))
    logins = [None, AccessToken("old"), RefreshToken("refresh-0")]
    for login in logins:
        async with Pixiv(app=login, transport=transport, pace=None) as px:
            with pytest.raises(AuthError) as caught:
                await px.app.illust.detail(1)
        assert caught.value.needs_login


async def test_a_write_is_repeated_with_the_new_token_because_pixiv_refused_the_first() -> None:
    server = TokenServer()
    transport = ScriptedTransport(
        with_tokens(server, lambda s: json_reply({}) if s.bearer in server.valid else expired())
    )
    async with client(transport) as px:
        await px.app.illust.comment_delete(1)
        server.valid = set()
        await px.app.illust.comment_delete(2)
    assert [s.form["comment_id"] for s in transport.to("/v1/illust/comment/delete")] == [
        "1",
        "2",
        "2",
    ]


async def test_a_status_of_401_renews_too() -> None:
    answers = in_turn(app_error("", 401), json_reply({"illust": {"id": 7}}))
    transport = ScriptedTransport(with_tokens(TokenServer(), answers))
    async with client(transport) as px:
        assert (await px.app.illust.detail(7)).id == 7
    assert len(transport.to("/auth/token")) == 2


async def test_other_errors_with_status_400_do_not_renew() -> None:
    offset = app_error('{"offset":["offset must be no more than 5000"]}', 400)
    transport = ScriptedTransport(with_tokens(TokenServer(), in_turn(offset)))
    async with client(transport) as px:
        with pytest.raises(OffsetLimit):
            await px.app.user.illusts(1, offset=5010).first()
    assert [seen.path for seen in transport.seen] == ["/auth/token", "/v1/user/illusts"]


async def test_an_access_token_of_ones_own_is_never_renewed() -> None:
    transport = ScriptedTransport(TokenServer("mine"))
    async with Pixiv(app=AccessToken("mine"), transport=transport, pace=None) as px:
        await px.app.illust.detail(1)
    async with Pixiv(app=AccessToken("old"), transport=transport, pace=None) as px:
        with pytest.raises(AuthError):
            await px.app.illust.detail(2)
    assert [seen.bearer for seen in transport.seen] == ["mine", "old"]


async def test_an_endpoint_that_needs_a_login_is_refused_before_anything_is_sent() -> None:
    transport = ScriptedTransport(illust_reply)
    async with Pixiv(transport=transport) as px:
        for call in (
            px.app.illust.detail(1),
            px.web.illust.recommend_init(1),
            px.web.illust.like(1),
        ):
            with pytest.raises(AuthError, match="needs a login"):
                await call.response()
    assert not transport.seen


async def test_one_login_does_not_stand_in_for_the_other() -> None:
    transport = ScriptedTransport(illust_reply)
    async with Pixiv(web=SessionCookie("1_abc"), transport=transport) as px:
        with pytest.raises(AuthError):
            await px.app.illust.detail(1)
    async with Pixiv(app=AccessToken("mine"), transport=transport) as px:
        with pytest.raises(AuthError):
            await px.web.illust.recommend_init(1)
    assert not transport.seen


async def test_two_clients_in_one_event_loop_never_mix_their_logins() -> None:
    sent: dict[str, set[str]] = {"one": set(), "two": set()}

    def answering(name: str) -> Answer:
        def answer(seen: Seen) -> httpx.Response:
            sent[name].add(seen.bearer)
            return illust_reply(seen)

        return answer

    async with (
        Pixiv(
            app=AccessToken("one"), transport=ScriptedTransport(answering("one")), pace=None
        ) as one,
        Pixiv(
            app=AccessToken("two"), transport=ScriptedTransport(answering("two")), pace=None
        ) as two,
        anyio.create_task_group() as tasks,
    ):
        for i in range(500):
            tasks.start_soon(one.app.illust.detail(i).response)
            tasks.start_soon(two.app.illust.detail(i).response)
    assert sent == {"one": {"one"}, "two": {"two"}}


async def test_a_call_made_with_one_client_carries_the_login_of_the_one_it_is_attached_to() -> (
    None
):
    transport = ScriptedTransport(illust_reply)
    one = Pixiv(app=AccessToken("one"), transport=transport)
    two = Pixiv(app=AccessToken("two"), transport=transport)
    async with one, two:
        await two.attach(one.app.illust.detail(1))
    assert [seen.bearer for seen in transport.seen] == ["two"]


async def test_a_value_without_a_client_says_what_to_do() -> None:
    import pickle

    async with Pixiv(app=AccessToken("one"), transport=ScriptedTransport(illust_reply)) as px:
        call = pickle.loads(pickle.dumps(px.app.illust.detail(1)))
        with pytest.raises(errors.PixivError, match="attach"):
            await call
        assert (await px.attach(call)).id == 1

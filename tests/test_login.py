"""Getting in: a login that a browser makes, and the code that it ends with."""

from __future__ import annotations

import logging
import pickle
from urllib.parse import parse_qs, urlsplit

import anyio
import httpx
import pytest
from support.clock import START, FakeClock
from support.script import ScriptedTransport, html_reply, in_turn, json_reply, token_reply

from pixivkit import Hosts, Pixiv, RefreshToken, Tokens, login
from pixivkit.errors import (
    AuthUnavailable,
    BlockedByCloudflare,
    InvalidArgument,
    LoginCodeInvalid,
    RefreshTokenInvalid,
    TokenStoreError,
)
from pixivkit.testing import FakePixiv
from pixivkit.token_stores import MemoryTokenStore

CODE = "Zx81-_fakeCodeOfALogin0123456789"
CALLBACK = "https://app-api.pixiv.net/web/v1/users/auth/pixiv/callback"
STARTED = login.LoginStart("https://app-api.pixiv.net/web/v1/login", "verifier-of-the-test")

code_expired = json_reply(
    {
        "has_error": True,
        "errors": {"system": {"message": "The authorization code has expired", "code": 1508}},
        "error": "invalid_grant",
    },
    status=400,
)


def test_the_challenge_is_that_of_rfc_7636_appendix_b() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert login.code_challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_start_gives_an_address_that_holds_the_challenge_and_not_the_verifier() -> None:
    started = login.start()
    split = urlsplit(started.url)
    assert f"{split.scheme}://{split.netloc}{split.path}" == (
        "https://app-api.pixiv.net/web/v1/login"
    )
    assert parse_qs(split.query) == {
        "code_challenge": [login.code_challenge(started.verifier)],
        "code_challenge_method": ["S256"],
        "client": ["pixiv-android"],
    }
    assert len(started.verifier) == 43
    assert started.verifier not in started.url + repr(started)


def test_every_login_has_a_verifier_of_its_own() -> None:
    assert login.start().verifier != login.start().verifier


def test_sign_up_opens_the_page_for_new_accounts() -> None:
    path = urlsplit(login.start(sign_up=True).url).path
    assert path == "/web/v1/provisional-accounts/create"


def test_another_process_may_finish() -> None:
    started = login.start()
    assert pickle.loads(pickle.dumps(started)) == started


@pytest.mark.parametrize(
    "pasted",
    [
        CODE,
        f"pixiv://account/login?code={CODE}&via=login",
        f"{CALLBACK}?state=fake-state&code={CODE}",
        f'"{CODE}"',
        f" \t{CODE}\r\n",
        f"'pixiv://account/login?code={CODE}&via=login'\n",
        f"“{CODE}”",
        f"<pixiv://account/login?via=login&code={CODE}>",
        f"pixiv://account/login?code={CODE[:9]}\n{CODE[9:]}&via=login",
    ],
)
def test_a_code_is_found_in_what_people_paste(pasted: str) -> None:
    assert login.parse_code(pasted) == CODE


@pytest.mark.parametrize(
    ("pasted", "advice"),
    [
        ("", "nothing was pasted"),
        (" '' ", "nothing was pasted"),
        (f"my code {CODE}", "no login code"),
        (f"{CODE}&via=login", "no login code"),
        (f"pixiv://account/login?code={CODE}%20", "no login code"),
        (f"pixiv://account/login?code={CODE}&code=other", "no code="),
        (f"{CALLBACK}?state={CODE}", "no code="),
        (f"https://app-api.pixiv.net/web/v1/login?code_challenge={CODE}", "starts with"),
        (f"javascript://x?code={CODE}", "no address of pixiv"),
        (f"https://[{CODE}", "no address"),
    ],
)
def test_anything_else_is_refused_and_not_repeated(pasted: str, advice: str) -> None:
    with pytest.raises(InvalidArgument, match=advice) as refused:
        login.parse_code(pasted)
    assert CODE not in str(refused.value)


@pytest.mark.anyio
async def test_finish_trades_the_code_for_tokens_and_keeps_them() -> None:
    pixiv = ScriptedTransport(in_turn(token_reply("access-1", refresh="refresh-1")))
    store = MemoryTokenStore()
    tokens = await login.finish(
        STARTED, f" {CODE} ", transport=pixiv, clock=FakeClock(), store=store
    )
    assert tokens == Tokens("refresh-1", "access-1", START + 3600, 90000010)
    assert store.tokens == tokens

    [sent] = pixiv.seen
    assert (sent.method, str(sent.url)) == ("POST", "https://oauth.secure.pixiv.net/auth/token")
    assert sent.bearer == ""
    form = sent.form
    assert form["grant_type"] == "authorization_code"
    assert (form["code"], form["code_verifier"]) == (CODE, "verifier-of-the-test")
    assert form["redirect_uri"] == CALLBACK
    assert pixiv.closed


@pytest.mark.anyio
async def test_finish_goes_where_hosts_say() -> None:
    pixiv = ScriptedTransport(in_turn(token_reply("access-1")))
    hosts = Hosts(oauth="http://127.0.0.1:8080/oauth")
    await login.finish(STARTED, CODE, transport=pixiv, hosts=hosts)
    assert str(pixiv.seen[0].url) == "http://127.0.0.1:8080/oauth/auth/token"


@pytest.mark.anyio
async def test_a_client_goes_on_with_what_finish_kept() -> None:
    store = MemoryTokenStore()
    pixiv = ScriptedTransport(in_turn(token_reply("access-1")))
    await login.finish(STARTED, CODE, transport=pixiv, clock=FakeClock(), store=store)

    pixiv = ScriptedTransport(in_turn(json_reply({"illust": {}})))
    async with Pixiv(app=RefreshToken(store=store), transport=pixiv, clock=FakeClock()) as px:
        await px.send(px.app.illust.detail(1).request)
    assert [seen.bearer for seen in pixiv.seen] == ["access-1"]


@pytest.mark.anyio
async def test_a_code_is_good_once_and_for_the_login_that_it_ended() -> None:
    fake = FakePixiv(works=5, users=3)
    mine, other = login.start(), login.start()
    code = fake.credentials.new_login_code(login.code_challenge(mine.verifier))
    callback = f"pixiv://account/login?code={code}&via=login"

    tokens = await login.finish(mine, callback, transport=fake.transport)
    assert tokens.user_id == fake.account
    with pytest.raises(LoginCodeInvalid):
        await login.finish(mine, callback, transport=fake.transport)

    code = fake.credentials.new_login_code(login.code_challenge(mine.verifier))
    with pytest.raises(LoginCodeInvalid):
        await login.finish(other, code, transport=fake.transport)


@pytest.mark.anyio
async def test_an_expired_code_says_how_long_codes_live_and_what_to_do() -> None:
    pixiv = ScriptedTransport(in_turn(code_expired))
    store = MemoryTokenStore()
    with pytest.raises(LoginCodeInvalid) as refused:
        await login.finish(STARTED, CODE, transport=pixiv, store=store)
    words = str(refused.value)
    assert "The authorization code has expired" in words
    assert "works once, for about 30 seconds: start the login again" in words
    assert isinstance(refused.value, RefreshTokenInvalid)
    assert (refused.value.status, refused.value.endpoint) == (400, "oauth.auth.token_code")
    assert store.tokens is None
    # A code that was refused is not tried again.
    assert len(pixiv.seen) == 1


@pytest.mark.anyio
async def test_nothing_is_sent_without_a_code() -> None:
    pixiv = ScriptedTransport(in_turn(token_reply("access-1")))
    with pytest.raises(InvalidArgument):
        await login.finish(STARTED, "no code at all", transport=pixiv)
    assert pixiv.seen == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (json_reply({}), AuthUnavailable),
        (json_reply([]), AuthUnavailable),
        (json_reply({"access_token": "access-1", "expires_in": 3600}), AuthUnavailable),
        (json_reply({}, status=503), AuthUnavailable),
        (html_reply("<title>Just a moment...</title>", status=403), BlockedByCloudflare),
        (httpx.ConnectError("no route"), AuthUnavailable),
    ],
)
async def test_an_answer_without_tokens_is_no_login(
    answer: httpx.Response | Exception, error: type[Exception]
) -> None:
    store = MemoryTokenStore()
    with pytest.raises(error):
        transport = ScriptedTransport(in_turn(answer))
        await login.finish(STARTED, CODE, transport=transport, store=store)
    assert store.tokens is None


@pytest.mark.anyio
async def test_tokens_are_kept_even_if_the_task_is_cancelled_meanwhile() -> None:
    class SlowStore(MemoryTokenStore):
        async def save(self, tokens: Tokens) -> None:
            scope.cancel()
            await anyio.lowlevel.checkpoint()
            await super().save(tokens)

    store = SlowStore()
    pixiv = ScriptedTransport(in_turn(token_reply("access-1")))
    with anyio.CancelScope() as scope:
        await login.finish(STARTED, CODE, transport=pixiv, store=store)
    assert scope.cancel_called
    assert store.tokens is not None


@pytest.mark.anyio
async def test_a_rotated_token_is_saved_before_it_is_used() -> None:
    clock = FakeClock()
    store = MemoryTokenStore(Tokens("refresh-1"))

    def answer(_: object) -> httpx.Response:
        if len(pixiv.seen) == 1:
            return token_reply("access-2", refresh="refresh-2")
        assert store.tokens is not None
        assert store.tokens.refresh_token == "refresh-2"
        return json_reply({"illust": {}})

    pixiv = ScriptedTransport(answer)
    async with Pixiv(app=RefreshToken(store=store), transport=pixiv, clock=clock) as px:
        await px.send(px.app.illust.detail(1).request)
    assert [seen.bearer for seen in pixiv.seen] == ["", "access-2"]


@pytest.mark.anyio
async def test_tokens_that_could_not_be_saved_are_not_used() -> None:
    class FullStore(MemoryTokenStore):
        async def save(self, tokens: Tokens) -> None:
            del tokens
            raise TokenStoreError("no space left")

    store = FullStore(Tokens("refresh-1"))
    pixiv = ScriptedTransport(in_turn(token_reply("access-2", refresh="refresh-2")))
    async with Pixiv(app=RefreshToken(store=store), transport=pixiv, clock=FakeClock()) as px:
        with pytest.raises(TokenStoreError, match="no space left"):
            await px.app.illust.detail(1)
        with pytest.raises(TokenStoreError, match="no space left"):
            await px.app.illust.detail(1)
    # One token request for both calls, and no call with the token that is not kept.
    assert [seen.url.path for seen in pixiv.seen] == ["/auth/token"]


@pytest.mark.anyio
async def test_two_clients_never_mix() -> None:
    def answer_for(name: str) -> ScriptedTransport:
        return ScriptedTransport(
            lambda seen: (
                token_reply(f"access-{name}", refresh=f"refresh-{name}-2")
                if seen.path == "/auth/token"
                else json_reply({"illust": {}})
            )
        )

    async def call(px: Pixiv, illust_id: int) -> None:
        await px.send(px.app.illust.detail(illust_id).request)

    wires = {name: answer_for(name) for name in ("a", "b")}
    stores = {name: MemoryTokenStore(Tokens(f"refresh-{name}-1")) for name in wires}
    clock = FakeClock()
    async with (
        Pixiv(app=RefreshToken(store=stores["a"]), transport=wires["a"], clock=clock) as one,
        Pixiv(app=RefreshToken(store=stores["b"]), transport=wires["b"], clock=clock) as two,
        anyio.create_task_group() as tasks,
    ):
        for illust_id in range(1, 21):
            tasks.start_soon(call, one, illust_id)
            tasks.start_soon(call, two, illust_id)

    for name, wire in wires.items():
        [renewal] = wire.to("/auth/token")
        assert renewal.form["refresh_token"] == f"refresh-{name}-1"
        assert {seen.bearer for seen in wire.to("/v1/illust/detail")} == {f"access-{name}"}
        kept = stores[name].tokens
        assert kept is not None
        assert kept.refresh_token == f"refresh-{name}-2"


@pytest.mark.anyio
async def test_no_secret_is_shown_or_logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    store = MemoryTokenStore()
    started = login.start()
    pixiv = ScriptedTransport(in_turn(token_reply("access-secret", refresh="refresh-secret")))
    tokens = await login.finish(started, CODE, transport=pixiv, store=store)
    with pytest.raises(LoginCodeInvalid) as refused:
        await login.finish(started, CODE, transport=ScriptedTransport(in_turn(code_expired)))

    credential = RefreshToken("refresh-secret", store=store)
    shown = [repr(each) for each in (tokens, store, credential, started, refused.value)]
    shown += [str(tokens), str(refused.value), caplog.text, *capfd.readouterr()]
    for secret in ("access-secret", "refresh-secret", CODE, started.verifier):
        assert secret not in "\n".join(shown)

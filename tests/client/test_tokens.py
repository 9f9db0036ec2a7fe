"""Token stores: what is loaded, and what is saved when."""

from __future__ import annotations

import attrs
import httpx
import pytest
from support.clock import FakeClock
from support.script import (
    ScriptedTransport,
    Seen,
    TokenServer,
    illust_reply,
    token_refused,
    token_reply,
)

from pixivkit import Pixiv, RefreshToken, Tokens
from pixivkit.errors import AuthError, RefreshTokenInvalid, TokenStoreError

pytestmark = pytest.mark.anyio


class Store:
    """Keeps tokens in memory, and every set of them that was ever saved."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self.tokens = tokens
        self.saved: list[Tokens] = []
        self.loads = 0

    async def load(self) -> Tokens | None:
        self.loads += 1
        return self.tokens

    async def save(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.saved.append(tokens)


async def test_a_good_access_token_in_the_store_is_used_without_asking_for_another() -> None:
    clock = FakeClock()
    store = Store(Tokens("refresh-9", "kept", clock.time() + 1000))
    transport = ScriptedTransport(TokenServer("kept"))
    async with Pixiv(app=RefreshToken(store=store), transport=transport, clock=clock) as px:
        await px.app.illust.detail(1)
        await px.app.illust.detail(2)
    assert [seen.bearer for seen in transport.seen] == ["kept", "kept"]
    assert (store.loads, store.saved) == (1, [])


async def test_an_old_one_is_renewed_with_the_refresh_token_of_the_store() -> None:
    clock = FakeClock()
    store = Store(Tokens("refresh-9", "kept", clock.time() - 1))
    transport = ScriptedTransport(TokenServer())
    login = RefreshToken("refresh-0", store=store)
    async with Pixiv(app=login, transport=transport, clock=clock) as px:
        await px.app.illust.detail(1)
    assert transport.seen[0].form["refresh_token"] == "refresh-9"


async def test_new_tokens_are_saved_before_they_are_used() -> None:
    store = Store()
    server = TokenServer(rotate=True)
    kept: list[str] = []

    def answer(seen: Seen) -> httpx.Response:
        if seen.path != "/auth/token":
            kept.append(store.saved[-1].access_token)
        return server(seen)

    clock = FakeClock()
    transport = ScriptedTransport(answer)
    async with Pixiv(
        app=RefreshToken("refresh-1", store=store), transport=transport, clock=clock
    ) as px:
        await px.app.illust.detail(1)
        clock.advance(4000)
        await px.app.illust.detail(1)
    assert kept == ["access-1", "access-2"]
    assert [tokens.refresh_token for tokens in store.saved] == ["refresh-2", "refresh-3"]
    assert [s.form["refresh_token"] for s in transport.to("/auth/token")] == [
        "refresh-1",
        "refresh-2",
    ]
    assert {tokens.user_id for tokens in store.saved} == {90000010}


async def test_a_saved_token_is_said_to_expire_a_little_earlier_than_it_does() -> None:
    store, clock = Store(), FakeClock()
    transport = ScriptedTransport(TokenServer())
    async with Pixiv(
        app=RefreshToken("refresh-0", store=store), transport=transport, clock=clock
    ) as px:
        await px.app.illust.detail(1)
    left = store.saved[0].expires_at - clock.time()
    assert 3000 < left < 3600


async def test_a_refresh_token_that_pixiv_leaves_out_is_kept() -> None:
    store = Store()

    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            return token_reply("access-1", refresh="")
        return illust_reply(seen)

    async with Pixiv(
        app=RefreshToken("refresh-0", store=store), transport=ScriptedTransport(answer)
    ) as px:
        await px.app.illust.detail(1)
    assert store.saved[0].refresh_token == "refresh-0"


async def test_a_refusal_leaves_the_store_as_it_is() -> None:
    before = Tokens("refresh-9", "old", 0.0)
    store = Store(before)
    transport = ScriptedTransport(lambda _: token_refused())
    async with Pixiv(app=RefreshToken(store=store), transport=transport) as px:
        with pytest.raises(RefreshTokenInvalid):
            await px.app.illust.detail(1)
    assert store.tokens == before
    assert not store.saved


async def test_a_store_without_tokens_and_no_token_given_says_to_log_in() -> None:
    transport = ScriptedTransport(TokenServer())
    async with Pixiv(app=RefreshToken(store=Store()), transport=transport) as px:
        with pytest.raises(AuthError, match="log in"):
            await px.app.illust.detail(1)
    assert not transport.seen


async def test_a_new_refresh_token_is_not_lost_when_it_cannot_be_saved() -> None:
    class Full(Store):
        full = True

        async def save(self, tokens: Tokens) -> None:
            if self.full:
                raise OSError("no space left")
            await super().save(tokens)

    store, clock = Full(), FakeClock()
    transport = ScriptedTransport(TokenServer(rotate=True))
    credential = RefreshToken("refresh-1", store=store)
    async with Pixiv(app=credential, transport=transport, clock=clock) as px:
        with pytest.raises(TokenStoreError, match="OSError"):
            await px.app.illust.detail(1)
        assert not transport.to("/v1/illust/detail")
        store.full = False
        await px.app.illust.detail(1)
    # It is saved and used then; there is no need for another.
    assert [s.form["refresh_token"] for s in transport.to("/auth/token")] == ["refresh-1"]
    assert [tokens.refresh_token for tokens in store.saved] == ["refresh-2"]


async def test_a_login_needs_a_token_or_a_store() -> None:
    with pytest.raises(ValueError, match="needed"):
        RefreshToken()


@pytest.mark.parametrize("pasted", [" token\n", '"token"', "'token'", "`token` ", '\t"token" '])
async def test_blanks_and_quotes_that_come_along_with_a_token_are_dropped(pasted: str) -> None:
    assert RefreshToken(pasted).token == "token"


@pytest.mark.parametrize("pasted", ["", "  ", "two words", "t\nk", "tóken"])
async def test_what_cannot_be_a_token_is_refused_without_being_quoted(pasted: str) -> None:
    with pytest.raises(ValueError, match="one word") as caught:
        RefreshToken(pasted)
    assert len(pasted) < 3 or pasted not in str(caught.value)


async def test_tokens_can_be_changed_and_compared() -> None:
    one = Tokens("r", "a", 1.0, 2)
    assert attrs.evolve(one, access_token="b") != one

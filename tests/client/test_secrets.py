"""No credential is shown: not by values, not by errors, not by logs."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest
from support.clock import FakeClock
from support.raw_server import Connection, RawServer
from support.script import (
    Answer,
    ScriptedTransport,
    Seen,
    app_error,
    expired,
    html_reply,
    in_turn,
    json_reply,
    rate_limit,
    token_refused,
    token_reply,
)

from pixivkit import (
    AccessToken,
    Call,
    Pixiv,
    RefreshToken,
    Retry,
    SessionCookie,
    Tokens,
    UploadFile,
)
from pixivkit.app.oauth import AuthApi
from pixivkit.errors import PixivError

pytestmark = pytest.mark.anyio

REFRESH = "refresh-token-Qz81kfPw"
ACCESS = "access-token-7Hn2mVxR"
SESSION = "90000010_sessionLr5TzYqB"
CLEARANCE = "clearance-Uc93sJdE"
CSRF = "c5f0d3a17be94428a6c1f20e9b7d8345"
CLIENT_SECRET = "lsACyCD94FhDUtGTXi3QzcFE2uU1hqtDaKeqrdwj"
SECRETS = [REFRESH, ACCESS, SESSION, "sessionLr5TzYqB", CLEARANCE, CSRF, CLIENT_SECRET]


def shows_nothing(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


LOGIN = RefreshToken(REFRESH)
COOKIE = SessionCookie(SESSION, cookies={"cf_clearance": CLEARANCE})


def test_values_that_hold_credentials_do_not_show_them() -> None:
    tokens = Tokens(REFRESH, ACCESS, 1.0, 2)
    for value in (LOGIN, AccessToken(ACCESS), COOKIE, tokens):
        shows_nothing(f"{value!r} {value} {[value]} {{'login': {value!r}}}")


async def test_clients_and_what_they_make_do_not_either() -> None:
    transport = ScriptedTransport(lambda _: token_reply(ACCESS, refresh=REFRESH))
    async with Pixiv(app=LOGIN, web=COOKIE, transport=transport) as px:
        call = AuthApi(px).token_refresh(REFRESH)
        tokens = await px.exchange_token(call)
        for value in (px, call, call.request, tokens, vars(px), px.pace):
            shows_nothing(f"{value!r} {value}")


async def test_replies_do_not_show_the_cookies_that_came_with_them() -> None:
    headers = {"set-cookie": f"PHPSESSID={SESSION}; path=/"}
    transport = ScriptedTransport(
        lambda _: json_reply({"error": False, "body": []}, headers=headers)
    )
    async with Pixiv(web=COOKIE, transport=transport) as px:
        response = await px.web.illust.pages(1).response()
    shows_nothing(repr(response))
    assert SESSION in response.reply.headers["set-cookie"]


TROUBLE: dict[str, Answer] = {
    "expired": in_turn(expired()),
    "rate limit": in_turn(rate_limit()),
    "not found": in_turn(app_error("", 404)),
    "server error": in_turn(httpx.Response(500)),
    "bad gateway": in_turn(html_reply("<h1>Bad gateway</h1>", 502)),
    "challenge": in_turn(html_reply("<title>Just a moment...</title>", 403)),
    "redirect": in_turn(httpx.Response(302, headers={"location": "https://evil.example/"})),
    "not JSON": in_turn(html_reply("<p>Hello</p>")),
    "another shape": in_turn(json_reply({"illust": []})),
    "no connection": in_turn(httpx.ConnectError("no route")),
    "reset": in_turn(httpx.ReadError("reset")),
    "timeout": in_turn(httpx.ReadTimeout("slow")),
    "not valid": in_turn(
        httpx.LocalProtocolError(f"Illegal header value b'Bearer {ACCESS}' {SESSION} {CSRF}")
    ),
}

TOKEN_TROUBLE: dict[str, Answer] = {
    "refused": in_turn(token_refused()),
    "cut off": in_turn(
        httpx.Response(200, content=f'{{"access_token":"{ACCESS}","refresh_token":"{REFRESH}"')
    ),
    "another shape": in_turn(json_reply({"access_token": [ACCESS], "refresh_token": REFRESH})),
    "server error": in_turn(httpx.Response(500)),
    "a page": in_turn(html_reply(f"<p>{ACCESS}</p>")),
}


def answering(api: Answer, tokens: Answer | None = None) -> Answer:
    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            reply = tokens(seen) if tokens else token_reply(ACCESS, refresh=REFRESH)
        elif seen.path == "/":
            reply = html_reply(f'{{\\"token\\":\\"{CSRF}\\"}}')
        else:
            reply = api(seen)
        assert isinstance(reply, httpx.Response)
        return reply

    return answer


@asynccontextmanager
async def troubled(answer: Answer) -> AsyncIterator[Pixiv]:
    async with Pixiv(
        app=LOGIN,
        web=COOKIE,
        transport=ScriptedTransport(answer),
        clock=FakeClock(),
        retry=Retry(attempts=2),
    ) as px:
        yield px


async def fail_everywhere(px: Pixiv) -> list[PixivError]:
    calls: list[Call[Any]] = [
        px.app.illust.detail(1),
        px.app.illust.comment_delete(2),
        px.app.upload.illust("A quiet hill", [UploadFile(b"GIF8")]),
        px.web.illust.pages(3),
        px.web.illust.recommend_init(4),
        px.web.illust.like(5),
    ]
    return [
        outcome.error
        async for outcome in px.bulk(calls, patience=300)
        if outcome.error is not None
    ]


@pytest.mark.parametrize("name", TROUBLE)
async def test_errors_and_logs_show_none_whatever_goes_wrong(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with troubled(answering(TROUBLE[name])) as px:
        found = await fail_everywhere(px)
    assert found
    _check(found, caplog)


@pytest.mark.parametrize("name", TOKEN_TROUBLE)
async def test_nor_when_it_is_the_login_that_goes_wrong(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with troubled(answering(in_turn(httpx.Response(500)), TOKEN_TROUBLE[name])) as px:
        found = await fail_everywhere(px)
    assert found
    _check(found, caplog)


def _check(found: list[PixivError], caplog: pytest.LogCaptureFixture) -> None:
    for error in found:
        shows_nothing(f"{error} {error!r} {error.__dict__}")
        shows_nothing("".join(traceback.format_exception(error)))
        shows_nothing(repr(pickle.dumps(error)))
    for record in caplog.records:
        shows_nothing(f"{record.getMessage()} {record.__dict__}")
    assert [record for record in caplog.records if record.name.startswith("pixivkit")]


async def test_nor_do_the_logs_of_the_libraries_below(caplog: pytest.LogCaptureFixture) -> None:
    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            if received.target == "/auth/token":
                await connection.reply(token_reply(ACCESS, refresh=REFRESH).content)
            elif received.target == "/":
                await connection.reply(f'"token":"{CSRF}"'.encode())
            elif received.method == "GET":
                await connection.reset()
            else:
                await connection.reply(b"{", status=500)

    caplog.set_level(logging.DEBUG)
    server = RawServer(behave)
    async with (
        server.serving(),
        Pixiv(app=LOGIN, web=COOKIE, hosts=server.hosts, clock=FakeClock(), pace=None) as px,
    ):
        with anyio.fail_after(20):
            found = await fail_everywhere(px)
    assert len(found) == 6
    _check(found, caplog)

"""
Whatever goes wrong on a connection, what is raised and logged holds no secret.

Not even for those who look at the variables of the functions that an exception came through.
"""

from __future__ import annotations

import base64
import gzip
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import httpx
import pytest
from support import backends
from support.raw_server import Connection, RawServer
from support.traces import shown_by

from pixivkit import AccessToken, Hosts, Pixiv, RefreshToken, Retry, SessionCookie, Timeouts
from pixivkit.errors import ConnectionFailed, PixivError

pytestmark = pytest.mark.anyio

ACCESS = "access-7Hn2mVxR"
SESSION = "sessionLr5TzYqB"
CLEARANCE = "clearance-Uc93sJdE"
REFRESH = "refresh-Qz81kfPw"
PASSWORD = "password-m4Kc8sWd"
LOGIN = base64.b64encode(f"somebody:{PASSWORD}".encode()).decode()
SENT = [ACCESS, SESSION, CLEARANCE, REFRESH, PASSWORD, LOGIN]
GIVEN = "given-w3Xo6vBn"
"""What a server sends that nobody else may see: cookies, and bytes of a reply."""

HEAD = f"HTTP/1.1 200 OK\r\nSet-Cookie: PHPSESSID={GIVEN}\r\n"
PACKED = gzip.compress(GIVEN.encode() * 1000)


def _reply(status: int, body: str, kind: str = "application/json") -> str:
    return (
        f"HTTP/1.1 {status} {GIVEN}\r\nSet-Cookie: PHPSESSID={GIVEN}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )


SAID: dict[str, str | bytes] = {
    "nothing": "",
    "no HTTP": f"HTTP/1.1 what {GIVEN}\r\n\r\n",
    "a broken header": f"{HEAD}X-{GIVEN} {GIVEN}\r\n\r\n",
    "half of the headers": HEAD,
    "half of a body": f'{HEAD}Content-Length: 99\r\n\r\n{{"token": "{GIVEN}',
    "broken chunks": f'{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{{"a":\r\n{GIVEN}\r\n',
    "no JSON": _reply(200, f'{{"token": "{GIVEN}'),
    "a page": _reply(200, f"<p>{GIVEN}</p>", "text/html"),
    "a challenge": _reply(403, f"<title>Just a moment...</title>{GIVEN}", "text/html"),
    "another shape": _reply(200, '{"illust": [], "body": {"illust": 1}}'),
    "expired": _reply(400, '{"error": {"message": "invalid_grant"}}'),
    "not allowed": _reply(401, '{"error": {"message": "no"}}'),
    "limited": _reply(403, '{"error": {"message": "Rate Limit"}}'),
    "not found": _reply(404, '{"error": {"message": "no"}}'),
    "an error without JSON": _reply(502, f"<p>{GIVEN}</p>", "text/html"),
    "a redirect": _reply(302, "").replace("Content-Type", "Location"),
    "too much": _reply(200, GIVEN * 10_000),
    "half of a packed body": (
        f"{HEAD}Content-Encoding: gzip\r\nContent-Length: {len(PACKED)}\r\n\r\n".encode()
        + PACKED[:-9]
    ),
    "no packed body": (
        f"{HEAD}Content-Encoding: gzip\r\nContent-Length: {len(GIVEN)}\r\n\r\n{GIVEN}"
    ),
    "a silence": f'{HEAD}Content-Length: 99\r\n\r\n{{"token": "{GIVEN}',
}


@pytest.fixture(params=[*backends.BACKENDS, "given"])
def over(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both default wires, and a transport of httpx."""
    backends.use(str(request.param), monkeypatch)
    return str(request.param)


def saying(what: str) -> Callable[[Connection], Awaitable[None]]:
    said = SAID[what]
    data = said if isinstance(said, bytes) else said.encode()

    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            await connection.send(data)
            if not data or b'{"error' not in data:
                await (anyio.sleep_forever() if what == "a silence" else connection.close())
                return

    return behave


def client(over: str, server: RawServer, app: AccessToken | RefreshToken) -> Pixiv:
    return Pixiv(
        app=app,
        web=SessionCookie(f"90000010_{SESSION}", cookies={"cf_clearance": CLEARANCE}),
        hosts=server.hosts,
        pace=None,
        retry=Retry(attempts=1),
        patience=0.5,
        timeout=Timeouts(read=0.1),
        largest_reply=100_000,
        transport=httpx.AsyncHTTPTransport() if over == "given" else None,
    )


def check(errors: list[PixivError], caplog: pytest.LogCaptureFixture) -> None:
    """Neither *errors* nor what was logged hold a secret."""
    assert errors
    for error in errors:
        for secret in (*SENT, GIVEN):
            found = [line[:300] for line in shown_by(error).splitlines() if secret in line]
            assert not found, found
    for record in caplog.records:
        # httpcore tells replies as they come: that is documented, where logs are.
        own = () if record.name.startswith("httpcore") else (GIVEN,)
        for secret in (*SENT, *own):
            assert secret not in f"{record.getMessage()} {vars(record)}", record.name


@pytest.mark.parametrize("what", SAID)
async def test_of_a_reply(what: str, over: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    errors: list[PixivError] = []
    async with (
        RawServer(saying(what)).serving() as server,
        client(over, server, AccessToken(ACCESS)) as px,
    ):
        for call in (px.app.illust.detail(1), px.web.illust.pages(2)):
            with pytest.raises(PixivError) as caught:
                await call
            errors.append(caught.value)
    check(errors, caplog)


@pytest.mark.parametrize("what", SAID)
async def test_of_a_login(what: str, over: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    errors: list[PixivError] = []
    async with (
        RawServer(saying(what)).serving() as server,
        client(over, server, RefreshToken(REFRESH)) as px,
    ):
        for call in (px.app.illust.detail(1), px.web.illust.like(2)):
            with pytest.raises(PixivError) as caught:
                await call
            errors.append(caught.value)
    check(errors, caplog)


async def refusing(connection: Connection) -> None:
    await connection.head()
    said = f"HTTP/1.1 407 {GIVEN}\r\nProxy-Authenticate: Basic realm={GIVEN}\r\n"
    await connection.send(f"{said}Content-Length: 0\r\n\r\n".encode())


async def babbling(connection: Connection) -> None:
    await connection.head()
    await connection.send(f"{GIVEN}\r\n{GIVEN}\r\n\r\n".encode())


async def hanging_up(connection: Connection) -> None:
    await connection.head()


async def mute(connection: Connection) -> None:
    await connection.head()
    await anyio.sleep_forever()


PROXIES = [refusing, babbling, hanging_up, mute]


@pytest.mark.parametrize("behave", PROXIES, ids=[proxy.__name__ for proxy in PROXIES])
@pytest.mark.parametrize("host", ["https://pixiv.example", "http://127.0.0.1:9"])
@pytest.mark.parametrize("wire", backends.BACKENDS)
async def test_of_a_proxy(
    behave: Callable[[Connection], Awaitable[None]],
    host: str,
    wire: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    backends.use(wire, monkeypatch)
    caplog.set_level(logging.DEBUG)
    async with (
        RawServer(behave).serving() as server,
        Pixiv(
            app=AccessToken(ACCESS),
            hosts=Hosts(app=host, images=host),
            pace=None,
            proxy=f"http://somebody:{PASSWORD}@127.0.0.1:{server.port}",
            retry=Retry(attempts=1),
            timeout=0.2,
        ) as px,
    ):
        with pytest.raises(PixivError) as call:
            await px.app.illust.detail(1)
        with pytest.raises(PixivError) as download:
            await px.download("https://i.pximg.net/img-original/img/7_p0.png", tmp_path)
    check([call.value, download.value], caplog)


@pytest.mark.parametrize("wire", backends.BACKENDS)
async def test_a_proxy_that_refuses_is_a_failed_connection(
    wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backends.use(wire, monkeypatch)
    async with RawServer(refusing).serving() as server:
        proxy = f"http://somebody:{PASSWORD}@127.0.0.1:{server.port}"
        async with Pixiv(
            app=AccessToken(ACCESS), pace=None, proxy=proxy, retry=Retry(attempts=1)
        ) as px:
            with pytest.raises(ConnectionFailed, match=r"proxy refused it \(407\)"):
                await px.app.illust.detail(1)


@pytest.mark.parametrize("wire", backends.BACKENDS)
async def test_of_a_proxy_that_is_not_there(
    wire: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    backends.use(wire, monkeypatch)
    caplog.set_level(logging.DEBUG)
    async with RawServer(mute).serving() as server:
        port = server.port
    async with Pixiv(
        app=AccessToken(ACCESS),
        pace=None,
        proxy=f"http://somebody:{PASSWORD}@127.0.0.1:{port}",
        retry=Retry(attempts=1),
    ) as px:
        with pytest.raises(ConnectionFailed, match="no connection") as caught:
            await px.app.illust.detail(1)
    check([caught.value], caplog)

"""What requests carry, and where to: hosts, apps, languages, times."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.clock import START, FakeClock
from support.script import ScriptedTransport, Seen, TokenServer, illust_reply, json_reply

from pixivkit import AccessToken, AppProfile, Hosts, Pixiv, RefreshToken, SessionCookie
from pixivkit.errors import PagingError, PixivError, UnexpectedHost

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def time_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", str(request.param))
    time.tzset()
    yield str(request.param)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("time_zone")
async def test_a_token_request_carries_the_time_in_utc_and_its_hash() -> None:
    clock = FakeClock()
    transport = ScriptedTransport(TokenServer())
    async with Pixiv(app=RefreshToken("refresh"), transport=transport, clock=clock) as px:
        await px.app.illust.detail(1)
    moment = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(START))
    secret = "28c1fdd170a5204386cb1313c7077b34f83e4aaf4aa829ce78c231e05b0bae2c"
    sent = transport.seen[0].headers
    assert sent["x-client-time"] == moment
    assert sent["x-client-hash"] == hashlib.md5((moment + secret).encode()).hexdigest()
    assert "authorization" not in sent


@pytest.mark.parametrize(
    "profile",
    [
        AppProfile(),
        AppProfile(os="android", os_version="16", app_version="6.160.0", device="Pixel 10"),
    ],
    ids=["the default", "another"],
)
async def test_the_headers_of_the_app_agree_with_each_other(profile: AppProfile) -> None:
    transport = ScriptedTransport(illust_reply)
    async with Pixiv(app=AccessToken("token"), transport=transport, app_profile=profile) as px:
        await px.app.illust.detail(1)
    sent = transport.seen[0].headers
    assert sent["app-os"] == profile.os
    assert sent["app-os-version"] == profile.os_version
    assert sent["app-version"] == profile.app_version
    agent = re.fullmatch(
        r"Pixiv(IOS|Android)App/(\S+) \((iOS|Android) (\S+); (.+)\)", sent["user-agent"]
    )
    assert agent is not None
    assert agent[1].lower() == agent[3].lower() == profile.os
    assert agent.group(2, 4, 5) == (profile.app_version, profile.os_version, profile.device)


async def test_the_web_api_sees_a_browser_and_the_page_it_would_be_on() -> None:
    transport = ScriptedTransport(lambda _: json_reply({"error": False, "body": []}))
    async with Pixiv(transport=transport) as px:
        await px.web.illust.pages(12)
    sent = transport.seen[0].headers
    assert sent["user-agent"].startswith("Mozilla/5.0")
    assert sent["referer"] == "https://www.pixiv.net/artworks/12"
    assert not [name for name in sent if name.startswith("app-")]


async def test_a_session_brings_the_user_agent_its_cookies_hold_for() -> None:
    transport = ScriptedTransport(lambda _: json_reply({"error": False, "body": []}))
    session = SessionCookie("1_a", cookies={"cf_clearance": "x"}, user_agent="Mine/1.0")
    async with Pixiv(web=session, transport=transport) as px:
        await px.web.illust.pages(12)
    sent = transport.seen[0].headers
    assert sent["user-agent"] == "Mine/1.0"
    assert sent["cookie"] == "PHPSESSID=1_a; cf_clearance=x"


async def test_the_language_is_said_to_both_apis() -> None:
    def answer(seen: Seen) -> httpx.Response:
        return illust_reply(seen) if seen.bearer else json_reply({"error": False, "body": []})

    transport = ScriptedTransport(answer)
    async with Pixiv(app=AccessToken("token"), transport=transport, language="ja") as px:
        await px.app.illust.detail(1)
        await px.web.illust.pages(1)
    assert [seen.headers["accept-language"] for seen in transport.seen] == ["ja", "ja"]


# Where requests go.

MIRROR = Hosts(
    app="https://mirror.example/pixiv/app/",
    oauth="https://login.example:8443/o",
    web="http://127.0.0.1:9/w",
)


async def test_hosts_of_ones_own_keep_their_path() -> None:
    def answer(seen: Seen) -> httpx.Response:
        if seen.path.endswith("/auth/token"):
            return TokenServer()(
                Seen(seen.method, httpx.URL("https://x/auth/token"), seen.headers, b"")
            )
        return illust_reply(seen) if seen.bearer else json_reply({"error": False, "body": []})

    transport = ScriptedTransport(answer)
    async with Pixiv(app=RefreshToken("refresh"), hosts=MIRROR, transport=transport) as px:
        await px.app.illust.detail(1)
        await px.web.illust.pages(1)
    assert [str(seen.url) for seen in transport.seen] == [
        "https://login.example:8443/o/auth/token",
        "https://mirror.example/pixiv/app/v1/illust/detail?illust_id=1",
        "http://127.0.0.1:9/w/ajax/illust/1/pages",
    ]
    assert [seen.headers["host"] for seen in transport.seen] == [
        "login.example:8443",
        "mirror.example",
        "127.0.0.1:9",
    ]


async def test_each_credential_goes_to_its_own_host_only() -> None:
    def answer(seen: Seen) -> httpx.Response:
        if seen.url.host == "www.pixiv.net":
            return json_reply({"error": False, "body": []})
        return server(seen)

    server = TokenServer()
    transport = ScriptedTransport(answer)
    async with Pixiv(
        app=RefreshToken("refresh"), web=SessionCookie("1_a"), transport=transport, pace=None
    ) as px:
        await px.app.illust.detail(1)
        await px.web.illust.pages(1)
    carried = {
        seen.url.host: {"authorization", "cookie"} & set(seen.headers) for seen in transport.seen
    }
    assert carried == {
        "oauth.secure.pixiv.net": set(),
        "app-api.pixiv.net": {"authorization"},
        "www.pixiv.net": {"cookie"},
    }


@pytest.mark.parametrize(
    "next_url",
    [
        "https://evil.example/v1/user/illusts?user_id=1&offset=30",
        "https://app-api.pixiv.net.evil.example/v1/user/illusts?offset=30",
        "https://app-api.pixiv.net@evil.example/v1/user/illusts?offset=30",
        "//evil.example/v1/user/illusts?offset=30",
    ],
)
async def test_a_next_page_elsewhere_is_refused_without_a_request(next_url: str) -> None:
    transport = ScriptedTransport(lambda _: json_reply({"illusts": [], "next_url": next_url}))
    async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
        with pytest.raises((UnexpectedHost, PagingError)):
            async for _ in px.app.user.illusts(1):
                pass
    assert {seen.url.host for seen in transport.seen} == {"app-api.pixiv.net"}
    assert len(transport.seen) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["https://evil.example/", "https://app-api.pixiv.net/other", "/x"])
async def test_redirects_are_not_followed(status: int, to: str) -> None:
    transport = ScriptedTransport(lambda _: httpx.Response(status, headers={"location": to}))
    async with Pixiv(app=AccessToken("token"), transport=transport) as px:
        with pytest.raises(UnexpectedHost):
            await px.app.illust.detail(1)
    assert len(transport.seen) == 1


@pytest.mark.parametrize("name", ["app", "oauth", "web", "images"])
async def test_plain_http_to_a_foreign_host_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name}.*http"):
        with_host(name, "http://mirror.example")
    assert with_host(name, "http://mirror.example", allow_insecure=True)
    for loopback in ("http://localhost:8000", "http://127.0.0.1", "http://[::1]:80"):
        assert with_host(name, loopback)


def with_host(name: str, url: str, *, allow_insecure: bool = False) -> Hosts:
    changes: dict[str, Any] = {name: url}
    return Hosts(**changes, allow_insecure=allow_insecure)


@pytest.mark.parametrize("url", ["mirror.example", "ftp://mirror.example", "https://", "/path"])
async def test_what_is_no_url_of_a_host_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="URL"):
        Hosts(app=url)


async def test_a_transport_and_a_proxy_do_not_go_together() -> None:
    with pytest.raises(PixivError, match="proxy"):
        Pixiv(transport=ScriptedTransport(illust_reply), proxy="http://127.0.0.1:1")


async def test_leaving_the_client_closes_its_transport() -> None:
    transport = ScriptedTransport(illust_reply)
    async with Pixiv(transport=transport):
        assert not transport.closed
    assert transport.closed

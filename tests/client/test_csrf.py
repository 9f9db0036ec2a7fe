"""The token that writes of the web API carry: found on pixiv's page, kept, renewed once."""

from __future__ import annotations

import anyio
import httpx
import pytest
from support.clock import FakeClock
from support.examples import example
from support.script import ScriptedTransport, Seen, html_reply, in_turn, json_reply

from pixivkit import AccessToken, Hosts, Pixiv, SessionCookie
from pixivkit.errors import (
    ApiError,
    AuthError,
    BlockedByCloudflare,
    ConnectionFailed,
    DecodeError,
    NotFound,
    PixivError,
    ServerError,
    TransportError,
    UnexpectedHost,
)

pytestmark = pytest.mark.anyio

SESSION = SessionCookie("90000010_AbCdEf", cookies={"cf_clearance": "pass"})

PAGES = {
    "state of the page, JSON in JSON": (
        '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":'
        '{"serverSerializedPreloadedState":"{\\"api\\":{\\"token\\":\\"%s\\"}}"}}}</script>'
    ),
    "meta of older pages": (
        """<meta name="global-data" id="meta-global-data" content='{"token":"%s","ad":1}'>"""
    ),
    "script of old pages": '<script>pixiv.context.token = "%s";</script>',
    "configuration of mobile pages": (
        """<meta id="init-config" content='{"pixiv.context.postKey":1,"postKey":"%s"}'>"""
    ),
}


class Site:
    """
    A page that names a CSRF token, and writes that need it.

    Attributes:
        token: The token that is good.
        page: The page, with a place for the token.
        shown: The token that the page names, where not the good one.
    """

    def __init__(self, page: str = PAGES["state of the page, JSON in JSON"]) -> None:
        self.token = "0123456789abcdef" * 2
        self.page = page
        self.shown: str | None = None

    def __call__(self, seen: Seen) -> httpx.Response:
        if seen.path == "/":
            return html_reply(self.page % (self.shown or self.token))
        if seen.method == "POST" and seen.headers.get("x-csrf-token") != self.token:
            return json_reply({"error": True, "message": "Invalid token", "body": []}, 400)
        return json_reply(example("web.illust.like"))


def client(transport: ScriptedTransport, clock: FakeClock | None = None) -> Pixiv:
    return Pixiv(web=SESSION, transport=transport, pace=None, clock=clock or FakeClock())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
async def test_it_is_found_on_every_kind_of_page(page: str) -> None:
    transport = ScriptedTransport(Site(page))
    async with client(transport) as px:
        await px.web.illust.like(1)
    fetched, written = transport.seen
    assert (fetched.method, str(fetched.url)) == ("GET", "https://www.pixiv.net/")
    assert written.headers["x-csrf-token"] == "0123456789abcdef" * 2
    assert written.headers["origin"] == "https://www.pixiv.net"


async def test_it_is_fetched_once_for_all_writes() -> None:
    transport = ScriptedTransport(Site())
    async with client(transport) as px:
        await px.gather([px.web.illust.like(i) for i in range(50)], limit=50)
        await px.web.illust.like(50)
    assert len(transport.to("/")) == 1
    assert len(transport.to("/ajax/illusts/like")) == 51


async def test_the_page_is_asked_for_with_the_session() -> None:
    transport = ScriptedTransport(Site())
    async with client(transport) as px:
        await px.web.illust.like(1)
    assert transport.seen[0].headers["cookie"] == "PHPSESSID=90000010_AbCdEf; cf_clearance=pass"


async def test_one_that_is_no_longer_good_is_renewed_once_for_all() -> None:
    site = Site()
    transport = ScriptedTransport(site)
    async with client(transport) as px:
        await px.web.illust.like(1)
        site.token = "fedcba9876543210" * 2
        await px.gather([px.web.illust.like(i) for i in range(20)], limit=20)
    assert len(transport.to("/")) == 2


async def test_one_that_stays_refused_is_renewed_once_then_given_up() -> None:
    site = Site()
    site.shown = "f" * 32
    transport = ScriptedTransport(site)
    async with client(transport) as px:
        with pytest.raises(ApiError, match="Invalid token"):
            await px.web.illust.like(1)
    assert [seen.path for seen in transport.seen] == ["/", "/ajax/illusts/like"] * 2


async def test_other_refusals_of_a_write_do_not_renew_it() -> None:
    site = Site()

    def answer(seen: Seen) -> httpx.Response:
        if seen.method == "POST":
            return json_reply({"error": True, "message": "Try again later.", "body": []}, 400)
        return site(seen)

    transport = ScriptedTransport(answer)
    async with client(transport) as px:
        with pytest.raises(ApiError, match="later"):
            await px.web.illust.like(1)
    assert [seen.path for seen in transport.seen] == ["/", "/ajax/illusts/like"]


async def test_a_page_without_one_says_that_the_session_may_be_over_and_cools_down() -> None:
    clock = FakeClock()
    transport = ScriptedTransport(lambda _: html_reply("<title>Log in</title>"))
    async with client(transport, clock) as px:
        for _ in range(3):
            with pytest.raises(AuthError, match="session"):
                await px.web.illust.like(1)
        assert len(transport.seen) == 1
        clock.advance(61)
        with pytest.raises(AuthError, match="session"):
            await px.web.illust.like(1)
    assert len(transport.seen) == 2


TROUBLE = {
    "500": (httpx.Response(500), ServerError, 4),
    "502": (html_reply("<h1>Bad gateway</h1>", 502), ServerError, 4),
    "503": (html_reply("<h1>Back soon</h1>", 503), ServerError, 4),
    "an empty page": (httpx.Response(200), DecodeError, 4),
    "no connection": (httpx.ConnectError("no route"), ConnectionFailed, 4),
    "a reset": (httpx.ReadError("reset"), TransportError, 4),
    "a block page": (html_reply("<title>Just a moment...</title>", 403), BlockedByCloudflare, 1),
    "a challenge": (
        html_reply("<title>Hello</title>", 503, headers={"cf-mitigated": "challenge"}),
        BlockedByCloudflare,
        1,
    ),
    "nothing there": (html_reply("<h1>Not found</h1>", 404), NotFound, 1),
    "another host": (
        httpx.Response(302, headers={"location": "https://elsewhere.example/"}),
        UnexpectedHost,
        1,
    ),
}


@pytest.mark.parametrize(("trouble", "error", "times"), TROUBLE.values(), ids=TROUBLE)
async def test_trouble_with_the_page_is_that_error_and_does_not_lock_later_writes_out(
    trouble: httpx.Response | Exception, error: type[PixivError], times: int
) -> None:
    """It is repeated as that of any read is, and no write is sent meanwhile."""
    site = Site()
    pages = in_turn(*[trouble] * times, html_reply(site.page % site.token))
    transport = ScriptedTransport(lambda seen: pages(seen) if seen.path == "/" else site(seen))
    async with client(transport) as px:
        with pytest.raises(error) as caught:
            await px.web.illust.like(1)
        assert caught.value.endpoint in ("web.page", "web.illust.like")
        assert [seen.path for seen in transport.seen] == ["/"] * times
        await px.web.illust.like(1)
    assert [seen.path for seen in transport.seen[times:]] == ["/", "/ajax/illusts/like"]


async def test_trouble_that_passes_is_not_noticed() -> None:
    site = Site()
    pages = in_turn(httpx.Response(502), httpx.Response(503), html_reply(site.page % site.token))
    transport = ScriptedTransport(lambda seen: pages(seen) if seen.path == "/" else site(seen))
    async with client(transport) as px:
        await px.gather([px.web.illust.like(i) for i in range(20)], limit=20)
    assert len(transport.to("/")) == 3


async def test_the_page_is_asked_for_as_a_browser_does() -> None:
    transport = ScriptedTransport(Site())
    async with client(transport) as px:
        await px.web.illust.like(1)
    assert transport.seen[0].headers["accept"].startswith("text/html")
    assert transport.seen[1].headers["accept"] == "application/json"


@pytest.mark.parametrize("location", ["/en/", "https://www.pixiv.net/en/", "en/", "/en/?lang=en"])
async def test_a_redirect_to_a_language_is_followed(location: str) -> None:
    site = Site()

    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/":
            return httpx.Response(302, headers={"location": location})
        if seen.path == "/en/":
            return html_reply(site.page % site.token)
        return site(seen)

    transport = ScriptedTransport(answer)
    async with client(transport) as px:
        await px.web.illust.like(1)
    assert [seen.path for seen in transport.seen] == ["/", "/en/", "/ajax/illusts/like"]
    assert transport.seen[1].headers["cookie"].startswith("PHPSESSID=")


async def test_a_redirect_is_followed_below_a_mirror_with_a_prefix() -> None:
    site = Site()

    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/pixiv/":
            return httpx.Response(302, headers={"location": "https://www.pixiv.net/en/"})
        if seen.path == "/pixiv/en/":
            return html_reply(site.page % site.token)
        return site(seen)

    transport = ScriptedTransport(answer)
    hosts = Hosts(web="https://mirror.example/pixiv")
    async with Pixiv(web=SESSION, transport=transport, pace=None, hosts=hosts) as px:
        await px.web.illust.like(1)
    assert {seen.url.host for seen in transport.seen} == {"mirror.example"}


async def test_redirects_without_an_end_are_given_up() -> None:
    transport = ScriptedTransport(lambda _: httpx.Response(302, headers={"location": "/en/"}))
    async with client(transport) as px:
        with pytest.raises(UnexpectedHost, match="again and again"):
            await px.web.illust.like(1)
    assert len(transport.seen) == 3


async def test_a_page_that_does_not_arrive_is_told_apart() -> None:
    def answer(_: Seen) -> httpx.Response:
        raise httpx.ConnectError("no route")

    async with client(ScriptedTransport(answer)) as px:
        with pytest.raises(ConnectionFailed):
            await px.web.illust.like(1)


async def test_reads_do_not_ask_for_it() -> None:
    transport = ScriptedTransport(lambda _: json_reply({"error": False, "body": []}))
    async with client(transport) as px:
        await px.web.illust.pages(1)
    assert [seen.path for seen in transport.seen] == ["/ajax/illust/1/pages"]
    assert "x-csrf-token" not in transport.seen[0].headers


async def test_who_reads_the_page_may_be_cancelled_without_harm_to_the_others() -> None:
    site = Site()
    asked, go_on = anyio.Event(), anyio.Event()

    async def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/":
            asked.set()
            await go_on.wait()
        return site(seen)

    transport = ScriptedTransport(answer)
    leader = anyio.CancelScope()

    async def begin(px: Pixiv) -> None:
        with leader:
            await px.web.illust.like(0)

    async with client(transport) as px, anyio.create_task_group() as tasks:
        tasks.start_soon(begin, px)
        await asked.wait()
        for illust_id in range(1, 10):
            tasks.start_soon(px.web.illust.like(illust_id).response)
        await anyio.wait_all_tasks_blocked()
        leader.cancel()
        go_on.set()
    assert len(transport.to("/")) == 1
    assert len(transport.to("/ajax/illusts/like")) == 9


async def test_an_endpoint_with_an_optional_login_goes_without_cookies_when_there_are_none() -> (
    None
):
    transport = ScriptedTransport(lambda _: json_reply({"error": False, "body": []}))
    async with Pixiv(app=AccessToken("token"), transport=transport) as px:
        await px.web.illust.pages(1)
    (seen,) = transport.seen
    assert not {"cookie", "authorization", "x-user-id"} & set(seen.headers)


async def test_and_with_them_when_there_are() -> None:
    transport = ScriptedTransport(lambda _: json_reply({"error": False, "body": []}))
    async with client(transport) as px:
        await px.web.illust.pages(1)
    (seen,) = transport.seen
    assert seen.headers["cookie"].startswith("PHPSESSID=90000010_AbCdEf")
    assert seen.headers["x-user-id"] == "90000010"


@pytest.mark.parametrize(
    "given",
    [
        "90000010_AbCdEf",
        " 90000010_AbCdEf\n",
        "PHPSESSID=90000010_AbCdEf",
        "Cookie: lang=en; PHPSESSID=90000010_AbCdEf; other=1",
    ],
)
async def test_a_session_is_taken_from_a_value_or_from_a_whole_header(given: str) -> None:
    session = SessionCookie(given)
    assert session.jar()["PHPSESSID"] == "90000010_AbCdEf"
    assert session.user_id == 90000010


@pytest.mark.parametrize("given", ["", "lang=en", "PHPSESSID=", "a b"])
async def test_what_holds_no_session_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="cookie"):
        SessionCookie(given)

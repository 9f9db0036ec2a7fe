"""A login for a host of one's own goes there, and nowhere else; nothing shows it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest
from support.traces import shown_by

from own_endpoints.gallery import GALLERY, PrintApi
from own_endpoints.orders import OrderApi
from pixivkit import (
    APP,
    AccessToken,
    ApiKey,
    Base,
    Credential,
    Hosts,
    Pixiv,
    Retry,
    SessionCookie,
)
from pixivkit.errors import (
    AuthError,
    ConnectionFailed,
    InvalidArgument,
    PixivError,
    UnexpectedHost,
)

KEY = "key-T7pWqz40sN"
BEARER = "access-Xc81LmbR"
SESSION = "90000010_session7Lq0pR"
PRINTS = {"data": {"prints": [{"id": 1}], "mark": None}}
WORK = {"illust": {"id": 1}}


class Site:
    """Answers every request of every host, and remembers what came."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.requests: list[httpx.Request] = []
        self.answers = list(answers)
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.answers:
            return self.answers.pop(0)
        if request.url.host == "gallery.example":
            return httpx.Response(200, json=PRINTS)
        return httpx.Response(200, json={**WORK, "error": False, "body": []})

    def client(self, credential: Credential | None = None, **options: Any) -> Pixiv:
        return Pixiv(
            app=AccessToken(BEARER),
            web=SessionCookie(SESSION),
            credentials={GALLERY: credential or ApiKey(KEY)},
            transport=self.transport,
            pace=None,
            retry=Retry(attempts=1),
            **options,
        )

    def carried(self, secret: str) -> list[str]:
        """The hosts that *secret* was sent to."""
        return [
            request.url.host
            for request in self.requests
            if secret in f"{request.url} {request.headers.multi_items()}"
        ]


class Renewed:
    """Gives a new key each time it is asked for one."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    async def headers(self, *, renewed: bool) -> Mapping[str, str]:
        self.asked.append(renewed)
        await anyio.lowlevel.checkpoint()
        return {"X-Api-Key": f"{KEY}-{len(self.asked)}"}


@pytest.mark.anyio
class TestWhereTheyGo:
    async def test_each_goes_to_its_own_host(self) -> None:
        site = Site()
        async with site.client() as px:
            await PrintApi(px).listed().first()
            await px.app.illust.detail(1)
            await px.web.illust.pages(1)
        assert site.carried(KEY) == ["gallery.example"]
        assert site.carried(BEARER) == ["app-api.pixiv.net"]
        assert site.carried(SESSION) == ["www.pixiv.net"]

    async def test_nothing_of_pixiv_is_in_a_request_to_it(self) -> None:
        site = Site(httpx.Response(200, json={"data": {"id": 1}}))
        async with site.client() as px:
            await OrderApi(px).place(1)
            await PrintApi(px).listed().first()
        for request in site.requests:
            assert request.headers["x-api-key"] == KEY
            assert not {"authorization", "cookie", "x-user-id", "origin", "referer"} & {
                *request.headers
            }

    async def test_where_none_is_needed_none_is_sent(self) -> None:
        site = Site(httpx.Response(200, json={"data": {"id": 1}}))
        async with site.client() as px:
            await PrintApi(px).detail(1)
        assert site.carried(KEY) == []

    async def test_where_it_is_optional_it_is_sent_if_there_is_one(self) -> None:
        site = Site(*(httpx.Response(200, json={"data": {"totalPrice": 3}}) for _ in range(2)))
        async with (
            site.client() as px,
            Pixiv(transport=site.transport, pace=None) as without,
        ):
            assert (await OrderApi(px).bill(1)).total_price == 3
            await OrderApi(without).bill(1)
        assert ["x-api-key" in request.headers for request in site.requests] == [True, False]

    async def test_an_access_token_is_a_bearer(self) -> None:
        site = Site()
        async with site.client(AccessToken(KEY)) as px:
            await PrintApi(px).listed().first()
        assert site.requests[0].headers["authorization"] == f"Bearer {KEY}"

    async def test_no_redirect_takes_it_along(self) -> None:
        site = Site(httpx.Response(302, headers={"location": "https://evil.example/prints"}))
        async with site.client() as px:
            with pytest.raises(UnexpectedHost):
                await PrintApi(px).listed().first()
        assert site.carried(KEY) == ["gallery.example"]

    async def test_another_base_of_the_same_name_does_not_get_it(self) -> None:
        """A login belongs to all of a base: its name alone is not enough."""
        site = Site()
        other = Base("gallery", "https://evil.example/api", envelope="data")
        async with Pixiv(
            credentials={other: ApiKey(KEY)}, transport=site.transport, pace=None
        ) as px:
            with pytest.raises(AuthError):
                await PrintApi(px).listed().first()
        assert site.requests == []

    async def test_hosts_say_where_the_base_is(self) -> None:
        site = Site(httpx.Response(200, json=PRINTS))
        hosts = Hosts(own={GALLERY: "https://mirror.example/prints/"})
        async with site.client(hosts=hosts) as px:
            await PrintApi(px).listed().first()
        assert str(site.requests[0].url) == "https://mirror.example/prints/prints"
        assert site.carried(KEY) == ["mirror.example"]

    async def test_one_that_is_missing_is_named(self) -> None:
        site = Site()
        async with Pixiv(transport=site.transport) as px:
            with pytest.raises(AuthError, match=r"credentials=.*ApiKey.* the base 'gallery'"):
                await OrderApi(px).place(1)
        assert site.requests == []


@pytest.mark.anyio
class TestRenewal:
    async def test_a_401_asks_for_newer_headers(self) -> None:
        site = Site(httpx.Response(401))
        credential = Renewed()
        async with site.client(credential) as px:
            await PrintApi(px).listed().first()
            await PrintApi(px).listed().first()
        keys = [request.headers["x-api-key"] for request in site.requests]
        assert keys == [f"{KEY}-1", f"{KEY}-2", f"{KEY}-2"]
        assert credential.asked == [False, True]

    async def test_once_for_all_tasks(self) -> None:
        site = Site(*(httpx.Response(401, json={}) for _ in range(8)))
        credential = Renewed()
        async with site.client(credential) as px:
            with pytest.raises(AuthError):
                await PrintApi(px).detail(1)  # carries none, and renews none
            async with anyio.create_task_group() as tasks:
                for _ in range(7):
                    tasks.start_soon(PrintApi(px).listed().first)
        assert credential.asked == [False, True]

    async def test_the_same_again_is_a_refusal(self) -> None:
        site = Site(*(httpx.Response(401, json={}) for _ in range(9)))
        async with site.client() as px:
            with pytest.raises(AuthError):
                await PrintApi(px).listed().first()
        assert len(site.requests) == 1

    async def test_what_it_raises_passes_unchanged(self) -> None:
        class Broken:
            async def headers(self, *, renewed: bool) -> Mapping[str, str]:
                raise ZeroDivisionError(renewed)

        async with Site().client(Broken()) as px:
            with pytest.raises(ZeroDivisionError):
                await PrintApi(px).listed().first()

    async def test_what_is_no_header_is_refused_without_being_shown(self) -> None:
        class Bad:
            async def headers(self, *, renewed: bool) -> Mapping[str, str]:
                del renewed
                return {"X-Api-Key": f"{KEY}\r\nHost: evil.example"}

        site = Site()
        async with site.client(Bad()) as px:
            with pytest.raises(InvalidArgument, match="what is no header") as caught:
                await PrintApi(px).listed().first()
        assert KEY not in shown_by(caught.value)
        assert site.requests == []


@pytest.mark.anyio
async def test_nothing_shows_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    events: list[object] = []

    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    errors: list[PixivError] = []
    shown: list[str] = [repr(ApiKey(KEY))]
    for transport in (
        httpx.MockTransport(refuse),
        httpx.MockTransport(lambda _: httpx.Response(401, json={})),
        httpx.MockTransport(lambda _: httpx.Response(200, content=b"{")),
    ):
        site = Site()
        site.transport = transport
        async with site.client(on_event=events.append) as px:
            assert "gallery" in repr(px)
            shown.append(repr(px))
            with pytest.raises(PixivError) as caught:
                await PrintApi(px).listed().first()
        errors.append(caught.value)
    assert isinstance(errors[0], ConnectionFailed)
    shown += [repr(events), caplog.text, *map(shown_by, errors)]
    assert [text for text in shown if KEY in text] == []


class TestWrongOnes:
    @pytest.mark.parametrize("given", ["key-of-mine", ApiKey, SessionCookie(SESSION), None])
    def test_what_is_no_credential(self, given: Any) -> None:
        with pytest.raises(InvalidArgument, match="credentials= takes") as caught:
            Pixiv(credentials={GALLERY: given})
        assert "key-of-mine" not in str(caught.value)

    def test_pixiv_has_its_own(self) -> None:
        with pytest.raises(InvalidArgument, match="app= and web="):
            Pixiv(credentials={APP: ApiKey(KEY)})

    def test_plain_http_would_show_it(self) -> None:
        plain = Base("plain", "http://plain.example")
        with pytest.raises(InvalidArgument, match="plain http would show"):
            Pixiv(credentials={plain: ApiKey(KEY)})
        Pixiv(credentials={plain: ApiKey(KEY)}, hosts=Hosts(allow_insecure=True))
        Pixiv(credentials={Base("here", "http://127.0.0.1:9"): ApiKey(KEY)})

    def test_a_key_is_one_word(self) -> None:
        with pytest.raises(InvalidArgument, match="one word") as caught:
            ApiKey("two words")
        assert "two words" not in str(caught.value)

    def test_hosts_take_bases_of_ones_own(self) -> None:
        with pytest.raises(InvalidArgument, match="app="):
            Hosts(own={APP: "https://mirror.example"})
        with pytest.raises(InvalidArgument, match="gallery: not an http"):
            Hosts(own={GALLERY: "mirror.example"})

"""Mistakes of whoever writes the program get words that say what to do instead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from support import backends
from support.script import ScriptedTransport, Seen, illust_reply

from pixivkit import AccessToken, Hosts, Pixiv, RefreshToken, SessionCookie
from pixivkit.errors import InvalidArgument, PixivError
from pixivkit.events import Event
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

SECRET = "123_sWrEWtK1LvyFVQ"


class Boom(Exception):
    """Something that only the program knows."""


def boom(_: object) -> None:
    raise Boom


class TestLogins:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"web": SECRET}, 'web= takes no bare text: wrap it in SessionCookie("...")'),
            ({"app": SECRET}, 'app= takes no bare text: wrap it in RefreshToken("...")'),
            ({"web": RefreshToken(SECRET)}, 'takes SessionCookie("..."), not RefreshToken'),
            ({"app": SessionCookie(SECRET)}, "not SessionCookie"),
            ({"app": RefreshToken}, "not RefreshToken"),
            ({"app": SECRET.encode()}, "not bytes"),
        ],
    )
    def test_of_the_wrong_kind(self, options: dict[str, Any], words: str) -> None:
        with pytest.raises(InvalidArgument) as caught:
            Pixiv(**options)
        assert words in str(caught.value)
        assert SECRET not in str(caught.value)

    @pytest.mark.parametrize(
        "make",
        [
            lambda: RefreshToken("two words"),
            lambda: RefreshToken(),
            lambda: AccessToken(""),
            lambda: SessionCookie("a=b"),
            lambda: SessionCookie("x", cookies={"a": "b;c"}),
        ],
    )
    def test_that_cannot_be_one(self, make: Any) -> None:
        with pytest.raises(InvalidArgument):
            make()

    async def test_that_is_missing_has_no_status(self) -> None:
        async with Pixiv(transport=ScriptedTransport(illust_reply)) as px:
            with pytest.raises(PixivError) as caught:
                await px.app.illust.detail(1)
        assert str(caught.value).startswith(
            "app.illust.detail: this endpoint needs a login: make the client with app=RefreshToken"
        )


class TestAddresses:
    @pytest.mark.parametrize(
        "url", ["", "example.com", "ftp://a", "http://[::1", "https://a:port", "http://a.example"]
    )
    def test_of_hosts(self, url: str) -> None:
        with pytest.raises(InvalidArgument, match=r"^hosts\.web: "):
            Hosts(web=url)

    @pytest.mark.parametrize(
        "url",
        ["", "host:8080", "ftp://a", "http://", "http://u:secret@[::1", "http://u:secret@a:port"],
    )
    @pytest.mark.parametrize("option", ["proxy", "image_proxy"])
    def test_of_proxies(self, option: str, url: str) -> None:
        options: dict[str, Any] = {option: url}
        with pytest.raises(InvalidArgument, match="proxy") as caught:
            Pixiv(**options)
        assert "secret" not in str(caught.value)
        assert caught.value.__cause__ is None


class TestNames:
    def test_of_an_endpoint_at_run_time(self) -> None:
        px = Pixiv()
        with pytest.raises(InvalidArgument, match=r"did you mean 'app\.illust\.detail'\?$"):
            px.call("app.illust.detial", illust_id=1)
        with pytest.raises(InvalidArgument, match=r"no endpoint is called 'x'$"):
            px.call("x")


class TestLists:
    async def test_they_cannot_be_awaited(self) -> None:
        px = Pixiv()
        pages: Any = px.app.search.illust("x")
        with pytest.raises(TypeError, match=r"app\.search\.illust is a list.*\.first\(\).*\.take"):
            await pages


class TestWhatIsYourOwn:
    """It passes unchanged, and nothing is repeated for it."""

    async def test_an_exception_of_a_transport(self) -> None:
        def fail(seen: Seen) -> Any:
            raise Boom(seen.path)

        transport = ScriptedTransport(fail)
        async with Pixiv(app=AccessToken("x"), transport=transport) as px:
            with pytest.raises(Boom, match="/v1/illust/detail"):
                await px.app.illust.detail(1)
            with pytest.raises(Boom):
                await px.app.illust.delete(1)
        assert len(transport.seen) == 2

    @pytest.mark.parametrize("wire", backends.BACKENDS)
    async def test_an_exception_of_a_callback_for_progress(
        self, wire: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        backends.use(wire, monkeypatch)
        async with FakePixiv().serve() as server, server.client() as px:
            upload = px.app.upload.illust("x", [b"\x89PNG\r\n\x1a\n" + bytes(300_000)])
            with pytest.raises(Boom):
                await px.publish(upload, progress=boom)

    @pytest.mark.parametrize("wire", backends.BACKENDS)
    async def test_an_exception_of_a_file(
        self, wire: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"\x89PNG\r\n\x1a\n"
            raise Boom

        backends.use(wire, monkeypatch)
        async with FakePixiv().serve() as server, server.client() as px:
            with pytest.raises(Boom):
                await px.app.upload.illust("x", [chunks()])

    async def test_an_exception_of_a_listener_is_only_logged(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        def listen(event: Event) -> None:
            raise Boom(type(event).__name__)

        async with Pixiv(
            app=AccessToken("x"), transport=ScriptedTransport(illust_reply), on_event=listen
        ) as px:
            await px.app.illust.detail(1)
        assert "a listener failed" in caplog.text

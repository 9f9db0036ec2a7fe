"""Lists as values: items, whole pages, the first few, and going on elsewhere."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest
from toy_api import Query, Server, Thing, Things, ToyAppApi, ToyWebApi, things

from pixivkit import AccessToken, Page, Pages, Pixiv, SessionCookie
from pixivkit.errors import DecodeError, InvalidArgument
from pixivkit.models.app import Illust, UserIllustList

pytestmark = pytest.mark.anyio

SECRET = "a-secret-nobody-may-see"


def three_pages(path: str, query: Query) -> object:
    """Things 1 to 9, three a page."""
    start = int(query.get("offset", ["0"])[0])
    more = f"https://app-api.pixiv.net{path}?offset={start + 3}" if start < 6 else None
    return {"things": things(range(start + 1, start + 4)), "next_url": more}


@pytest.fixture
def server() -> Server:
    return Server(three_pages)


@pytest.fixture
def listed(server: Server) -> Pages[Things, Thing]:
    return ToyAppApi(server).listed()


class TestIterating:
    async def test_over_items(self, listed: Pages[Things, Thing]) -> None:
        assert [item.id async for item in listed] == list(range(1, 10))

    async def test_over_pages_with_typed_bodies(self, listed: Pages[Things, Thing]) -> None:
        pages = [page async for page in listed.pages()]
        assert [[item.id for item in page.items] for page in pages] == [
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, 9],
        ]
        assert all(isinstance(page.body, Things) for page in pages)
        assert pages[0].items[0] is pages[0].body.things[0]
        assert [page.cursor is None for page in pages] == [False, False, True]
        assert pages[1].request.next_url.endswith("?offset=3")
        assert pages[1].reply.json == three_pages("/v1/toys", {"offset": ["3"]})

    async def test_again_starts_anew(self, listed: Pages[Things, Thing]) -> None:
        assert [i.id async for i in listed] == [i.id async for i in listed]

    async def test_pages_are_fetched_when_they_are_needed(
        self, server: Server, listed: Pages[Things, Thing]
    ) -> None:
        assert server.sent == []
        seen = 0
        async for _ in listed.pages():
            seen += 1
            assert len(server.sent) == seen

    async def test_the_loop_may_be_left(
        self, server: Server, listed: Pages[Things, Thing]
    ) -> None:
        async for _ in listed:
            break
        async for _ in listed.pages():
            break
        assert server.sent == ["/v1/toys"] * 2

    async def test_the_first_page_alone(
        self, server: Server, listed: Pages[Things, Thing]
    ) -> None:
        page = await listed.first()
        assert [item.id for item in page.items] == [1, 2, 3]
        assert server.sent == ["/v1/toys"]


class TestTaking:
    @pytest.mark.parametrize(
        ("count", "fetched"), [(1, 1), (3, 1), (4, 2), (9, 3), (100, 3), (0, 0), (-1, 0)]
    )
    async def test_no_page_more_than_needed(
        self, server: Server, listed: Pages[Things, Thing], count: int, fetched: int
    ) -> None:
        taken = await listed.take(count)
        assert [item.id for item in taken] == list(range(1, 10))[: max(count, 0)]
        assert len(server.sent) == fetched

    async def test_as_they_come(self, listed: Pages[Things, Thing]) -> None:
        assert [item.id async for item in listed.take(4)] == [1, 2, 3, 4]


class TestBroken:
    """One hopeless item does not take the others with it."""

    @staticmethod
    def page_with(items: list[object]) -> Pages[Things, Thing]:
        return ToyAppApi(Server(lambda _path, _query: {"things": items})).listed()

    async def test_29_good_ones_and_a_hopeless_one(self) -> None:
        items = things(range(30))
        items[17] = {"id": {"no": "id"}, "name": 5}
        page = await self.page_with(items).first()
        assert [item.id for item in page.items] == [n for n in range(30) if n != 17]
        assert page.body.things == page.items
        (broken,) = page.broken
        assert broken.raw == {"id": {"no": "id"}, "name": 5}
        assert isinstance(broken.error, DecodeError)
        assert broken.error.endpoint == "app.toy.listed"
        assert broken.error.problems == [
            "$.things[17].id: expected int, got dict",
            "$.things[17].name: expected str, got int",
        ]

    async def test_nothing_is_broken_mostly(self) -> None:
        assert (await self.page_with(things(range(30))).first()).broken == []

    async def test_all_of_them(self) -> None:
        page = await self.page_with([5, "text", {"name": "no id"}]).first()
        assert page.items == []
        assert [one.raw for one in page.broken] == [5, "text", {"name": "no id"}]

    async def test_they_do_not_end_the_walk(self) -> None:
        def answer(path: str, query: Query) -> object:
            if query:
                return {"things": things([2])}
            return {"things": ["?"], "next_url": f"https://app-api.pixiv.net{path}?offset=1"}

        assert [item.id async for item in ToyAppApi(Server(answer)).listed()] == [2]

    async def test_items_that_are_named(self) -> None:
        items = {"1": {"id": 1}, "x": {"id": "y"}}
        server = Server(lambda _path, query: {"things": items if query["p"] == ["1"] else []})
        page = await ToyWebApi(server).named().first()
        assert list(page.body.things) == [1]
        assert [one.error.problems[0] for one in page.broken] == [
            "$.body.things['x'].id: expected int, got str"
        ]

    async def test_what_stands_beside_the_items_is_no_reason_to_lose_them(self) -> None:
        server = Server(lambda _path, _query: {"things": things([1]), "total": "many"})
        page = await ToyWebApi(server).by_total().first()
        assert [item.id for item in page.items] == [1]
        assert page.body.total is None
        assert page.body.misfits == {"total": "many"}

    @pytest.mark.parametrize("items", ["text", 5, True])
    async def test_a_page_has_to_have_items(self, items: object) -> None:
        server = Server(lambda _path, _query: {"things": items, "total": 1})
        with pytest.raises(DecodeError, match=r"\$\.body\.things: expected list, got "):
            await ToyWebApi(server).by_total().first()


def illusts(path: str, query: Query) -> object:
    """Works 1 to 4 of a user, two a page."""
    start = int(query.get("offset", ["0"])[0])
    more = f"https://app-api.pixiv.net{path}?user_id=5&viewed%5B0%5D=9&offset=2"
    shown = [{"id": start + 1}, {"id": start + 2}]
    return {"illusts": shown, "next_url": None if start else more}


def answering(answer: Callable[[str, Query], object], sent: list[str]) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url.raw_path.decode())
        query = {name: request.url.params.get_list(name) for name in request.url.params}
        return httpx.Response(200, json=answer(request.url.path, query))

    return httpx.MockTransport(handle)


class TestResuming:
    @staticmethod
    def client(sent: list[str]) -> Pixiv:
        return Pixiv(
            app=AccessToken(SECRET),
            web=SessionCookie(SECRET),
            pace=None,
            transport=answering(illusts, sent),
        )

    async def first(self) -> Page[UserIllustList, Illust]:
        async with self.client([]) as px:
            return await px.app.user.illusts(5).first()

    async def test_a_fresh_client_goes_on_after_the_page(self) -> None:
        cursor = (await self.first()).cursor
        assert cursor is not None
        sent: list[str] = []
        async with self.client(sent) as px:
            assert [item.id async for item in px.resume(cursor)] == [3, 4]
        assert sent == ["/v1/user/illusts?user_id=5&viewed%5B0%5D=9&offset=2"]

    async def test_the_cursor_holds_no_credential(self) -> None:
        cursor = (await self.first()).cursor
        assert cursor is not None
        content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        assert SECRET not in cursor
        assert SECRET not in content
        assert json.loads(content).keys() == {"endpoint", "arguments", "next"}

    async def test_every_page_but_the_last_has_one(self) -> None:
        async with self.client([]) as px:
            cursors = [page.cursor async for page in px.app.user.illusts(5).pages()]
        assert [cursor is None for cursor in cursors] == [False, True]

    async def test_a_changed_cursor_cannot_lead_elsewhere(self) -> None:
        """Only the query of the URL in it is used; the host is always the declared one."""
        content = {
            "endpoint": "app.user.illusts",
            "arguments": {"user_id": 5},
            "next": "https://attacker.example/steal?offset=2",
        }
        cursor = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
        sent: list[str] = []

        def handle(request: httpx.Request) -> httpx.Response:
            sent.append(str(request.url))
            return httpx.Response(200, json={"illusts": [], "next_url": None})

        transport = httpx.MockTransport(handle)
        async with Pixiv(app=AccessToken(SECRET), pace=None, transport=transport) as px:
            await px.resume(cursor).first()
        assert sent == ["https://app-api.pixiv.net/v1/user/illusts?offset=2"]

    @pytest.mark.parametrize("cursor", ["", "nonsense", "e30", "=== ==="])
    async def test_what_is_no_cursor_is_refused(self, cursor: str) -> None:
        with pytest.raises(InvalidArgument):
            Pixiv().resume(cursor)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_another_process_reads_the_cursor() -> None:
    cursor = (await TestResuming().first()).cursor
    assert cursor is not None
    program = "import sys, pixivkit; print(pixivkit.Pixiv().resume(sys.argv[1]))"
    shown = subprocess.run(  # noqa: ASYNC221 - nothing else runs here
        [sys.executable, "-c", program, cursor], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "<Pages app.user.illusts(user_id=5) at a later page>"

"""Walking a list to its end, against small servers with pages of any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_api import Query, Server, Thing, ToyAppApi, ToyWebApi, finish, numbered, things

from pixivkit import Page, Pages
from pixivkit._core.declaration.paging import LastId, NextUrl, Offset, PageNumber, dig, whole
from pixivkit.errors import PagingError, UnexpectedHost

modest = settings(deadline=None, derandomize=True, max_examples=60)

SIZES = st.lists(st.integers(0, 7), min_size=1, max_size=12)
FULL_SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=12)

LIMIT = 200
"""More pages than any of these lists has: a walk that goes further does not end."""


async def walk_pages(pages: Pages[Any, Thing]) -> list[Page[Any, Thing]]:
    found: list[Page[Any, Thing]] = []
    async for page in pages.pages():
        found.append(page)
        assert len(found) < LIMIT, "the walk does not end"
    return found


def walk(pages: Pages[Any, Thing]) -> list[int]:
    """The ids of all items, in the order they arrive; the last page has no cursor."""
    found = finish(walk_pages(pages))
    assert [page.cursor is None for page in found] == [False] * (len(found) - 1) + [True]
    return [item.id for page in found for item in page.items]


def flat(pages: Sequence[Sequence[int]]) -> list[int]:
    return [one for page in pages for one in page]


class TestNextUrl:
    @modest
    @given(SIZES)
    def test_every_item_arrives_whatever_the_sizes_of_the_pages(self, sizes: list[int]) -> None:
        pages = list(numbered(sizes))

        def answer(path: str, query: Query) -> object:
            at = int(query.get("offset", ["0"])[0])
            more = at + 1 < len(pages)
            url = f"https://app-api.pixiv.net{path}?offset={at + 1}" if more else None
            return {"things": things(pages[at]), "next_url": url}

        server = Server(answer)
        assert walk(ToyAppApi(server).listed()) == flat(pages)
        assert len(server.sent) == len(pages)

    @modest
    @given(FULL_SIZES, st.data())
    def test_a_page_that_was_fetched_before_raises(
        self, sizes: list[int], data: st.DataObject
    ) -> None:
        pages = list(numbered(sizes))
        back_to = data.draw(st.integers(0, len(pages) - 1))

        def answer(path: str, query: Query) -> object:
            at = int(query.get("offset", ["-1"])[0])
            following = at + 1 if at + 1 < len(pages) else back_to
            url = f"https://app-api.pixiv.net{path}?offset={following}"
            return {"things": things(pages[max(at, 0)]), "next_url": url}

        server = Server(answer)
        arrived: list[int] = []

        async def collect() -> None:
            async for item in ToyAppApi(server).listed():
                arrived.append(item.id)

        with pytest.raises(PagingError, match="already fetched") as caught:
            finish(collect())
        assert caught.value.endpoint == "app.toy.listed"
        assert arrived == pages[0] + flat(pages), "what had arrived before was handed out"
        assert len(server.sent) == len(set(server.sent)), "nothing was fetched twice"

    def test_the_query_is_replayed_byte_for_byte(self) -> None:
        def query_of(hop: int) -> str:
            viewed = "&".join(f"viewed%5B{i}%5D={hop * 1000 + i}" for i in range(80))
            seeds = "seed_illust_ids%5b0%5d=1&seed_illust_ids[1]=2&raw=a+b&empty=&bare"
            return f"word={quote('夏 / 空', safe='')}&{seeds}&{viewed}&hop={hop}"

        def answer(path: str, query: Query) -> object:
            hop = int(query.get("hop", ["0"])[0])
            url = f"https://app-api.pixiv.net{path}?{query_of(hop + 1)}" if hop < 10 else None
            return {"things": things([hop + 1]), "next_url": url}

        server = Server(answer)
        assert walk(ToyAppApi(server).listed(word="夏")) == list(range(1, 12))
        assert server.sent[1:] == [f"/v1/toys?{query_of(hop)}" for hop in range(1, 11)]

    @pytest.mark.parametrize(
        "url",
        [
            "https://attacker.example/v1/toys?offset=30",
            "https://app-api.pixiv.net.attacker.example/v1/toys?offset=30",
            "https://app-api.pixiv.net@attacker.example/v1/toys?offset=30",
            "https://token@app-api.pixiv.net/v1/toys?offset=30",
            "https://app-api.pixiv.net:8443/v1/toys?offset=30",
            "https://oauth.secure.pixiv.net/auth/token?offset=30",
            "//attacker.example/v1/toys?offset=30",
            "https://[broken/v1/toys?offset=30",
        ],
    )
    def test_another_host_is_never_asked(self, url: str) -> None:
        server = Server(lambda _path, _query: {"things": things([1]), "next_url": url})
        with pytest.raises(UnexpectedHost) as caught:
            walk(ToyAppApi(server).listed())
        assert caught.value.endpoint == "app.toy.listed"
        assert server.sent == ["/v1/toys"]

    @pytest.mark.parametrize("path", ["/v1/user/delete", "/../oauth", ""])
    def test_only_the_query_of_the_url_counts(self, path: str) -> None:
        def answer(_: str, query: Query) -> object:
            url = None if query else f"https://app-api.pixiv.net{path}?offset=30"
            return {"things": things([1]), "next_url": url}

        server = Server(answer)
        walk(ToyAppApi(server).listed())
        assert server.sent == ["/v1/toys", "/v1/toys?offset=30"]

    @pytest.mark.parametrize("url", [None, "", False, [], {}])
    def test_the_list_ends_where_there_is_no_url(self, url: object) -> None:
        assert NextUrl(items="things").after({}, {"things": [], "next_url": url}) is None

    @pytest.mark.parametrize("url", [0, 7, True, ["https://app-api.pixiv.net/"], {"url": "x"}])
    def test_it_does_not_end_quietly_at_what_is_no_url(self, url: object) -> None:
        server = Server(lambda _path, _query: {"things": things([1, 2]), "next_url": url})
        found: list[int] = []

        async def collect() -> None:
            async for item in ToyAppApi(server).listed():
                found.append(item.id)

        with pytest.raises(PagingError, match="next_url") as caught:
            finish(collect())
        assert found == [1, 2]
        assert caught.value.endpoint == "app.toy.listed"


class TestPageNumber:
    @modest
    @given(SIZES)
    def test_until_the_last_page(self, sizes: list[int]) -> None:
        pages = list(numbered(sizes))

        def answer(_: str, query: Query) -> object:
            at = int(query["p"][0])
            return {"things": things(pages[at - 1]), "lastPage": len(pages)}

        server = Server(answer)
        assert walk(ToyWebApi(server).by_last_page()) == flat(pages)
        assert server.sent == [f"/ajax/toys/last?p={n + 1}" for n in range(len(pages))]

    @modest
    @given(FULL_SIZES, st.booleans())
    def test_while_there_is_more(self, sizes: list[int], as_number: bool) -> None:
        pages = list(numbered(sizes))

        def answer(_: str, query: Query) -> object:
            at = int(query["p"][0])
            more = at < len(pages)
            return {
                "things": things(pages[at - 1]),
                "hasNext": at + 1 if more and as_number else more,
            }

        assert walk(ToyWebApi(Server(answer)).by_more()) == flat(pages)

    @modest
    @given(FULL_SIZES)
    def test_until_it_says_that_it_ended(self, sizes: list[int]) -> None:
        pages = list(numbered(sizes))

        def answer(_: str, query: Query) -> object:
            at = int(query["page"][0])
            return {"things": things(pages[at - 1]), "isLastPage": at == len(pages)}

        assert walk(ToyWebApi(Server(answer)).by_ended()) == flat(pages)

    @modest
    @given(FULL_SIZES)
    def test_until_a_page_is_empty(self, sizes: list[int]) -> None:
        pages = [*numbered(sizes), []]

        def answer(_: str, query: Query) -> object:
            return {"things": things(pages[int(query["p"][0]) - 1])}

        server = Server(answer)
        assert walk(ToyWebApi(server).by_empty_page()) == flat(pages)
        assert len(server.sent) == len(pages)

    @pytest.mark.parametrize("nothing", [[], {}])
    def test_items_may_be_an_object_that_names_them(self, nothing: object) -> None:
        def answer(_: str, query: Query) -> object:
            at = int(query["p"][0])
            named = {"7": {"id": 7}, "5": {"id": 5}} if at == 1 else nothing
            return {"things": named}

        assert walk(ToyWebApi(Server(answer)).named()) == [7, 5]

    def test_goes_on_from_the_page_that_was_asked_for(self) -> None:
        pages = list(numbered([3, 3, 3, 3]))

        def answer(_: str, query: Query) -> object:
            at = int(query["p"][0])
            return {"things": things(pages[at - 1]), "lastPage": len(pages)}

        assert walk(ToyWebApi(Server(answer)).by_last_page(p=3)) == flat(pages[2:])

    @pytest.mark.parametrize(("last", "ends"), [("3", False), ("2", True), (2, True), (3, False)])
    def test_the_last_page_may_be_told_as_digits(self, last: object, ends: bool) -> None:
        step = PageNumber(items="x", last="last").after({"p": 2}, {"x": [1], "last": last})
        assert (step is None) is ends

    @pytest.mark.parametrize("last", [None, "", "many", [], True])
    def test_without_a_number_of_pages_an_empty_page_is_the_end(self, last: object) -> None:
        strategy = PageNumber(items="x", last="last")
        assert strategy.after({"p": 2}, {"x": [1], "last": last}) is not None
        assert strategy.after({"p": 2}, {"x": [], "last": last}) is None


class TestOffset:
    @modest
    @given(st.lists(st.booleans(), max_size=40), st.integers(1, 9))
    def test_until_the_total_although_some_are_left_out(
        self, visible: list[bool], limit: int
    ) -> None:
        """Pixiv counts what the account may not see, and leaves it out of the pages."""

        def answer(_: str, query: Query) -> object:
            start, size = int(query["offset"][0]), int(query["limit"][0])
            window = range(start, min(start + size, len(visible)))
            shown = [one for one in window if visible[one]]
            return {"things": things(shown), "total": len(visible)}

        arrived = walk(ToyWebApi(Server(answer)).by_total(limit=limit))
        assert set(arrived) == {one for one, shown in enumerate(visible) if shown}

    @modest
    @given(st.integers(0, 40), st.integers(1, 9), st.integers(1, 9))
    def test_while_there_is_more_although_pages_are_short(
        self, count: int, limit: int, most: int
    ) -> None:
        """Pixiv may give less than the limit that was asked for."""

        def answer(_: str, query: Query) -> object:
            start, size = int(query["offset"][0]), min(most, int(query["limit"][0]))
            shown = range(start, min(start + size, count))
            return {"things": things(shown), "hasNext": start + size < count}

        arrived = walk(ToyWebApi(Server(answer)).by_has_next(limit=limit))
        assert arrived == list(range(count)), "each once, in order"

    @modest
    @given(st.integers(0, 40), st.integers(1, 9))
    def test_the_total_may_be_told_as_digits(self, count: int, limit: int) -> None:
        def answer(_: str, query: Query) -> object:
            start = int(query["offset"][0])
            shown = range(start, min(start + limit, count))
            return {"things": things(shown), "total": str(count)}

        assert walk(ToyWebApi(Server(answer)).by_total(limit=limit)) == list(range(count))

    def test_a_total_that_is_never_reached_ends_all_the_same(self) -> None:
        """As when pixiv throttles: a total, and nothing on any page."""
        server = Server(lambda _path, _query: {"things": [], "total": 95})
        assert walk(ToyWebApi(server).by_total(limit=10)) == []
        assert len(server.sent) == 10

    @pytest.mark.parametrize("more", [False, None, "", 0, []])
    def test_no_more_is_the_end(self, more: object) -> None:
        strategy = Offset(items="x", more="more")
        assert strategy.after({"offset": 0, "limit": 2}, {"x": [1, 2], "more": more}) is None


class TestLastId:
    @modest
    @given(FULL_SIZES, st.booleans())
    def test_until_a_page_is_empty(self, sizes: list[int], as_digits: bool) -> None:
        newest = sum(sizes)

        def answer(_: str, query: Query) -> object:
            before = int(query["lastId"][0]) or newest + 1
            size = sizes[before % len(sizes)]
            shown = list(range(before - 1, max(before - 1 - size, 0), -1))
            last = min(shown, default=0)
            return {"things": things(shown), "lastId": str(last) if as_digits else last}

        assert walk(ToyWebApi(Server(answer)).new()) == list(range(newest, 0, -1))

    def test_a_server_that_gives_the_same_page_for_ever_is_left(self) -> None:
        server = Server(lambda _path, _query: {"things": things([9, 8]), "lastId": 8})
        with pytest.raises(PagingError):
            walk(ToyWebApi(server).new())
        assert server.sent == ["/ajax/toys/new?lastId=0", "/ajax/toys/new?lastId=8"]

    @pytest.mark.parametrize("cursor", [None, 0, "", "0", []])
    def test_no_cursor_is_the_end(self, cursor: object) -> None:
        assert LastId(items="x").after({"last_id": 0}, {"x": [1], "lastId": cursor}) is None

    @pytest.mark.parametrize("cursor", [True, "many", {"id": 1}, "9" * 30, "9" * 5000])
    def test_what_is_no_cursor_is_not_the_end(self, cursor: object) -> None:
        with pytest.raises(PagingError, match="lastId"):
            LastId(items="x").after({"last_id": 0}, {"x": [1], "lastId": cursor})


@pytest.mark.parametrize(
    "strategy",
    [
        NextUrl(items="a.b"),
        PageNumber(items="a.b", last="a.last"),
        PageNumber(items="a.b", more="a.more"),
        PageNumber(items="a.b", ended="a.ended"),
        Offset(items="a.b", total="a.total"),
        Offset(items="a.b", more="a.more"),
        LastId(items="a.b", cursor="a.last"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("payload", [None, [], {}, "", 5, {"a": []}, {"a": {"b": "text"}}])
def test_a_reply_of_another_shape_is_the_end(
    strategy: NextUrl | PageNumber | Offset | LastId, payload: object
) -> None:
    arguments = {"p": 1, "offset": 0, "limit": 10, "last_id": 0}
    assert strategy.after(arguments, payload) is None


def test_digging_follows_a_dotted_path() -> None:
    assert dig({"a": {"b": {"c": 3}}}, "a.b.c") == 3
    assert dig({"a": 3}, "a.b") is None
    assert dig(3, "") == 3


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5), ("5", 5), ("-5", -5), ("five", None), (True, None), (None, None), (5.5, None),
        ("9" * 18, 10**18 - 1), ("9" * 20, None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_numbers_may_be_digits(value: object, number: int | None) -> None:
    assert whole(value) == number

# mypy: disable-error-code="empty-body"
"""
A small API of our own, declared as users would, and a server for it that lives in this process.

The endpoints are taken out of the registry again, so that what is made from the whole registry
does not depend on which tests run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Annotated, Any, Literal, TypeAlias, TypeVar
from urllib.parse import parse_qs, urlsplit

import attrs

from pixivkit import (
    APP,
    REGISTRY,
    WEB,
    Api,
    AtMost,
    Auth,
    Between,
    Call,
    FileSource,
    LastId,
    Meaning,
    NextUrl,
    NotEmpty,
    Offset,
    PageNumber,
    Pages,
    Reply,
    Request,
    Spelling,
    get,
    post,
)
from pixivkit._core.calls.encode import encode
from pixivkit._core.calls.request import ProgressCallback
from pixivkit.models.base import Model, WebModel

T = TypeVar("T")


@attrs.define(kw_only=True)
class Thing(Model):
    """A thing of an App list."""

    id: int
    name: str = ""


@attrs.define(kw_only=True)
class Things(Model):
    """A page of an App list."""

    things: list[Thing] = attrs.field(factory=list[Thing])
    next_url: str | None = None


@attrs.define(kw_only=True)
class Listed(WebModel):
    """What stands around a list on the web."""

    things: list[Thing] = attrs.field(factory=list[Thing])
    total: int | None = None
    last_page: int | None = None
    has_next: bool | int | None = None
    is_last_page: bool | None = None
    last_id: int | None = None


@attrs.define(kw_only=True)
class NamedThings(WebModel):
    """A page whose things are named by their ids."""

    things: dict[int, Thing] = attrs.field(factory=dict[int, Thing])


@attrs.define(kw_only=True)
class ThingDetails(Thing):
    """A thing, with more of it."""

    details: str = ""


Count: TypeAlias = Annotated[int, Between(0), Meaning("How many toys.")]
Size: TypeAlias = Annotated[float, Meaning("How large.", "a catalogue")]


class ToyAppApi(Api, base=APP, resource="toy", auth=Auth.BEARER, source="a notebook"):
    """Toys of the App API."""

    @get("/v1/toys", paging=NextUrl(items="things"))
    def listed(self, *, word: str | None = None) -> Pages[Things, Thing]:
        """All toys."""

    @get("/v1/toy", pick="thing", auth=Auth.NONE, source="a letter", status="deprecated")
    def picked(self, thing_id: int) -> Call[Thing]:
        """One toy, from under a key."""

    @get("/v1/toy/either", variants={"full": ThingDetails})
    def either(self, *, full: bool = False) -> Call[Thing]:
        """One toy, in short or whole."""

    @post("/v1/toy/save")
    def save(
        self, title: str, *, tags: Annotated[Sequence[str], Spelling("tags[]")] = ()
    ) -> Call[Thing]:
        """Save a toy."""

    @post("/v1/toy/send", body="multipart", idempotent=True)
    def send(
        self,
        title: str,
        files: Annotated[Sequence[FileSource], NotEmpty(), Spelling("files[]")],
    ) -> Call[Thing]:
        """Send a toy with pictures of it."""

    @post("/v1/toy/open")
    def open(self, key: Annotated[str, NotEmpty(), Spelling(secret=True)]) -> Call[Thing]:
        """Open a toy that is locked."""

    @get("/v1/toy/said")
    def said(self, *, count: Count = 12, size: Size | None = None) -> Call[Thing]:
        """
        Toys by the dozen.

        Args:
            size: How large, here.

        Returns:
            A toy.
        """

    @post("/v1/toy/pictured", body="multipart")
    def pictured(self, picture: Annotated[FileSource, Spelling("picture")]) -> Call[Thing]:
        """Give a toy one picture."""


class ToyWebApi(
    Api,
    base=WEB,
    resource="toy",
    auth=Auth.OPTIONAL,
    referer="https://www.pixiv.net/toys",
):
    """Toys of the web API."""

    @get("/ajax/toys/last", paging=PageNumber(items="things", last="lastPage"))
    def by_last_page(self, *, p: Annotated[int, Between(1)] = 1) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/more", paging=PageNumber(items="things", more="hasNext"))
    def by_more(self, *, p: Annotated[int, Between(1)] = 1) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/ended", paging=PageNumber(items="things", ended="isLastPage", param="page"))
    def by_ended(self, *, page: Annotated[int, Between(1)] = 1) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/empty", paging=PageNumber(items="things"))
    def by_empty_page(self, *, p: Annotated[int, Between(1)] = 1) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/named", paging=PageNumber(items="things"))
    def named(self, *, p: int = 1) -> Pages[NamedThings, Thing]: ...

    @get("/ajax/toys/total", paging=Offset(items="things", total="total"))
    def by_total(self, *, offset: int = 0, limit: int = 10) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/has_next", paging=Offset(items="things", more="hasNext"))
    def by_has_next(self, *, offset: int = 0, limit: int = 10) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/new", paging=LastId(items="things"))
    def new(self, *, last_id: Annotated[int, Spelling("lastId")] = 0) -> Pages[Listed, Thing]: ...

    @get("/ajax/toys/{word}/of/{owner}", referer="https://www.pixiv.net/toys/{word}?by={owner}")
    def found(
        self,
        word: Annotated[str, Spelling(repeat_in_query=True)],
        owner: str,
        *,
        note: str | None = None,
        notes: Annotated[Sequence[str], Spelling("notes[]")] = (),
        joined: Annotated[Sequence[int], Spelling(join=",")] = (),
        day: Annotated[dt.date | str | None, Spelling(date="%Y%m%d")] = None,
        since: dt.date | str | None = None,
        switch: Annotated[bool | None, Spelling(digit=True)] = None,
        flag: bool | None = None,
        ratio: float | None = None,
    ) -> Call[Thing]: ...

    @post("/ajax/toys/keep", body="json", auth=Auth.CSRF, referer="https://www.pixiv.net/keep")
    def keep(
        self,
        thing_id: Annotated[int, Spelling("thingId", text=True)],
        *,
        note: str = "",
        tags: Annotated[Sequence[str], AtMost(3)] = (),
        kind: Literal["toy", "game"] | None = None,
        open: Annotated[bool, Spelling(digit=True)] = False,
    ) -> Call[Thing]: ...


TOYS = [name for name in REGISTRY if name.split(".")[1] == "toy"]
for name in TOYS:
    del REGISTRY[name]


Query: TypeAlias = dict[str, list[str]]
Answer: TypeAlias = Callable[[str, Query], object]


class Server:
    """Answers requests from a function of path and query, and remembers what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.sent: list[str] = []

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
    ) -> Reply:
        del progress
        target = encode(request).target
        self.sent.append(target)
        split = urlsplit(target)
        json = self.answer(split.path, parse_qs(split.query, keep_blank_values=True))
        if request.endpoint.envelope:
            json = {"error": False, "message": "", request.endpoint.envelope: json}
        return Reply(200, {}, json, urlsplit(request.endpoint.base.url).netloc)


def nobody(path: str, query: Query) -> object:
    """A server that must not be asked."""
    raise AssertionError(f"{path} was asked for {query}")


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run *work*, which has nothing to wait for: the pure core does no input or output."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise AssertionError("it waits for something")


def things(ids: Sequence[int]) -> list[object]:
    """Things as a reply has them."""
    return [{"id": one, "name": f"toy {one}"} for one in ids]


def numbered(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Pages of these sizes, with ids that count up from 1."""
    start = 1
    for size in sizes:
        yield list(range(start, start + size))
        start += size

"""Calls as values: what a declared method returns. Nothing is sent until one is awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Protocol, TypeAlias, TypeVar

import attrs

from ..errors import PagingError, PixivError, UnexpectedHost
from ..models.display import Compact, Displayed, Words, line
from .drift import Drift, drift_of
from .paging import Follow
from .structure import Broken, structure_page, structure_reply
from .walk import walks

if TYPE_CHECKING:
    from .endpoint import Endpoint

T = TypeVar("T")
Body = TypeVar("Body")
Item = TypeVar("Item")


@attrs.frozen(repr=False)
class Request(Compact):
    """
    An endpoint and the arguments for it: plain data, comparable, picklable, safe to log.

    Attributes:
        endpoint: What is called.
        arguments: One checked value for each parameter, in the order of the declaration.
        next_url: The URL a page gave for the next one, whose query is replayed byte for byte;
            empty where the arguments make the query.
    """

    endpoint: Endpoint
    arguments: tuple[object, ...]
    next_url: str = ""

    @property
    def named(self) -> dict[str, object]:
        """The arguments by name."""
        return dict(zip(self.endpoint.signature.parameters, self.arguments, strict=True))

    def follow(self, step: Follow) -> Request:
        """Return the request that *step* leads to."""
        if step.url:
            return Request(self.endpoint, self.arguments, step.url)
        return Request(self.endpoint, tuple({**self.named, **step.arguments}.values()))

    def __repr__(self) -> str:
        return self._words()

    def _words(self) -> str:
        params = self.endpoint.params
        shown = [
            f"{param.name}={'***' if param.spelling.secret else _short(value)}"
            for param, value in zip(params, self.arguments, strict=True)
            if param.required or value != param.default
        ]
        more = " at a later page" if self.next_url else ""
        return f"{self.endpoint.name}({', '.join(shown)}){more}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


@attrs.frozen
class Reply:
    """
    A reply that says yes.

    Attributes:
        status: The HTTP status.
        headers: The headers, names in lower case.
        json: The whole body, envelope included.
        host: Where the request was sent, as ``host`` or ``host:port``.
        attempts: How many times the request was sent.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    json: object = attrs.field(repr=False)
    host: str = ""
    attempts: int = 1


@attrs.frozen
class Response(Generic[T]):
    """A structured result and the reply it came from."""

    value: T
    reply: Reply


@attrs.frozen
class Progress:
    """
    How far a transfer has come.

    Attributes:
        done: Bytes sent or received so far.
        total: Bytes there are; None where nobody knows.
    """

    done: int
    total: int | None


ProgressCallback: TypeAlias = Callable[[Progress], None]


class Sender(Protocol):
    """
    What calls need of a client.

    Where it has an attribute `drift` as well, that is told what of the replies does not fit.
    """

    def send(
        self, request: Request, *, progress: ProgressCallback | None = None
    ) -> Awaitable[Reply]:
        """Send *request* until it succeeds or may not be repeated; raise what pixiv says."""
        ...


def _sender(sender: Sender | None, request: Request) -> Sender:
    if sender is None:
        msg = "this value belongs to no client: pass it to px.attach() first"
        raise PixivError(msg, endpoint=request.endpoint.name)
    return sender


@attrs.frozen(repr=False)
class Call(Compact, Generic[T]):
    """
    One request as a value: comparable, picklable (without its client), cheap to make.

    ``await`` it for the result, as often as you like: each time sends it anew.

    Attributes:
        request: The endpoint and the arguments.
    """

    request: Request
    _sender: Sender | None = attrs.field(default=None, eq=False)

    @property
    def endpoint(self) -> Endpoint:
        """What is called."""
        return self.request.endpoint

    def __await__(self) -> Generator[Any, None, T]:
        return self._value().__await__()

    async def _value(self) -> T:
        sender = _sender(self._sender, self.request)
        reply = await sender.send(self.request)
        value: T = structure_reply(self.request, reply.json, drift_of(sender))
        return value

    async def response(self, *, progress: ProgressCallback | None = None) -> Response[T]:
        """
        Send the request; return the result together with the reply it came from.

        Args:
            progress: Called while a body is sent, with the bytes so far. What it raises ends the
                call, unchanged; pixiv may have got the request all the same.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        sender = _sender(self._sender, self.request)
        reply = await sender.send(self.request, progress=progress)
        value: T = structure_reply(self.request, reply.json, drift_of(sender))
        return Response(value, reply)

    def __reduce__(self) -> tuple[Any, ...]:
        return Call, (self.request,)

    def _words(self) -> str:
        return repr(self.request)


@attrs.frozen
class Page(Displayed, Generic[Body, Item]):
    """
    One page of a list.

    Attributes:
        body: The whole reply: totals, translations and whatever else stands beside the items.
        items: The items of this page, in pixiv's order.
        broken: Items without their core, such as an id: raw, with what is wrong. They are not in
            *items*; the body keeps them in its `Model.misfits`.
        request: What was asked for.
        reply: The reply it came from.
    """

    shown: ClassVar[tuple[str, ...]] = ("items", "broken", "request", "cursor")

    body: Body
    items: list[Item]
    broken: list[Broken]
    request: Request = attrs.field(repr=False)
    reply: Reply = attrs.field(repr=False)
    _following: Request | None = attrs.field(repr=False, alias="following")

    @property
    def cursor(self) -> str | None:
        """
        Text to continue after this page with, in any process (`Pixiv.resume`); None at the end.

        It holds no credential.
        """
        from .cursor import encode_cursor

        return None if self._following is None else encode_cursor(self._following)

    def _parts(self) -> Iterator[tuple[str, object]]:
        if not hasattr(self, "_following"):
            return
        yield "request", self.request
        yield "items", self.items
        if self.broken:
            yield "broken", self.broken
        if self._following is not None:
            yield "cursor", Words("...")
        yield "body", Words(line(self.body))


@attrs.frozen(repr=False)
class Items(Compact, Generic[Item]):
    """The first items of a list: ``await`` them all, or iterate as they come."""

    _pages: Pages[Any, Item]
    _count: int

    def _words(self) -> str:
        return f"{self._count} of {self._pages.request!r}"

    @walks
    async def __aiter__(self) -> AsyncGenerator[Item]:
        left = self._count
        if left <= 0:
            return
        async for page in self._pages.pages():
            for item in page.items:
                yield item
                left -= 1
                if not left:
                    return

    async def _collect(self) -> list[Item]:
        return [item async for item in self]

    def __await__(self) -> Generator[Any, None, list[Item]]:
        return self._collect().__await__()


@attrs.frozen(repr=False)
class Pages(Compact, Generic[Body, Item]):
    """
    A list as a value: ``async for`` over it for the items, over `pages` for whole pages.

    Pages are fetched one at a time, when they are needed, to the end of the list or until the
    loop is left; nothing is kept of the earlier ones.

    Attributes:
        request: The endpoint and the arguments of the first page.
    """

    request: Request
    _sender: Sender | None = attrs.field(default=None, eq=False)

    @property
    def endpoint(self) -> Endpoint:
        """What is called."""
        return self.request.endpoint

    @walks
    async def __aiter__(self) -> AsyncGenerator[Item]:
        async for page in self.pages():
            for item in page.items:
                yield item

    @walks
    async def pages(self) -> AsyncGenerator[Page[Body, Item]]:
        """
        Fetch page after page, to the end.

        Raises:
            PagingError: Pixiv offered a page that was already fetched, or said where the next is
                in a way that cannot be read.
            UnexpectedHost: The next page is said to be on another host.
            PixivError: Any other of `pixivkit.errors`.
        """
        request: Request | None = self.request
        seen: set[int] = set()
        while request is not None:
            seen.add(hash(request))
            page, following = await self._fetch(request)
            yield page
            if isinstance(following, PixivError):
                raise following
            if following is not None and hash(following) in seen:
                msg = "the next page is one that was already fetched"
                raise PagingError(msg, endpoint=self.endpoint.name)
            request = following

    if not TYPE_CHECKING:  # For checkers, awaiting a list is a mistake.

        def __await__(self) -> NoReturn:
            msg = (
                f"{self.endpoint.name} is a list, which cannot be awaited: await its .first() for "
                "a page or .take(n) for items, or go through it with `async for`"
            )
            raise TypeError(msg)

    async def first(self) -> Page[Body, Item]:
        """Fetch the first page only."""
        return (await self._fetch(self.request))[0]

    def take(self, count: int) -> Items[Item]:
        """
        The first *count* items, fewer where the list is shorter.

        ``await`` the result for a list, or ``async for`` over it; either way no page more than
        needed is fetched.
        """
        return Items(self, count)

    async def _fetch(
        self, request: Request
    ) -> tuple[Page[Body, Item], Request | PixivError | None]:
        sender = _sender(self._sender, request)
        return make_page(request, await sender.send(request), drift_of(sender))

    def __reduce__(self) -> tuple[Any, ...]:
        return Pages, (self.request,)

    def _words(self) -> str:
        return repr(self.request)


def make_page(
    request: Request, reply: Reply, drift: Drift | None = None
) -> tuple[Page[Any, Any], Request | PixivError | None]:
    """
    Structure *reply* to *request* as a page, and find what comes after it.

    Args:
        request: What was asked for.
        reply: The reply.
        drift: Is told what does not fit, or makes that an error.

    Returns:
        The page, and the request of the next one, None at the end, or why there is no getting
        there: that is for after the page, whose items have arrived.
    """
    from .cursor import following_request

    following: Request | PixivError | None
    try:
        following = following_request(request, reply)
    except (PagingError, UnexpectedHost) as exc:
        following = exc
    found = structure_page(request, reply.json, drift)
    page: Page[Any, Any] = Page(
        body=found.body,
        items=found.items,
        broken=found.broken,
        request=request,
        reply=reply,
        following=following if isinstance(following, Request) else None,
    )
    return page, following

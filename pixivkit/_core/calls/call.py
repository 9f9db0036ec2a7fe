"""Calls as values: declared methods return them; nothing is sent until one is awaited."""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    Generator,
    Iterator,
    Sequence,
)
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, TypeGuard, TypeVar

import attrs

from ...errors import PagingError, PixivError, UnexpectedHost
from ...models.display import BoundedRepr, RawText, ShortRepr, line_repr
from .closing_iterator import closing_iterator
from .cursor import encode_cursor, following_request
from .error_body import load_reply
from .misfit_policy import STRICT, MisfitPolicy, misfit_policy_of
from .request import ProgressCallback, Reply, Request, Response, Sender
from .structure import Broken, structure_page, structure_reply

if TYPE_CHECKING:
    from ..declaration.endpoint import Endpoint

T_co = TypeVar("T_co", covariant=True)
Body_co = TypeVar("Body_co", covariant=True)
Item_co = TypeVar("Item_co", covariant=True)


def _sender(sender: Sender | None, request: Request) -> Sender:
    if sender is None:
        msg = "this value belongs to no client: pass it to px.attach() first"
        raise PixivError(msg, endpoint=request.endpoint.name)
    return sender


@attrs.frozen(repr=False)
class Prepared(ShortRepr, Generic[T_co]):
    """
    Base of `Call` and `Pages`: something that can be sent, as a value.

    Attributes:
        request: The endpoint and the arguments; of a list, those of the first page.
    """

    request: Request
    _sender: Sender | None = attrs.field(default=None, eq=False)

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that is called."""
        return self.request.endpoint

    def parse(self, body: object, *, strict: bool = False) -> T_co:
        """
        Structure a stored reply as the result; nothing is sent.

        It may be from a recording, a cache or another HTTP client, and becomes what awaiting the
        call would bring; of a list, what `Pages.first` would.

        Args:
            body: The JSON as pixiv sent it, envelope included, or its text.
            strict: Whether anything that does not fit raises, as with ``Pixiv(strict=True)``. By
                default that is as the client has it that the call is of.

        Returns:
            The result; for a list its `Page`, whose `reply` has no headers and the status 0.

        Raises:
            DecodeError: The body is not JSON, or not of the declared shape; the error says where.
            ApiError: The body is an error of pixiv's, as awaiting the call would have raised it;
                its status is 0.
        """
        json = load_reply(self.endpoint.name, body, self.endpoint.reader)
        return self._structured(json, STRICT if strict else misfit_policy_of(self._sender))

    def _structured(self, json: object, policy: MisfitPolicy | None) -> T_co:
        raise NotImplementedError

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.request,)

    def _summary(self) -> str:
        return repr(self.request)


@attrs.frozen(repr=False)
class Call(Prepared[T_co], Generic[T_co]):
    """
    One request as a value: comparable, picklable (without its client), cheap to make.

    ``await`` it for the result, as often as you like: each time sends it anew.

    Attributes:
        request: The endpoint and the arguments.
    """

    def __await__(self) -> Generator[Any, None, T_co]:
        return self._value().__await__()

    async def _value(self) -> T_co:
        sender = _sender(self._sender, self.request)
        reply = await sender.send(self.request)
        return self._structured(reply.json, misfit_policy_of(sender))

    async def response(self, *, progress: ProgressCallback | None = None) -> Response[T_co]:
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
        return Response(self._structured(reply.json, misfit_policy_of(sender)), reply)

    def _structured(self, json: object, policy: MisfitPolicy | None) -> T_co:
        value: T_co = structure_reply(self.request, json, policy)
        return value


@attrs.frozen
class Page(BoundedRepr, Generic[Body_co, Item_co]):
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

    body: Body_co
    items: Sequence[Item_co]
    broken: Sequence[Broken]
    request: Request = attrs.field(repr=False)
    reply: Reply = attrs.field(repr=False)
    _following: Request | None = attrs.field(repr=False, alias="following")

    @property
    def cursor(self) -> str | None:
        """
        Text to continue after this page, in any process (`Pixiv.resume`); None at the end.

        It holds no credential.
        """
        return None if self._following is None else encode_cursor(self._following)

    def _parts(self) -> Iterator[tuple[str, object]]:
        if not hasattr(self, "_following"):
            return
        yield "request", self.request
        yield "items", self.items
        if self.broken:
            yield "broken", self.broken
        if self._following is not None:
            yield "cursor", RawText("...")
        yield "body", RawText(line_repr(self.body))


@attrs.frozen(repr=False)
class Items(ShortRepr, Generic[Item_co]):
    """The first items of a list: ``await`` them all, or iterate over them as they come."""

    _pages: Pages[Any, Item_co]
    _count: int

    def _summary(self) -> str:
        return f"{self._count} of {self._pages.request!r}"

    @closing_iterator
    async def __aiter__(self) -> AsyncGenerator[Item_co]:
        left = self._count
        if left <= 0:
            return
        async for page in self._pages.pages():
            for item in page.items:
                yield item
                left -= 1
                if not left:
                    return

    async def _collect(self) -> list[Item_co]:
        return [item async for item in self]

    def __await__(self) -> Generator[Any, None, list[Item_co]]:
        return self._collect().__await__()


@attrs.frozen(repr=False)
class Pages(Prepared[Page[Body_co, Item_co]], Generic[Body_co, Item_co]):
    """
    A list as a value: ``async for`` over it for the items, over `pages` for whole pages.

    Pages are fetched one at a time, when they are needed, to the end of the list or until the
    loop is left; nothing is kept of the earlier ones.

    Attributes:
        request: The endpoint and the arguments of the first page.
    """

    @closing_iterator
    async def __aiter__(self) -> AsyncGenerator[Item_co]:
        async for page in self.pages():
            for item in page.items:
                yield item

    @closing_iterator
    async def pages(self) -> AsyncGenerator[Page[Body_co, Item_co]]:
        """
        Fetch page after page, to the end.

        Raises:
            PagingError: Pixiv offered a page that was already fetched, or said where the next is
                in a way that cannot be read.
            UnexpectedHost: The URL of the next page is on another host.
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

    async def first(self) -> Page[Body_co, Item_co]:
        """Fetch the first page only."""
        return (await self._fetch(self.request))[0]

    def take(self, count: int) -> Items[Item_co]:
        """
        Return the first *count* items, fewer where the list is shorter.

        ``await`` the result for a list, or ``async for`` over it; either way no page more than
        needed is fetched.
        """
        return Items(self, count)

    async def _fetch(
        self, request: Request
    ) -> tuple[Page[Body_co, Item_co], Request | PixivError | None]:
        sender = _sender(self._sender, request)
        return make_page(request, await sender.send(request), misfit_policy_of(sender))

    def _structured(self, json: object, policy: MisfitPolicy | None) -> Page[Body_co, Item_co]:
        return make_page(self.request, Reply(0, {}, json, attempts=0), policy)[0]


def is_pages(value: object) -> TypeGuard[Pages[Any, Any]]:
    """Whether *value* is a list; type checkers take its items for anything."""
    return isinstance(value, Pages)


def make_page(
    request: Request, reply: Reply, policy: MisfitPolicy | None = None
) -> tuple[Page[Any, Any], Request | PixivError | None]:
    """
    Structure *reply* to *request* as a page, and find the request of the next page.

    Args:
        request: What was asked for.
        reply: The reply.
        policy: Reports values that do not fit, or makes them an error.

    Returns:
        The page, and the request of the next one, None at the end, or why there is no getting
        there: that is for after the page, whose items have arrived.
    """
    following: Request | PixivError | None
    try:
        following = following_request(request, reply)
    except (PagingError, UnexpectedHost) as exc:
        following = exc
    found = structure_page(request, reply.json, policy)
    page: Page[Any, Any] = Page(
        body=found.body,
        items=found.items,
        broken=found.broken,
        request=request,
        reply=reply,
        following=following if isinstance(following, Request) else None,
    )
    return page, following

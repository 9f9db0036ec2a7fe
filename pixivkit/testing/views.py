"""
How the fake pixiv answers an endpoint: a view, registered under the endpoint's name.

    @view("app.user.illusts")
    def illusts(context: Context) -> object:
        return context.world.works_of(context.arguments["user_id"], context.user)

A view returns what there is of the world: all items of a list in their order, or one entity, or
None where the reply says nothing of the world. Paging, the envelope and what stands beside the
items come from the declaration and from the example of the endpoint, and how an entity looks from
its shape. Where the example would not be true, a view returns what is, by dotted path in the
payload: ``{"illusts": works, "user": user}``.

It raises `Refusal` for what pixiv refuses. Credentials, parameters and methods are checked before
it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, cast
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

import attrs

from .._core.declaration.endpoint import Endpoint
from .messages import ReceivedFile
from .paged import Page, cut
from .records import User
from .refusals import Refusal, forbidden, not_found
from .shapes import JSON, shape, spelled
from .world import World

__all__ = ["JSON", "VIEWS", "Context", "Refusal", "View", "shape", "view"]

T = TypeVar("T")

_LISTS: WeakKeyDictionary[World, tuple[object, Any]] = WeakKeyDictionary()
"""The list that was last paged through, and what it depends on."""


@attrs.frozen(kw_only=True)
class Context:
    """
    A request that a view answers.

    Attributes:
        world: The state to read and change.
        account: Who is logged in; None for nobody.
        endpoint: What was asked for.
        arguments: Every parameter by its name in Python, as its type: a number as int, a list as
            list, a date as `datetime.date`; what was not sent has the endpoint's default.
        pairs: The query as it was received.
        files: The files of a multipart body.
    """

    world: World
    account: User | None
    endpoint: Endpoint
    arguments: Mapping[str, Any]
    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[ReceivedFile, ...] = ()

    @property
    def user(self) -> User:
        """Who is logged in, at an endpoint that demands it."""
        assert self.account is not None
        return self.account

    @property
    def response(self) -> Any:
        """The type of the reply to a call with these arguments."""
        named = self.endpoint.signature.parameters
        return self.endpoint.response_for(tuple(self.arguments[name] for name in named))

    def shape(self, model: Any, entity: object) -> JSON:
        """An entity of the world, spelled as *model*."""
        return cast("JSON", spelled(self, model, entity))

    def page(self, items: Sequence[T], size: int | None = None) -> Page[T]:
        """
        The page that is asked for of a list, where a view needs to know it.

        Args:
            items: The whole list, in order.
            size: Items on a page, where no argument says so.
        """
        return cut(items, self.endpoint, self.arguments, self.next_url, size)

    def remembered(self, make: Callable[[], list[T]]) -> list[T]:
        """
        A long list, which is made for its first page only while nothing is posted or deleted.

        Made anew for each page, a search among thousands of works would take minutes to walk
        through.
        """
        world, paging = self.world, self.endpoint.paging
        driven = {"offset", *(paging.params if paging else ())}
        asked = {key: value for key, value in self.arguments.items() if key not in driven}
        posted = (
            world.now,
            *(len(of_kind) for of_kind in (world.works, world.novels)),
            *(next(reversed(of_kind), 0) for of_kind in (world.works, world.novels)),
        )
        known = (self.endpoint.name, self.account, asked, posted)
        if all((self.arguments.get(name) or 0) in (0, 1) for name in driven):
            _LISTS.pop(world, None)
        kept, found = _LISTS.get(world, (None, None))
        if kept != known:
            found = make()
            _LISTS[world] = known, found
        return cast("list[T]", found)

    def absent(self, what: str = "work") -> Refusal:
        """
        There is no such *what*.

        Args:
            what: ``work``, ``user``, ``comment``, ``draft``, ``upload``, ``series`` or
                ``bookmark``.
        """
        return not_found(self.endpoint.base, what)

    def forbidden(self) -> Refusal:
        """It is not for who asks."""
        return forbidden(self.endpoint.base)

    def next_url(self, **changes: object) -> str:
        """
        The address of a further page, as the App API spells it.

        Args:
            changes: Parameters to change, by wire name; a list becomes ``name[0]``, ``name[1]``.
        """
        pairs = [(key, value) for key, value in self.pairs if key.split("[")[0] not in changes]
        for key, value in changes.items():
            if isinstance(value, list | tuple):
                several = cast("Iterable[object]", value)
                pairs += [(f"{key}[{index}]", str(one)) for index, one in enumerate(several)]
            else:
                pairs.append((key, str(value)))
        query = urlencode(pairs, quote_via=quote)
        return f"{self.endpoint.base.url}{self.endpoint.path}?{query}"


View: TypeAlias = Callable[[Context], object]

VIEWS: dict[str, View] = {}
"""Views by the name of their endpoint."""


def view(name: str) -> Callable[[View], View]:
    """
    Register a view for the endpoint called *name*, in every fake; a later one takes its place.

    Args:
        name: The endpoint: one of your own, or one of pixiv's to answer it otherwise.
    """

    def register(function: View) -> View:
        VIEWS[name] = function
        return function

    return register

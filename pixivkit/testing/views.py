"""
How the fake pixiv answers an endpoint: a view, registered under the endpoint's name.

    @view("app.illust.detail")
    def illust_detail(context: Context) -> object:
        work = context.world.works[context.arguments["illust_id"]]
        return {"illust": ...}

A view returns the payload as JSON values; the application puts it into the endpoint's envelope
(``{"error": false, "message": "", "body": payload}`` on the web API). It raises `Refusal` for what
pixiv refuses. Credentials, parameters and methods are checked before it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import quote, urlencode

import attrs

from .refusals import Refusal

if TYPE_CHECKING:
    from .._core.endpoint import Endpoint
    from .world import User, World

__all__ = ["VIEWS", "Context", "ReceivedFile", "Refusal", "View", "view"]


@attrs.frozen
class ReceivedFile:
    """
    A file of a multipart body.

    Attributes:
        field: Name of its field, brackets included.
        name: File name.
        content_type: Media type that the client gave.
        content: The bytes.
    """

    field: str
    name: str
    content_type: str
    content: bytes = attrs.field(repr=False)


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

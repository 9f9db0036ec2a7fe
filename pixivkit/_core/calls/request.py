"""Requests and replies as values, and the interface of senders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

import attrs

from ...models.display import ShortRepr

if TYPE_CHECKING:
    from ..declaration.endpoint import Endpoint
    from ..declaration.paging import Follow

__all__ = ["Progress", "ProgressCallback", "Reply", "Request", "Response", "Sender"]

T_co = TypeVar("T_co", covariant=True)


@attrs.frozen(repr=False)
class Request(ShortRepr):
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
        """Return the request of the next page that *step* describes."""
        if step.url:
            return Request(self.endpoint, self.arguments, step.url)
        return Request(self.endpoint, tuple({**self.named, **step.arguments}.values()))

    def __repr__(self) -> str:
        return self._summary()

    def _summary(self) -> str:
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
    A reply without an error.

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
class Response(Generic[T_co]):
    """A structured result and the reply it came from."""

    value: T_co
    reply: Reply


@attrs.frozen
class Progress:
    """
    The progress of a transfer.

    Attributes:
        done: Bytes sent or received so far.
        total: Bytes there are; None where that is unknown.
    """

    done: int
    total: int | None


ProgressCallback: TypeAlias = Callable[[Progress], None]


class Sender(Protocol):
    """
    The interface that calls need of a client.

    Where it has an attribute `misfit_policy`, values that do not fit are reported to that.
    """

    def send(
        self, request: Request, *, progress: ProgressCallback | None = None
    ) -> Awaitable[Reply]:
        """Send *request* until it succeeds or may not be repeated; raise what pixiv says."""
        ...

"""Find the request of the next page, and encode and decode it as a cursor."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import orjson

from ...errors import InvalidArgument, PagingError, UnexpectedHost
from ..declaration.argument_types import Day
from ..declaration.envelope import payload
from .request import Reply, Request

if TYPE_CHECKING:
    from ..declaration.endpoint import Endpoint


def following_request(request: Request, reply: Reply) -> Request | None:
    """
    Return the request for the page after *reply*, or None at the end.

    Raises:
        UnexpectedHost: The reply names a page on a host that the endpoint does not belong to.
        PagingError: The reply names a page, and not in a way that can be read.
    """
    endpoint = request.endpoint
    assert endpoint.paging is not None
    try:
        step = endpoint.paging.after(request.named, payload(endpoint, reply.json))
    except PagingError as exc:
        exc.endpoint = endpoint.name
        raise
    if step is None:
        return None
    if step.url:
        allowed = {"", urlsplit(endpoint.base.url).netloc, reply.host}
        try:
            netloc = urlsplit(step.url).netloc
        except ValueError:
            netloc = step.url
        if netloc not in allowed:
            msg = f"the next page is said to be on {netloc[:80]!r}; nothing was sent there"
            raise UnexpectedHost(msg, endpoint=endpoint.name)
    return request.follow(step)


def encode_cursor(request: Request) -> str:
    """Encode *request* as text that holds no credential."""
    given = {
        param.name: value.isoformat() if isinstance(value, dt.date) else value
        for param, value in zip(request.endpoint.params, request.arguments, strict=True)
        if param.required or value != param.default
    }
    content = {"endpoint": request.endpoint.name, "arguments": given, "next": request.next_url}
    return base64.urlsafe_b64encode(orjson.dumps(content)).rstrip(b"=").decode()


def decode_cursor(cursor: str, registry: Mapping[str, Endpoint]) -> Request:
    """
    Decode a cursor of `encode_cursor`; its endpoint is looked up in *registry*.

    Raises:
        InvalidArgument: It is not a cursor, or one of an endpoint that is no longer declared.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = orjson.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        endpoint = registry[content["endpoint"]]
        dates = {p.name for p in endpoint.params if isinstance(p.accepts.kind, Day)}
        arguments = {
            name: dt.date.fromisoformat(value) if name in dates and value else value
            for name, value in cast("Mapping[str, str]", content["arguments"]).items()
        }
        url = content["next"]
        if not isinstance(url, str) or endpoint.paging is None:
            raise ValueError
        urlsplit(url)
        return Request(endpoint, endpoint.bind(**arguments), url)
    except InvalidArgument:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        msg = "this is not a cursor of a page"
        raise InvalidArgument(msg) from None

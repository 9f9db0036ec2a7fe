"""What the fake pixiv receives, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs
import orjson

__all__ = ["ASGIApp", "Answer", "ReceivedFile", "ReceivedRequest", "answer"]

ASGIApp: TypeAlias = Callable[[Any, Any, Any], Any]


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
class ReceivedRequest:
    """
    A request that the fake received.

    Attributes:
        endpoint: Name of the endpoint, such as ``app.illust.detail``; ``images`` for a file,
            ``web.page`` for a page of the site, empty for what does not exist.
        method: HTTP method.
        url: Address, host included, as it was asked for.
        headers: By name in lower case.
        query: Names and values of the query, in order.
        body: The body.
        fields: Names and values of a form or the text parts of a multipart body, in order.
        files: Files of a multipart body, in order.
    """

    endpoint: str
    method: str
    url: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    query: tuple[tuple[str, str], ...] = ()
    body: bytes = attrs.field(default=b"", repr=False)
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[ReceivedFile, ...] = ()

    @property
    def json(self) -> object:
        """The body as JSON."""
        return orjson.loads(self.body)


@attrs.frozen
class Answer:
    """What the fake sends back."""

    status: int
    body: bytes = attrs.field(default=b"", repr=False)
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])


def answer(status: int, body: object, headers: Mapping[str, str] | None = None) -> Answer:
    """Spell *body*: text as a page, bytes as they are, anything else as JSON."""
    if isinstance(body, bytes):
        content, kind = body, "application/octet-stream"
    elif isinstance(body, str):
        content, kind = body.encode(), "text/html; charset=UTF-8"
    else:
        content, kind = orjson.dumps(body), "application/json; charset=utf-8"
    return Answer(status, content, {"content-type": kind, **(headers or {})})

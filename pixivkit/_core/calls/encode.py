"""Encode a request as sent over the wire, without its credential and without a host."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Final, TypeAlias, cast
from urllib.parse import quote, urlencode

import attrs
import orjson

from ...errors import InvalidArgument
from ..declaration.arguments import FileSource, Spelling
from ..declaration.endpoint import Param, placeholders

if TYPE_CHECKING:
    from .request import Request

_IN_REQUEST_LINES: Final = "".join(map(chr, range(0x21, 0x7F)))

Pairs: TypeAlias = list[tuple[str, str]]


@attrs.frozen
class FilePart:
    """A file of a multipart body: its field, the file, and its position among the files."""

    field: str
    file: FileSource
    position: int


@attrs.frozen
class Encoded:
    """
    An encoded request; it may hold a credential.

    Attributes:
        target: Path and query, percent-encoded, below the host.
        referer: The Referer header; None for none.
        content_type: Of the content; empty where there is none, or where it is multipart.
        content: The body; None where there is none, or where it is multipart.
        fields: Text fields of a multipart body.
        files: Files of a multipart body, after the fields.
    """

    target: str
    referer: str | None = None
    content_type: str = ""
    content: bytes | None = attrs.field(default=None, repr=False)
    fields: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    files: tuple[FilePart, ...] = attrs.field(default=(), repr=False)


def encode(request: Request) -> Encoded:
    """
    Encode *request*.

    Raises:
        InvalidArgument: An argument has no place in a path.
    """
    endpoint = request.endpoint
    segments: dict[str, str] = {}
    query: Pairs = []
    payload: list[tuple[Param, object]] = []
    for param, value in zip(endpoint.params, request.arguments, strict=True):
        if param.place == "path":
            segments[param.name] = _segment(param, value, endpoint.name)
            if param.spelling.repeat_in_query:
                query.append((param.wire, _text(value, param.spelling)))
        elif value is None:
            continue
        elif param.place == "query":
            query.extend(_pairs(param, value))
        else:
            payload.append((param, value))
    path = endpoint.path.format_map(segments) if segments else endpoint.path
    raw_query = _replayed(request.next_url) if request.next_url else _query(query)
    target = f"{path}?{raw_query}" if raw_query else path
    referer = _referer(request)
    if endpoint.method == "GET":
        return Encoded(target, referer)
    if endpoint.body == "json":
        content = {param.wire: _json(value, param.spelling) for param, value in payload}
        return Encoded(target, referer, "application/json", orjson.dumps(content))
    if endpoint.body == "form":
        pairs = [pair for param, value in payload for pair in _pairs(param, value)]
        form = urlencode(pairs).encode("ascii")
        return Encoded(target, referer, "application/x-www-form-urlencoded", form)
    return _multipart(target, referer, payload)


def _replayed(url: str) -> str:
    """
    Return the query of *url* byte for byte, but for what cannot be in a request line.

    Blanks, control characters and letters beyond ASCII are percent-encoded here: each HTTP
    library would do something of its own about them, from refusing them to sending half a line.
    """
    query = url.partition("#")[0].partition("?")[2]
    if query.isascii() and query.isprintable() and " " not in query:
        return query
    return quote(query, safe=_IN_REQUEST_LINES)


def _multipart(target: str, referer: str | None, payload: list[tuple[Param, object]]) -> Encoded:
    fields: Pairs = []
    files: list[FilePart] = []
    for param, value in payload:
        if param.is_file:
            several = isinstance(value, tuple)
            for file in cast("tuple[FileSource, ...]", value if several else (value,)):
                files.append(FilePart(param.wire, file, len(files)))
        else:
            fields.extend(_pairs(param, value))
    return Encoded(target, referer, fields=tuple(fields), files=tuple(files))


def _referer(request: Request) -> str | None:
    template = request.endpoint.referer
    names = placeholders(template) if template else ()
    if not template or not names:
        return template
    given = request.named
    return template.format_map({n: _escaped(_text(given[n], Spelling())) for n in names})


def _query(pairs: Pairs) -> str:
    return "&".join([f"{_escaped_name(name)}={_escaped(text)}" for name, text in pairs])


def _escaped(text: str) -> str:
    # Most values are numbers or plain words.
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


_escaped_name = functools.lru_cache(maxsize=1024)(_escaped)


def _segment(param: Param, value: object, endpoint: str) -> str:
    text = _escaped(_text(value, param.spelling))
    if not text:
        msg = f"{param.name}: must not be empty"
        raise InvalidArgument(msg, endpoint=endpoint)
    # A path of dots would be resolved on the way, escaped or not by quote().
    return text.replace(".", "%2E") if set(text) == {"."} else text


def _pairs(param: Param, value: object) -> Pairs:
    spelling = param.spelling
    if not isinstance(value, tuple):
        return [(param.wire, _text(value, spelling))]
    texts = [_text(one, spelling) for one in cast("tuple[object, ...]", value)]
    if spelling.join is not None:
        return [(param.wire, spelling.join.join(texts))] if texts else []
    return [(param.wire, text) for text in texts]


def _text(value: object, spelling: Spelling) -> str:
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return str(int(value)) if spelling.digit else str(value).lower()
    if isinstance(value, dt.date):
        return spelling.day(value)
    return str(value)


def _json(value: object, spelling: Spelling) -> object:
    if isinstance(value, tuple):
        return [_json(one, spelling) for one in cast("tuple[object, ...]", value)]
    if spelling.text or isinstance(value, dt.date):
        return _text(value, spelling)
    return int(value) if spelling.digit and isinstance(value, bool) else value

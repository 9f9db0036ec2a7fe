"""Keys that identify requests, in any process and any version of Python."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from typing import TYPE_CHECKING, cast

from ...errors import InvalidArgument
from ..declaration.arguments import UploadFile

if TYPE_CHECKING:
    from .request import Request


def request_key(request: Request) -> bytes:
    """
    Return 32 bytes that identify *request*, the same in every process.

    They are made of the name of the endpoint, the arguments that are not its defaults, and the
    URL of a later page. A file to send counts by its path, or by its content where that is given
    as bytes.

    Raises:
        InvalidArgument: A file comes from an iterable: what it holds is not known beforehand.
    """
    return key_of(request_json(request))


def key_of(json_text: str) -> bytes:
    """Return the key of a request from its JSON."""
    return hashlib.sha256(json_text.encode("ascii")).digest()


def request_json(request: Request) -> str:
    """Return *request* as canonical JSON, with hashes in the place of secrets."""
    arguments = {
        param.name: _hash(_canonical(_plain(value))) if param.spelling.secret else _plain(value)
        for param, value in zip(request.endpoint.params, request.arguments, strict=True)
        if param.required or value != param.default
    }
    endpoint = request.endpoint.name
    return _canonical({"arguments": arguments, "endpoint": endpoint, "next": request.next_url})


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _hash(content: str | bytes) -> dict[str, str]:
    raw = content.encode("ascii") if isinstance(content, str) else content
    return {"sha256": hashlib.sha256(raw).hexdigest()}


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[object, ...]", value)]
    if isinstance(value, bytes):
        return _hash(value)
    if isinstance(value, os.PathLike):
        return os.fsdecode(cast("os.PathLike[str]", value))
    if isinstance(value, UploadFile):
        return {"file": _plain(value.source), "name": value.name, "type": value.content_type}
    msg = "a file from an iterable cannot be told from another: give a path or bytes"
    raise InvalidArgument(msg)

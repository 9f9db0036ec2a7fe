"""
The example of each endpoint: a call, the request that pixiv must see for it, and a reply.

The files are ``spec/examples/<endpoint>.json``, written by hand; in a wheel they lie beside this
module. Each is a list of entries: the first one is the usual call and has a reply, further ones
are other arguments of the same endpoint. An entry without a reply of its own is answered like the
first.

    [
      {
        "name": "defaults",
        "call": {"illust_id": 140000002},
        "request": {
          "method": "GET",
          "url": "https://app-api.pixiv.net/v1/illust/detail?illust_id=140000002",
          "login": "bearer"
        },
        "reply": {"illust": {"id": 140000002, "title": "..."}}
      }
    ]

A file in arguments and in a multipart body is ``{"base64": "..."}``.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

import attrs
import orjson
from cattrs import BaseValidationError, Converter, transform_error

from .._core.declaration.endpoint import Endpoint

__all__ = ["Example", "ExpectedRequest", "example_names", "examples_of", "read_examples"]

Login: TypeAlias = Literal["none", "optional", "bearer", "cookie", "csrf"]

_ABSENT: Final = object()

_HERE = Path(__file__).parent
# In a wheel, and in a checkout.
_FOLDER: Final = next(
    folder
    for folder in (_HERE.parents[1] / "spec" / "examples", _HERE)
    if folder == _HERE or folder.is_dir()
)


@attrs.frozen(kw_only=True)
class ExpectedRequest:
    """
    The request that a call must become.

    Attributes:
        method: ``GET`` or ``POST``.
        url: The path as it is sent, byte for byte, and the query in any order.
        login: What goes along: ``bearer`` the access token, ``cookie`` the session, ``csrf`` its
            token as well, ``optional`` the session where there is one, ``none`` nothing.
        referer: The Referer; None for none.
        form: The fields of a urlencoded body, in any order; None for no such body.
        json: A JSON body; None for no such body.
        multipart: The fields and files of a multipart body; None for no such body.
    """

    method: Literal["GET", "POST"]
    url: str
    login: Login
    referer: str | None = None
    form: list[tuple[str, str]] | None = None
    json: Any = None
    multipart: list[tuple[str, str | bytes]] | None = None


@attrs.frozen(kw_only=True)
class Example:
    """
    One call of an endpoint, with the expected request and its reply.

    Attributes:
        endpoint: Name of the endpoint.
        name: What is particular about this call; unique in the file.
        call: The arguments as a user writes them, by name.
        request: The request that pixiv must see.
        body: The reply as text, envelope included.
        has_reply: Whether the reply is this entry's own, not the first one's.
    """

    endpoint: str
    name: str
    call: dict[str, Any]
    request: ExpectedRequest
    body: bytes = attrs.field(repr=False)
    has_reply: bool = True

    @property
    def reply(self) -> Any:
        """The reply as JSON values, anew each time: change them as you like."""
        return orjson.loads(self.body)

    def answers(self, endpoint: Endpoint, arguments: Mapping[str, object]) -> bool:
        """Whether the reply has the type of a reply to a call with these *arguments*."""
        return self.has_reply and all(
            bool(self.call.get(name)) == bool(arguments.get(name)) for name in endpoint.variants
        )


@attrs.frozen(kw_only=True)
class _Entry:
    name: str
    call: dict[str, Any]
    request: ExpectedRequest
    reply: Any = _ABSENT


def _with_files(value: object) -> object:
    """Return *value* with its files as bytes."""
    if isinstance(value, list):
        return [_with_files(one) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        known = cast("dict[str, str]", value)
        return base64.b64decode(known["base64"]) if known.keys() == {"base64"} else known
    return value


_CONVERTER: Final = Converter(forbid_extra_keys=True)
_CONVERTER.register_structure_hook(str | bytes, lambda value, _: _with_files(value))


def read_examples(name: str, text: bytes) -> tuple[Example, ...]:
    """
    Read the examples of the endpoint *name* from the text of its file.

    Raises:
        ValueError: It is not what an example file holds; says where, and what belongs there.
    """
    try:
        entries = _CONVERTER.structure(orjson.loads(text), list[_Entry])
    except (orjson.JSONDecodeError, BaseValidationError) as exc:
        found = transform_error(exc) if isinstance(exc, BaseValidationError) else [str(exc)]
        msg = f"the example of {name} cannot be read: {'; '.join(found)}"
        raise ValueError(msg) from None
    if not entries or entries[0].reply is _ABSENT:
        msg = f"the example of {name} has no first entry with a reply"
        raise ValueError(msg)
    if len({entry.name for entry in entries}) < len(entries):
        msg = f"the example of {name} has two entries of the same name"
        raise ValueError(msg)
    return tuple(
        Example(
            endpoint=name,
            name=entry.name,
            call={key: _with_files(value) for key, value in entry.call.items()},
            request=entry.request,
            body=orjson.dumps(entries[0].reply if entry.reply is _ABSENT else entry.reply),
            has_reply=entry.reply is not _ABSENT,
        )
        for entry in entries
    )


def example_names() -> list[str]:
    """Return the names of the endpoints that have examples."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


@functools.cache
def examples_of(name: str) -> tuple[Example, ...]:
    """
    Return the examples of the endpoint *name*, the usual one first.

    Raises:
        LookupError: There is none; says which file to write.
        ValueError: The file is not what an example file holds.
    """
    path = _FOLDER / f"{name}.json"
    try:
        return read_examples(name, path.read_bytes())
    except FileNotFoundError:
        msg = f"there is no example of {name}: write {path}, see pixivkit.examples"
        raise LookupError(msg) from None

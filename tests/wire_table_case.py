"""The shape of a row of the wire table: one call and the one request it must become."""

from __future__ import annotations

from typing import Any, Literal

import attrs

Method = Literal["GET", "POST"]
Auth = Literal["bearer", "cookie", "csrf", "optional"]


@attrs.frozen
class Form:
    """A form-urlencoded body: decoded pairs, a repeated key once for every value."""

    pairs: tuple[tuple[str, str], ...]


@attrs.frozen
class Json:
    """A JSON body; types matter, `"1"` is not `1`."""

    value: object


@attrs.frozen
class Multipart:
    """A multipart/form-data body: text parts and file parts, each by its part name."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, bytes], ...]


Body = Form | Json | Multipart | None


@attrs.frozen(kw_only=True)
class WireCase:
    """What one call must put on the wire.

    `url` is scheme, host and path byte for byte: a value in the path keeps only the unreserved
    characters of RFC 3986, everything else is percent-encoded. `query` is decoded and in no
    order; it may hold empty values, so read the sent one with `keep_blank_values=True`.
    `referer` is None where none is sent. `auth` `optional`: the cookie goes along when the
    client holds one.
    """

    name: str
    call: dict[str, Any]
    id: str
    method: Method
    url: str
    query: tuple[tuple[str, str], ...]
    body: Body
    referer: str | None
    auth: Auth

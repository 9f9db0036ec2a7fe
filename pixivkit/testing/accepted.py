"""What pixiv takes beyond what the declarations say: from other clients, and from its own URLs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

from .._core.declaration.endpoint import Endpoint
from ..app.oauth import CLIENT_ID, CLIENT_SECRET

__all__ = ["PUBLIC_CLIENTS", "also_taken", "from_pixiv", "respelled"]

PUBLIC_CLIENTS: Final = {
    CLIENT_ID: CLIENT_SECRET,
    # Sent by cssxsh/pixiv-client; Notsfsssf/pixez-flutter holds it too.
    "KzEZED7aC0vird8jWyHM38mXjNTY": "W9JZoJe00qPvJsiyCGT3CCtC6ZUtdpKpzMbNlUGP",
}
"""Secrets by client id: the same for everybody who uses one of pixiv's apps."""

_ALSO_TAKEN: Final[Mapping[str, frozenset[str]]] = {
    # The device_token of answers until 2021, which older clients send back.
    "oauth.auth.*": frozenset({"device_token", "get_secure_url"}),
    # In the next_url of a recorded search (MnyaCat/pixiv_dart); target is async-pixiv's
    # search_target, which pixiv ignores.
    "app.search.*": frozenset({"include_translated_tags_results", "target"}),
    # Pixiv's own pages add them to any call.
    "web.*": frozenset({"lang", "version"}),
}

_RESPELLED: Final[Mapping[str, Mapping[str, str | None]]] = {
    "get_secure_url": {"true": "1", "false": None, "0": None},
    "include_policy": {"1": "true", "0": "false"},
}
"""Spellings at the token endpoint, as the declaration spells them; None for not at all."""

_REFERERS: Final = ("www.pixiv.net", "app-api.pixiv.net")


def also_taken(endpoint: Endpoint) -> frozenset[str]:
    """The parameters that pixiv takes at an endpoint whose declaration does not have them."""
    taken = [
        names for pattern, names in _ALSO_TAKEN.items() if fnmatchcase(endpoint.name, pattern)
    ]
    return frozenset[str]().union(*taken)


def respelled(
    endpoint: Endpoint, fields: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """The fields of a form with the other spellings that pixiv takes as the declared ones."""
    if endpoint.base.name != "oauth":
        return tuple(fields)
    read = ((name, _RESPELLED.get(name, {}).get(value, value)) for name, value in fields)
    return tuple((name, value) for name, value in read if value is not None)


def from_pixiv(headers: Mapping[str, str]) -> bool:
    """Whether a request names pixiv, or a page of it, as its Referer."""
    try:
        referer = urlsplit(headers.get("referer", ""))
    except ValueError:
        return False
    return referer.scheme == "https" and referer.netloc in _REFERERS

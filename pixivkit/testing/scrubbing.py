"""Takes out of recorded requests and replies what nobody else may see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http.cookies import SimpleCookie
from typing import Final, cast
from urllib.parse import parse_qsl, urlencode

__all__ = ["Scrubber"]

HIDDEN: Final = "scrubbed"

_SECRET_NAMES: Final = frozenset(
    (
        "access_token", "refresh_token", "device_token", "id_token", "token", "csrf_token",
        "csrftoken", "postkey", "tt", "phpsessid", "session", "session_id", "sessionid",
        "password", "client_secret", "client_id", "code", "code_verifier", "code_challenge",
        "convert_key", "registration_id", "onesignalappid", "pixiv_id", "api_key", "apikey",
        "secret", "authorization", "cookie",
    )
)  # fmt: skip
"""Names of parameters, fields and keys whose values are secret, in lower case."""

_MAIL_NAMES: Final = frozenset(("mail", "mail_address", "mailaddress", "email", "email_address"))
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NOBODY: Final = "somebody@example.com"

_CREDENTIAL_HEADERS: Final = ("authorization", "x-csrf-token", "x-api-key")

# As pages of the site and scripts in them spell it, JSON within JSON too.
_IN_TEXT: Final = re.compile(
    r"""(?P<before>(?P<quote>\\*["'])(?P<name>\w+)(?P=quote)\s*:\s*(?P=quote)
        |\b(?P<word>\w+)\s*=\s*(?P<mark>["']))(?P<value>[^"'\\]+)""",
    re.X,
)
_HEX: Final = re.compile(r"[0-9a-f]{16,}")
_SHORTEST: Final = 6


class Scrubber:
    """
    Takes secrets out of what is recorded.

    It goes by the names of parameters and keys, by the shape of mail addresses, and by what it has
    seen: a token that was once sent or received is a secret wherever it stands later.

    Args:
        hide: Further texts to take out, such as the names of the account.
    """

    def __init__(self, hide: Iterable[str] = ()) -> None:
        self._known: dict[str, str] = {}
        for text in hide:
            if text:
                self._known[text] = HIDDEN

    def learn_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Remember the credentials among the *headers* of a request or a reply."""
        for name, value in headers:
            lower = name.lower()
            if lower in _CREDENTIAL_HEADERS:
                self._learn(value.rpartition(" ")[2])
            elif lower == "cookie":
                for part in value.split(";"):
                    self._learn(part.partition("=")[2].strip())
            elif lower == "set-cookie":
                for morsel in SimpleCookie(value).values():
                    self._learn(morsel.value)

    def _learn(self, secret: str) -> str:
        """Remember a *secret*, and return what stands in its place."""
        if len(secret) < _SHORTEST:
            return HIDDEN
        # What a client looks for by its shape keeps the shape.
        hidden = "0" * len(secret) if _HEX.fullmatch(secret) else HIDDEN
        return self._known.setdefault(secret, hidden)

    def text(self, text: str) -> str:
        """Scrub a text: a page, a header, a value."""
        text = _IN_TEXT.sub(self._replaced, text)
        for secret in sorted(self._known, key=len, reverse=True):
            text = text.replace(secret, self._known[secret])
        return _MAIL.sub(_NOBODY, text)

    def _replaced(self, found: re.Match[str]) -> str:
        name = found["name"] or found["word"]
        return found["before"] + self._value_of(name, found["value"])

    def _value_of(self, name: str, value: str) -> str:
        lower = name.lower()
        if lower in _MAIL_NAMES:
            return _NOBODY
        return self._learn(value) if lower in _SECRET_NAMES and value else value

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
        """Scrub the parameters of a query or a form; all secrets look alike."""
        given = list(pairs)
        for name, value in given:
            self._value_of(name, value)
        return [
            [name, HIDDEN if name.lower() in _SECRET_NAMES else self.text(value)]
            for name, value in given
        ]

    def query(self, query: str) -> str:
        """Scrub a query as it stands in a URL."""
        pairs = parse_qsl(query, keep_blank_values=True)
        return urlencode([(name, value) for name, value in self.pairs(pairs)])

    def json(self, value: object) -> object:
        """Scrub a JSON value."""
        self._learn_json(value)
        return self._json(value)

    def _learn_json(self, value: object) -> None:
        if isinstance(value, Mapping):
            for name, inner in cast("Mapping[str, object]", value).items():
                if isinstance(inner, str):
                    self._value_of(name, inner)
                else:
                    self._learn_json(inner)
        elif isinstance(value, list):
            for inner in cast("list[object]", value):
                self._learn_json(inner)

    def _json(self, value: object) -> object:
        if isinstance(value, Mapping):
            named = cast("Mapping[str, object]", value)
            return {
                self.text(name): self.text(self._value_of(name, inner))
                if isinstance(inner, str)
                else self._json(inner)
                for name, inner in named.items()
            }
        if isinstance(value, list):
            return [self._json(inner) for inner in cast("list[object]", value)]
        return self.text(value) if isinstance(value, str) else value

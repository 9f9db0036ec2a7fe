"""Parse Cookie headers; the standard library drops what follows a cookie it dislikes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

SESSION = "PHPSESSID"

_BLANKS = " \t\r\n"
_FIELD_NAME = re.compile(r"cookie[ \t]*:", re.I)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NAME = re.compile(r"[^\x00-\x20;=\x7f\ud800-\udfff]+")
_WORD = re.compile(r"[\x21-\x3a\x3c-\x7e]+")


@attrs.frozen
class Cookie:
    """
    One cookie of a header.

    Attributes:
        name: What it is called; empty for a value without a name, which browsers send as well.
        value: What it holds.
        pair: Name and value, as they are sent.
    """

    name: str
    value: str = attrs.field(repr=False)
    pair: str = attrs.field(repr=False)


def stripped(text: str) -> str:
    """Strip *text* of blanks, quotes around it and ``Cookie:``, which are copied along."""
    text = text.strip(_BLANKS)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"`":
        text = text[1:-1].strip(_BLANKS)
    if named := _FIELD_NAME.match(text):
        text = text[named.end() :].strip(_BLANKS)
    # A quote at the end of a header may be the end of a value.
    return text if "=" in text else text.strip("'\"`;" + _BLANKS)


def read_cookies(text: str, more: Mapping[str, str]) -> list[Cookie]:
    """
    Parse the cookies of a header, or of the value of the session's cookie alone, in their order.

    Args:
        text: The header or value, stripped.
        more: Further cookies by name; they take the place of those of the same name.
    """
    pieces = [piece.strip(_BLANKS) for piece in text.split(";")]
    if "=" not in text and len(pieces) == 1:
        pieces = [f"{SESSION}={text}"]
    left = dict(more)
    found: list[Cookie] = []
    for piece in filter(None, pieces):
        before, equals, after = piece.partition("=")
        name, value = (before.rstrip(_BLANKS), after.lstrip(_BLANKS)) if equals else ("", piece)
        if name in left:
            found.append(_made(name, left.pop(name)))
        elif name not in more:
            found.append(_made(name, value) if name == SESSION else Cookie(name, value, piece))
    return [*found, *(_made(name, value) for name, value in left.items())]


def _made(name: str, value: str) -> Cookie:
    return Cookie(name, value, f"{name}={value}")


def problem_with(text: str, more: Mapping[str, str]) -> str:
    """Return why these cannot be sent, without quoting them; empty where they can."""
    session = next((c.value for c in read_cookies(text, more) if c.name == SESSION), "")
    if _CONTROLS.search(text):
        return "a Cookie header has no control characters, and is one line"
    if not session:
        return f"there is no {SESSION} in the cookies"
    if not _WORD.fullmatch(session):
        return f"the value of the cookie {SESSION} is one word of printable ASCII"
    if not all(_NAME.fullmatch(name) for name in more):
        return "the name of a cookie has no blanks, ';', '=' or control characters"
    if any(";" in v or v != v.strip(_BLANKS) or _CONTROLS.search(v) for v in more.values()):
        return "the value of a cookie has no ';' or control characters, and no blanks around it"
    return ""

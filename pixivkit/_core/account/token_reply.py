"""Read the tokens in replies of the token endpoint, without checking the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from .credentials import Tokens

_USUAL_LIFETIME: Final = 3600.0


def read_tokens(json: object, now: float) -> Tokens | None:
    """
    Return the tokens in a reply of the token endpoint; None where it holds no access token.

    Pixiv has sent the fields at the top, under *response*, or in both places. Where it does not
    say how long the access token is good for, that is an hour, as it has always been.

    Args:
        json: The body of the reply.
        now: When it came, in seconds since 1970.
    """
    top = _fields(json)
    for fields in (top, _fields(top.get("response"))):
        if (access_token := _word(fields, "access_token")) is not None:
            return Tokens(
                refresh_token=_word(fields, "refresh_token") or "",
                access_token=access_token,
                expires_at=now + _lifetime(fields.get("expires_in")),
                user_id=_id(_fields(fields.get("user")).get("id")),
            )
    return None


def _fields(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _word(fields: Mapping[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return value if isinstance(value, str) and re.fullmatch(r"[\x21-\x7e]+", value) else None


def _lifetime(value: object) -> float:
    if isinstance(value, bool):
        return _USUAL_LIFETIME
    try:
        seconds = float(cast("Any", value))
    except (TypeError, ValueError, OverflowError):
        return _USUAL_LIFETIME
    return seconds if 0 < seconds < 10 * 365 * 86400 else _USUAL_LIFETIME


def _id(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0

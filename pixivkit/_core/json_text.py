"""JSON as text, for files."""

from __future__ import annotations

import json

import orjson


def dump_json(value: object) -> bytes:
    """Spell *value*, without blanks and line breaks, as UTF-8; keys that are numbers are text."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        # Numbers beyond 64 bits, and text that is no Unicode.
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def load_json(text: str | bytes) -> object:
    """
    Read what `dump_json` wrote, numbers beyond 64 bits included.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        value: object = json.loads(text)
    except RecursionError:
        msg = "nested too deeply"
        raise ValueError(msg) from None
    return value

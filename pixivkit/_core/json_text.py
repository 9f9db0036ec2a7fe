"""JSON as bytes, for files."""

from __future__ import annotations

import json

import orjson


def dump_json(value: object, *, indented: bool = False) -> bytes:
    """
    Spell *value* as UTF-8; keys that are numbers are text.

    Args:
        value: What JSON can say.
        indented: Whether it is spread over lines, for people; else it has no blanks.
    """
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if indented else 0)
    try:
        return orjson.dumps(value, option=option)
    except TypeError:
        # Numbers beyond 64 bits, and text that is no Unicode.
        if indented:
            return json.dumps(value, indent=2).encode("ascii")
        return json.dumps(value, separators=(",", ":")).encode("ascii")

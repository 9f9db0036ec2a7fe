"""Dump and load JSON text, for files."""

from __future__ import annotations

import json

import orjson


def dump_json(value: object, *, indented: bool = False) -> bytes:
    """
    Dump *value* as UTF-8; keys that are numbers become text.

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


def load_json(text: str | bytes) -> object:
    """
    Load JSON, numbers beyond 64 bits included.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        value: object = json.loads(text)
    except RecursionError:
        msg = "nested too deeply"
        raise ValueError(msg) from None
    return value

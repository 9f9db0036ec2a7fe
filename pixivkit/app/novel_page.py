"""The page on which the apps show a novel, and the object in one of its scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

__all__ = ["NovelPage"]

_SCRIPT: Final = re.compile(r"<script\b[^>]*>", re.I)
# One token of JavaScript. A string is skipped whole, whatever it says.
_TOKEN: Final = re.compile(
    r"""
      (?P<skipped> \s++ | //[^\n]*+ | /\*.*?\*/ )
    | (?P<end> </script )
    | "(?:[^"\\\n]|\\.)*+" | '(?:[^'\\\n]|\\.)*+' | `(?:[^`\\]|\\.)*+`
    | [\w$]++ | .
    """,
    re.I | re.S | re.X,
)
_VALUE: Final = re.compile(r"\s*:\s*")
_DECODER: Final = json.JSONDecoder()
_BEFORE: Final = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>pixiv</title></head>
<body><div id="root"></div>
<script>
  Object.defineProperty(window, 'pixiv', {
    value: {
      viewerVersion: '20221031_ai',
      novel: """
_AFTER: Final = """,
      isOwnWork: false,
    },
  });
</script>
</body></html>
"""


class NovelPage:
    """Finds the object of the novel in the page, and makes a page around one."""

    def read(self, page: str) -> object:
        """
        Return the value of the key ``novel`` in a script of *page*.

        Raises:
            ValueError: No script has such an object.
        """
        for start in _after_key(page):
            try:
                found: object = _DECODER.raw_decode(page, start)[0]
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict) and "text" in found:
                return cast("dict[str, Any]", found)
        msg = "no script of the page has the object of a novel"
        raise ValueError(msg)

    def page(self, json: object) -> str:
        """Return a page with *json* as the object of the novel."""
        return f"{_BEFORE}{_spelled(json)}{_AFTER}"


def _spelled(value: object) -> str:
    # As PHP spells it: a slash in a string would end the script.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")


def _after_key(page: str) -> Iterator[int]:
    """Where the values of keys called ``novel`` begin, in all scripts of *page*."""
    at = 0
    while script := _SCRIPT.search(page, at):
        at, before = script.end(), ""
        while (token := _TOKEN.match(page, at)) and not token["end"]:
            at = token.end()
            if token["skipped"]:
                continue
            is_key = token[0].strip("\"'") == "novel" and before in ("{", ",")
            if is_key and (value := _VALUE.match(page, at)):
                yield value.end()
            before = token[0]

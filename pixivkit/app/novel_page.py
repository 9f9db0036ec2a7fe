"""The page on which the apps show a novel, and the object in one of its scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

__all__ = ["NovelPage"]

_SCRIPT: Final = re.compile(r"<script(?=[\s/>])", re.I)
# What begins a comment, a string, a template or a regular expression is gone on with in `_Scan`.
_TOKEN: Final = re.compile(
    r"""
      (?P<skipped> \s++ | //[^\n]*+ )
    | (?P<comment> /\* ) | (?P<end> </script )
    | (?P<quote> ["'] ) | (?P<template> ` ) | (?P<slash> / )
    | [\w$]++ | .
    """,
    re.I | re.S | re.X,
)
_REST: Final = {
    '"': re.compile(r'(?:[^"\\\n]++|\\.)*+"', re.S),
    "'": re.compile(r"(?:[^'\\\n]++|\\.)*+'", re.S),
    "/": re.compile(r"(?:[^/\\\[\n]++|\\.|\[(?:[^\]\\\n]++|\\.)*+\])++/[a-z]*+", re.I),
}
"""The rest of a string or a regular expression, by how it begins."""

_TEMPLATE: Final = re.compile(r"(?:[^`\\$]++|\\.|\$(?!\{))*+(?P<end>`|\$\{)", re.S)
# After these a slash begins a regular expression; after a value it divides.
_BEFORE_VALUE: Final = frozenset("(,=:[!&|?{};+-*%~^<>") | {
    "return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new",
}  # fmt: skip
_VALUE: Final = re.compile(r"\s*+:\s*+(?=\{)")
_DECODER: Final = json.JSONDecoder()
_MOST_TRIES: Final = 20
"""Objects that are no novel; each may be as long as the page."""

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
        tries = 0
        for start in _after_key(page):
            tries += 1
            if tries > _MOST_TRIES:
                break
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
    """Where the objects under keys called ``novel`` begin, in all scripts of *page*."""
    scan = _Scan(page)
    while script := _SCRIPT.search(page, scan.at):
        opened = page.find(">", script.end())
        if opened < 0:
            return
        scan.at = opened + 1
        yield from scan.after_key()


class _Scan:
    """
    Goes through scripts, token by token.

    What is not closed where it has to be is a token without meaning, such as a quote. That it is
    not is remembered, so that the time is proportional to the page, whatever it is.
    """

    def __init__(self, page: str) -> None:
        self.at = 0
        self._page = page
        self._before = ""
        # How many braces are open in each template around.
        self._templates: list[int] = []
        # Up to where there is no end, by what would begin.
        self._endless: dict[str, int] = {}

    def after_key(self) -> Iterator[int]:
        """Where the objects under the key begin in the script at `at`; goes on to its end."""
        self._before, self._templates = "", []
        while (token := _TOKEN.match(self._page, self.at)) and not token["end"]:
            self.at = token.end()
            if token["skipped"]:
                continue
            text = token[0]
            if token["comment"]:
                self._comment()
                continue
            if token["quote"]:
                text += self._rest(text)
            elif token["template"]:
                self._template()
            elif token["slash"]:
                if not self._before or self._before in _BEFORE_VALUE:
                    text += self._rest(text)
            elif self._templates and text in "{}":
                self._brace(text)
            if text.strip("\"'") == "novel" and (value := self._value()):
                yield value
            self._before = text

    def _value(self) -> int:
        """Where the object begins that the last token is the key of; 0 where it is none."""
        if self._before not in ("{", ","):
            return 0
        value = _VALUE.match(self._page, self.at)
        return value.end() if value else 0

    def _comment(self) -> None:
        if self.at >= self._endless.get("/*", 0):
            end = self._page.find("*/", self.at)
            if end >= 0:
                self.at = end + 2
            else:
                self._endless["/*"] = len(self._page)

    def _rest(self, begin: str) -> str:
        """Go on to the end of what begins so in this line, and return it; empty for no end."""
        if self.at < self._endless.get(begin, 0):
            return ""
        rest = _REST[begin].match(self._page, self.at)
        if rest is None:
            line = self._page.find("\n", self.at)
            self._endless[begin] = len(self._page) if line < 0 else line
            return ""
        self.at = rest.end()
        return rest[0]

    def _template(self) -> None:
        """Go on to the end of a template, or into what is put into it."""
        if self.at < self._endless.get("`", 0):
            return
        rest = _TEMPLATE.match(self._page, self.at)
        if rest is None:
            self._endless["`"] = len(self._page)
            return
        self.at = rest.end()
        if rest["end"] == "${":
            self._templates.append(0)

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self._templates[-1] += 1
        elif self._templates[-1]:
            self._templates[-1] -= 1
        else:
            self._templates.pop()
            self._template()

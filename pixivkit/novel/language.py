"""Guess the language of a text from its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["language_of"]

_ENOUGH: Final = 20_000
_LETTERS: Final = re.compile(
    "(?P<kana>[\u3041-\u3096\u30a1-\u30fa])|(?P<hangul>[\uac00-\ud7a3])|(?P<han>[\u4e00-\u9fff])"
    "|(?P<other>[^\\W\\d_])"
)


def language_of(text: str) -> str:
    """
    Return the language that most letters of *text* are of: ``ja``, ``ko``, ``zh``, else ``und``.

    Pixiv's App API says nothing of it. Latin letters are those of many languages.
    """
    counts = dict.fromkeys(("kana", "hangul", "han", "other"), 0)
    for kind in _kinds(text[:_ENOUGH]):
        counts[kind] += 1
    kana, hangul, han, other = counts.values()
    if not kana + hangul + han or other > 4 * (kana + hangul + han):
        return "und"
    if hangul > kana + han:
        return "ko"
    # Japanese has kana between its characters; a Chinese text quotes a few at most.
    return "ja" if 10 * kana >= han else "zh"


def _kinds(text: str) -> Iterator[str]:
    for found in _LETTERS.finditer(text):
        yield found.lastgroup or "other"

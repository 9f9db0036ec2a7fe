"""Guess the language of a text from its letters."""

from __future__ import annotations

import re
from collections import Counter
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
    counts = Counter(found.lastgroup for found in _LETTERS.finditer(text[:_ENOUGH]))
    kana, hangul, han, other = (counts[kind] for kind in ("kana", "hangul", "han", "other"))
    if not kana + hangul + han or other > 4 * (kana + hangul + han):
        return "und"
    if hangul > kana + han:
        return "ko"
    # Japanese has kana between its characters; a Chinese text quotes a few at most.
    return "ja" if 10 * kana >= han else "zh"

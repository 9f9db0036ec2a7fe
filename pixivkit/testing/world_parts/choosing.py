"""Which works a search finds, and how a ranking orders them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from ..records import Novel, Work
from ..sample_texts import TAGS
from ..stable_random import stable_random

W = TypeVar("W", Work, Novel)


def matching(works: Iterable[W], word: str, match: str) -> list[W]:
    """Those of *works* that match *word*; see `Works.search`."""
    alternatives = [part.split() for part in word.casefold().split(" or ")]
    return [
        work
        for work in works
        if any(all(_matches(work, one, match) for one in words) for words in alternatives)
    ]


def ranked(
    works: Iterable[W], count: Callable[[int], int], mode: str, date: dt.date | None
) -> list[W]:
    """At most 500 of *works*, best first, by *count* and by chance; see `Works.ranking`."""
    adult = "r18" in mode
    salt = f"{mode} {date or ''}"
    found = [work for work in works if bool(work.x_restrict) is adult]
    found.sort(key=lambda work: stable_random(salt, work.id) * (1 + count(work.id)))
    return found[::-1][:500]


def _matches(work: Work | Novel, word: str, match: str) -> bool:
    if len(word) > 1 and word.startswith("-"):
        return not _matches(work, word[1:], match)
    tags = [tag.casefold() for tag in work.tags]
    tags += [known.english for tag in work.tags if (known := TAGS.get(tag)) and known.english]
    if match == "exact":
        return word in tags
    in_text = word in work.title.casefold() or word in work.caption.casefold()
    in_tags = any(word in tag for tag in tags)
    if isinstance(work, Novel) and match == "text":
        return word in work.text.casefold()
    return {"partial": in_tags, "text": in_text}.get(match, in_tags or in_text)

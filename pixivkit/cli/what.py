"""Read what people type: ids, pasted URLs, and short names such as ``user:11``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import click

from .._core.basics.suggest import did_you_mean
from ..errors import InvalidArgument
from ..pixiv_url import (
    FollowedRef,
    NovelRef,
    PixivRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    WorkRef,
    read_pixiv_url,
)

__all__ = ["SHORT_NAMES", "read_what", "what_option"]

_SHORT: Final[dict[str, Callable[[str], PixivRef]]] = {
    "work": lambda text: WorkRef(_id(text)),
    "novel": lambda text: NovelRef(_id(text)),
    "user": lambda text: UserRef(_id(text)),
    "novels": lambda text: UserRef(_id(text), "novels"),
    "bookmarks": lambda text: UserRef(_id(text), "bookmarks/artworks"),
    "novel-bookmarks": lambda text: UserRef(_id(text), "bookmarks/novels"),
    "novel-series": lambda text: SeriesRef(_id(text)),
    "tag": TagRef,
    "ranking": lambda text: RankingRef(text or "daily"),
    "followed": lambda text: FollowedRef(novels=text == "novels"),
}

SHORT_NAMES: Final = "work:ID, novel:ID, user:ID, novels:ID (of a user), bookmarks:ID, " + (
    "novel-bookmarks:ID, novel-series:ID, tag:WORD, ranking:daily, followed:"
)
"""The short names, for people."""


def read_what(text: str) -> PixivRef:
    """
    Read what a user typed.

    Args:
        text: What `read_pixiv_url` reads, or a short name: see `SHORT_NAMES`.

    Raises:
        InvalidArgument: It is neither.
    """
    name, colon, rest = text.strip().partition(":")
    if not colon or rest.startswith("//") or "/" in name or "." in name:
        return read_pixiv_url(text)
    if name not in _SHORT:
        hint = did_you_mean(name, _SHORT)
        raise InvalidArgument(f"{name}: is no short name{hint}; there are {SHORT_NAMES}")
    return _SHORT[name](rest.strip())


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise InvalidArgument(f"{text[:40]!r} is no id")
    return int(text)


def what_option(
    ctx: click.Context, param: click.Parameter, value: str | tuple[str, ...]
) -> PixivRef | tuple[PixivRef, ...]:
    """Read the value of a parameter of the command line: a callback of click."""
    try:
        return read_what(value) if isinstance(value, str) else tuple(map(read_what, value))
    except InvalidArgument as exc:
        raise click.BadParameter(str(exc), ctx, param) from None

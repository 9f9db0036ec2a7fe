"""Parse what users paste: ids, and the URLs of pixiv's pages and images."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ..errors import InvalidArgument
from .refs import (
    FollowedRef,
    ImageRef,
    NovelRef,
    PixivRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    UserSection,
    WorkRef,
)

__all__ = ["is_image_host", "read_pixiv_url"]

_SITE: Final = "https://www.pixiv.net"
_HOSTS: Final = ("www.pixiv.net", "pixiv.net", "touch.pixiv.net", "embed.pixiv.net")
_IMAGE_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)*pximg\.net(?::443)?")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PAGE: Final = re.compile(r"(?P<big>big_)?(?P<number>[0-9]+)")
_WORD: Final = re.compile(r"[a-z0-9_]{1,40}")
_LONGEST: Final = 16_384
_KINDS: Final = (
    "an id, or a URL of pixiv: of a work (https://www.pixiv.net/artworks/123), a novel, a user, "
    "a series, a tag, a ranking or an image (https://i.pximg.net/...)"
)
_SECTIONS: Final[tuple[UserSection, ...]] = (
    "artworks", "illustrations", "manga", "novels", "bookmarks/artworks", "bookmarks/novels",
)  # fmt: skip


def read_pixiv_url(text: str) -> PixivRef:
    """
    Parse what a user pasted.

    Args:
        text: Digits, for the id of a work, or a URL of pixiv's site, apps or image hosts; also
            without a scheme or a host, in angle brackets, with blanks around it. The page of a
            work is as pixiv has it: ``#2`` and ``#big_1`` are the second one.

    Returns:
        What it is of; its `url` leads to the same.

    Raises:
        InvalidArgument: It is nothing of the kind, or holds what cannot be an id.
    """
    pasted = text.strip()
    if pasted.startswith("<") and pasted.endswith(">"):
        pasted = pasted[1:-1].strip()
    if pasted.isascii() and pasted.isdigit():
        return WorkRef(_number(pasted))
    return _of_url(_split(pasted))


def is_image_host(host: str) -> bool:
    """Whether *host*, with its port, is one of pixiv's image hosts."""
    return _IMAGE_HOST.fullmatch(host.lower()) is not None


def _split(pasted: str) -> SplitResult:
    """Split a URL; refuse anything about it that is ambiguous."""
    if not pasted:
        raise _not_read("it is empty")
    if len(pasted) > _LONGEST:
        raise _not_read("it is too long")
    if "\\" in pasted or any(c.isspace() or not c.isprintable() for c in pasted):
        raise _not_read("it has blanks or characters that no URL has")
    if pasted.startswith("/") and not pasted.startswith("//"):
        pasted = _SITE + pasted
    elif not _SCHEME.match(pasted):
        pasted = f"https://{pasted.removeprefix('//')}"
    try:
        return urlsplit(pasted)
    except ValueError:  # Such as brackets without an address between them.
        raise _not_read("it is no URL") from None


def _of_url(split: SplitResult) -> PixivRef:
    # Each step by itself: a tag may have a slash.
    steps = [unquote(step) for step in split.path.split("/") if step]
    query = dict(parse_qsl(split.query))
    scheme, host = split.scheme.lower(), split.netloc.lower()
    if "@" in host:
        raise _not_read("it names a user before its host")
    if scheme == "pixiv":
        found = _of_app(host, steps)
    elif scheme not in ("http", "https"):
        raise _not_read("it is no http or https URL")
    elif is_image_host(host):
        path = split.path + (f"?{split.query}" if split.query else "")
        return ImageRef(f"https://{host.removesuffix(':443')}{path or '/'}")
    elif host.removesuffix(":443" if scheme == "https" else ":80") not in _HOSTS:
        raise _not_read(f"{_short(host) or 'this'} is no host of pixiv")
    else:
        if steps and _LANGUAGE.fullmatch(steps[0]):
            del steps[0]
        found = _of_page(steps, query, split.fragment)
    if found is None:
        raise _not_read(f"{_short(split.path) or 'this'} is no page that is known")
    return found


def _of_app(kind: str, steps: list[str]) -> PixivRef | None:
    """Parse URLs that the apps of pixiv open, such as ``pixiv://illusts/123``."""
    match kind, steps:
        case "illusts", [number]:
            return WorkRef(_number(number))
        case "novels", [number]:
            return NovelRef(_number(number))
        case "users", [number]:
            return UserRef(_number(number))
        case _:
            return None


def _of_page(steps: list[str], query: dict[str, str], fragment: str) -> PixivRef | None:
    match [step.lower() for step in steps]:
        case ["artworks" | "i", number] | ["ajax", "illust", number, *_]:
            return WorkRef(_number(number), _page(fragment))
        case ["n", number] | ["ajax", "novel", number]:
            return NovelRef(_number(number))
        case ["novel", "show.php"]:
            return NovelRef(_number(query.get("id", "")))
        case ["novel", "series", number]:
            return SeriesRef(_number(number))
        case ["user" | "users", user, "series", number]:
            return SeriesRef(_number(number), _number(user))
        case ["user" | "users" | "u", number, *shown]:
            return UserRef(_number(number), _section(shown))
        case ["tags", _, *_]:
            return TagRef(steps[1])
        case ["search.php"] if query.get("word"):
            return TagRef(query["word"])
        case [*_, file] if file.endswith(".php") and "illust_id" in query:
            page = _page(fragment)
            if page is None and "page" in query:
                page = _number(query["page"])
            return WorkRef(_number(query["illust_id"]), page)
        case ["ranking.php"]:
            return RankingRef(
                _word(query.get("mode", "daily")),
                _word(query.get("content", "all")),
                _day(query["date"]) if query.get("date") else None,
            )
        case ["bookmark_new_illust.php"]:
            return FollowedRef()
        case ["novel", "bookmark_new.php"]:
            return FollowedRef(novels=True)
        case ["member_illust.php"]:
            return UserRef(_number(query.get("id", "")), "artworks")
        case ["bookmark.php"]:
            return UserRef(_number(query.get("id", "")), "bookmarks/artworks")
        case ["novel", "member.php"]:
            return UserRef(_number(query.get("id", "")), "novels")
        case ["member.php"]:
            return UserRef(_number(query.get("id", "")))
        case _:
            return None


def _section(shown: list[str]) -> UserSection:
    """Return the section that these steps of a path start with; else the user alone is known."""
    starts = ["/".join(shown[:length]) for length in (1, 2)]
    for section in _SECTIONS:
        if section in starts:
            return section
    return ""


def _page(fragment: str) -> int | None:
    """Return the page of a fragment, from 0; None for one that names no page."""
    match = _PAGE.fullmatch(fragment)
    if match is None:
        return None
    number = _number(match["number"])
    return number if match["big"] else number - 1


def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise _not_read(f"{_short(text)!r} is no kind of ranking")
    return text


def _day(digits: str) -> dt.date:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        raise _not_read(f"{_short(digits)!r} is no day such as 20260131") from None


def _number(digits: str) -> int:
    # Python does not read thousands of digits.
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 40:
        raise _not_read(f"{_short(digits)!r} is no id" if digits else "there is no id in it")
    return int(digits)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."


def _not_read(why: str) -> InvalidArgument:
    return InvalidArgument(f"this cannot be read: {why}; wanted is {_KINDS}")

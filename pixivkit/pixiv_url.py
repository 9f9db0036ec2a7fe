"""Parse what users paste: ids, and the URLs of pixiv's pages and images."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import attrs

from .errors import InvalidArgument

__all__ = [
    "MOST_PAGES",
    "ImageRef",
    "NovelRef",
    "PixivRef",
    "SeriesRef",
    "TagRef",
    "UserRef",
    "UserSection",
    "WorkRef",
    "is_image_host",
    "read_pixiv_url",
]

MOST_PAGES: Final = 10_000
"""More pages than any work has."""

UserSection: TypeAlias = Literal[
    "", "artworks", "illustrations", "manga", "novels", "bookmarks/artworks", "bookmarks/novels"
]
"""What of a user a page shows; empty for the profile."""

_SITE: Final = "https://www.pixiv.net"
_HOSTS: Final = ("www.pixiv.net", "pixiv.net", "touch.pixiv.net", "embed.pixiv.net")
_IMAGE_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)*pximg\.net(?::443)?")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PAGE: Final = re.compile(r"(?P<big>big_)?(?P<number>[0-9]+)")
_LONGEST: Final = 16_384
_KINDS: Final = (
    "an id, or a URL of pixiv: of a work (https://www.pixiv.net/artworks/123), a novel, a user, "
    "a series, a tag or an image (https://i.pximg.net/...)"
)
_SECTIONS: Final[tuple[UserSection, ...]] = (
    "artworks", "illustrations", "manga", "novels", "bookmarks/artworks", "bookmarks/novels",
)  # fmt: skip


def _check_id(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int or not 0 < value < 2**63:
        kind = type(value).__name__
        shown = value if type(value) is int and abs(value) < 2**64 else f"this {kind}"
        msg = f"{attribute.name}: {shown} is no id: those are from 1 to {2**63 - 1}"
        raise InvalidArgument(msg)


def _check_page(_: object, attribute: attrs.Attribute[int | None], value: int | None) -> None:
    if value is not None and (type(value) is not int or not 0 <= value < MOST_PAGES):
        msg = f"{attribute.name}: pages are counted from 0, and no work has {MOST_PAGES}"
        raise InvalidArgument(msg)


@attrs.frozen
class WorkRef:
    """
    An illustration, manga or ugoira.

    Attributes:
        id: Id of the work.
        page: Number of a page, from 0; None for all.

    Raises:
        InvalidArgument: They cannot be.
    """

    id: int = attrs.field(validator=_check_id)
    page: int | None = attrs.field(default=None, validator=_check_page)

    @property
    def url(self) -> str:
        """The URL of its page; pixiv counts from 1 there."""
        page = "" if self.page is None else f"#{self.page + 1}"
        return f"{_SITE}/artworks/{self.id}{page}"


@attrs.frozen
class NovelRef:
    """
    A novel.

    Attributes:
        id: Id of the novel.
    """

    id: int = attrs.field(validator=_check_id)

    @property
    def url(self) -> str:
        """The URL of its page."""
        return f"{_SITE}/novel/show.php?id={self.id}"


@attrs.frozen
class UserRef:
    """
    A user.

    Attributes:
        id: Id of the user.
        section: What of the user the page shows; empty for the profile.
    """

    id: int = attrs.field(validator=_check_id)
    section: UserSection = ""

    @property
    def url(self) -> str:
        """The URL of that page."""
        return f"{_SITE}/users/{self.id}{self.section and f'/{self.section}'}"


@attrs.frozen
class SeriesRef:
    """
    A series.

    Attributes:
        id: Id of the series.
        user_id: Id of the author of a series of works; None for a series of novels.
    """

    id: int = attrs.field(validator=_check_id)
    user_id: int | None = attrs.field(default=None, validator=attrs.validators.optional(_check_id))

    @property
    def url(self) -> str:
        """The URL of its page."""
        if self.user_id is None:
            return f"{_SITE}/novel/series/{self.id}"
        return f"{_SITE}/user/{self.user_id}/series/{self.id}"


@attrs.frozen
class TagRef:
    """
    The works with a tag.

    Attributes:
        word: The tag, or the words of a search.
    """

    word: str

    @property
    def url(self) -> str:
        """The URL of the page that lists them."""
        return f"{_SITE}/tags/{quote(self.word, safe='')}/artworks"


@attrs.frozen
class ImageRef:
    """
    A file on one of pixiv's image hosts.

    Attributes:
        url: Where it is.
    """

    url: str


PixivRef: TypeAlias = WorkRef | NovelRef | UserRef | SeriesRef | TagRef | ImageRef
"""What an id or a URL is of."""


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


def _number(digits: str) -> int:
    # Python does not read thousands of digits.
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 40:
        raise _not_read(f"{_short(digits)!r} is no id" if digits else "there is no id in it")
    return int(digits)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."


def _not_read(why: str) -> InvalidArgument:
    return InvalidArgument(f"this cannot be read: {why}; wanted is {_KINDS}")

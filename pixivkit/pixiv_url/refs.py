"""What a page of pixiv is of: a work, a user, a ranking, ..."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypeAlias
from urllib.parse import quote, urlencode

import attrs

from ..errors import InvalidArgument

__all__ = [
    "MOST_PAGES",
    "FollowedRef",
    "ImageRef",
    "NovelRef",
    "PixivRef",
    "RankingRef",
    "SeriesRef",
    "TagRef",
    "UserRef",
    "UserSection",
    "WorkRef",
]

MOST_PAGES: Final = 10_000
"""More pages than any work has."""

UserSection: TypeAlias = Literal[
    "", "artworks", "illustrations", "manga", "novels", "bookmarks/artworks", "bookmarks/novels"
]
"""What of a user a page shows; empty for the profile."""

_SITE: Final = "https://www.pixiv.net"


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
class RankingRef:
    """
    A ranking.

    Attributes:
        mode: Which one, as pixiv's page says it, such as ``daily`` or ``weekly_r18``.
        content: The kind of works: ``all``, ``illust``, ``ugoira`` or ``manga``.
        date: The day, in pixiv's time (UTC+9); None for the latest.
    """

    mode: str = "daily"
    content: str = "all"
    date: dt.date | None = None

    @property
    def url(self) -> str:
        """The URL of its page."""
        query = {"mode": self.mode}
        if self.content != "all":
            query["content"] = self.content
        if self.date is not None:
            query["date"] = f"{self.date:%Y%m%d}"
        return f"{_SITE}/ranking.php?{urlencode(query)}"


@attrs.frozen
class FollowedRef:
    """
    New works of the users that the account follows.

    Attributes:
        novels: Whether novels, and not illustrations, manga and ugoira.
    """

    novels: bool = False

    @property
    def url(self) -> str:
        """The URL of the page that lists them."""
        return (
            f"{_SITE}/{'novel/' * self.novels}bookmark_new{'' if self.novels else '_illust'}.php"
        )


@attrs.frozen
class ImageRef:
    """
    A file on one of pixiv's image hosts.

    Attributes:
        url: Where it is.
    """

    url: str


PixivRef: TypeAlias = (
    WorkRef | NovelRef | UserRef | SeriesRef | TagRef | RankingRef | FollowedRef | ImageRef
)
"""What an id or a URL is of."""

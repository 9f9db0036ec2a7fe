"""Read what a caller names: a work or novel, or a series of them."""

from __future__ import annotations

from typing import Final, TypeAlias, TypeVar

from ..errors import InvalidArgument
from ..models.app import (
    Illust,
    IllustSeriesDetail,
    Novel,
    NovelSeriesDetail,
    NovelText,
)
from ..models.web import IllustDetail, IllustThumb, NovelThumb
from ..pixiv_url import NovelRef, PixivRef, SeriesRef, WorkRef, read_pixiv_url
from .base import Kind

__all__ = [
    "NovelLike",
    "NovelSeriesLike",
    "WorkLike",
    "WorkSeriesLike",
    "series_named",
    "work_named",
]

WorkLike: TypeAlias = Illust | IllustDetail | IllustThumb
"""An illustration, manga or ugoira, in any form that pixiv has."""

NovelLike: TypeAlias = Novel | NovelText | NovelThumb
"""A novel, in any form that pixiv has."""

WorkSeriesLike: TypeAlias = WorkLike | IllustSeriesDetail
NovelSeriesLike: TypeAlias = NovelLike | NovelSeriesDetail

T = TypeVar("T")

_LONGEST: Final = 20
"""Ids have fewer digits."""

_OTHER: dict[Kind, str] = {"illust": "works", "novel": "novels"}


def work_named(
    what: int | str | WorkRef | NovelRef | WorkLike | NovelLike, kind: Kind | None
) -> tuple[Kind, int]:
    """
    Return the kind and the id of the work or novel that *what* is.

    Args:
        what: An id, what a user pasted, or the work.
        kind: What the caller says it is; an id alone is that of a work.

    Raises:
        InvalidArgument: It is neither, or not of that kind.
    """
    ref = _read(what)
    match ref:
        case Illust() | IllustDetail() | IllustThumb():
            return _agreed("illust", ref.id, kind, "a work")
        case Novel() | NovelText() | NovelThumb():
            return _agreed("novel", ref.id, kind, "a novel")
        case WorkRef():
            return _agreed("illust", ref.id, kind, "a work")
        case NovelRef():
            return _agreed("novel", ref.id, kind, "a novel")
        case int():
            return _kind(kind), WorkRef(ref).id
        case _:
            raise _neither(ref, "a work or a novel")


def series_named(
    what: int | str | SeriesRef | WorkSeriesLike | NovelSeriesLike, kind: Kind | None
) -> tuple[Kind, int]:
    """
    Return the kind and the id of the series that *what* is, or is in.

    Args:
        what: An id, what a user pasted, the series, or a work in it.
        kind: What the caller says it is of; an id alone is that of a series of works.

    Raises:
        InvalidArgument: It is no series and in none, or the series is not of that kind.
    """
    ref = _read(what)
    match ref:
        case IllustSeriesDetail():
            return _agreed("illust", ref.id, kind, "a series of works")
        case NovelSeriesDetail():
            return _agreed("novel", ref.id, kind, "a series of novels")
        case Illust() | IllustDetail() | IllustThumb():
            return _agreed("illust", _series_of(ref), kind, "a work")
        case Novel() | NovelText() | NovelThumb():
            return _agreed("novel", _series_of(ref), kind, "a novel")
        case SeriesRef(user_id=None):
            return _agreed("novel", ref.id, kind, "a series of novels")
        case SeriesRef():
            return _agreed("illust", ref.id, kind, "a series of works")
        case int():
            return _kind(kind), SeriesRef(ref).id
        case _:
            raise _neither(ref, "a series, or a work in one")


def _series_of(work: WorkLike | NovelLike) -> int:
    found: int | None
    match work:
        case Illust() | Novel():
            found = None if work.series is None else work.series.id
        case IllustDetail():
            place = work.series_nav_data
            found = None if place is None else place.series_id
        case _:
            found = work.series_id
    if found is None:
        msg = f"{work.id} is in no series, as far as pixiv says here"
        raise InvalidArgument(msg)
    return found


def _read(what: T | str) -> T | int | PixivRef:
    """Parse what a user pasted; digits alone may be an id of anything."""
    if not isinstance(what, str):
        return what
    bare = what.strip()
    if bare.isascii() and bare.isdigit() and len(bare) < _LONGEST:
        return int(bare)
    return read_pixiv_url(what)


def _kind(kind: Kind | None) -> Kind:
    if kind not in (None, "illust", "novel"):
        msg = f"kind: must be 'illust' or 'novel', not {kind!r}"
        raise InvalidArgument(msg)
    return kind or "illust"


def _agreed(found: Kind, number: int, kind: Kind | None, what: str) -> tuple[Kind, int]:
    if kind is not None and _kind(kind) != found:
        msg = f"kind: this is {what}, and kind={kind!r} is for {_OTHER[kind]}"
        raise InvalidArgument(msg)
    return found, number


def _neither(ref: object, wanted: str) -> InvalidArgument:
    shown = f"the page {ref.url}" if isinstance(ref, PixivRef) else type(ref).__name__
    return InvalidArgument(f"this is not {wanted}, but {shown}")

"""What there is to download of what pixiv says of a work, or of a URL alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import unquote

import attrs

from ..errors import DecodeError, InvalidArgument, Restricted
from ..models.app import Illust, MetaPage, Novel, UgoiraMetadata
from ..models.base import Model
from ..models.web.illust import IllustDetail
from ..models.web.illust_image import IllustImage
from ..models.web.work import IllustThumb
from ..pixiv_url import MOST_PAGES
from .about import errors_about
from .image_url import (
    ImageUrl,
    cover_candidates,
    original_candidates,
    refuse_placeholder,
    url_path,
    zip_candidates,
)
from .source import Source, Work, short_name

__all__ = ["ARCHIVE", "Described", "novel_work", "ugoira_frames", "web_work", "work_of"]

ARCHIVE: Final = "ugoira"
"""The part that an archive is, in all its sizes: which one there is shows when it is fetched."""

_LIKE_AN_ID = re.compile(r"(novel(series)?)?\d", re.IGNORECASE)

_ILLUST_TYPES: dict[int | None, str] = {0: "illust", 1: "manga", 2: "ugoira"}


Described: TypeAlias = (
    str
    | Illust
    | Novel
    | MetaPage
    | UgoiraMetadata
    | IllustDetail
    | IllustThumb
    | IllustImage
    | Work
)
"""What says by itself where its files are; a text is the URL of an image."""


def work_of(what: Described) -> Work:
    """
    Return what there is to download of *what*.

    Raises:
        Restricted: The work cannot be seen: pixiv sent placeholders, or no URLs at all.
        DecodeError: It says that it has more pages than any work.
        InvalidArgument: It is nothing that can be downloaded.
    """
    with errors_about(_id_of(what)):
        work = _read(what)
        for source in work.sources:
            for url in source.urls:
                refuse_placeholder(url)
    return work


def _id_of(what: object) -> str:
    """The id of the work, for errors; empty for what has none."""
    match what:
        case Work():
            return what.id
        case Novel():
            return f"novel{what.id}"
        case Illust() | IllustDetail() | IllustThumb():
            return str(what.id)
        case _:
            return ""


def _read(what: Described) -> Work:
    match what:
        case Work():
            return what
        case str():
            return _bare(what)
        case Illust():
            return _app_illust(what)
        case Novel():
            return _novel(what)
        case IllustDetail():
            return _web_work(what, ())
        case IllustThumb():
            return _thumb(what)
        case MetaPage():
            return _page(what.image_urls.original)
        case IllustImage():
            return _page(what.urls.original)
        case UgoiraMetadata():
            return _ugoira(what)
        case _:
            msg = f"{type(what).__name__} is nothing that can be downloaded"
            raise InvalidArgument(msg)


def web_work(detail: IllustDetail, pages: Sequence[IllustImage] = ()) -> Work:
    """
    Return the work of a web page.

    Args:
        detail: From ``px.web.illust.detail``.
        pages: From ``px.web.illust.pages``. Without them the URLs of all pages but the first
            are found by trying extensions.

    Raises:
        Restricted: Pixiv sent no URLs: the work needs a login or rights.
    """
    with errors_about(str(detail.id)):
        return _web_work(detail, pages)


def _web_work(detail: IllustDetail, pages: Sequence[IllustImage]) -> Work:
    _require_fit(detail, "pageCount")
    kind = _ILLUST_TYPES.get(detail.illust_type, "")
    originals = [page.urls.original or "" for page in pages] or [detail.urls.original or ""]
    if not originals[0]:
        msg = "pixiv gives no URLs of the work: it needs a login, or rights that this one lacks"
        raise _restricted(msg, "no_urls")
    return Work(
        id=str(detail.id),
        sources=_illust_sources(originals, detail.page_count, kind),
        title=detail.title,
        type=kind,
        user_id=detail.user_id or 0,
        user_name=detail.user_name,
        date=detail.create_date,
        metadata=detail,
    )


def ugoira_frames(metadata: UgoiraMetadata, work: Work | None = None) -> Work:
    """
    Return the frames of an ugoira as they were uploaded, one file each.

    They are beside the original of the first one, under its name with another number (gallery-dl
    fetches them so); the extension is found with the first and the same for all.

    Args:
        metadata: From ``px.app.ugoira.metadata``.
        work: Gives the names, made by `work_of`; without it there are only ids.
    """
    with errors_about(work.id if work else ""):
        _require_fit(metadata, "frames")
        archive = _ugoira(metadata)
    image = ImageUrl.parse(archive.sources[0].urls[0])
    assert image is not None
    sources = tuple(
        Source(image.originals(number), f"ugoira{number}", number)
        for number in range(len(metadata.frames))
    )
    return attrs.evolve(work or archive, sources=sources, metadata=metadata)


def _illust_sources(originals: Sequence[str], page_count: int, kind: str) -> tuple[Source, ...]:
    """The files of an illustration, manga or ugoira with these originals, or some of them."""
    first = originals[0]
    refuse_placeholder(first)
    if kind == "ugoira" and (archives := zip_candidates(first)):
        return (_archive(archives),)
    if len(originals) == 1 and page_count > 1:
        others = [original_candidates(first, page) for page in _pages(page_count)[1:]]
        return (_original((first,), 0), *(_original(urls, n) for n, urls in enumerate(others, 1)))
    sources = tuple(_original((url,), number) for number, url in enumerate(originals))
    if len({source.part for source in sources}) < len(sources):
        return tuple(Source(one.urls, f"p{n}", n) for n, one in enumerate(sources))
    return sources


def _pages(count: int) -> range:
    """The numbers of the pages of a work that says it has *count*."""
    if count > MOST_PAGES:
        raise DecodeError([f"$.page_count: {MOST_PAGES} pages are the most that a work may have"])
    return range(max(1, count))


def _original(urls: tuple[str, ...], number: int) -> Source:
    image = ImageUrl.parse(urls[0]) if urls else None
    if image is None:
        return Source(urls, f"p{number}", number)
    name = image.name if image.is_original else ""
    return Source(urls, name or f"p{number}", image.page)


def _archive(urls: tuple[str, ...]) -> Source:
    return Source(urls, ARCHIVE)


def _app_illust(illust: Illust) -> Work:
    if illust.availability != "available":
        raise _restricted("the work cannot be seen", illust.availability)
    _require_fit(illust, "page_count", "meta_pages")
    for page in illust.meta_pages:
        _require_fit(page, "image_urls")
        _require_fit(page.image_urls, "original")
    originals: Sequence[str] = illust.original_urls
    sources = (
        _illust_sources(originals, illust.page_count, illust.type)
        if originals
        else _from_thumbnail(
            illust.image_urls.large or illust.image_urls.medium, illust.page_count
        )
    )
    return Work(
        id=str(illust.id),
        sources=sources,
        title=illust.title,
        type=illust.type,
        user_id=illust.user.id,
        user_name=illust.user.name,
        date=illust.create_date,
        metadata=illust,
        api="app",
    )


def _from_thumbnail(thumbnail: str | None, page_count: int) -> tuple[Source, ...]:
    """The files of a work of which only a thumbnail is known."""
    image = ImageUrl.parse(thumbnail or "")
    if image is None:
        refuse_placeholder(thumbnail or "")
        raise _restricted("pixiv gives no URL of the work", "no_urls")
    if image.is_ugoira:
        return (_archive(image.archives()),)
    return tuple(Source(image.originals(page), f"p{page}", page) for page in _pages(page_count))


def _thumb(thumb: IllustThumb) -> Work:
    if thumb.is_masked:
        raise _restricted("the work cannot be seen", thumb.mask_reason or "masked")
    _require_fit(thumb, "pageCount")
    return Work(
        id=str(thumb.id),
        sources=_from_thumbnail(thumb.url, thumb.page_count),
        title=thumb.title,
        type=_ILLUST_TYPES.get(thumb.illust_type, ""),
        user_id=thumb.user_id or 0,
        user_name=thumb.user_name,
        date=thumb.create_date,
        metadata=thumb,
    )


def _novel(novel: Novel) -> Work:
    if novel.availability != "available":
        raise _restricted("the novel cannot be seen", novel.availability)
    cover = novel.image_urls.large or novel.image_urls.medium
    if not cover:
        raise _restricted("pixiv gives no cover of the novel", "no_urls")
    return novel_work(novel, Source(cover_candidates(cover), "cover"))


def novel_work(novel: Novel, source: Source) -> Work:
    """Return the work of a *novel* whose file is *source*."""
    return Work(
        id=f"novel{novel.id}",
        sources=(source,),
        title=novel.title,
        type="novel",
        user_id=novel.user.id,
        user_name=novel.user.name,
        date=novel.create_date,
        metadata=novel,
        api="app",
    )


def _page(url: str | None) -> Work:
    if not url:
        raise _restricted("pixiv gives no URL of the page", "no_urls")
    return _bare(url)


def _ugoira(metadata: UgoiraMetadata) -> Work:
    medium = metadata.zip_urls.medium or ""
    image = ImageUrl.parse(medium)
    if image is None:
        refuse_placeholder(medium)
        raise _restricted("pixiv gives no archive of the ugoira", "no_urls")
    return Work(
        id=str(image.illust_id),
        sources=(_archive(image.archives()),),
        type="ugoira",
        date=image.date,
        metadata=metadata,
        api="app",
    )


def _bare(url: str) -> Work:
    image = ImageUrl.parse(url)
    if image is not None:
        source = Source((url,), image.name or "p0", image.page)
        return Work(id=str(image.illust_id), sources=(source,), date=image.date)
    stem = PurePosixPath(unquote(url_path(url))).stem
    name = short_name(stem) or "file"
    if _LIKE_AN_ID.match(name):
        name = f"file {name}"
    # Files with the same name in different folders are different files.
    digest = hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return Work(
        id=f"{name}-{base64.b32encode(digest).decode().lower()}", sources=(Source((url,)),)
    )


def _require_fit(model: Model, *keys: str) -> None:
    """Refuse a work of which pixiv says in an unknown way how many files it has."""
    problems = [
        f"$.{place}: does not fit" for place in model.misfits if place.partition("[")[0] in keys
    ]
    if problems:
        raise DecodeError(problems)


def _restricted(message: str, reason: str) -> Restricted:
    """The error for what pixiv answered without an error, and without what was asked for."""
    return Restricted(f"{message}: {reason}", status=200, reason=reason)

"""List the files of a work: the URLs they may be at, and the fields of their names."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import TypeAlias
from urllib.parse import unquote

import attrs

from .._core.account.profile import ImageSource
from ..errors import DecodeError, InvalidArgument, Restricted
from ..models.app import Illust, MetaPage, Novel, UgoiraMetadata
from ..models.base import Model
from ..models.display import BoundedRepr
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
from .naming import NameFields
from .refusals import ENDPOINT
from .safe_names import clean_text, cut_bytes

__all__ = ["Described", "Source", "Work", "ugoira_frames", "web_work", "work_of"]


# With what comes beside it, it takes no more than the longest id in a name does.
_LONGEST_BARE = 80 - len("file ") - len("-0123456789abcdef")
_LIKE_AN_ID = re.compile(r"(novel)?\d", re.IGNORECASE)

_ILLUST_TYPES: dict[int | None, str] = {0: "illust", 1: "manga", 2: "ugoira"}


@attrs.frozen
class Source(BoundedRepr):
    """
    One file to download.

    Attributes:
        urls: Where it may be; each but the first is tried where the ones before are not found.
        part: Which file of its work it is, as pixiv names it, such as ``p0``.
        page: Number of the page or the frame, from 0.
    """

    urls: tuple[str, ...]
    part: str = "p0"
    page: int = 0


@attrs.frozen(kw_only=True)
class Work:
    """
    The files to download of a work.

    Attributes:
        id: Its id in names: digits, after ``novel`` for a novel; for a URL that is of no work,
            the name it has there.
        sources: Its files.
        title: Its title.
        type: ``illust``, ``manga``, ``ugoira`` or ``novel``; empty where that is not known.
        user_id: Id of the author; 0 where it is not known.
        user_name: Name of the author.
        date: When it was posted.
        metadata: What a sidecar holds; None where nothing is known but URLs.
        api: The API that its URLs came from, ``app`` or ``web``; it decides the headers sent.
    """

    id: str
    sources: tuple[Source, ...]
    title: str = ""
    type: str = ""
    user_id: int = 0
    user_name: str = ""
    date: dt.datetime | None = None
    metadata: Model | None = attrs.field(default=None, repr=False)
    api: ImageSource = "web"

    def only(self, page: int) -> Work:
        """
        Return the work with one of its files.

        Args:
            page: Number of the page or the frame, from 0; the archive of an ugoira is 0.

        Raises:
            InvalidArgument: There is none of that number.
        """
        sources = tuple(source for source in self.sources if source.page == page)
        if not sources:
            pages = f"pages 0 to {len(self.sources) - 1}" if len(self.sources) > 1 else "one page"
            with errors_about(self.id):
                raise InvalidArgument(f"there is no page {page}: the work has {pages}")
        return attrs.evolve(self, sources=sources)

    def errors_about(self, source: Source) -> AbstractContextManager[None]:
        """Set the work, and the page and the file of *source*, in errors raised in this block."""
        is_numbered = self.fields(source).is_numbered
        name = url_path(source.urls[0]).rpartition("/")[2] if source.urls else ""
        return errors_about(
            self.id if is_work_id(self.id) else "",
            source.page if is_numbered else None,
            cut_bytes(clean_text(unquote(name)), _LONGEST_BARE),
            endpoint=ENDPOINT,
        )

    def fields(self, source: Source) -> NameFields:
        """Return the values that a template may put into the name of *source*."""
        return NameFields(
            id=self.id,
            part=source.part,
            page=source.page,
            title=self.title,
            type=self.type,
            user_id=self.user_id,
            user_name=self.user_name,
            date=self.date,
        )


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
    Return the files to download of *what*.

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
    """Return the id of the work, for errors; empty for what has none."""
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
    """Return the files of an illustration, manga or ugoira, from all or some of its originals."""
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
    """Return the numbers of the pages of a work that says it has *count*."""
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
    # One name for all sizes: which one there is shows only when it is fetched.
    return Source(urls, "ugoira")


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
    """Return the files of a work of which only a thumbnail is known."""
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
    return Work(
        id=f"novel{novel.id}",
        sources=(Source(cover_candidates(cover), "cover"),),
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
    name = cut_bytes(clean_text(stem), _LONGEST_BARE) or "file"
    if _LIKE_AN_ID.match(name):
        name = f"file {name}"
    # Files with the same name in different folders are different files.
    digest = hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return Work(
        id=f"{name}-{base64.b32encode(digest).decode().lower()}", sources=(Source((url,)),)
    )


def is_work_id(name: str) -> bool:
    """Whether *name* is the id of a work, and not the name of some other file."""
    return re.fullmatch(r"(novel)?[0-9]+", name) is not None


def _require_fit(model: Model, *keys: str) -> None:
    """Refuse a work whose files are missing in the reply in an unknown way."""
    problems = [
        f"$.{place}: does not fit" for place in model.misfits if place.partition("[")[0] in keys
    ]
    if problems:
        raise DecodeError(problems)


def _restricted(message: str, reason: str) -> Restricted:
    """Return the error for a reply that holds neither an error nor what was asked for."""
    return Restricted(f"{message}: {reason}", status=200, reason=reason)

"""What there is to download of a work: its files, where they may be, and how they are called."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import AbstractContextManager
from urllib.parse import unquote

import attrs

from .._core.account.profile import ImageSource
from ..errors import InvalidArgument
from ..models.base import Model
from ..models.display import BoundedRepr
from .about import errors_about
from .image_url import url_path
from .naming import NameFields
from .refusals import ENDPOINT
from .safe_names import clean_text, cut_bytes

__all__ = ["Source", "Work", "is_work_id", "short_name"]

# With what comes beside it, it takes no more than the longest id in a name does.
_LONGEST_BARE = 80 - len("file ") - len("-0123456789abcdef")


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
    What there is to download of a work.

    Attributes:
        id: Its id in names: digits, after ``novel`` for a novel and ``novelseries`` for a series
            of novels; for a URL that is of no work, the name it has there.
        sources: Its files.
        title: Its title.
        type: ``illust``, ``manga``, ``ugoira`` or ``novel``; empty where that is not known.
        user_id: Id of the author; 0 where it is not known.
        user_name: Name of the author.
        date: When it was posted.
        metadata: What a sidecar holds; None where nothing is known but URLs.
        api: The API that its URLs came from, ``app`` or ``web``; image hosts are told that.
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
        """Make errors that pass name the work, and the page and the file of *source*."""
        is_numbered = self.fields(source).is_numbered
        name = url_path(source.urls[0]).rpartition("/")[2] if source.urls else ""
        return errors_about(
            self.id if is_work_id(self.id) else "",
            source.page if is_numbered else None,
            short_name(unquote(name)),
            endpoint=ENDPOINT,
        )

    def fields(self, source: Source) -> NameFields:
        """What a template may put into the name of *source*."""
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


def is_work_id(name: str) -> bool:
    """Whether *name* is the id of a work, and not the name of some other file."""
    return re.fullmatch(r"(novel(series)?)?[0-9]+", name) is not None


def short_name(name: str) -> str:
    """The *name* of a file somewhere else, cut so that it fits into one of ours."""
    return cut_bytes(clean_text(name), _LONGEST_BARE)

"""Find the files of the pictures in a novel."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator, Iterator
from typing import Final, TypeAlias

import attrs

from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import (
    DecodeError,
    EndpointGone,
    NotFound,
    PixivError,
    ReplyTooLarge,
    Restricted,
    UnexpectedHost,
)
from ..models.app import Illust, Novel, NovelText
from ..novel import PixivImage, UploadedImage, parse_markup
from .about import errors_about
from .described import work_of
from .image_url import cover_candidates, original_candidates
from .source import Source

__all__ = ["LeftOut", "NovelPictures", "PictureNode"]

PictureNode: TypeAlias = PixivImage | UploadedImage

# Asking again would bring the same.
_FINAL: Final = (Restricted, NotFound, DecodeError, UnexpectedHost, ReplyTooLarge)

log: Final = logging.getLogger("pixivkit")


@attrs.define
class LeftOut:
    """
    What could not be had of a novel, and is left out of it.

    Attributes:
        errors: Why, in the order they came.
    """

    errors: list[PixivError] = attrs.field(factory=list[PixivError])

    @contextlib.contextmanager
    def noting(self, novel: str, what: str) -> Generator[None]:
        """
        Note an error that is final, instead of raising it.

        Args:
            novel: The novel, such as ``novel1``.
            what: What is left out if this block fails, such as ``[pixivimage:140000001]``.
        """
        try:
            with errors_about(novel, file=what):
                yield
        except _FINAL as exc:
            if isinstance(exc, EndpointGone):
                raise
            self.errors.append(exc)
            log.warning("%s goes without %s: %s", novel, what, exc)


@attrs.frozen(kw_only=True)
class NovelPictures:
    """
    The pictures of a novel.

    Attributes:
        sender: Sends the calls.
        novel: The novel.
        text: Its text.
    """

    sender: Sender
    novel: Novel
    text: NovelText

    def nodes(self) -> Iterator[PictureNode]:
        """Return what shows a picture in the text, each but once."""
        seen: set[str] = set()
        for node in parse_markup(self.text.text):
            if isinstance(node, PixivImage | UploadedImage) and node.source not in seen:
                seen.add(node.source)
                yield node

    def cover(self) -> Source | None:
        """Return the cover; None where pixiv gives none."""
        urls = self.novel.image_urls
        cover = urls.large or urls.medium or self.text.cover_url
        return Source(cover_candidates(cover), "cover") if cover else None

    async def source(self, node: PictureNode) -> Source:
        """
        Return where the picture of *node* is.

        Raises:
            Restricted: The account may not see it.
            NotFound: There is no such picture.
            PixivError: Any other of `pixivkit.errors`.
        """
        if isinstance(node, UploadedImage):
            return self._uploaded(node)
        number = (node.page or 1) - 1
        return Source(await self._of_work(node, number), f"{node.illust_id}_p{number}")

    def _uploaded(self, node: UploadedImage) -> Source:
        image = self.text.images.get(node.key) or self.text.images.get(str(node.image_id))
        if image is None:
            raise NotFound("the novel names this picture and has none of that id", status=200)
        urls = image.urls
        smaller = urls.size_1200x1200 or urls.size_480mw or urls.size_240mw
        found = (*([urls.original] if urls.original else []),
                 *(cover_candidates(smaller) if smaller else ()))  # fmt: skip
        if not found:
            raise Restricted("pixiv gives no URL of the picture", status=200, reason="no_urls")
        return Source(tuple(dict.fromkeys(found)), str(node.image_id))

    async def _of_work(self, node: PixivImage, number: int) -> tuple[str, ...]:
        illusts = self.text.illusts
        listed = illusts.get(node.key) or illusts.get(str(node.illust_id))
        if listed is not None and listed.visible is False:
            message = listed.available_message or "the work cannot be seen"
            raise Restricted(message, status=200, reason="unviewable")
        # What is listed under the id alone is the first page of the work.
        is_listed = listed is not None and (listed.page or 1) == number + 1
        images = listed.illust.images if listed and listed.illust and is_listed else None
        if images is not None and images.original:
            return (images.original,)
        try:
            return _page_of(await AppApi(self.sender).illust.detail(node.illust_id), number)
        except (Restricted, NotFound):
            if images is None or not images.medium:
                raise
        return (*original_candidates(images.medium, number), images.medium)


def _page_of(illust: Illust, number: int) -> tuple[str, ...]:
    """The URLs of a page of a work; of an ugoira the first frame, since a book stands still."""
    work = work_of(illust)
    if illust.type == "ugoira":
        urls = illust.original_urls[:1] if number == 0 else []
        found = [tuple(urls)] if urls else []
    else:
        found = [source.urls for source in work.sources if source.page == number]
    if not found:
        raise NotFound(f"the work has no page {number + 1}", status=200)
    return found[0]

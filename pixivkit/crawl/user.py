"""Crawls of what belongs to a user: works and bookmarks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Literal, TypeVar, overload

from .._core.calls.closing_iterator import ClosingIterator, closing_iterator
from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import InvalidArgument
from ..models.app import Illust
from ..models.web import IllustDetail, IllustThumb
from ..recorder import JournalOrPath, through
from ..web import WebApi
from .base import Crawls, looked_up

__all__ = ["UserCrawls"]

T = TypeVar("T")

BATCH: Final = 100
"""Ids that one request for thumbnails takes (api reports: about a hundred)."""


class UserCrawls(Crawls):
    """Crawls of what belongs to a user."""

    @closing_iterator
    async def user_works(
        self,
        user_id: int,
        *,
        batch: int = BATCH,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[IllustThumb]:
        """
        All illustrations, manga and ugoira of a user, through the web API.

        One request lists the ids of all works; then each request brings *batch* of them.

        Args:
            user_id: Whose works.
            batch: Works a request, from 1 to 100.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Thumbnails, newest first. A work that vanished in between is left out.
        """
        _check_batch(batch)
        with through(journal, self._run(patience)) as sender:
            web = WebApi(sender)
            everything = await web.user.profile_all(user_id).response()
            ids = sorted({*everything.value.illusts, *everything.value.manga}, reverse=True)
            async for work in _works_by_id(web, user_id, ids, batch):
                yield work

    @closing_iterator
    async def works_by_id(
        self,
        user_id: int,
        ids: Iterable[int],
        *,
        batch: int = BATCH,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[IllustThumb]:
        """
        Works of one user by their ids, *batch* of them a request, through the web API.

        Args:
            user_id: The user whose works they are.
            ids: Ids of works; taken as they are needed.
            batch: Works a request, from 1 to 100.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Thumbnails, in the order of *ids*. Works that do not exist are left out.
        """
        _check_batch(batch)
        with through(journal, self._run(patience)) as sender:
            async for work in _works_by_id(WebApi(sender), user_id, ids, batch):
                yield work

    @overload
    def bookmarks(
        self,
        user_id: int,
        *,
        restrict: Literal["public", "private"] = ...,
        web_fallback: Literal[False] = ...,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust]: ...
    @overload
    def bookmarks(
        self,
        user_id: int,
        *,
        restrict: Literal["public", "private"] = ...,
        web_fallback: bool,
        journal: JournalOrPath = ...,
        patience: float | None = ...,
    ) -> ClosingIterator[Illust | IllustDetail]: ...
    @closing_iterator
    async def bookmarks(
        self,
        user_id: int,
        *,
        restrict: Literal["public", "private"] = "public",
        web_fallback: bool = False,
        journal: JournalOrPath = None,
        patience: float | None = None,
    ) -> AsyncGenerator[Illust | IllustDetail]:
        """
        All bookmarked works of a user, through the App API.

        Args:
            user_id: Whose bookmarks.
            restrict: ``public``, or ``private`` for the account's own private ones.
            web_fallback: Whether works that the App API hides are looked up on the web, with a
                request each. What is shown there comes as an `IllustDetail`, everything else as
                the stub that it is. Without a login for the web that is little.
            journal: Records every reply in a `Journal` or the file of that name, and answers from
                it what is recorded.
            patience: How many seconds anything may hold a request; without end by default.

        Returns:
            Works, the one bookmarked last first.
        """
        with through(journal, self._run(patience)) as sender:
            works = _bookmarks(sender, user_id, restrict)
            async for work in looked_up(works, sender if web_fallback else None):
                yield work


@closing_iterator
async def _bookmarks(
    sender: Sender, user_id: int, restrict: Literal["public", "private"]
) -> AsyncGenerator[Illust]:
    pages = AppApi(sender).user.bookmarks_illust(user_id, restrict=restrict)
    async for page in pages.pages():
        for work in page.items:
            yield work


@closing_iterator
async def _works_by_id(
    web: WebApi, user_id: int, ids: Iterable[int], batch: int
) -> AsyncGenerator[IllustThumb]:
    for first, some in enumerate(_batches(ids, batch)):
        call = web.user.profile_illusts(user_id, ids=some, is_first_page=not first)
        found = (await call.response()).value.works
        for illust_id in some:
            if (work := found.get(illust_id)) is not None:
                yield work


def _check_batch(batch: int) -> None:
    if not 1 <= batch <= BATCH:
        msg = f"batch: must be from 1 to {BATCH}, not {batch}"
        raise InvalidArgument(msg)


def _batches(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while some := tuple(islice(iterator, size)):
        yield some

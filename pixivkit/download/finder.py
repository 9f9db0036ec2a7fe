"""Find the works to download from what a caller gives: a work, an id, a URL, or a list of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeGuard, cast

import attrs

from .._core.calls.call import Call
from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import InvalidArgument
from ..models.app import Illust, Novel, NovelText
from ..pixiv_url import (
    FollowedRef,
    ImageRef,
    NovelRef,
    PixivRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    WorkRef,
    read_pixiv_url,
)
from ..web_fallback import is_worth_a_lookup
from .about import errors_about
from .by_web import work_by_web, work_hidden_by_app
from .described import Described, work_of
from .novels import NovelFinder, NovelLike
from .source import Work

__all__ = ["DownloadItem", "Downloadable", "Finder"]

Downloadable: TypeAlias = Described | NovelText | int | PixivRef
"""
What can be downloaded:

* an id, or what a user pasted: digits, or a URL of a work, with its page or without, in any of
  the forms that `pixivkit.pixiv_url.read_pixiv_url` reads; pixiv is asked for the work
* a `WorkRef`, which is that as a value
* a URL on pximg.net: that very file
* an `Illust`, `IllustDetail` or `IllustThumb`: the originals of all its pages; of an ugoira the
  archive with its frames, the largest there is
* a `MetaPage` or `IllustImage`: the original of the page
* a `UgoiraMetadata`: the archive with the frames
* a `Novel`, a `NovelText`, a `NovelRef` or the URL of a novel: its text, its cover and the
  pictures in it, or a book of these; see `pixivkit.download.NovelFormat`. The App API is asked,
  which needs a login
* a `SeriesRef` without a user, or the URL of a series of novels: all of them, or one book
* a `Work`, made by `work_of`, `web_work` or `ugoira_frames`, or by hand; `Work.only` has one page
"""

DownloadItem: TypeAlias = Downloadable | Call[Any]
"""What a run takes: what can be downloaded, or a call for it, which the run sends."""


@attrs.frozen(kw_only=True)
class Finder:
    """
    Finds works; sends a request where only an id is known.

    Attributes:
        sender: Sends the calls.
        mirror: Base of the URLs of a mirror of images; empty for none.
        by_app: Whether the App API is asked, and not the web API, which needs no login.
        web_fallback: Whether the web API is asked for works that the App API hides.
        prepare: Returns another work in place of each that is found, before its pages are counted;
            called with the sender.
        novels: Finds novels; None where only single files can be used.
    """

    sender: Sender
    mirror: str
    by_app: bool
    web_fallback: bool = False
    prepare: Callable[[Sender, Work], Awaitable[Work]] | None = None
    novels: NovelFinder | None = None

    async def works(
        self, item: DownloadItem | Sequence[Downloadable], page: int | None = None
    ) -> list[Work]:
        """
        Return the works of *item*: it may be a list, or a call for one, such as that of pages.

        Args:
            item: What they are, or are of.
            page: Number of the only page of each, from 0; None for what *item* says.

        Raises:
            InvalidArgument: It is nothing that can be downloaded.
            PixivError: Any other of `pixivkit.errors`.
        """
        found: object = item
        if isinstance(item, Call):
            found = await self._value(item)
        if not isinstance(found, Sequence) or isinstance(found, str):
            found = [found]
        works: list[Work] = []
        for one in cast("Sequence[Downloadable]", found):
            works += await self._works(one, page)
        return works

    async def _works(self, what: Downloadable, page: int | None) -> list[Work]:
        if isinstance(what, str) and not self._is_on_mirror(what):
            what = read_pixiv_url(what)
        if isinstance(what, WorkRef) and page is None:
            page = what.page
        if self.novels is not None and _is_of_novels(what):
            if page is not None:
                raise InvalidArgument(f"page: {_named(what)} has its pages in its text")
            return await self.novels.works(what)
        return [await self._work(what, page)]

    async def _work(self, what: Downloadable, page: int | None) -> Work:
        work = await self._whole(what)
        if self.prepare is not None:
            work = await self.prepare(self.sender, work)
        return work if page is None else work.only(page)

    def _is_on_mirror(self, url: str) -> bool:
        return bool(self.mirror) and url.startswith(f"{self.mirror}/")

    async def _whole(self, what: Downloadable) -> Work:
        match what:
            case int():
                return await self._by_id(what)
            case WorkRef():
                return await self._by_id(what.id)
            case ImageRef():
                return work_of(what.url)
            case (
                NovelText()
                | NovelRef()
                | UserRef()
                | SeriesRef()
                | TagRef()
                | RankingRef()
                | FollowedRef()
            ):
                raise _no_work(what)
            case Illust() if self.web_fallback and is_worth_a_lookup(what):
                with errors_about(str(what.id)):
                    return await work_hidden_by_app(self.sender, what)
            case _:
                return work_of(what)

    async def _value(self, call: Call[Any]) -> object:
        attached: Call[Any] = attrs.evolve(call, sender=self.sender)
        with errors_about(_work_id(call)):
            return (await attached.response()).value

    async def _by_id(self, work_id: int) -> Work:
        known = WorkRef(work_id)
        with errors_about(str(known.id)):
            if self.by_app:
                return await self._whole(await AppApi(self.sender).illust.detail(known.id))
            return await work_by_web(self.sender, known.id)


def _is_of_novels(what: object) -> TypeGuard[NovelLike]:
    if isinstance(what, SeriesRef):
        return what.user_id is None
    return isinstance(what, NovelRef | Novel | NovelText)


def _named(what: NovelLike) -> str:
    kind = "the series of novels" if isinstance(what, SeriesRef) else "the novel"
    return f"{kind} {what.id}"


def _work_id(call: Call[Any]) -> str:
    """The id of the work that a call is for; empty where it is for none."""
    named = call.request.named
    if call.endpoint.name == "app.novel.text":
        return f"novel{named['id']}"
    if "novel_id" in named:
        return f"novel{named['novel_id']}"
    return str(named.get("illust_id", ""))


def _no_work(
    ref: NovelText | NovelRef | UserRef | SeriesRef | TagRef | RankingRef | FollowedRef,
) -> InvalidArgument:
    """Return the error for pages of pixiv that are not of a single work."""
    match ref:
        case NovelText() | NovelRef():
            msg = f"this is the novel {ref.id}, which has several files: give it to px.download"
        case UserRef(section="novels"):
            msg = (
                f"these are the novels of the user {ref.id}: give "
                f"px.app.user.novels({ref.id}) to px.downloads"
            )
        case UserRef(section="bookmarks/novels"):
            msg = (
                f"these are novels that the user {ref.id} has bookmarked: give "
                f"px.app.user.bookmarks_novel({ref.id}) to px.downloads"
            )
        case UserRef(section="bookmarks/artworks"):
            msg = (
                f"these are the bookmarks of the user {ref.id}: give "
                f"px.crawl.bookmarks({ref.id}) to px.downloads"
            )
        case UserRef():
            msg = (
                f"this is the user {ref.id}: for all works, give "
                f"px.crawl.user_works({ref.id}) to px.downloads"
            )
        case SeriesRef(user_id=None):
            msg = (
                f"this is the series of novels {ref.id}, of several files: give it to px.download"
            )
        case SeriesRef():
            msg = (
                f"this is the series {ref.id} of the user {ref.user_id}: give "
                f'px.crawl.series({ref.id}, kind="illust") to px.downloads'
            )
        case RankingRef():
            msg = "this is a ranking: give px.app.illust.ranking(...) to px.downloads"
        case FollowedRef():
            msg = (
                "these are the new works of those whom the account follows: give "
                "px.app.illust.follow() to px.downloads"
            )
        case _:
            msg = f"this is the tag {ref.word!r}: give px.crawl.tag({ref.word!r}) to px.downloads"
    return InvalidArgument(msg)

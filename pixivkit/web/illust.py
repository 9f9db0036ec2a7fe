"""Illustrations, manga and ugoira on the web API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get, post
from .._core.declaration.arguments import AtMost, Between, Spelling
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import LastId, Offset
from ..models.web.bookmark import Bookmarked, Liked
from ..models.web.comment import Comment, CommentRoots
from ..models.web.illust import IllustDetail, RecommendInit
from ..models.web.illust_image import IllustImage
from ..models.web.new import NewIllusts
from ..models.web.work import IllustThumb
from ..parameters import HowManyToSkip, IllustId
from .resource import WebResource
from .sources import AJAX_DOCS

ARTWORK = "https://www.pixiv.net/artworks/{illust_id}"


class IllustApi(WebResource, resource="illust", source=f"{AJAX_DOCS}, Artworks"):
    """Illustrations, manga and ugoira: their pages, comments, bookmarks and likes."""

    @get("/ajax/illust/{illust_id}", referer=ARTWORK)
    def detail(
        self, illust_id: IllustId, *, full: Annotated[bool | None, Spelling(digit=True)] = None
    ) -> Call[IllustDetail]:
        """
        One work, with everything its page shows.

        Without a login a sensitive work comes without URLs.

        Args:
            full: Sent by some clients; no effect of it is known. None sends nothing.

        Returns:
            The work.
        """
        ...

    @get(
        "/ajax/illusts/comments/roots",
        referer=ARTWORK,
        paging=Offset(items="comments", more="hasNext"),
    )
    def comments_roots(
        self,
        illust_id: IllustId,
        *,
        offset: HowManyToSkip = 0,
        limit: Annotated[int, Between(1, 1000)] = 50,
    ) -> Pages[CommentRoots, Comment]:
        """
        The comments on a work, without the replies to them.

        Args:
            limit: How many on a page, 1 to 1000.

        Returns:
            Pages of comments, the newest first.
        """
        ...

    @get("/ajax/illust/{illust_id}/pages", referer=ARTWORK)
    def pages(self, illust_id: IllustId) -> Call[list[IllustImage]]:
        """
        The images of a work.

        Returns:
            One entry for each page, in the order of the work, with its URLs in every size.
        """
        ...

    @get("/ajax/illust/{illust_id}/recommend/init", auth=Auth.COOKIE, referer=ARTWORK)
    def recommend_init(
        self, illust_id: IllustId, *, limit: Annotated[int, Between(1)] = 18
    ) -> Call[RecommendInit]:
        """
        Works recommended beside a work.

        Args:
            limit: How many to give whole; of the others only the ids are told.

        Returns:
            The first works, with places for advertisements among them, and the ids of about 160
            to 180 more, the closest first.
        """
        ...

    @post("/ajax/illusts/bookmarks/add", body="json", auth=Auth.CSRF)
    def bookmark_add(
        self,
        illust_id: Annotated[IllustId, Spelling(text=True)],
        *,
        restrict: Literal[0, 1] = 0,
        comment: str = "",
        tags: Annotated[Sequence[str], AtMost(10)] = (),
    ) -> Call[Bookmarked]:
        """
        Bookmark a work, or change the bookmark there is.

        Args:
            restrict: 0 for a public bookmark, 1 for a private one.
            comment: A note on the bookmark.
            tags: Tags of the bookmark, at most 10.

        Returns:
            The id of the new bookmark.
        """
        ...

    @post("/ajax/illusts/like", body="json", auth=Auth.CSRF)
    def like(self, illust_id: Annotated[IllustId, Spelling(text=True)]) -> Call[Liked]:
        """
        Like a work. A like cannot be taken back (FreeNowOrg/PixivNow).

        Returns:
            Whether it had been liked before.
        """
        ...

    @get("/ajax/illust/new", paging=LastId(items="illusts"))
    def new(
        self,
        *,
        last_id: Annotated[int, Spelling("lastId"), Between(0)] = 0,
        limit: Annotated[int, Between(1)] = 20,
        type: Literal["illust", "manga"] = "illust",
        r18: bool = False,
    ) -> Pages[NewIllusts, IllustThumb]:
        """
        The newest works of everybody.

        Args:
            last_id: Only works older than the one with this id; 0 for the newest.
            limit: How many on a page.
            type: ``illust`` for illustrations and ugoira, ``manga`` for manga.
            r18: True for R-18 works, false for works for all ages.

        Returns:
            Pages of works, the newest first.
        """
        ...

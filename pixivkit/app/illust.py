"""Illustrations, manga and ugoira on the App API."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.arguments import NotEmpty
from .._core.call import Call
from .._core.declare import Api, get, post
from .._core.endpoint import APP, Auth
from ..models.app import Comment, Done, Illust
from .sources import RECORDED, SUBMITTING_WORKS


class IllustApi(Api, base=APP, resource="illust", auth=Auth.BEARER, source=SUBMITTING_WORKS):
    """Illustrations, manga and ugoira, and comments on them."""

    @get("/v1/illust/detail", pick="illust", source=RECORDED)
    def detail(
        self,
        illust_id: int,
        *,
        filter: Literal["for_ios", "for_android"] | None = None,
    ) -> Call[Illust]:
        """
        One work, with everything its page shows.

        Args:
            illust_id: Id of the work.
            filter: The app to answer as, ``for_ios`` or ``for_android``; by default it is not
                said, as the current iOS app does.

        Returns:
            The work. One that the account may not see comes as a stub: look at its
            `availability` (upbit/pixivpy #280).

        Raises:
            NotFound: The work is deleted, or there never was one.
        """
        ...

    # The document names no method for this one. The other deletes are form POSTs, and a client
    # that uses it (Eslzzyl/Pixiv-SwiftUI) sends one.
    @post("/v1/illust/delete")
    def delete(self, illust_id: int, *, type: Literal["manga"] | None = None) -> Call[Done]:
        """
        Delete a work of the account, for good.

        Args:
            illust_id: Id of the work.
            type: ``manga`` for a manga, as Eslzzyl/Pixiv-SwiftUI sends it; by default nothing
                is said about it.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such work.
        """
        ...

    # The document lists the parameter as `commnt`, while its own example and every client send
    # `comment`.
    @post("/v1/illust/comment/add", pick="comment")
    def comment_add(
        self,
        illust_id: int,
        comment: Annotated[str | None, NotEmpty()],
        *,
        parent_comment_id: int | None = None,
        stamp_id: int | None = None,
    ) -> Call[Comment]:
        """
        Comment on a work, or reply to a comment on it.

        Args:
            illust_id: Id of the work.
            comment: The text; emoji are words in parentheses, such as ``(heart)``. None when
                *stamp_id* stands for it.
            parent_comment_id: Id of the comment to reply to; by default it is no reply.
            stamp_id: Id of a stamp to post in place of a text.

        Returns:
            The comment as it was posted.
        """
        ...

    @post("/v1/illust/comment/delete")
    def comment_delete(self, comment_id: int) -> Call[Done]:
        """
        Delete a comment on a work.

        Args:
            comment_id: Id of the comment, which is the account's own or on a work of it.

        Returns:
            Nothing more than that it is done.

        Raises:
            NotFound: There is no such comment.
        """
        ...

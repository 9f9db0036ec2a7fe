"""Posting works and saving drafts on the App API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from .._core.arguments import Between, FileSource, NotEmpty, Wire
from .._core.call import Call
from .._core.declare import get, post
from ..models.app import IllustUpload, NovelCover, NovelDraftUpload, NovelUpload, UploadStatus
from .resource import AppResource
from .sources import SUBMITTING_WORKS


class UploadApi(AppResource, resource="upload", source=SUBMITTING_WORKS):
    """Posting works and saving drafts."""

    @post("/v1/upload/illust", body="multipart", status="uncertain")
    def illust(
        self,
        title: Annotated[str, NotEmpty()],
        files: Annotated[Sequence[FileSource], NotEmpty(), Wire("files[]")],
        *,
        caption: str = "",
        type: Literal["illust", "manga"] = "illust",
        restrict: Literal["public", "mypixiv", "private"] = "public",
        x_restrict: Literal["none", "r18", "r18g"] = "none",
        is_sexual: bool = False,
        tags: Annotated[Sequence[str], Wire("tags[]")] = (),
    ) -> Call[IllustUpload]:
        """
        Post an illustration or a manga of one or more pages.

        Pixiv accepts the files and publishes the work a little later: ask `status` about the
        key that comes back.

        Args:
            title: The title.
            files: The pages, in order: paths, bytes, async iterables of bytes, or `UploadFile`
                for a name or a type of your own.
            caption: What there is to say about it; nothing by default.
            type: ``illust`` or ``manga``.
            restrict: Who may see it: ``public`` everybody, ``mypixiv`` the account's mypixiv,
                ``private`` nobody else.
            x_restrict: ``none`` all ages, ``r18`` or ``r18g``.
            is_sexual: Whether a work for all ages is a little sexual.
            tags: The tags, in order; none by default.

        Returns:
            The key of the upload.
        """
        ...

    @post("/v1/upload/status", idempotent=True, status="uncertain")
    def status(self, convert_key: Annotated[str, NotEmpty()]) -> Call[UploadStatus]:
        """
        How far an upload is.

        Args:
            convert_key: What `illust` returned.

        Returns:
            The status, and the id of the work once the status is ``COMPLETE``.
        """
        ...

    @get("/v1/upload/novel/covers", pick="covers")
    def novel_covers(self) -> Call[list[NovelCover]]:
        """
        The covers that pixiv offers for novels.

        Returns:
            The covers in the order of their ids, which `novel` and `novel_draft` take.
        """
        ...

    @post("/v1/upload/novel/draft")
    def novel_draft(
        self,
        title: str,
        text: str,
        *,
        caption: str = "",
        cover_id: Annotated[int, Between(0, 11)] = 0,
        restrict: Literal["public", "mypixiv", "private"] = "public",
        x_restrict: Literal["none", "r18", "r18g"] = "none",
        tags: Annotated[Sequence[str], Wire("tags[]")] = (),
        is_original: Annotated[bool, Wire(digit=True)] = False,
    ) -> Call[NovelDraftUpload]:
        """
        Save a new draft of a novel.

        Args:
            title: The title; may be empty.
            text: The text, in pixiv's markup (``[newpage]``, ``[chapter:...]``); may be empty.
            caption: What there is to say about it; nothing by default.
            cover_id: One of `novel_covers`, 0 to 11.
            restrict: Who may read it once it is posted: ``public`` everybody, ``mypixiv`` the
                account's mypixiv, ``private`` nobody else.
            x_restrict: ``none`` all ages, ``r18`` or ``r18g``.
            tags: The tags, in order; none by default.
            is_original: Whether it is no fan work.

        Returns:
            The id of the draft.
        """
        ...

    @post("/v1/upload/novel", status="uncertain")
    def novel(
        self,
        title: Annotated[str, NotEmpty()],
        text: Annotated[str, NotEmpty()],
        *,
        caption: str = "",
        cover_id: Annotated[int, Between(0, 11)] = 0,
        restrict: Literal["public", "mypixiv", "private"] = "public",
        x_restrict: Literal["none", "r18", "r18g"] = "none",
        tags: Annotated[Sequence[str], Wire("tags[]")] = (),
        is_original: Annotated[bool, Wire(digit=True)] = False,
    ) -> Call[NovelUpload]:
        """
        Post a novel.

        Args:
            title: The title.
            text: The text, in pixiv's markup (``[newpage]``, ``[chapter:...]``).
            caption: What there is to say about it; nothing by default.
            cover_id: One of `novel_covers`, 0 to 11.
            restrict: Who may read it: ``public`` everybody, ``mypixiv`` the account's mypixiv,
                ``private`` nobody else.
            x_restrict: ``none`` all ages, ``r18`` or ``r18g``.
            tags: The tags, in order; none by default.
            is_original: Whether it is no fan work.

        Returns:
            The id of the novel.
        """
        ...

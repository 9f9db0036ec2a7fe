"""Posting works and saving drafts on the App API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from .._core.calls.call import Call
from .._core.calls.declare import get, post
from .._core.declaration.arguments import FileSource, NotEmpty, Spelling
from ..models.app import IllustUpload, NovelCover, NovelDraftUpload, NovelUpload, UploadStatus
from ..parameters import AgeRating, CaptionText, NoFanWork, NovelCoverId, TagsInOrder, WhoMaySee
from .resource import AppResource
from .sources import SUBMITTING_WORKS


class UploadApi(AppResource, resource="upload", source=SUBMITTING_WORKS):
    """Posting works and saving drafts."""

    @post("/v1/upload/illust", body="multipart", status="uncertain")
    def illust(
        self,
        title: Annotated[str, NotEmpty()],
        files: Annotated[Sequence[FileSource], NotEmpty(), Spelling("files[]")],
        *,
        caption: CaptionText = "",
        type: Literal["illust", "manga"] = "illust",
        restrict: WhoMaySee = "public",
        x_restrict: AgeRating = "none",
        is_sexual: bool = False,
        tags: TagsInOrder = (),
    ) -> Call[IllustUpload]:
        """
        Post an illustration or a manga of one or more pages.

        Pixiv accepts the files and publishes the work a little later: ask `status` about the
        key that comes back.

        Args:
            title: The title.
            files: The pages, in order: paths, bytes, async iterables of bytes, or `UploadFile`
                for a name or a type of your own.
            type: ``illust`` or ``manga``.
            is_sexual: Whether a work for all ages is a little sexual.

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
        caption: CaptionText = "",
        cover_id: NovelCoverId = 0,
        restrict: WhoMaySee = "public",
        x_restrict: AgeRating = "none",
        tags: TagsInOrder = (),
        is_original: NoFanWork = False,
    ) -> Call[NovelDraftUpload]:
        """
        Save a new draft of a novel.

        Args:
            title: The title; may be empty.
            text: The text, in pixiv's markup (``[newpage]``, ``[chapter:...]``); may be empty.

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
        caption: CaptionText = "",
        cover_id: NovelCoverId = 0,
        restrict: WhoMaySee = "public",
        x_restrict: AgeRating = "none",
        tags: TagsInOrder = (),
        is_original: NoFanWork = False,
    ) -> Call[NovelUpload]:
        """
        Post a novel.

        Args:
            title: The title.
            text: The text, in pixiv's markup (``[newpage]``, ``[chapter:...]``).

        Returns:
            The id of the novel.
        """
        ...

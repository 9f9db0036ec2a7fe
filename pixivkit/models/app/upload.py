"""What pixiv answers to uploads and to requests that leave nothing to say."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["Done", "IllustUpload", "NovelCover", "NovelDraftUpload", "NovelUpload", "UploadStatus"]


@attrs.define(kw_only=True)
class Done(Model):
    """It is done: pixiv answers with an empty object."""


@attrs.define(kw_only=True)
class IllustUpload(Model):
    """
    An upload that pixiv has accepted and not published yet.

    Attributes:
        convert_key: What to ask `app.upload.status` about.
    """

    convert_key: str = ""


@attrs.define(kw_only=True)
class UploadStatus(Model):
    """
    How far an upload is.

    Attributes:
        illust_id: Id of the work; do not count on it before it is published.
        status: ``COMPLETE`` once it is published.
    """

    illust_id: int | None = None
    status: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the work is published."""
        return self.status == "COMPLETE"


@attrs.define(kw_only=True)
class NovelUpload(Model):
    """A published novel."""

    novel_id: int


@attrs.define(kw_only=True)
class NovelDraftUpload(Model):
    """A saved draft."""

    novel_draft_id: int


@attrs.define(kw_only=True)
class NovelCover(Model):
    """
    A cover that pixiv offers for novels.

    Attributes:
        id: What `app.upload.novel` takes as *cover_id*.
        image_url: The picture.
    """

    id: int
    image_url: str | None = None

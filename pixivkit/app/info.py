"""Announcements of pixiv, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call, Pages
from .._core.calls.declare import get
from .._core.declaration.paging import NextUrl
from ..models.app import Info, InfoList, LatestInfo
from .resource import AppResource
from .sources import IOS_CAPTURE


class InfoApi(AppResource, resource="info", source=IOS_CAPTURE):
    """Announcements of pixiv."""

    @get("/v1/info/latest")
    def latest(self) -> Call[LatestInfo]:
        """
        The latest announcements of each category.

        Returns:
            The categories, each with its latest announcements. No reply has been recorded: the
            keys are those that clients read.
        """
        ...

    # Another client says that pixiv refuses it, whatever is sent.
    @get(
        "/v1/info/list",
        paging=NextUrl(items="categorized_info.info_list"),
        status="uncertain",
    )
    def list(self, cid: int) -> Pages[InfoList, Info]:
        """
        The announcements of one category.

        Args:
            cid: Id of the category, as `latest` has it.

        Returns:
            Announcements, newest first. No reply has been recorded: the keys are those that
            clients read.
        """
        ...

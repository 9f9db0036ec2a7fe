"""Ugoira on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.app import UgoiraMetadata
from ..parameters import IllustId
from .resource import AppResource


class UgoiraApi(AppResource, resource="ugoira"):
    """The frames of ugoira."""

    @get("/v1/ugoira/metadata", pick="ugoira_metadata")
    def metadata(self, illust_id: IllustId) -> Call[UgoiraMetadata]:
        """
        How an ugoira plays: its frames, how long each is shown, and where they are.

        Args:
            illust_id: Id of the ugoira.

        Returns:
            The frames in the order they are shown, and the archive that holds them.

        Raises:
            NotFound: There is no such work, or it is no ugoira.
        """
        ...

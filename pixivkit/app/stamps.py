"""The stamps of comments, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.app import Stamp
from .resource import AppResource


class StampsApi(AppResource, resource="stamps", source="cssxsh/pixiv-client"):
    """The stamps of comments."""

    @get("/v1/stamps", pick="stamps")
    def __call__(self) -> Call[list[Stamp]]:
        """
        The stamps that may be posted in place of a comment.

        Returns:
            Stamps, in pixiv's order. No reply has been recorded: the keys are those that clients
            read.
        """
        ...

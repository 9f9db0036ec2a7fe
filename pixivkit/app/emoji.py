"""The emoji of comments, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.app import Emoji
from .resource import AppResource
from .sources import MISC


class EmojiApi(AppResource, resource="emoji", source=MISC):
    """The emoji of comments."""

    @get("/v1/emoji", pick="emoji_definitions", auth=Auth.NONE)
    def __call__(self) -> Call[list[Emoji]]:
        """
        The emoji that comments may have; needs no login.

        Returns:
            Emoji, in pixiv's order.
        """
        ...

"""What the account mutes, on the App API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from .._core.calls.call import Call
from .._core.calls.declare import get, post
from .._core.declaration.arguments import Spelling
from ..models.app import Done, MuteList
from .resource import AppResource


class MuteApi(AppResource, resource="mute"):
    """The users and tags whose works the account does not want to see."""

    @get("/v1/mute/list", source="CeuiLiSA/Pixiv-Shaft, with a recorded reply")
    def list(self) -> Call[MuteList]:
        """
        What the account mutes.

        Returns:
            Users and tags in pixiv's order, and how many there may be.
        """
        ...

    @post("/v1/mute/edit", source="cssxsh/pixiv-client, artvier")
    def edit(
        self,
        *,
        add_user_ids: Annotated[Sequence[int], Spelling("add_user_ids[]")] = (),
        delete_user_ids: Annotated[Sequence[int], Spelling("delete_user_ids[]")] = (),
        add_tags: Annotated[Sequence[str], Spelling("add_tags[]")] = (),
        delete_tags: Annotated[Sequence[str], Spelling("delete_tags[]")] = (),
    ) -> Call[Done]:
        """
        Mute users and tags, or mute them no more.

        Args:
            add_user_ids: Users to mute; none by default.
            delete_user_ids: Users to mute no more; none by default.
            add_tags: Tags to mute; none by default.
            delete_tags: Tags to mute no more; none by default.

        Returns:
            Nothing more than that it is done.
        """
        ...

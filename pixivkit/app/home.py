"""The first screen of pixiv's apps, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import post
from ..models.app import Home
from .resource import AppResource


class HomeApi(AppResource, resource="home", source="asadahimeka/pixiv-viewer"):
    """The first screen of pixiv's apps."""

    @post("/v1/home/all", body="json", idempotent=True, status="uncertain")
    def all(self) -> Call[Home]:
        """
        What the first screen shows: works, novels, rankings, tags and articles for the account.

        The reply says how the apps ask for more (*next_params* and *states*); this asks for the
        beginning.

        Returns:
            The parts of the screen, from the top. No reply has been recorded: the keys are those
            that clients read.
        """
        ...

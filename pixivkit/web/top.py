"""The front page."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.web.top import TopIllust
from ..parameters import ForWhichAges
from .resource import WebResource


class TopApi(WebResource, resource="top", auth=Auth.COOKIE):
    """The front page as the account sees it."""

    @get("/ajax/top/illust")
    def illust(self, *, mode: ForWhichAges = "all") -> Call[TopIllust]:
        """
        The front page of illustrations: new, ranked and recommended works, and what is going on.

        Returns:
            The parts of the page as lists of ids, and once each the works, users and requests
            that they name.
        """
        ...

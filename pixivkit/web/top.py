"""The front page."""

from __future__ import annotations

from typing import Literal

from .._core.call import Call
from .._core.declare import get
from .._core.endpoint import Auth
from ..models.web.top import TopIllust
from .resource import WebResource


class TopApi(WebResource, resource="top", auth=Auth.COOKIE):
    """The front page as the account sees it."""

    @get("/ajax/top/illust")
    def illust(self, *, mode: Literal["all", "safe", "r18"] = "all") -> Call[TopIllust]:
        """
        The front page of illustrations: new, ranked and recommended works, and what is going on.

        Args:
            mode: Which works: ``all``, only those for all ages (``safe``), or only R-18 ones
                (``r18``).

        Returns:
            The parts of the page as lists of ids, and once each the works, users and requests
            that they name.
        """
        ...

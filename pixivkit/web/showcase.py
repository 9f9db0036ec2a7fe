"""Articles of pixivision on the web API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.web.showcase import Showcase
from .resource import WebResource


class ShowcaseApi(
    WebResource,
    resource="showcase",
    auth=Auth.NONE,
    source="a reply of 2019 recorded by Xdynix/PixivPixie; upbit/pixivpy",
):
    """Articles of pixivision."""

    @get("/ajax/showcase/article")
    def article(self, article_id: int) -> Call[list[Showcase]]:
        """
        An article of pixivision, with the works in it.

        Args:
            article_id: Id of the article: the number at the end of its address, the *id* of
                `app.spotlight.articles`.

        Returns:
            A list of the one article; empty where there is none.
        """
        ...

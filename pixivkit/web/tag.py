"""Tags on the web API."""

from __future__ import annotations

from .._core.call import Call
from .._core.declare import Api, get
from .._core.endpoint import WEB, Auth
from ..models.web.tag import TagStories
from ..parameters import TagName
from .sources import AJAX_DOCS, SITE


class TagApi(
    Api,
    base=WEB,
    resource="tag",
    auth=Auth.OPTIONAL,
    source=f"{AJAX_DOCS}, Search",
    referer=SITE,
):
    """Tags."""

    @get("/ajax/stories/tag_stories")
    def stories(self, tag: TagName) -> Call[TagStories]:
        """
        The stories that users tell under a tag.

        Returns:
            The ids of the stories.
        """
        ...

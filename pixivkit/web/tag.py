"""Tags on the web API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.web.tag import TagStories
from ..parameters import TagName
from .resource import WebResource
from .sources import AJAX_DOCS


class TagApi(WebResource, resource="tag", source=f"{AJAX_DOCS}, Search"):
    """Tags."""

    @get("/ajax/stories/tag_stories")
    def stories(self, tag: TagName) -> Call[TagStories]:
        """
        The stories that users tell under a tag.

        Returns:
            The ids of the stories.
        """
        ...

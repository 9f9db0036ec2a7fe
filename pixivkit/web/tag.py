"""Tags on the web API."""

from __future__ import annotations

from typing import Annotated

from .._core.arguments import NotEmpty
from .._core.call import Call
from .._core.declare import get
from ..models.web.tag import TagStories
from .resource import WebResource
from .sources import AJAX_DOCS


class TagApi(WebResource, resource="tag", source=f"{AJAX_DOCS}, Search"):
    """Tags."""

    @get("/ajax/stories/tag_stories")
    def stories(self, tag: Annotated[str, NotEmpty()]) -> Call[TagStories]:
        """
        The stories that users tell under a tag.

        Args:
            tag: The tag, as pixiv spells it.

        Returns:
            The ids of the stories.
        """
        ...

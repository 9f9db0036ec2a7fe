"""Tags on the web API."""

from __future__ import annotations

from typing import Annotated

from .._core.arguments import NotEmpty
from .._core.call import Call
from .._core.declare import Api, get
from .._core.endpoint import WEB, Auth
from ..models.web.tag import TagStories
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
    def stories(self, tag: Annotated[str, NotEmpty()]) -> Call[TagStories]:
        """
        The stories that users tell under a tag.

        Args:
            tag: The tag, as pixiv spells it.

        Returns:
            The ids of the stories.
        """
        ...

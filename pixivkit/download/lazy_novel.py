"""A novel whose text is asked for when its turn comes."""

from __future__ import annotations

import attrs

from .._core.calls.request import Sender
from ..app import AppApi
from ..errors import Restricted
from ..models.app import Novel, NovelText
from ..pixiv_url import NovelRef
from .about import errors_about

__all__ = ["LazyNovel"]


@attrs.frozen(kw_only=True)
class LazyNovel:
    """
    A novel whose text is asked for when its turn comes.

    Attributes:
        novel: The novel.
        known: Its text, where that is known already.
    """

    novel: Novel
    known: NovelText | None = None

    @property
    def name(self) -> str:
        """What errors call it."""
        return f"novel{self.novel.id}"

    @property
    def url(self) -> str:
        """The URL of its page."""
        return NovelRef(self.novel.id).url

    async def text(self, sender: Sender) -> NovelText:
        """
        Return the text.

        Args:
            sender: Sends the call for it.

        Raises:
            Restricted: The account may not read it.
            PixivError: Any other of `pixivkit.errors`.
        """
        with errors_about(self.name):
            availability = self.novel.availability
            if availability != "available":
                msg = f"the novel cannot be read: {availability}"
                raise Restricted(msg, status=200, reason=availability)
            return self.known or await AppApi(sender).novel.text(self.novel.id)

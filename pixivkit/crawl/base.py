"""What crawls have in common."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Literal, TypeAlias, TypeVar

from .._core.calls.closing_iterator import closing_iterator
from .._core.calls.request import Sender
from ..errors import InvalidArgument
from ..models.app import Illust, Novel
from ..models.web import IllustDetail
from ..web_fallback import WebLookup

__all__ = ["Crawls", "Kind", "looked_up", "refuse_fallback_for_novels"]

W = TypeVar("W", Illust, Novel)

Kind: TypeAlias = Literal["illust", "novel"]
"""``illust`` for illustrations, manga and ugoira; ``novel`` for novels."""


class Crawls:
    """Base of the crawls of one thing."""

    def __init__(self, run: Callable[[float | None], Sender]) -> None:
        """
        Args:
            run: What sends the calls of a run of that patience.
        """
        self._run = run


@closing_iterator
async def looked_up(
    works: AsyncIterator[W], sender: Sender | None
) -> AsyncGenerator[W | IllustDetail]:
    """*works*, the hidden ones as the web shows them; as they are where *sender* is None."""
    lookup = None if sender is None else WebLookup(sender)
    async for work in works:
        found = None
        if lookup is not None and isinstance(work, Illust):
            found = await lookup.found(work)
        yield work if found is None else found
    if lookup is not None:
        lookup.check()


def refuse_fallback_for_novels(web_fallback: bool, kind: Kind) -> None:
    """
    Refuse to look novels up.

    Raises:
        InvalidArgument: It is asked for.
    """
    if web_fallback and kind == "novel":
        msg = "web_fallback: novels cannot be looked up on the web; leave it out for novels"
        raise InvalidArgument(msg)

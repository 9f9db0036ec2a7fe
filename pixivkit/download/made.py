"""Files that are made of what pixiv says, and are at no URL themselves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from pathlib import Path

import attrs

from .._core.calls.request import Sender
from .file import DownloadedFile, Fetcher
from .source import Source

__all__ = ["MadeSource", "Saving"]


@attrs.frozen(kw_only=True)
class Saving:
    """
    What a made file is saved with.

    Attributes:
        sender: Sends calls for what goes into it.
        fetcher: Fetches what goes into it.
        overwrite: Whether a complete file is made again.
        path: Returns the path of a file of the same work, given its extension with the dot.
        fetch: Fetches another file of the same work beside it.
        expect: Called with how many other files will be fetched.
        finished: Called with each file that was made.
    """

    sender: Sender
    fetcher: Fetcher
    overwrite: bool
    path: Callable[[Source, str], Path]
    fetch: Callable[[Source], Awaitable[DownloadedFile]]
    expect: Callable[[int], None]
    finished: Callable[[DownloadedFile], None]


@attrs.frozen
class MadeSource(Source):
    """A file that is made of what pixiv says, maybe with others beside it."""

    @property
    @abstractmethod
    def ext(self) -> str:
        """The extension of the file, with the dot."""

    @property
    @abstractmethod
    def url(self) -> str:
        """The URL of the page of what it is made of."""

    @abstractmethod
    async def save(self, saving: Saving) -> list[DownloadedFile]:
        """
        Make the file, and fetch those beside it.

        Returns:
            All files, itself first.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """

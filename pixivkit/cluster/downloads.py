"""Fetch files through the homes of a cluster: programs hear what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from .._core.basics.clock import Clock
from .._core.calls.request import Progress
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import Pacer
from .._core.waiting.patience import WaitBudget
from ..download.file import DownloadedFile, FetchOptions, Naming
from ..download.image_url import extension_of
from ..download.source import Source
from ..errors import ClusterError
from .answers import FileOrder
from .door import Door

__all__ = ["ClusterFetcher"]

_NO_EXTENSION: Final = ""


@attrs.define(eq=False, kw_only=True)
class ClusterFetcher:
    """
    Fetches files as `Fetcher` does, with the home that is least busy, or another where it dies.

    Names are relative to *to*, as only the homes know that place.

    Attributes:
        doors: The ways to the homes.
        to: The folder or URL.
        options: How files are asked for.
        pacer: How fast.
        clock: The clock.
    """

    doors: Sequence[Door]
    to: str
    options: SendOptions
    pacer: Pacer
    clock: Clock

    async def fetch(self, source: Source, name: Naming, wanted: FetchOptions) -> DownloadedFile:
        """Fetch *source*, unless its file exists; see `Fetcher.fetch`."""
        budget = WaitBudget(self.options.patience, self.clock)
        await self.pacer.acquire(self.options.priority, budget)
        order = FileOrder(
            source=source,
            names=_names(source, name),
            to=self.to,
            api=wanted.api,
            overwrite=wanted.overwrite,
            options=self.options,
        )
        file = await self._downloaded(order, budget)
        if wanted.progress is not None and not file.existed:
            wanted.progress(Progress(0, file.size))
            wanted.progress(Progress(file.size, file.size))
        return file

    async def _downloaded(self, order: FileOrder, budget: WaitBudget) -> DownloadedFile:
        while True:
            door = self._least_busy()
            door.files += 1
            try:
                return await door.download(order)
            except ClusterError as exc:
                # A file may be asked for as often as it takes.
                await door.wait_after_loss(budget, exc)
            finally:
                door.files -= 1

    async def write(self, path: Path, content: bytes) -> None:
        """Write a small file beside the others."""
        budget = WaitBudget(self.options.patience, self.clock)
        while True:
            door = self._least_busy()
            try:
                await door.write(self.to, path.as_posix(), content)
                return
            except ClusterError as exc:
                await door.wait_after_loss(budget, exc)

    def _least_busy(self) -> Door:
        return min(self.doors, key=lambda door: (door.losses, door.files))


def _names(source: Source, name: Naming) -> Mapping[str, str]:
    extensions = {_NO_EXTENSION, *map(extension_of, source.urls)}
    return {extension: name(extension).as_posix() for extension in extensions}

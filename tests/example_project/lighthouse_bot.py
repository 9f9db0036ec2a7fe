"""A bot: it looks for new pictures of a tag, keeps the best of them, and thanks their authors."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pixivkit import Pixiv
from pixivkit.errors import PixivError
from pixivkit.models.app import Illust


@dataclass
class Report:
    """What a round came to."""

    kept: list[Path] = field(default_factory=list[Path])
    thanked: list[int] = field(default_factory=list[int])
    failed: dict[int, str] = field(default_factory=dict[int, str])


@dataclass
class Bot:
    """
    Goes through the pictures of a tag.

    Attributes:
        px: The client.
        folder: Where pictures are kept.
        least_bookmarks: How many bookmarks a picture has at least.
        seen: Ids of the works of earlier rounds.
    """

    px: Pixiv
    folder: Path
    least_bookmarks: int = 100
    seen: set[int] = field(default_factory=set[int])

    async def round(self, tag: str) -> Report:
        """Look once for pictures of *tag* that are new, and see to each; none stops the others."""
        report = Report()
        fresh = [illust async for illust in self.px.app.search.illust(tag) if self._is_new(illust)]
        for illust in fresh:
            self.seen.add(illust.id)
            if not self._is_wanted(illust):
                continue
            try:
                files = await self.px.download(illust, self.folder, patience=120)
                await self.px.app.illust.comment_add(illust.id, "素敵な灯台です")
            except PixivError as error:
                report.failed[illust.id] = str(error)
            else:
                report.kept += [file.path for file in files]
                report.thanked.append(illust.user.id)
        return report

    def _is_new(self, illust: Illust) -> bool:
        return illust.id not in self.seen

    def _is_wanted(self, illust: Illust) -> bool:
        popular = (illust.total_bookmarks or 0) >= self.least_bookmarks
        return popular and illust.x_restrict == 0 and illust.type != "ugoira"

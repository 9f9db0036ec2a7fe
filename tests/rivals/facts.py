"""Ids and words of the fake pixiv that is served, for the arguments of any method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pixivkit.testing import FakePixiv
from pixivkit.testing.world import World

_WORD: Final = "オリジナル"
_NOVEL_WORD: Final = "雪"


def find_facts(seed: int = 0) -> Facts:
    """Find what is in the world of a *seed*, which a served one has as well."""
    return Facts(FakePixiv(seed).world)


class Facts:
    """
    What there is to ask for.

    Attributes:
        account: Id of the account, which has the longest lists.
        other: Id of another user.
        illust: Id of a work of several pages that has comments and is not bookmarked.
        ugoira: Id of an ugoira.
        novel: Id of a novel in a series that has comments.
        series: A series of works.
        novel_series: Id of that series.
        novelist: A user who has novels.
    """

    def __init__(self, world: World) -> None:
        self.account = world.account_id
        self.other = next(user for user in world.users if user != self.account)
        shown = [
            work
            for work in world.works.values()
            if not (work.restrict or work.x_restrict or work.sanity_limited)
        ]
        commented = {c.work_id for c in world.comments.values() if c.target == "illust"}
        marked = world.bookmarks.get(self.account, {})
        self.illust = next(
            work.id
            for work in shown
            if work.id in commented and work.id not in marked and work.kind == "manga"
        )
        self.ugoira = next(work.id for work in shown if work.kind == "ugoira")
        discussed = {c.work_id for c in world.comments.values() if c.target == "novel"}
        self.novel = next(
            novel.id
            for novel in world.novels.values()
            if novel.id in discussed
            and novel.series_id
            and not (novel.restrict or novel.x_restrict)
        )
        self.series = next(iter(world.series.values()))
        self.novel_series = world.novels[self.novel].series_id
        self.novelist = world.users[world.novels[self.novel].user_id]

    def arguments(self, endpoint: str) -> Mapping[str, object]:
        """Values for the arguments that an *endpoint* requires, by their names here."""
        given: dict[str, object] = {
            "user_id": self.account,
            "seed_user_id": self.account,
            "illust_id": self.illust,
            "novel_id": self.novel,
            "id": self.novel,
            "series_id": self.novel_series,
            "illust_series_id": self.series.id,
            "word": _WORD,
            "tags": ["夕焼け"],
            "show_ai": False,
            "article_id": 1,
        }
        particular: dict[str, dict[str, object]] = {
            "app.ugoira.metadata": {"illust_id": self.ugoira},
            "app.user.follow_add": {"user_id": self.other},
            "app.user.follow_delete": {"user_id": self.other},
            "app.search.novel": {"word": _NOVEL_WORD},
            "app.search.user": {"word": self.novelist.name},
            "app.user.novels": {"user_id": self.novelist.id},
        }
        return given | particular.get(endpoint, {})

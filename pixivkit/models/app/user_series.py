"""Lists of the series of a user."""

from __future__ import annotations

import attrs

from ..base import Model
from .illust_series import IllustSeriesDetail
from .novel import NovelSeriesDetail

__all__ = ["UserIllustSeriesList", "UserNovelSeriesList"]


@attrs.define(kw_only=True)
class UserIllustSeriesList(Model):
    """
    A page of the series of illustrations and manga of one user.

    No reply of it has been recorded: what is here are the keys that clients read.

    Attributes:
        illust_series_details: The series.
        next_url: Where the next page is; None at the end.
    """

    illust_series_details: list[IllustSeriesDetail] = attrs.field(factory=list[IllustSeriesDetail])
    next_url: str | None = None


@attrs.define(kw_only=True)
class UserNovelSeriesList(Model):
    """
    A page of the series of novels of one user.

    No reply of it has been recorded: what is here are the keys that clients read.

    Attributes:
        novel_series_details: The series.
        next_url: Where the next page is; None at the end.
    """

    novel_series_details: list[NovelSeriesDetail] = attrs.field(factory=list[NovelSeriesDetail])
    next_url: str | None = None

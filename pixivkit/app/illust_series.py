"""The place of works in their series, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.app import PlaceInIllustSeries
from ..parameters import AppToAnswerAs, IllustId
from .resource import AppResource
from .sources import SERIES


class IllustSeriesApi(AppResource, resource="illust_series", source=SERIES):
    """The place of works in their series."""

    @get("/v1/illust-series/illust")
    def illust(
        self, illust_id: IllustId, *, filter: AppToAnswerAs | None = None
    ) -> Call[PlaceInIllustSeries]:
        """
        The series that a work is part of, and the works before and after it.

        Returns:
            The series and the work's place in it; `app.illust.series` has all its works.

        Raises:
            NotFound: There is no such work.
        """
        ...

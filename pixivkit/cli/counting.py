"""A client that counts what it sends."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from ..client import Pixiv
from ..events import Event, RequestSent


class CountingPixiv(Pixiv):
    """
    Counts requests.

    Attributes:
        sent: How often each endpoint was called.
        works: How many works became models; whoever gets them adds them.
        logged_in: Whether it has a login for the App API.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(on_event=self._count, **options)
        self.sent: Counter[str] = Counter()
        self.works = 0
        self.logged_in: bool = options.get("app") is not None
        self._began = time.perf_counter()

    def _count(self, event: Event) -> None:
        if isinstance(event, RequestSent):
            self.sent[event.endpoint] += 1

    @property
    def seconds(self) -> float:
        """Seconds since the client was made."""
        return time.perf_counter() - self._began

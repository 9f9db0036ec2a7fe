"""A client that counts what it sends."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from .._core.call import ProgressCallback, Reply, Request
from .._core.credentials import Tokens
from ..client import Pixiv


class CountingPixiv(Pixiv):
    """
    Counts requests.

    Attributes:
        sent: How often each endpoint was called.
        works: How many works became models; whoever gets them adds them.
        logged_in: Whether it has a login for the App API.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.sent: Counter[str] = Counter()
        self.works = 0
        self.logged_in: bool = options.get("app") is not None
        self._began = time.perf_counter()

    async def _fetch_tokens(self, refresh_token: str) -> Tokens:
        self.sent["oauth.auth.token_refresh"] += 1
        return await super()._fetch_tokens(refresh_token)

    @property
    def seconds(self) -> float:
        """How long ago the client was made."""
        return time.perf_counter() - self._began

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
        interactive: bool = True,
    ) -> Reply:
        reply = await super().send(request, progress=progress, interactive=interactive)
        self.sent[request.endpoint.name] += reply.attempts
        return reply

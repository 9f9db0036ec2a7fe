"""Fetch pages for a watch, which outlasts outages."""

from __future__ import annotations

from typing import Any, Final

import attrs

from .._core.basics.clock import Clock
from .._core.calls.call import Page, make_page
from .._core.calls.misfit_policy import misfit_policy_of
from .._core.calls.request import Reply, Request, Sender
from .._core.waiting.long_waits import LongWaits
from .._core.waiting.retry import Retry
from ..errors import (
    AuthUnavailable,
    DecodeError,
    PatienceExceeded,
    PixivError,
    ReplyTooLarge,
    ServerError,
    TransportError,
    UnexpectedHost,
)

__all__ = ["PageReader"]

_OUTAGE: Final = Retry(first=60.0, longest=600.0)
_LONGEST_AFTER: Final = 10
"""After how many failures the pauses grow no more."""


@attrs.frozen(eq=False)
class PageReader:
    """
    Fetches pages, and waits where pixiv cannot be reached.

    Attributes:
        sender: What sends.
        clock: What waits.
        waits: Told of the waits.
        patience: How many seconds an outage may last.
    """

    sender: Sender
    clock: Clock
    waits: LongWaits
    patience: float

    async def page(self, request: Request) -> tuple[Page[Any, Any], Request | None]:
        """
        Return the page of *request*, and the request of the next one.

        Raises:
            PixivError: Pixiv says no, or an outage lasts for too long.
        """
        reply = await self._reply(request)
        page, following = make_page(request, reply, misfit_policy_of(self.sender))
        if isinstance(following, PixivError):
            raise following
        return page, following

    async def _reply(self, request: Request) -> Reply:
        failures = 0
        left = self.patience
        while True:
            try:
                return await self.sender.send(request)
            except PixivError as exc:
                failures += 1
                pause = _OUTAGE.delay(min(failures, _LONGEST_AFTER))
                if not _passes(exc) or pause > left:
                    raise
                left -= pause
                why = f"{request.endpoint.name} is watched, and pixiv is out of order ({exc})"
            self.waits.tell(pause, why, is_new=failures == 1)
            await self.waits.sleep(pause, why)


def _passes(failure: PixivError) -> bool:
    """Whether a failure is an outage, which ends by itself."""
    if isinstance(failure, ReplyTooLarge | UnexpectedHost | PatienceExceeded):
        return False
    # A reply that is no JSON: pages of maintenance come with a success, too.
    return isinstance(failure, ServerError | TransportError | AuthUnavailable | DecodeError)

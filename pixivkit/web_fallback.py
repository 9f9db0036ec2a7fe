"""Look up on the web what the App API sends a stub for."""

from __future__ import annotations

from ._core.calls.request import Sender
from .errors import JournalError, PixivError
from .models.app import Illust
from .models.web import IllustDetail
from .web import WebApi

__all__ = ["WebLookup", "is_worth_a_lookup"]


def is_worth_a_lookup(work: Illust) -> bool:
    """Whether *work* is hidden, and may be shown on the web: what is deleted is so there too."""
    return work.availability not in ("available", "deleted")


class WebLookup:
    """
    Looks works up through the web API, one request each.

    Args:
        sender: Sends the calls.
    """

    def __init__(self, sender: Sender) -> None:
        self._illust = WebApi(sender).illust
        self._failure: JournalError | None = None

    async def found(self, work: Illust) -> IllustDetail | None:
        """
        Return *work* as the web shows it; None where it needs no lookup, or that fails.

        Raises:
            JournalError: The lookup before could not be recorded or read.
        """
        self.check()
        if not is_worth_a_lookup(work):
            return None
        try:
            detail = await self._illust.detail(work.id)
        except JournalError as exc:
            # After the stub.
            self._failure = exc
            return None
        except PixivError:
            return None
        return detail if detail.availability == "available" else None

    def check(self) -> None:
        """
        Check that no journal failed.

        Raises:
            JournalError: It did.
        """
        if self._failure is not None:
            raise self._failure

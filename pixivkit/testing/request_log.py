"""The requests that the fake received, and how many there were of each kind."""

from __future__ import annotations

from collections import Counter
from typing import Final

from .messages import ReceivedRequest

__all__ = ["RequestLog"]

_MOST_BYTES: Final = 64 * 1024 * 1024
"""How much a log that is bounded keeps of bodies: uploads may be large."""


class RequestLog(list[ReceivedRequest]):
    """
    A list of requests, oldest first; `clear` forgets all of them.

    Args:
        most: How many are kept, the latest; None for all. Of a log that is bounded, so are the
            bodies: older requests go when these have more than 64 MiB.

    Attributes:
        counts: How many requests came by the name of their endpoint, kept or not.
    """

    def __init__(self, most: int | None = None) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self._most = most
        self._bytes = 0

    def append(self, received: ReceivedRequest) -> None:
        """Add a request, and let go of the oldest ones that are too many."""
        super().append(received)
        self.counts[received.endpoint] += 1
        if self._most is None:
            return
        self._bytes += len(received.body)
        excess = 0
        while len(self) - excess > self._most or (
            self._bytes > _MOST_BYTES and len(self) - excess > 1
        ):
            self._bytes -= len(self[excess].body)
            excess += 1
        del self[:excess]

    def clear(self) -> None:
        """Forget all requests, and that there were any."""
        super().clear()
        self.counts.clear()
        self._bytes = 0

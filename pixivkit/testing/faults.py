"""Failures that a test orders in advance."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

import attrs

from .._core.endpoint import Base
from .refusals import Refusal, app_error, oauth_error, web_error

__all__ = ["Fault", "Faults"]

_WORDS = {403: "Your access is currently restricted.", 404: "Not found", 429: "Rate Limit"}


@attrs.define
class Fault:
    """A reply that is sent in place of the real one, so many *times*."""

    status: int
    body: object
    headers: Mapping[str, str]
    times: int


@attrs.define
class Faults:
    """Faults by the name of the endpoint, first ordered first sent."""

    _queues: dict[str, deque[Fault]] = attrs.field(factory=dict[str, "deque[Fault]"])

    def add(self, endpoint: str, fault: Fault) -> None:
        """Order a fault."""
        self._queues.setdefault(endpoint, deque()).append(fault)

    def take(self, endpoint: str) -> Fault | None:
        """The fault that is due at an endpoint; None for none."""
        queue = self._queues.get(endpoint)
        if not queue:
            return None
        fault = queue[0]
        fault.times -= 1
        if fault.times <= 0:
            queue.popleft()
        return fault

    def clear(self) -> None:
        """Forget all that were ordered."""
        self._queues.clear()


def usual_body(base: Base, status: int) -> object:
    """What a host of pixiv says with a *status* that is an error."""
    words = _WORDS.get(status, "An error occurred.")
    if status in (502, 503, 504):
        return f"<html><head><title>{status}</title></head><body>nginx</body></html>"
    refusal: Refusal
    if base.envelope:
        refusal = web_error(status, words)
    elif base.name == "oauth" and status == 400:
        refusal = oauth_error("Invalid refresh token", 1508)
    elif status == 429:
        refusal = app_error(status, message=words)
    else:
        refusal = app_error(status, user_message=words)
    return refusal.body

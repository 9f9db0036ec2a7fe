"""Options for sending calls, which may differ from call to call of one client."""

from __future__ import annotations

import functools

import attrs

from ...errors import InvalidArgument
from ..http.backend import Timeouts
from ..waiting.pace import Priority
from ..waiting.patience import USUAL, Patience, patience_of
from ..waiting.retry import Retry


@attrs.frozen(kw_only=True)
class SendOptions:
    """
    Options for sending calls.

    Attributes:
        priority: Whether somebody waits for them.
        patience: How long anything may hold one.
        timeouts: How long its requests may take.
        retry: How often they are repeated.
        language: Language of translated tags and error texts.
    """

    priority: Priority = "interactive"
    patience: Patience = USUAL
    timeouts: Timeouts = attrs.field(factory=Timeouts)
    retry: Retry = attrs.field(factory=Retry)
    language: str = "en"

    def __attrs_post_init__(self) -> None:
        if self.priority not in ("interactive", "bulk"):
            msg = f"priority: must be interactive or bulk, not {self.priority!r}"
            raise InvalidArgument(msg)
        if not self.language.isascii() or not self.language.isprintable():
            msg = "language: must be as in an Accept-Language header, such as en or ja"
            raise InvalidArgument(msg)


def options_of(
    patience: float | None, timeout: Timeouts | float | None, retry: Retry | None, language: str
) -> SendOptions:
    """
    Return the options of a session, as its caller gave them; None for what is usual.

    Raises:
        InvalidArgument: One of them makes no sense.
    """
    return SendOptions(
        patience=patience_of(patience, USUAL),
        timeouts=timeouts_of(timeout),
        retry=retry or Retry(),
        language=language,
    )


def timeouts_of(timeout: Timeouts | float | None) -> Timeouts:
    """Return the timeouts that a caller gave; a number of seconds is for each part."""
    if timeout is None:
        return Timeouts()
    if isinstance(timeout, Timeouts):
        return timeout
    return Timeouts(connect=timeout, read=timeout, write=timeout, total=timeout)


@functools.lru_cache(maxsize=64)
def unbounded(timeouts: Timeouts) -> Timeouts:
    """Return the options without a total timeout, for bodies that may be of any size."""
    return attrs.evolve(timeouts, total=None)

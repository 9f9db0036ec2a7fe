"""
What a client tells about its work: ``Pixiv(on_event=listener)``.

A call begins with `CallStarted` and ends with `CallFinished`; in between are its requests,
replies, retries, rate limits and renewals. A `Misfit` may come after it. No event holds a
credential.
"""

from __future__ import annotations

from ._core.events import (
    CallFinished,
    CallStarted,
    CredentialRenewed,
    Event,
    Listener,
    Misfit,
    RateLimitHit,
    ReplyReceived,
    RequestSent,
    Retrying,
)

__all__ = [
    "CallFinished",
    "CallStarted",
    "CredentialRenewed",
    "Event",
    "Listener",
    "Misfit",
    "RateLimitHit",
    "ReplyReceived",
    "RequestSent",
    "Retrying",
]

"""
Events of a client: ``Pixiv(on_event=listener)``.

A call begins with `CallStarted` and ends with `CallFinished`; in between are its requests,
replies, retries, rate limits and renewals; a `Misfit` may come after it. `LongWait` belongs to all
calls of an account. No event holds a credential.
"""

from __future__ import annotations

from ._core.basics.events import (
    CallFinished,
    CallStarted,
    CredentialRenewed,
    Event,
    Listener,
    LongWait,
    Misfit,
    RateLimitHit,
    ReplyReceived,
    RequestSent,
    Retrying,
    WaitReason,
)

__all__ = [
    "CallFinished",
    "CallStarted",
    "CredentialRenewed",
    "Event",
    "Listener",
    "LongWait",
    "Misfit",
    "RateLimitHit",
    "ReplyReceived",
    "RequestSent",
    "Retrying",
    "WaitReason",
]

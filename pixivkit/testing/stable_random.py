"""Numbers that look drawn and are always the same."""

from __future__ import annotations

import hashlib

__all__ = ["stable_random"]


def stable_random(*salt: object) -> int:
    """A number from 0 to 65535, always the same for the same *salt*."""
    words = " ".join(str(one) for one in salt)
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:2], "big")

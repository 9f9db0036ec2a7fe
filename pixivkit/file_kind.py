"""Detect the kind of a file from its first bytes."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

__all__ = ["HEAD_BYTES", "FileKind", "kind_of"]

FileKind: TypeAlias = Literal["jpeg", "png", "gif", "webp", "zip"]

HEAD_BYTES: Final = 12
"""How many of the first bytes `kind_of` needs."""


def kind_of(head: bytes) -> FileKind | None:
    """Return the kind of the file that starts with *head*; None for kinds pixiv does not serve."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return None

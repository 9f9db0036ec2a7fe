"""Headers about parts of files: what is asked for, and what the reply says it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

__all__ = ["ResumePoint", "content_length", "content_range", "request_headers", "validator"]

# Nothing has more bytes than fit into 18 digits, and Python does not read thousands of them.
_SIZE: Final = re.compile(r"[0-9]{1,18}")
_CONTENT_RANGE: Final = re.compile(
    r"bytes (?:(?P<first>[0-9]{1,18})-[0-9]{1,18}|\*)/(?P<size>[0-9]{1,18}|\*)"
)


@attrs.frozen
class ResumePoint:
    """
    How far a file has come, and which version of it.

    Attributes:
        offset: How many bytes are there.
        validator: What the server calls the version: a strong ETag or a date; empty for nothing.
        size: How many bytes the file has in all; None where that is not known.
    """

    offset: int = 0
    validator: str = ""
    size: int | None = None


def request_headers(
    identity: Mapping[str, str], resume_point: ResumePoint
) -> list[tuple[str, str]]:
    """The headers with which *identity* asks for what is missing after *resume_point*."""
    headers = [*identity.items(), ("Accept-Encoding", "identity")]
    if resume_point.offset:
        headers += [
            ("Range", f"bytes={resume_point.offset}-"),
            ("If-Range", resume_point.validator),
        ]
    return headers


def validator(headers: Mapping[str, str]) -> str:
    """What If-Range may hold: a strong ETag, or else the date of the last change."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def content_length(headers: Mapping[str, str]) -> int | None:
    """How long the body is; None where that is not said."""
    length = headers.get("content-length", "")
    return int(length) if _SIZE.fullmatch(length) else None


def content_range(headers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The first byte of the part and the size of the whole, each None where it is not said."""
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", ""))
    if match is None:
        return None, None
    size = None if match["size"] == "*" else int(match["size"])
    return (None if match["first"] is None else int(match["first"])), size

"""Build and read the headers of range requests."""

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
    The point that the download of a file can resume at: size and version.

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
    """Return the headers of *identity* with a range that starts at *resume_point*."""
    headers = [*identity.items(), ("Accept-Encoding", "identity")]
    if resume_point.offset:
        headers += [
            ("Range", f"bytes={resume_point.offset}-"),
            ("If-Range", resume_point.validator),
        ]
    return headers


def validator(headers: Mapping[str, str]) -> str:
    """Return the validator for If-Range: a strong ETag, or else the date of the last change."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def content_length(headers: Mapping[str, str]) -> int | None:
    """Return the length of the body; None where the headers do not say."""
    length = headers.get("content-length", "")
    return int(length) if _SIZE.fullmatch(length) else None


def content_range(headers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return the first byte of the range and the size of the file; None for what is missing."""
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", ""))
    if match is None:
        return None, None
    size = None if match["size"] == "*" else int(match["size"])
    return (None if match["first"] is None else int(match["first"])), size

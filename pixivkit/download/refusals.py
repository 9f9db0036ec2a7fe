"""Read the errors of image hosts."""

from __future__ import annotations

from collections.abc import Callable

from .._core.http.backend import HttpReply, HttpStream
from .._core.sending.classify import classify
from ..errors import ApiError, BlockedByCloudflare, PixivError, Restricted

__all__ = ["ENDPOINT", "read_refusal"]

ENDPOINT = "image"
"""What errors of downloads call their endpoint."""

_LONGEST_PAGE = 64 * 1024


async def read_refusal(received: HttpStream, now: Callable[[], float]) -> PixivError:
    """Return the error for a reply without a file; *now* returns the time."""
    page = bytearray()
    async for chunk in received.chunks:
        page += chunk
        if len(page) > _LONGEST_PAGE:
            await received.abandon()
            break
    status, headers = received.status, received.headers
    if status in (403, 503) and ("cf-mitigated" in headers or b"just a moment" in page.lower()):
        msg = "a challenge or block page came instead of a file"
        ray = headers.get("cf-ray", "")
        return BlockedByCloudflare(msg, endpoint=ENDPOINT, status=status, ray_id=ray)
    if status == 403:
        return Restricted("the image host refuses the file", endpoint=ENDPOINT, status=status)
    error = classify(ENDPOINT, HttpReply(status, headers, bytes(page)), now)
    if isinstance(error, PixivError):
        return error
    return ApiError("the image host sends no file", endpoint=ENDPOINT, status=status)

"""
Decode a reply: JSON, or the error it reports.

A pure function of status, headers and body. The texts decide before the status does, because
pixiv says an expired token with 400, a rate limit with 403 or 429, and errors with 200.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

import orjson

from ...errors import (
    AccountSuspended,
    ApiError,
    AuthError,
    BlockedByCloudflare,
    DecodeError,
    NotFound,
    PixivError,
    RateLimited,
    RefreshTokenInvalid,
    ServerError,
    UnexpectedHost,
)
from ..calls.error_body import ErrorTexts, api_error, error_texts
from ..declaration.reader import Reader
from ..http.backend import HttpReply

_CSRF = re.compile(r"csrf|token|不正なリクエスト", re.I)


def classify(
    endpoint: str, reply: HttpReply, now: Callable[[], float], reader: Reader | None = None
) -> object | PixivError:
    """
    Return the JSON of *reply*, or the error that it reports, to be raised.

    Args:
        endpoint: Name of the endpoint.
        reply: What came.
        now: Returns the time, in seconds since 1970: pixiv may name a date to wait for.
        reader: Finds the JSON in a page, where that is the answer.
    """
    if reader is not None and reply.status < 300:
        try:
            return reader.read(reply.content.decode("utf-8", "replace"))
        except ValueError:
            # What came in place of the page is read as ever.
            pass
    try:
        json: object = orjson.loads(reply.content)
    except orjson.JSONDecodeError:
        return _without_json(endpoint, reply, now)
    texts = error_texts(json)
    if reply.status < 300 and texts is None:
        return json
    return api_error(
        endpoint, reply.status, texts or ErrorTexts(), _retry_after(reply.headers, now)
    )


def renewal_helps(error: PixivError, *, csrf: bool) -> bool:
    """Whether a request that failed with *error* may succeed with a renewed credential."""
    if not isinstance(error, ApiError) or isinstance(
        error, RefreshTokenInvalid | AccountSuspended
    ):
        return False
    texts = f"{error.message} {error.user_message}"
    if csrf:
        return error.status in (400, 403) and bool(_CSRF.search(texts))
    return isinstance(error, AuthError) and (error.status == 401 or "invalid_grant" in texts)


def _without_json(endpoint: str, reply: HttpReply, now: Callable[[], float]) -> PixivError:
    status, headers = reply.status, reply.headers
    kind = headers.get("content-type", "")
    if 300 <= status < 400:
        msg = f"pixiv redirected the request ({status}); it was not followed"
        return UnexpectedHost(msg, endpoint=endpoint)
    if status == 429:
        return RateLimited(
            "Rate Limit",
            endpoint=endpoint,
            status=status,
            retry_after=_retry_after(headers, now),
        )
    if "html" in kind and _is_challenge(reply):
        msg = "a challenge or block page came instead of an answer"
        ray = headers.get("cf-ray", "")
        return BlockedByCloudflare(msg, endpoint=endpoint, status=status, ray_id=ray)
    if status >= 500:
        return ServerError("no JSON came", endpoint=endpoint, status=status)
    if status == 404:
        return NotFound("no JSON came", endpoint=endpoint, status=status)
    if status == 401 and not endpoint.startswith("oauth."):
        return AuthError("no JSON came", endpoint=endpoint, status=status)
    if status >= 400:
        return ApiError("no JSON came", endpoint=endpoint, status=status)
    # The body is not quoted: it may hold what must not be shown.
    problem = f"$: not JSON ({kind or 'no content type'}, {len(reply.content)} bytes)"
    return DecodeError([problem], endpoint=endpoint)


def _is_challenge(reply: HttpReply) -> bool:
    if reply.status in (403, 429) or "cf-mitigated" in reply.headers:
        return True
    page = reply.content[:4096].lower()
    return b"just a moment" in page or b"access blocked" in page or b"cf-error" in page


def _retry_after(headers: Mapping[str, str], now: Callable[[], float]) -> float | None:
    """Read the header Retry-After as seconds: a number, or a date (RFC 9110, 10.2.3)."""
    text = headers.get("retry-after", "")
    try:
        seconds = float(text)
    except ValueError:
        if (date := _date(text)) is None:
            return None
        # The server's own clock says how far away its date is.
        seconds = max(0.0, date - (_date(headers.get("date", "")) or now()))
    return seconds if 0 <= seconds < math.inf else None


def _date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None

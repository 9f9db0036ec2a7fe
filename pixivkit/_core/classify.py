"""
What a reply means: JSON, or the error it reports.

A pure function of status, headers and body. The words decide before the status does, because
pixiv says an expired token with 400, a rate limit with 403 or 429, and errors with 200.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, cast

import attrs
import orjson

from ..errors import (
    AccountSuspended,
    ApiError,
    AuthError,
    BlockedByCloudflare,
    DecodeError,
    EndpointGone,
    NotFound,
    OffsetLimit,
    PixivError,
    PremiumRequired,
    RateLimited,
    RefreshTokenInvalid,
    Restricted,
    ServerError,
    UnexpectedHost,
)
from .wire import WireReply

_OFFSET = re.compile(r"offset must be no more than", re.I)
_TOKEN = re.compile(r"oauth process|invalid_grant|invalid_request", re.I)
_CSRF = re.compile(r"csrf|token|不正なリクエスト", re.I)
_GONE = re.compile(r"end-?point does(n't| not) exist", re.I)
_ABSENT = re.compile(r"deleted|do(es)? not exist|not found|has left pixiv|存在し|削除され", re.I)
_RESTRICTED = re.compile(r"restricted|limited who can view|not allowed|閲覧できません", re.I)
_SUSPENDED = re.compile(r"suspended|\bbanned\b|アカウント.{0,12}(停止|凍結)", re.I)
_PREMIUM = re.compile(r"premium|プレミアム", re.I)


@attrs.frozen
class Words:
    """What a body says about its error."""

    message: str = ""
    user_message: str = ""
    reason: str = ""

    @property
    def all(self) -> str:
        return f"{self.message} {self.user_message} {self.reason}"


def classify(endpoint: str, reply: WireReply, now: Callable[[], float]) -> object | PixivError:
    """
    Return the JSON of *reply*, or the error that it stands for (to be raised).

    Args:
        endpoint: Name of the endpoint.
        reply: What came.
        now: Tells the time, in seconds since 1970: pixiv may name a date to wait for.
    """
    try:
        json: object = orjson.loads(reply.content)
    except orjson.JSONDecodeError:
        return _without_json(endpoint, reply, now)
    words = _words(json)
    if reply.status < 300 and words is None:
        return json
    return _error(endpoint, reply.status, words or Words(), _retry_after(reply.headers, now))


def refusal(endpoint: str, json: object) -> ApiError | None:
    """
    Return the error that a body reports which was stored without its status, None for an answer.

    Args:
        endpoint: Name of the endpoint it is from; empty where that is not known.
        json: The body, envelope included.
    """
    words = _words(json)
    return None if words is None else _error(endpoint, 0, words, None)


def _error(endpoint: str, status: int, words: Words, retry_after: float | None) -> ApiError:
    said: dict[str, Any] = {
        "endpoint": endpoint or None,
        "status": status,
        "user_message": words.user_message,
        "reason": words.reason,
        "retry_after": retry_after,
    }
    return _kind_of(endpoint, status, words.all)(words.message, **said)


def _kind_of(endpoint: str, status: int, words: str) -> type[ApiError]:
    if status == 429 or "rate limit" in words.lower():
        return RateLimited
    if endpoint.startswith("oauth."):
        return RefreshTokenInvalid if status in (400, 401) else (
            ServerError if status >= 500 else AuthError
        )  # fmt: skip
    if _OFFSET.search(words):
        return OffsetLimit
    if status < 500 and _SUSPENDED.search(words):
        return AccountSuspended
    if status == 401 or (status < 500 and _TOKEN.search(words)):
        return AuthError
    if _GONE.search(words):
        return EndpointGone
    if status >= 500:
        return ServerError
    if status == 404 or _ABSENT.search(words):
        return NotFound
    if _PREMIUM.search(words):
        return PremiumRequired
    if status == 403 or _RESTRICTED.search(words):
        return Restricted
    return ApiError


def renewal_helps(error: PixivError, *, csrf: bool) -> bool:
    """Whether a fresh credential may turn *error* into an answer."""
    if not isinstance(error, ApiError) or isinstance(
        error, RefreshTokenInvalid | AccountSuspended
    ):
        return False
    words = f"{error.message} {error.user_message}"
    if csrf:
        return error.status in (400, 403) and bool(_CSRF.search(words))
    return isinstance(error, AuthError) and (error.status == 401 or "invalid_grant" in words)


def _words(json: object) -> Words | None:
    """What *json* says about an error; None where it reports none."""
    if not isinstance(json, dict):
        return None
    fields = cast("dict[str, Any]", json)
    error = fields.get("error")
    if not error and "has_error" not in fields:
        return None
    if said := _object(error):
        return Words(_line(said, "message"), _line(said, "user_message"), _line(said, "reason"))
    if fields.get("has_error"):
        said = _object(_object(fields.get("errors")).get("system"))
        return Words(_line(said, "message"), "", f"{error or ''} {said.get('code', '')}".strip())
    if error:
        message = _line(fields, "message")
        return Words(message or (error if isinstance(error, str) else ""))
    return None


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _line(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _without_json(endpoint: str, reply: WireReply, now: Callable[[], float]) -> PixivError:
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


def _is_challenge(reply: WireReply) -> bool:
    if reply.status in (403, 429) or "cf-mitigated" in reply.headers:
        return True
    page = reply.content[:4096].lower()
    return b"just a moment" in page or b"access blocked" in page or b"cf-error" in page


def _retry_after(headers: Mapping[str, str], now: Callable[[], float]) -> float | None:
    """Seconds to wait, as the header Retry-After says: a number, or a date (RFC 9110, 10.2.3)."""
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

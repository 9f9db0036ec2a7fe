"""Read the error that the body of a reply reports, if any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast

import attrs

from ...errors import (
    AccountSuspended,
    ApiError,
    AuthError,
    DecodeError,
    EndpointGone,
    NotFound,
    OffsetLimit,
    PremiumRequired,
    RateLimited,
    RefreshTokenInvalid,
    Restricted,
    ServerError,
)
from ..basics.json_text import load_json
from ..declaration.reader import Reader

_OFFSET = re.compile(r"offset must be no more than", re.I)
_TOKEN = re.compile(r"oauth process|invalid_grant|invalid_request", re.I)
_GONE = re.compile(r"end-?point does(n't| not) exist", re.I)
_ABSENT = re.compile(r"deleted|do(es)? not exist|not found|has left pixiv|存在し|削除され", re.I)
_RESTRICTED = re.compile(r"restricted|limited who can view|not allowed|閲覧できません", re.I)
_SUSPENDED = re.compile(r"suspended|\bbanned\b|アカウント.{0,12}(停止|凍結)", re.I)
_PREMIUM = re.compile(r"premium|プレミアム", re.I)

_NOT_JSON: Final = object()


@attrs.frozen
class ErrorTexts:
    """The messages and the reason of the error in a body."""

    message: str = ""
    user_message: str = ""
    reason: str = ""

    @property
    def all(self) -> str:
        return f"{self.message} {self.user_message} {self.reason}"


def reported_error(endpoint: str, json: object) -> ApiError | None:
    """
    Return the error that a stored body, without its status, reports; None where it does not.

    Args:
        endpoint: Name of the endpoint it is from; empty where that is not known.
        json: The body, envelope included.
    """
    texts = error_texts(json)
    return None if texts is None else api_error(endpoint, 0, texts, None)


def load_reply(endpoint: str, body: object, reader: Reader | None = None) -> object:
    """
    Return the JSON of a stored body, or raise the error that it reports.

    Args:
        endpoint: Name of the endpoint it is from; empty where that is not known.
        body: The JSON, envelope included, or its text.
        reader: Finds the JSON in a page, where that is the answer.

    Raises:
        ApiError: It is an error of pixiv's.
        DecodeError: It is text, and not JSON.
    """
    json = _loaded(body, reader) if isinstance(body, str | bytes) else body
    if json is _NOT_JSON:
        # Raised here, so that it does not hang on an exception that holds the text.
        raise DecodeError(["$: not JSON"], endpoint=endpoint or None)
    if error := reported_error(endpoint, json):
        raise error
    return json


def _loaded(text: str | bytes, reader: Reader | None) -> object:
    try:
        return load_json(text)
    except ValueError:
        pass
    try:
        page = text if isinstance(text, str) else text.decode("utf-8", "replace")
        return _NOT_JSON if reader is None else reader.read(page)
    except ValueError:
        return _NOT_JSON


def api_error(
    endpoint: str, status: int, texts: ErrorTexts, retry_after: float | None
) -> ApiError:
    """Make the error for a reply with that status and those texts."""
    details: dict[str, Any] = {
        "endpoint": endpoint or None,
        "status": status,
        "user_message": texts.user_message,
        "reason": texts.reason,
        "retry_after": retry_after,
    }
    return _kind_of(endpoint, status, texts.all)(texts.message, **details)


def _kind_of(endpoint: str, status: int, texts: str) -> type[ApiError]:
    if status == 429 or "rate limit" in texts.lower():
        return RateLimited
    if endpoint.startswith("oauth."):
        return RefreshTokenInvalid if status in (400, 401) else (
            ServerError if status >= 500 else AuthError
        )  # fmt: skip
    if _OFFSET.search(texts):
        return OffsetLimit
    if status < 500 and _SUSPENDED.search(texts):
        return AccountSuspended
    if status == 401 or (status < 500 and _TOKEN.search(texts)):
        return AuthError
    if _GONE.search(texts):
        return EndpointGone
    if status >= 500:
        return ServerError
    if status == 404 or _ABSENT.search(texts):
        return NotFound
    if _PREMIUM.search(texts):
        return PremiumRequired
    if status == 403 or _RESTRICTED.search(texts):
        return Restricted
    return ApiError


def error_texts(json: object) -> ErrorTexts | None:
    """Return the texts of the error in *json*; None where it reports none."""
    if not isinstance(json, dict):
        return None
    fields = cast("dict[str, Any]", json)
    error = fields.get("error")
    if not error and "has_error" not in fields:
        return None
    if details := _object(error):
        return ErrorTexts(
            _line(details, "message"), _line(details, "user_message"), _line(details, "reason")
        )
    if fields.get("has_error"):
        details = _object(_object(fields.get("errors")).get("system"))
        return ErrorTexts(
            _line(details, "message"), "", f"{error or ''} {details.get('code', '')}".strip()
        )
    if error:
        message = _line(fields, "message")
        return ErrorTexts(message or (error if isinstance(error, str) else ""))
    return None


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _line(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""

"""What replies mean: bodies in pixiv's shapes, and the exact class of error each stands for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixivkit._core.http.backend import HttpReply
from pixivkit._core.sending.classify import classify, renewal_helps
from pixivkit.errors import (
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

APP, WEB, OAUTH = "app.illust.detail", "web.illust.detail", "oauth.auth.token_refresh"

JSON = "application/json"
HTML = "text/html; charset=UTF-8"

OAUTH_TEXT = (
    "Error occurred at the OAuth process. Please check your Access Token to fix this. "
    "Error Message: "
)


def now() -> float:
    return 1_790_000_000.0


def reply(
    status: int, body: object, kind: str = JSON, headers: dict[str, str] | None = None
) -> HttpReply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpReply(status, {"content-type": kind, **(headers or {})}, content)


def app_error(message: str = "", user_message: str = "", reason: str = "") -> dict[str, Any]:
    said = {"user_message": user_message, "message": message, "reason": reason}
    return {"error": {**said, "user_message_details": {}}}


def web_error(message: str, body: object = None) -> dict[str, Any]:
    return {"error": True, "message": message, "body": [] if body is None else body}


def oauth_error(message: str, error: str = "invalid_grant", code: int = 1508) -> dict[str, Any]:
    system = {"message": message, "code": code}
    return {"has_error": True, "errors": {"system": system}, "error": error}


CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
BLOCKED = b"<html><body><div id='cf-error-details'>You have been blocked</div></body></html>"
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
NO_SUCH_WORK = "該当作品は削除されたか、存在しない作品IDです。"
NO_END_POINT = "Specified end-point doesn't exist"
OFFSET_JSON = '{"offset":["offset must be no more than 5000"]}'
OFFSET_JSON_2020 = '{"offset":["Offset must be no more than 5000"]}'
GONE_USER = "User has left pixiv or the user ID does not exist."
GONE_WORK = "The artwork has been deleted or the artwork ID does not exist."

ERRORS: list[tuple[str, str, HttpReply, type[PixivError]]] = [
    ("rate limit 200", APP, reply(200, app_error("Rate Limit")), RateLimited),
    ("rate limit 400", APP, reply(400, app_error("Rate Limit")), RateLimited),
    ("rate limit 403", APP, reply(403, app_error("Rate Limit")), RateLimited),
    ("rate limit 429", APP, reply(429, app_error("Rate Limit")), RateLimited),
    ("rate limit, small letters", APP, reply(403, app_error("rate limit")), RateLimited),
    ("429 without words", APP, reply(429, app_error()), RateLimited),
    ("429 on the web", WEB, reply(429, web_error("Too many requests")), RateLimited),
    ("429 without JSON", WEB, reply(429, b"", HTML), RateLimited),
    ("429 of the token endpoint", OAUTH, reply(429, oauth_error("slow")), RateLimited),
    ("offset", APP, reply(400, app_error(OFFSET_JSON)), OffsetLimit),
    ("offset as in 2020", APP, reply(400, app_error(OFFSET_JSON_2020)), OffsetLimit),
    ("expired", APP, reply(400, app_error(f"{OAUTH_TEXT}invalid_grant")), AuthError),
    ("no token", APP, reply(400, app_error(f"{OAUTH_TEXT}invalid_request")), AuthError),
    ("401 on the app", APP, reply(401, app_error("")), AuthError),
    ("401 on the web", WEB, reply(401, web_error("ログインしてください")), AuthError),
    ("refresh token", OAUTH, reply(400, oauth_error("Invalid refresh token")),
     RefreshTokenInvalid),
    ("refused with 401", OAUTH, reply(401, oauth_error("x", "invalid_client")),
     RefreshTokenInvalid),
    ("old code", OAUTH, reply(400, oauth_error("The authorization code has expired", code=918)),
     RefreshTokenInvalid),
    ("token endpoint says no", OAUTH, reply(403, oauth_error("no")), AuthError),
    ("token endpoint is broken", OAUTH, reply(500, oauth_error("no")), ServerError),
    ("deleted work", APP, reply(404, app_error(user_message=GONE_WORK)), NotFound),
    ("user who left", APP, reply(404, app_error(user_message=GONE_USER)), NotFound),
    ("user who left, with 403", APP, reply(403, app_error(user_message=GONE_USER)), NotFound),
    ("404 without words", APP, reply(404, app_error()), NotFound),
    ("404 on the web", WEB, reply(404, web_error(NO_SUCH_WORK)), NotFound),
    ("404 without JSON", WEB, reply(404, b"<html>404</html>", HTML), NotFound),
    ("deleted, with 200", WEB, reply(200, web_error("The work was deleted.")), NotFound),
    ("end-point gone", APP, reply(404, app_error(user_message=NO_END_POINT)), EndpointGone),
    ("end-point gone, spelled out", APP,
     reply(404, app_error("Specified endpoint does not exist")), EndpointGone),
    ("restricted account", APP,
     reply(403, app_error(user_message="Your access is currently restricted.")), Restricted),
    ("limited to some", WEB,
     reply(400, web_error("The creator has limited who can view this content")), Restricted),
    ("403 without words", APP, reply(403, app_error()), Restricted),
    ("premium", APP, reply(403, app_error("This is for pixiv Premium members only")),
     PremiumRequired),
    ("premium in Japanese", WEB, reply(400, web_error("プレミアム会員限定の機能です")),
     PremiumRequired),
    ("web error with 200", WEB, reply(200, web_error("An unknown error occurred")), ApiError),
    ("web error without words", WEB, reply(200, web_error("", {})), ApiError),
    ("invalid request", APP, reply(400, app_error(user_message="Invalid request.")), ApiError),
    ("400 without an error", APP, reply(400, {}), ApiError),
    ("400 without JSON", APP, reply(400, b"Bad Request", "text/plain"), ApiError),
    ("500 with words", WEB, reply(500, web_error("General Error")), ServerError),
    ("503 with words of a token", APP, reply(503, app_error("invalid_grant")), ServerError),
    ("502 of a proxy", WEB, reply(502, BAD_GATEWAY, HTML), ServerError),
    ("504, empty", APP, reply(504, b"", ""), ServerError),
    ("challenge with 403", WEB, reply(403, CHALLENGE, HTML), BlockedByCloudflare),
    ("challenge with 503", WEB, reply(503, CHALLENGE, HTML), BlockedByCloudflare),
    ("challenge with 200", WEB, reply(200, CHALLENGE, HTML), BlockedByCloudflare),
    ("challenge by header", WEB, reply(503, b"<html>", HTML, {"cf-mitigated": "challenge"}),
     BlockedByCloudflare),
    ("block page", WEB, reply(503, BLOCKED, HTML), BlockedByCloudflare),
    ("challenge of the token endpoint", OAUTH, reply(403, CHALLENGE, HTML), BlockedByCloudflare),
    ("redirect", WEB, reply(302, b"", HTML, {"location": "https://attacker.example/"}),
     UnexpectedHost),
    ("empty 200", APP, reply(200, b""), DecodeError),
    ("truncated", APP, reply(200, b'{"illust": {"id": 1, "tit'), DecodeError),
    ("a page with 200", WEB, reply(200, b"<html>Welcome</html>", HTML), DecodeError),
    ("not UTF-8", APP, reply(200, b'{"title": "\xff\xfe"}'), DecodeError),
]  # fmt: skip


@pytest.mark.parametrize(
    ("endpoint", "answer", "kind"),
    [row[1:] for row in ERRORS],
    ids=[row[0] for row in ERRORS],
)
def test_an_error(endpoint: str, answer: HttpReply, kind: type[PixivError]) -> None:
    error = classify(endpoint, answer, now)
    assert isinstance(error, PixivError)
    assert type(error) is kind
    assert error.endpoint == endpoint
    if isinstance(error, ApiError):
        assert error.status == answer.status


@pytest.mark.parametrize(
    ("endpoint", "answer", "json"),
    [
        (APP, reply(200, {"illust": {"id": 1}}), {"illust": {"id": 1}}),
        (APP, reply(200, {}), {}),
        (APP, reply(200, {"error": None}), {"error": None}),
        (WEB, reply(200, {"error": False, "message": "", "body": []}), None),
        (WEB, reply(200, {"error": False, "message": "Rate Limit", "body": []}), None),
        (WEB, reply(200, []), []),
        (WEB, reply(200, {"error": False, "body": 1}, "text/html"), {"error": False, "body": 1}),
        (OAUTH, reply(200, {"has_error": False, "access_token": "x"}), None),
        (APP, reply(201, {"comment": {"error": True}}), None),
    ],
)
def test_an_answer(endpoint: str, answer: HttpReply, json: object) -> None:
    read = classify(endpoint, answer, now)
    assert not isinstance(read, PixivError)
    assert json is None or read == json


class TestWhatAnErrorSays:
    def test_both_messages_and_the_reason(self) -> None:
        answer = reply(403, app_error("machine text", "words for people", "a_reason"))
        error = classify(APP, answer, now)
        assert isinstance(error, Restricted)
        assert (error.message, error.user_message, error.reason) == (
            "machine text",
            "words for people",
            "a_reason",
        )
        assert str(error) == "app.illust.detail: 403 machine text"

    def test_the_words_for_people_where_there_are_no_others(self) -> None:
        error = classify(APP, reply(404, app_error(user_message="削除されました")), now)
        assert "削除されました" in str(error)

    def test_code_and_kind_of_an_oauth_error(self) -> None:
        error = classify(OAUTH, reply(400, oauth_error("Invalid refresh token")), now)
        assert isinstance(error, RefreshTokenInvalid)
        assert error.message == "Invalid refresh token"
        assert error.reason == "invalid_grant 1508"

    def test_the_ray_of_a_challenge(self) -> None:
        error = classify(WEB, reply(403, CHALLENGE, HTML, {"cf-ray": "8f1a-NRT"}), now)
        assert isinstance(error, BlockedByCloudflare)
        assert error.ray_id == "8f1a-NRT"

    def test_what_came_instead_of_json(self) -> None:
        error = classify(APP, reply(200, b"<html>Welcome</html>", HTML), now)
        assert isinstance(error, DecodeError)
        (problem,) = error.problems
        assert problem.startswith("$: not JSON (text/html; charset=UTF-8, 20 bytes")

    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("120", 120.0),
            ("0", 0.0),
            ("1.5", 1.5),
            ("-1", None),
            ("nan", None),
            ("inf", None),
            ("86400", 86400.0),
            ("604800", 604800.0),
            ("Mon, 21 Sep 2026 14:30:00 GMT", 1000.0),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
            ("Someday", None),
            ("", None),
        ],
    )
    @pytest.mark.parametrize("body", [app_error("Rate Limit"), b"<html>"])
    def test_how_long_to_wait(self, text: str, seconds: float | None, body: object) -> None:
        answer = reply(429, body, HTML, {"retry-after": text})
        error = classify(APP, answer, now)
        assert isinstance(error, RateLimited)
        assert error.retry_after == seconds

    def test_a_date_to_wait_for_is_seen_from_the_date_of_the_reply(self) -> None:
        headers = {
            "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT",
            "date": "Wed, 21 Oct 2026 07:27:30 GMT",
        }
        error = classify(APP, reply(429, app_error("Rate Limit"), HTML, headers), now)
        assert isinstance(error, RateLimited)
        assert error.retry_after == 30


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.sampled_from([APP, WEB, OAUTH]),
    st.integers(200, 599),
    st.one_of(
        st.binary(max_size=40),
        st.recursive(
            st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["error", "message", "body", "has_error", "errors", "system"]),
                    inner,
                )
            ),
        ),
    ),
    st.sampled_from([JSON, HTML, ""]),
)
def test_any_reply_is_json_or_an_error(
    endpoint: str, status: int, body: object, kind: str
) -> None:
    read = classify(endpoint, reply(status, body, kind), now)
    if status >= 300:
        assert isinstance(read, PixivError)
    if isinstance(read, PixivError):
        assert read.endpoint == endpoint
        assert str(read)


class TestRenewal:
    """When a fresh credential may turn the error into an answer."""

    @pytest.mark.parametrize(
        ("error", "csrf", "helps"),
        [
            (AuthError(f"{OAUTH_TEXT}invalid_grant", status=400), False, True),
            (AuthError("", status=401), False, True),
            (AuthError(f"{OAUTH_TEXT}invalid_request", status=400), False, False),
            (RefreshTokenInvalid("Invalid refresh token", status=400), False, False),
            (Restricted("no", status=403), False, False),
            (NotFound("no", status=404), False, False),
            (DecodeError(["$: not JSON"]), False, False),
            (ApiError("CSRF token is invalid", status=400), True, True),
            (Restricted("不正なリクエストです", status=403), True, True),
            (ApiError("the token has expired", status=500), True, False),
            (ApiError("General Error", status=400), True, False),
        ],
    )
    def test_helps(self, error: PixivError, csrf: bool, helps: bool) -> None:
        assert renewal_helps(error, csrf=csrf) is helps

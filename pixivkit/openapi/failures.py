"""Responses for the errors of each of pixiv's APIs."""

from __future__ import annotations

import attrs

from .schemas import Schema, ref

ERROR_SCHEMAS: dict[str, Schema] = {
    "AppError": {
        "type": "object",
        "description": "An error of the App API.",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "user_message": {
                        "type": "string",
                        "description": "For people, in the language of the request; may be empty.",
                    },
                    "message": {
                        "type": "string",
                        "description": (
                            "For programs; may be empty. `Rate Limit` for too many requests; an "
                            "expired token is called an error at the OAuth process."
                        ),
                    },
                    "reason": {"type": "string"},
                    "user_message_details": {
                        "description": "Texts about the fields of a form, by field.",
                        "anyOf": [{"type": "object"}, ref("EmptyObject")],
                    },
                },
                "additionalProperties": True,
            }
        },
        "required": ["error"],
        "additionalProperties": True,
    },
    "OAuthError": {
        "type": "object",
        "description": "An error of the token endpoint.",
        "properties": {
            "has_error": {"type": "boolean", "const": True},
            "errors": {
                "type": "object",
                "properties": {
                    "system": {
                        "type": "object",
                        "properties": {
                            "message": {"type": "string"},
                            "code": {"type": ["integer", "string", "null"]},
                        },
                        "additionalProperties": True,
                    }
                },
                "additionalProperties": True,
            },
            "error": {"type": "string", "examples": ["invalid_grant", "invalid_client"]},
        },
        "additionalProperties": True,
    },
    "WebError": {
        "type": "object",
        "description": "An error of the web API.",
        "properties": {
            "error": {"type": "boolean", "const": True},
            "message": {"type": "string", "description": "For people; may be empty."},
            "body": {
                "description": "Mostly empty.",
                "anyOf": [{"type": "object"}, {"type": "array", "items": {}}, {"type": "null"}],
            },
        },
        "required": ["error"],
        "additionalProperties": True,
    },
}


@attrs.frozen
class _Failure:
    """
    A status that is an error of an API.

    Attributes:
        name: What the response is called after the API, such as ``NotFound``.
        words: When it comes.
        says: Example bodies by name.
        page: Whether a page of HTML may come instead.
    """

    name: str
    words: str
    says: dict[str, Schema] = attrs.field(factory=dict[str, Schema])
    page: bool = False


def _app(message: str = "", user_message: str = "") -> Schema:
    return {
        "error": {
            "user_message": user_message,
            "message": message,
            "reason": "",
            "user_message_details": {},
        }
    }


def _web(message: str) -> Schema:
    return {"error": True, "message": message, "body": []}


def _oauth(message: str, error: str) -> Schema:
    system = {"message": message, "code": 1508}
    return {"has_error": True, "errors": {"system": system}, "error": error}


_TOKEN = (
    "Error occurred at the OAuth process. Please check your Access Token to fix this. "
    "Error Message: "
)
_LIMITED = "`Rate Limit`: too many requests. Wait as long as `Retry-After` says, or minutes."

_FAILURES: dict[str, dict[str, _Failure]] = {
    "App": {
        "400": _Failure(
            "BadRequest",
            "The access token is missing (`invalid_request`) or expired (`invalid_grant`: ask for "
            "another at `/auth/token`), or an argument is wrong: `message` is JSON text then.",
            {
                "token-expired": _app(_TOKEN + "invalid_grant"),
                "token-missing": _app(_TOKEN + "invalid_request"),
                "offset-too-large": _app('{"offset":["offset must be no more than 5000"]}'),
            },
        ),
        "403": _Failure(
            "Forbidden",
            "The account may not see it, or too many requests: `message` is `Rate Limit` then, "
            "as it was before 2026. Cloudflare's block pages are HTML.",
            {
                "restricted": _app(user_message="Your access is currently restricted."),
                "limited": _app("Rate Limit"),
            },
            page=True,
        ),
        "404": _Failure(
            "NotFound",
            "There is no such thing, or no longer.",
            {
                "work": _app(
                    user_message="The artwork has been deleted or the artwork ID does not exist."
                ),
                "user": _app(user_message="User has left pixiv or the user ID does not exist."),
                "endpoint": _app(user_message="Specified end-point doesn't exist"),
            },
        ),
        "429": _Failure("RateLimited", _LIMITED, {"limited": _app("Rate Limit")}, page=True),
        "5XX": _Failure("ServerError", "Trouble at pixiv: JSON or a proxy's page.", page=True),
        "default": _Failure("Error", "Any other error.", page=True),
    },
    "OAuth": {
        "400": _Failure(
            "BadRequest",
            "The refresh token or the code is not accepted, or a field is missing.",
            {
                "refresh-token": _oauth("Invalid refresh token", "invalid_grant"),
                "code": _oauth("The authorization code has expired", "invalid_grant"),
                "client": _oauth("Invalid client", "invalid_client"),
            },
        ),
        "default": _Failure(
            "Error", "Any other error; Cloudflare's block pages are HTML.", page=True
        ),
    },
    "Web": {
        "400": _Failure(
            "BadRequest",
            "An argument is wrong, or a write has no CSRF token.",
            {"csrf-missing": _web("不正なリクエストです: the CSRF token is missing.")},
        ),
        "401": _Failure(
            "Unauthorized",
            "There is no session, or it has ended.",
            {"no-session": _web("You are not logged in.")},
        ),
        "403": _Failure(
            "Forbidden",
            "The account may not see it, or the CSRF token or the Referer is wrong. Cloudflare's "
            "block pages are HTML.",
            {
                "csrf-wrong": _web("不正なリクエストです: the CSRF token is wrong."),
                "restricted": _web("Your access is currently restricted."),
            },
            page=True,
        ),
        "404": _Failure(
            "NotFound",
            "There is no such thing, or no longer.",
            {
                "work": _web("The artwork has been deleted or the artwork ID does not exist."),
                "user": _web("User has left pixiv or the user ID does not exist."),
                "endpoint": _web("Specified end-point doesn't exist"),
            },
        ),
        "429": _Failure("RateLimited", _LIMITED, {"limited": _web("Rate Limit")}, page=True),
        "5XX": _Failure("ServerError", "Trouble at pixiv: JSON or a proxy's page.", page=True),
        "default": _Failure(
            "Error",
            "Any other error. Now and then one comes with 200 and `error` true, so look at that "
            "first.",
            page=True,
        ),
    },
}

_API_OF_BASE = {"app": "App", "oauth": "OAuth", "web": "Web"}


def _response(api: str, failure: _Failure) -> Schema:
    json: Schema = {"schema": ref(f"{api}Error")}
    if failure.says:
        json["examples"] = {name: {"value": body} for name, body in failure.says.items()}
    content: Schema = {"application/json": json}
    if failure.page:
        content["text/html"] = {"schema": {"type": "string"}}
    return {"description": failure.words, "content": content}


ERROR_RESPONSES: dict[str, Schema] = {
    api + failure.name: _response(api, failure)
    for api, failures in _FAILURES.items()
    for failure in failures.values()
}
"""The responses of all APIs by name, such as ``AppNotFound``."""


def error_responses(base: str) -> dict[str, Schema]:
    """Return the error responses of the API *base* by status: references for pixiv's own."""
    if base not in _API_OF_BASE:
        return {"default": {"description": "An error of the host."}}
    api = _API_OF_BASE[base]
    return {
        status: {"$ref": f"#/components/responses/{api}{failure.name}"}
        for status, failure in _FAILURES[api].items()
    }

"""Responses for the errors of each of pixiv's APIs."""

from __future__ import annotations

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
            "has_error": {"const": True},
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
            "error": {"const": True},
            "message": {"type": "string", "description": "For people; may be empty."},
            "body": {
                "description": "Mostly empty.",
                "anyOf": [{"type": "object"}, {"type": "array"}, {"type": "null"}],
            },
        },
        "required": ["error"],
        "additionalProperties": True,
    },
}

_SAID = {
    "App": (
        "400 for an expired token (`invalid_grant` in the message) or an offset over 5000, 403 "
        "for what the account may not see, 403 or 429 with `Rate Limit` in the message for too "
        "many requests, 404 for what does not exist. Cloudflare's block pages are HTML."
    ),
    "OAuth": "400 for a refresh token or a code that is not accepted.",
    "Web": (
        "400, 401, 403, 404, 429 or 500; now and then 200 with `error` true, so look at that "
        "first. Cloudflare's block pages are HTML."
    ),
}

ERROR_RESPONSES: dict[str, Schema] = {
    f"{name}Error": {
        "description": words,
        "content": {"application/json": {"schema": ref(f"{name}Error")}},
    }
    for name, words in _SAID.items()
}

_OF_BASE = {"app": "AppError", "oauth": "OAuthError", "web": "WebError"}


def error_response(base: str) -> Schema:
    """Return the error response of the API *base*: a reference for pixiv's own."""
    if base not in _OF_BASE:
        return {"description": "An error of the host."}
    return {"$ref": f"#/components/responses/{_OF_BASE[base]}"}

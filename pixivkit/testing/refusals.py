"""What pixiv answers to what it refuses: the bodies and statuses of both APIs and of OAuth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from .._core.declaration.endpoint import Base

__all__ = ["Refusal", "app_error", "gone", "invalid", "not_found", "oauth_error", "web_error"]


class Refusal(Exception):
    """
    A reply that says no.

    Attributes:
        status: HTTP status.
        body: JSON values, or text of a page.
        headers: Headers to add.
    """

    def __init__(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers: dict[str, str] = headers or {}


def app_error(status: int, *, message: str = "", user_message: str = "") -> Refusal:
    """An error of the App API; *message* is for machines, *user_message* for people."""
    error: dict[str, object] = {
        "user_message": user_message,
        "message": message,
        "reason": "",
        "user_message_details": {},
    }
    return Refusal(status, {"error": error})


def web_error(status: int, message: str) -> Refusal:
    """An error of the web API."""
    return Refusal(status, {"error": True, "message": message, "body": []})


def oauth_error(message: str, code: int, error: str = "invalid_grant") -> Refusal:
    """An error of the token endpoint."""
    system = {"message": message, "code": code}
    return Refusal(400, {"has_error": True, "errors": {"system": system}, "error": error})


_OAUTH = (
    "Error occurred at the OAuth process. Please check your Access Token to fix this. "
    "Error Message: "
)

_ABSENT = {
    "work": "The artwork has been deleted or the artwork ID does not exist.",
    "user": "User has left pixiv or the user ID does not exist.",
    "comment": "The comment does not exist.",
    "draft": "The draft does not exist.",
    "upload": "The upload does not exist.",
    "series": "The series does not exist.",
    "bookmark": "The bookmark does not exist.",
    "notification": "The notification does not exist.",
}


def bearer_refused(error: str) -> Refusal:
    """No access token (``invalid_request``), or none that is good (``invalid_grant``)."""
    return app_error(400, message=_OAUTH + error)


def gone(base: Base) -> Refusal:
    """There is no such endpoint, or not with this method."""
    if base.envelope:
        return web_error(404, "Specified end-point doesn't exist")
    return app_error(404, user_message="Specified end-point doesn't exist")


def not_found(base: Base, what: str = "work") -> Refusal:
    """
    There is no such *what*.

    Args:
        base: The API that says so.
        what: ``work``, ``user``, ``comment``, ``draft``, ``upload``, ``series`` or ``bookmark``.
    """
    if base.envelope:
        return web_error(404, _ABSENT[what])
    return app_error(404, user_message=_ABSENT[what])


def forbidden(base: Base) -> Refusal:
    """It is somebody else's."""
    message = "Your access is currently restricted."
    if base.envelope:
        return web_error(403, message)
    return app_error(403, user_message=message)


def invalid(base: Base, problems: dict[str, list[str]]) -> Refusal:
    """Parameters that are missing, unknown or wrong, each with what is wrong about it."""
    if base.envelope:
        return web_error(400, "; ".join(text for texts in problems.values() for text in texts))
    return app_error(400, message=orjson.dumps(problems).decode())


def challenge() -> Refusal:
    """The page that stands in the way of what looks like a bot."""
    page = (
        "<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
        "<body>Checking the browser before accessing www.pixiv.net.</body></html>"
    )
    return Refusal(403, page, {"cf-mitigated": "challenge", "cf-ray": "8f00c0de0000fake-NRT"})

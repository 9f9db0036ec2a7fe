"""A transport without a network: a function answers, and every request is kept."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

import anyio.lowlevel
import attrs
import httpx
import orjson


@attrs.frozen
class Seen:
    """A request as it arrived."""

    method: str
    url: httpx.URL
    headers: httpx.Headers
    body: bytes

    @property
    def path(self) -> str:
        return self.url.path

    @property
    def bearer(self) -> str:
        """The access token it carries; empty for none."""
        return str(self.headers.get("authorization", "")).removeprefix("Bearer ")

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("ascii"), keep_blank_values=True))

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.url.query.decode("ascii"), keep_blank_values=True))


Answer: TypeAlias = Callable[[Seen], httpx.Response | Awaitable[httpx.Response]]


class ScriptedTransport:
    """
    Answers requests from a function, which may raise the exceptions of httpx.

    Attributes:
        seen: Every request, in the order of arrival.
        closed: Whether the client that used it is closed.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.seen: list[Seen] = []
        self.closed = False

    async def handle_async_request(self, request: Any) -> Any:
        body = await request.aread()
        seen = Seen(request.method, request.url, request.headers, body)
        self.seen.append(seen)
        # Others run while this one is on its way.
        await anyio.lowlevel.checkpoint()
        answer = self._answer(seen)
        reply = await answer if inspect.isawaitable(answer) else answer
        await anyio.lowlevel.checkpoint()
        return reply

    async def aclose(self) -> None:
        self.closed = True

    def to(self, path: str) -> list[Seen]:
        """The requests to *path*."""
        return [seen for seen in self.seen if seen.path == path]


def in_turn(*answers: httpx.Response | Exception) -> Answer:
    """Give the *answers* one after the other, and the last one for ever."""
    left = list(answers)

    def answer(_: Seen) -> httpx.Response:
        given = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given.status_code, headers=given.headers, content=given.content)

    return answer


def json_reply(
    body: object, status: int = 200, *, headers: dict[str, str] | None = None
) -> httpx.Response:
    """A reply with *body* as JSON."""
    sent = {"content-type": "application/json", **(headers or {})}
    return httpx.Response(status, headers=sent, content=orjson.dumps(body))


def html_reply(
    page: str, status: int = 200, *, headers: dict[str, str] | None = None
) -> httpx.Response:
    """A reply with a page."""
    sent = {"content-type": "text/html; charset=UTF-8", **(headers or {})}
    return httpx.Response(status, headers=sent, content=page.encode())


def app_error(message: str, status: int) -> httpx.Response:
    """An error as the App API spells it."""
    error = {"user_message": "", "message": message, "reason": "", "user_message_details": {}}
    return json_reply({"error": error}, status)


EXPIRED = (
    "Error occurred at the OAuth process. Please check your Access Token to fix this. "
    "Error Message: invalid_grant"
)


def expired() -> httpx.Response:
    """What the App API says about an access token that is not good."""
    return app_error(EXPIRED, 400)


def rate_limit(status: int = 403, *, headers: dict[str, str] | None = None) -> httpx.Response:
    """What the App API says to those who ask too often."""
    reply = app_error("Rate Limit", status)
    reply.headers.update(headers or {})
    return reply


def token_reply(
    access: str, *, refresh: str = "refresh-1", expires_in: int = 3600
) -> httpx.Response:
    """What the token endpoint gives."""
    grant = {
        "access_token": access,
        "expires_in": expires_in,
        "token_type": "bearer",
        "scope": "",
        "refresh_token": refresh,
        "user": {"id": "90000010", "name": "Rowan Field", "account": "rowan_field"},
    }
    return json_reply({**grant, "response": grant})


def token_refused() -> httpx.Response:
    """What the token endpoint says to a refresh token that is not good."""
    system = {"message": "Invalid refresh token", "code": 1508}
    body = {"has_error": True, "errors": {"system": system}, "error": "invalid_grant"}
    return json_reply(body, 400)


def illust_reply(seen: Seen) -> httpx.Response:
    """The work that ``/v1/illust/detail`` was asked for."""
    return json_reply({"illust": {"id": int(seen.query["illust_id"]), "title": "A quiet hill"}})


class TokenServer:
    """
    The App API and its token endpoint: it knows which access tokens are good.

    Attributes:
        valid: The access tokens that are good; each new one takes the place of all others.
        issued: How many it gave out.
        rotate: Whether each comes with a new refresh token.
    """

    def __init__(self, *valid: str, rotate: bool = False) -> None:
        self.valid = set(valid)
        self.issued = 0
        self.rotate = rotate

    def __call__(self, seen: Seen) -> httpx.Response:
        if seen.path == "/auth/token":
            self.issued += 1
            access = f"access-{self.issued}"
            self.valid = {access}
            refresh = f"refresh-{self.issued + 1}" if self.rotate else "refresh-1"
            return token_reply(access, refresh=refresh)
        return illust_reply(seen) if seen.bearer in self.valid else expired()


class Chunks(httpx.AsyncByteStream):
    """
    A body that is made while it is read.

    Attributes:
        given: How many chunks were read.
        closed: Whether the reader closed it.
    """

    def __init__(self, chunk: bytes, count: int) -> None:
        self._chunk = chunk
        self._count = count
        self.given = 0
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.given < self._count:
            self.given += 1
            await anyio.lowlevel.checkpoint()
            yield self._chunk

    async def aclose(self) -> None:
        self.closed = True

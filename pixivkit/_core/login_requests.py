"""The requests that credentials are renewed with; they carry none, and wait for no pace."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ..errors import (
    ApiError,
    AuthError,
    AuthUnavailable,
    BlockedByCloudflare,
    PixivError,
    RefreshTokenInvalid,
    TransportError,
)
from .call import Request
from .classify import classify
from .clock import Clock
from .encode import encode
from .events import Listener, RequestSent, announce
from .hosts import Hosts
from .profile import client_time_headers
from .wire import Carrier, WireRequest


@attrs.frozen(kw_only=True)
class LoginRequests:
    """Sends to the token endpoint, and fetches the page that the CSRF token is read from."""

    carrier: Carrier
    hosts: Hosts
    clock: Clock
    app_headers: Mapping[str, str]
    web_headers: Mapping[str, str]
    largest_reply: int
    listener: Listener | None

    async def token(self, request: Request) -> object:
        """
        Send *request* to the token endpoint, once.

        Raises:
            RefreshTokenInvalid: Pixiv refuses what the request offers.
            BlockedByCloudflare: A challenge or block page came instead of an answer.
            AuthUnavailable: There was no usable answer.
        """
        name = request.endpoint.name
        encoded = encode(request)
        headers = {
            **self.app_headers,
            **client_time_headers(self.clock.time()),
            "Content-Type": encoded.content_type,
        }
        url = self.hosts.url(request.endpoint.base) + encoded.target
        wire = WireRequest("POST", url, tuple(headers.items()), encoded.content)
        announce(RequestSent(call_id=0, endpoint=name, attempt=1), self.listener)
        try:
            read = classify(name, await self.carrier.exchange(wire, largest=self.largest_reply))
        except TransportError as exc:
            raise AuthUnavailable(f"no answer: {exc}", endpoint=name) from exc
        match read:
            case RefreshTokenInvalid() | BlockedByCloudflare():
                raise read
            case PixivError():
                status = read.status if isinstance(read, ApiError) else 200
                raise AuthUnavailable(read.message, endpoint=name, status=status) from read
            case _:
                return read

    async def page(self, session: Mapping[str, str]) -> str:
        """
        Fetch the front page of pixiv's site, with the headers of a *session*.

        Raises:
            AuthError: There was no page to read.
        """
        headers = {**self.web_headers, **session}
        wire = WireRequest("GET", f"{self.hosts.web}/", tuple(headers.items()))
        try:
            reply = await self.carrier.exchange(wire, largest=self.largest_reply)
        except TransportError as exc:
            raise AuthUnavailable(f"pixiv's page could not be read: {exc}") from exc
        if reply.status != 200:
            msg = "pixiv's page could not be read"
            raise AuthError(msg, status=reply.status)
        return reply.content.decode("utf-8", "replace")

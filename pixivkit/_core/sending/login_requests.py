"""Send the requests that renew credentials; they carry none, and wait for no pace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

import attrs

from ...errors import (
    ApiError,
    AuthUnavailable,
    BlockedByCloudflare,
    DecodeError,
    PixivError,
    RateLimited,
    RefreshTokenInvalid,
    TransportError,
    UnexpectedHost,
)
from ..account.hosts import Hosts
from ..account.profile import client_time_headers
from ..basics.clock import Clock
from ..basics.events import Listener, RequestSent, emit
from ..calls.encode import encode
from ..calls.request import Request
from ..declaration.endpoint import WEB
from ..http.backend import HttpBackend, HttpReply, HttpRequest, Timeouts
from .auth import AuthHeaders
from .classify import classify

PAGE: Final = "web.page"
"""What the page that the CSRF token is read from is called in errors."""

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_MOST_REDIRECTS: Final = 3
_SITE: Final = urlsplit(WEB.url).netloc


@attrs.frozen(kw_only=True)
class LoginRequests:
    """Sends to the token endpoint, and fetches the page that the CSRF token is read from."""

    backend: HttpBackend
    timeouts: Timeouts
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
            RateLimited: There were too many requests.
            AuthUnavailable: There was no usable answer.
        """
        name = request.endpoint.name
        emit(RequestSent(call_id=0, endpoint=name, attempt=1), self.listener)
        try:
            read = classify(name, await self._exchange(request), self.clock.time)
        except TransportError as exc:
            read = exc
        if not isinstance(read, PixivError):
            return read
        if isinstance(read, RefreshTokenInvalid | BlockedByCloudflare | RateLimited):
            raise read
        status = read.status if isinstance(read, ApiError) else 0
        raise AuthUnavailable(f"no answer: {read.message}", endpoint=name, status=status)

    async def _exchange(self, request: Request) -> HttpReply:
        encoded = encode(request)
        headers = {
            **self.app_headers,
            **client_time_headers(self.clock.time()),
            "Content-Type": encoded.content_type,
        }
        url = self.hosts.url(request.endpoint.base) + encoded.target
        sent = HttpRequest("POST", url, tuple(headers.items()), encoded.content)
        return await self.backend.exchange(sent, self.timeouts, self.largest_reply)

    async def page(self, session: AuthHeaders) -> str:
        """
        Fetch the front page of pixiv's site, as a browser does, with the headers of a *session*.

        A redirect to another page of the site, such as that of a language, is followed.

        Raises:
            PixivError: There was no page to read: the error that the reply stands for.
        """
        url = f"{self.hosts.web}/"
        for _ in range(_MOST_REDIRECTS):
            reply = await self._fetch(url, session)
            if reply.status not in _REDIRECTS:
                return self._read(reply)
            url = self._followed(url, reply.headers.get("location", ""))
        msg = "the front page of pixiv's site redirects again and again"
        raise UnexpectedHost(msg, endpoint=PAGE)

    async def _fetch(self, url: str, session: AuthHeaders) -> HttpReply:
        shown = {"Accept": "text/html,application/xhtml+xml", "Referer": f"{WEB.url}/"}
        headers = AuthHeaders({**self.web_headers, **shown, **session.headers})
        request = HttpRequest("GET", url, tuple(headers.headers.items()))
        return await self.backend.exchange(request, self.timeouts, self.largest_reply)

    def _read(self, reply: HttpReply) -> str:
        read = classify(PAGE, reply, self.clock.time)
        if isinstance(read, BlockedByCloudflare) or reply.status != 200:
            raise _as_error(read)
        page = reply.content.decode("utf-8", "replace")
        if not page.strip():
            raise _as_error(read)
        return page

    def _followed(self, url: str, location: str) -> str:
        """Return the target of a redirect; it has to be on the site."""
        asked = urlsplit(self.hosts.web)
        try:
            target = urlsplit(urljoin(url, location))
        except ValueError:
            target = None
        if not location or target is None or target.netloc not in (asked.netloc, _SITE):
            msg = "the front page of pixiv's site redirects to another host; it was not followed"
            raise UnexpectedHost(msg, endpoint=PAGE)
        query = f"?{target.query}" if target.query else ""
        return f"{self.hosts.web}{target.path.removeprefix(asked.path) or '/'}{query}"


def _as_error(read: object) -> PixivError:
    if isinstance(read, PixivError):
        return read
    return DecodeError(["$: expected a page, got JSON"], endpoint=PAGE)

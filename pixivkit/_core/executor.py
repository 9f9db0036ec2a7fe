"""
The one executor: every request of every endpoint goes through `Executor.send`.

It waits for the account's pace, attaches the credential, sends, reads what the reply means,
renews once where that helps, repeats what is safe to repeat, and returns JSON or raises.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import attrs

from ..errors import (
    ApiError,
    AuthError,
    AuthUnavailable,
    BlockedByCloudflare,
    ConnectionFailed,
    PixivError,
    RateLimited,
    RefreshTokenInvalid,
    ReplyTooLarge,
    ServerError,
    TransportError,
    UnexpectedHost,
)
from .auth import Grant, Strategy
from .call import ProgressCallback, Reply, Request
from .classify import classify, renewal_helps
from .clock import Clock
from .encode import Encoded, encode
from .endpoint import WEB, Auth, Endpoint
from .hosts import Hosts
from .multipart import MultipartBody, open_multipart
from .pace import Pacer
from .profile import client_time_headers
from .retry import Retry
from .wire import Carrier, WireReply, WireRequest

log = logging.getLogger("pixivkit")

_WORTH_REPEATING = (502, 503, 504)


@attrs.frozen(kw_only=True)
class Family:
    """What requests to one base have in common: credentials, pace, headers."""

    strategy: Strategy
    pacer: Pacer
    headers: Mapping[str, str]


@attrs.define
class _Tries:
    """What was already tried for one call."""

    sent: int = 0
    limited: int = 0
    renewed: bool = False


class Executor:
    """Sends requests; it knows bases and replies, and not a single endpoint."""

    def __init__(
        self,
        *,
        carrier: Carrier,
        families: Mapping[str, Family],
        hosts: Hosts,
        retry: Retry,
        clock: Clock,
        largest_reply: int,
    ) -> None:
        self._carrier = carrier
        self._families = families
        self._hosts = hosts
        self._retry = retry
        self._clock = clock
        self._largest = largest_reply

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
        interactive: bool = True,
    ) -> Reply:
        """
        Send *request* until it succeeds or may not be repeated.

        Raises:
            PixivError: What pixiv says, or why there is no answer.
        """
        encoded = encode(request)
        endpoint = request.endpoint
        async with AsyncExitStack() as files:
            multipart = None
            if endpoint.body == "multipart" and endpoint.method == "POST":
                multipart = await open_multipart(encoded, files, endpoint.name)
            try:
                return await self._send(endpoint, encoded, multipart, progress, interactive)
            except PixivError as exc:
                if exc.endpoint is None:
                    exc.endpoint = endpoint.name
                raise

    async def _send(
        self,
        endpoint: Endpoint,
        encoded: Encoded,
        multipart: MultipartBody | None,
        progress: ProgressCallback | None,
        interactive: bool,
    ) -> Reply:
        family = self._families[endpoint.base.name]
        base = self._hosts.url(endpoint.base.name)
        tries = _Tries()
        failure: PixivError
        while True:
            # Those without a login need not wait to hear it, and a token may expire in the queue.
            await family.strategy.grant(endpoint.auth)
            await family.pacer.turn(interactive=interactive)
            grant = await family.strategy.grant(endpoint.auth)
            tries.sent += 1
            outcome = await self._attempt(
                endpoint, self._wire(family, base, encoded, grant, multipart, progress)
            )
            if isinstance(outcome, WireReply):
                read = classify(endpoint.name, outcome)
                if not isinstance(read, PixivError):
                    family.pacer.succeeded()
                    host = urlsplit(base).netloc
                    return Reply(outcome.status, outcome.headers, read, host, tries.sent)
                failure = read
            else:
                failure = outcome
            replayable = multipart is None or multipart.replayable
            if not await self._again(endpoint, family, grant, failure, tries, replayable):
                raise failure

    async def _attempt(self, endpoint: Endpoint, wire: WireRequest) -> WireReply | TransportError:
        try:
            reply = await self._carrier.exchange(
                wire, largest=self._largest, bounded=endpoint.body != "multipart"
            )
        except TransportError as exc:
            log.debug("%s: %s", endpoint.name, exc, extra={"endpoint": endpoint.name})
            return exc
        log.debug(
            "%s: %d", endpoint.name, reply.status,
            extra={"endpoint": endpoint.name, "status": reply.status},
        )  # fmt: skip
        return reply

    async def _again(
        self,
        endpoint: Endpoint,
        family: Family,
        grant: Grant,
        failure: PixivError,
        tries: _Tries,
        replayable: bool,
    ) -> bool:
        """Prepare for another attempt after *failure*; return whether there is to be one."""
        connected = not isinstance(failure, ConnectionFailed)
        if isinstance(failure, RateLimited):
            pause = family.pacer.limited(failure.retry_after)
            failure.retry_after = pause
            tries.limited += 1
            log.info("%s: rate limit, pausing %.0f s", endpoint.name, pause)
            return replayable and tries.limited <= self._retry.rate_limits
        if connected and not replayable:
            return False
        csrf = endpoint.auth is Auth.CSRF
        if not tries.renewed and renewal_helps(failure, csrf=csrf):
            tries.renewed = True
            return await family.strategy.renew(grant)
        attempts = tries.sent - tries.limited - tries.renewed
        if attempts >= self._retry.attempts or not _passing(endpoint, failure, connected):
            return False
        await self._clock.sleep(self._retry.delay(attempts))
        return True

    def _wire(
        self,
        family: Family,
        base: str,
        encoded: Encoded,
        grant: Grant,
        multipart: MultipartBody | None,
        progress: ProgressCallback | None,
    ) -> WireRequest:
        headers = {**family.headers, **grant.headers}
        if encoded.referer:
            headers["Referer"] = encoded.referer
        url = base + encoded.target
        method = "GET" if encoded.content is None and multipart is None else "POST"
        if method == "POST" and "Cookie" in headers:
            headers["Origin"] = WEB.url
        if multipart is None:
            if encoded.content_type:
                headers["Content-Type"] = encoded.content_type
            return WireRequest(method, url, list(headers.items()), encoded.content)
        headers["Content-Type"] = multipart.content_type
        if multipart.size is not None:
            headers["Content-Length"] = str(multipart.size)
        return WireRequest(method, url, list(headers.items()), multipart.stream(progress))

    async def send_token_request(self, request: Request) -> object:
        """
        Send *request* to the token endpoint, once, without credentials or pace.

        Raises:
            RefreshTokenInvalid: Pixiv refuses what the request offers.
            AuthUnavailable: There was no usable answer.
        """
        name = request.endpoint.name
        encoded = encode(request)
        family = self._families[request.endpoint.base.name]
        headers = {
            **family.headers,
            **client_time_headers(self._clock.time()),
            "Content-Type": encoded.content_type,
        }
        url = self._hosts.url(request.endpoint.base.name) + encoded.target
        wire = WireRequest("POST", url, list(headers.items()), encoded.content)
        try:
            read = classify(name, await self._carrier.exchange(wire, largest=self._largest))
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

    async def fetch_page(self, headers: Mapping[str, str]) -> str:
        """
        Fetch the front page of pixiv's site, with the *headers* of a session.

        Raises:
            AuthError: There was no page to read.
        """
        sent = {**self._families["web"].headers, **headers}
        wire = WireRequest("GET", f"{self._hosts.web}/", list(sent.items()))
        try:
            reply = await self._carrier.exchange(wire, largest=self._largest)
        except TransportError as exc:
            raise AuthUnavailable(f"pixiv's page could not be read: {exc}") from exc
        if reply.status != 200:
            msg = "pixiv's page could not be read"
            raise AuthError(msg, status=reply.status)
        return reply.content.decode("utf-8", "replace")


def _passing(endpoint: Endpoint, failure: PixivError, connected: bool) -> bool:
    """Whether *failure* may be gone at the next attempt, and the request is safe to repeat."""
    if isinstance(failure, TransportError):
        if isinstance(failure, ReplyTooLarge | UnexpectedHost):
            return False
        return endpoint.idempotent or not connected
    return (
        endpoint.idempotent
        and isinstance(failure, ServerError)
        and failure.status in _WORTH_REPEATING
    )

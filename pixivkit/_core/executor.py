"""
The one executor: every request of every endpoint goes through `Executor.send`.

It waits for the account's pace, attaches the credential, sends, reads what the reply means,
renews once where that helps, repeats what is safe to repeat, and returns JSON or raises.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import AsyncIterable, Mapping
from contextlib import AsyncExitStack
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

import attrs

from ..errors import (
    ConnectionFailed,
    DecodeError,
    PixivError,
    RateLimited,
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
from .events import (
    CallFinished,
    CallStarted,
    CredentialRenewed,
    Event,
    Listener,
    RateLimitHit,
    ReplyReceived,
    RequestSent,
    Retrying,
    announce,
    log,
)
from .hosts import Hosts
from .multipart import MultipartBody, open_multipart
from .pace import Pacer
from .retry import Retry
from .wire import Carrier, WireReply, WireRequest

FOREIGN: Final = ""
"""Name of the family of bases that are not pixiv's own: endpoints that a program declares."""

Pairs: TypeAlias = tuple[tuple[str, str], ...]

_WORTH_REPEATING = (500, 502, 503, 504)


@attrs.define(eq=False, kw_only=True)
class Family:
    """What requests to one base have in common: credentials, pace, headers."""

    strategy: Strategy
    pacer: Pacer
    headers: Mapping[str, str]
    _granted: Mapping[str, str] | None = attrs.field(default=None, init=False, repr=False)
    _spelled: Pairs = attrs.field(default=(), init=False, repr=False)

    def headers_with(self, grant: Grant) -> Pairs:
        """The headers of a request that carries *grant*."""
        if grant.headers != self._granted:
            self._granted = grant.headers
            self._spelled = tuple({**self.headers, **grant.headers}.items())
        return self._spelled


@attrs.frozen
class _Route:
    """What all requests to one endpoint have in common."""

    family: Family
    base: str
    host: str
    multipart: bool


@attrs.define(eq=False)
class _Flight:
    """One call under way: what is sent, and what was already tried."""

    call_id: int
    endpoint: Endpoint
    route: _Route
    encoded: Encoded
    progress: ProgressCallback | None
    interactive: bool
    rate_limits: int
    told: bool
    multipart: MultipartBody | None = None
    sent: int = 0
    limited: int = 0
    renewed: bool = False

    @property
    def replayable(self) -> bool:
        """Whether the body can be sent once more."""
        return self.multipart is None or self.multipart.replayable

    def wire(self, grant: Grant) -> WireRequest:
        """The request, complete with the credentials of *grant*."""
        method, encoded, multipart = self.endpoint.method, self.encoded, self.multipart
        headers: dict[str, str] = {}
        content: bytes | AsyncIterable[bytes] | None = encoded.content
        if encoded.referer:
            headers["Referer"] = encoded.referer
        if method == "POST" and "Cookie" in grant.headers:
            headers["Origin"] = WEB.url
        if multipart is not None:
            headers["Content-Type"] = multipart.content_type
            if multipart.size is not None:
                headers["Content-Length"] = str(multipart.size)
            content = multipart.stream(self.progress)
        elif encoded.content_type:
            headers["Content-Type"] = encoded.content_type
        common = self.route.family.headers_with(grant)
        url = self.route.base + encoded.target
        return WireRequest(method, url, (*common, *headers.items()), content)


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
        listener: Listener | None = None,
    ) -> None:
        self._carrier = carrier
        self._families = families
        self._hosts = hosts
        self._retry = retry
        self._clock = clock
        self._largest = largest_reply
        self._listener = listener
        self._numbers = itertools.count(1)
        self._routes: dict[Endpoint, _Route] = {}

    async def send(
        self,
        request: Request,
        *,
        progress: ProgressCallback | None = None,
        interactive: bool = True,
        rate_limits: int | None = None,
    ) -> Reply:
        """
        Send *request* until it succeeds or may not be repeated.

        Args:
            request: What to send.
            progress: Called while a body is sent, with the bytes so far.
            interactive: Whether somebody waits for it; false queues behind those that do.
            rate_limits: How many rate limits to wait out, if not as many as `Retry` says.

        Raises:
            PixivError: What pixiv says, or why there is no answer.
        """
        endpoint = request.endpoint
        route = self._routes.get(endpoint) or self._find_route(endpoint)
        flight = _Flight(
            next(self._numbers),
            endpoint,
            route,
            encode(request),
            progress,
            interactive,
            self._retry.rate_limits if rate_limits is None else rate_limits,
            self._listener is not None or log.isEnabledFor(logging.INFO),
        )
        try:
            if route.multipart:
                return await self._fly_with_files(flight)
            if flight.told:
                return await self._fly_announced(flight)
            return await self._fly(flight)
        except PixivError as exc:
            exc.endpoint = exc.endpoint or endpoint.name
            raise

    def _find_route(self, endpoint: Endpoint) -> _Route:
        family = self._families.get(endpoint.base.name, self._families[FOREIGN])
        base = self._hosts.url(endpoint.base)
        multipart = endpoint.body == "multipart" and endpoint.method == "POST"
        route = self._routes[endpoint] = _Route(family, base, urlsplit(base).netloc, multipart)
        return route

    async def _fly_with_files(self, flight: _Flight) -> Reply:
        """Fly with the files of the body open."""
        async with AsyncExitStack() as files:
            name = flight.endpoint.name
            flight.multipart = await open_multipart(flight.encoded, files, name)
            return await self._fly_announced(flight)

    async def _fly_announced(self, flight: _Flight) -> Reply:
        """Fly, and tell how it began and ended."""
        began = self._clock.monotonic()
        self._tell(flight, CallStarted)
        error: PixivError | None = None
        cancelled = True
        try:
            reply = await self._fly(flight)
            cancelled = False
            return reply
        except PixivError as exc:
            error, cancelled = exc, False
            exc.endpoint = exc.endpoint or flight.endpoint.name
            raise
        finally:
            seconds = self._clock.monotonic() - began
            self._tell(
                flight,
                CallFinished,
                attempts=flight.sent,
                seconds=seconds,
                error=error,
                cancelled=cancelled,
            )

    async def _fly(self, flight: _Flight) -> Reply:
        route, auth = flight.route, flight.endpoint.auth
        strategy, pacer = route.family.strategy, route.family.pacer
        while True:
            grant = strategy.ready(auth)
            if grant is None or not pacer.may_go():
                # Those without a login need not wait to hear it, and a token may expire in the
                # queue.
                await strategy.grant(auth)
                await pacer.turn(interactive=flight.interactive)
                grant = await strategy.grant(auth)
            flight.sent += 1
            outcome = await self._attempt(flight, grant)
            if isinstance(outcome, WireReply):
                read = classify(flight.endpoint.name, outcome)
                if not isinstance(read, PixivError):
                    pacer.succeeded()
                    return Reply(outcome.status, outcome.headers, read, route.host, flight.sent)
                failure = read
            else:
                failure = outcome
            if not await self._again(flight, grant, failure):
                raise failure

    async def _attempt(self, flight: _Flight, grant: Grant) -> WireReply | TransportError:
        began = 0.0
        if flight.told:
            self._tell(flight, RequestSent, attempt=flight.sent)
            began = self._clock.monotonic()
        try:
            reply = await self._carrier.exchange(
                flight.wire(grant), largest=self._largest, bounded=flight.multipart is None
            )
        except TransportError as exc:
            return exc
        if flight.told:
            self._tell(
                flight,
                ReplyReceived,
                attempt=flight.sent,
                status=reply.status,
                size=len(reply.content),
                seconds=self._clock.monotonic() - began,
            )
        return reply

    async def _again(self, flight: _Flight, grant: Grant, failure: PixivError) -> bool:
        """Prepare for another attempt after *failure*; return whether there is to be one."""
        connected = not isinstance(failure, ConnectionFailed)
        if isinstance(failure, RateLimited):
            pause = flight.route.family.pacer.limited(failure.retry_after)
            failure.retry_after = pause
            flight.limited += 1
            self._tell(flight, RateLimitHit, pause=pause)
            return flight.replayable and flight.limited <= flight.rate_limits
        if connected and not flight.replayable:
            return False
        csrf = flight.endpoint.auth is Auth.CSRF
        if not flight.renewed and renewal_helps(failure, csrf=csrf):
            flight.renewed = True
            renewed = await flight.route.family.strategy.renew(grant)
            self._tell(flight, CredentialRenewed, renewed=renewed)
            return renewed
        attempts = flight.sent - flight.limited - flight.renewed
        if attempts >= self._retry.attempts or not _passing(flight.endpoint, failure, connected):
            return False
        delay = self._retry.delay(attempts)
        self._tell(flight, Retrying, attempt=flight.sent, delay=delay, error=failure)
        await self._clock.sleep(delay)
        return True

    def _tell(self, flight: _Flight, kind: type[Event], **fields: Any) -> None:
        if flight.told:
            event = kind(call_id=flight.call_id, endpoint=flight.endpoint.name, **fields)
            announce(event, self._listener)


def _passing(endpoint: Endpoint, failure: PixivError, connected: bool) -> bool:
    """Whether *failure* may be gone at the next attempt, and the request is safe to repeat."""
    if isinstance(failure, TransportError):
        if isinstance(failure, ReplyTooLarge | UnexpectedHost):
            return False
        return endpoint.idempotent or not connected
    if isinstance(failure, DecodeError):
        # No JSON at all: an empty body, or one that was cut off on its way.
        return endpoint.idempotent
    return (
        endpoint.idempotent
        and isinstance(failure, ServerError)
        and failure.status in _WORTH_REPEATING
    )

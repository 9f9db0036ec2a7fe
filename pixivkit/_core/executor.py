"""
The one executor: every request of every endpoint goes through `Executor.send`.

It waits for the account's pace, attaches the credential, sends, reads what the reply means,
renews once where that helps, repeats what is safe to repeat, and returns JSON or raises.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any, Final
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

_WORTH_REPEATING = (500, 502, 503, 504)


@attrs.frozen(kw_only=True)
class Family:
    """What requests to one base have in common: credentials, pace, headers."""

    strategy: Strategy
    pacer: Pacer
    headers: Mapping[str, str]


@attrs.define(kw_only=True)
class _Flight:
    """One call under way: what is sent, and what was already tried."""

    call_id: int
    endpoint: Endpoint
    family: Family
    base: str
    encoded: Encoded
    multipart: MultipartBody | None
    progress: ProgressCallback | None
    interactive: bool
    rate_limits: int
    sent: int = 0
    limited: int = 0
    renewed: bool = False

    @property
    def replayable(self) -> bool:
        """Whether the body can be sent once more."""
        return self.multipart is None or self.multipart.replayable

    def wire(self, grant: Grant) -> WireRequest:
        """The request, complete with the credentials of *grant*."""
        headers = {**self.family.headers, **grant.headers}
        encoded, multipart = self.encoded, self.multipart
        if encoded.referer:
            headers["Referer"] = encoded.referer
        if self.endpoint.method == "POST" and "Cookie" in headers:
            headers["Origin"] = WEB.url
        url = self.base + encoded.target
        if multipart is None:
            if encoded.content_type:
                headers["Content-Type"] = encoded.content_type
            content: Any = encoded.content
        else:
            headers["Content-Type"] = multipart.content_type
            if multipart.size is not None:
                headers["Content-Length"] = str(multipart.size)
            content = multipart.stream(self.progress)
        return WireRequest(self.endpoint.method, url, list(headers.items()), content)


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
        encoded = encode(request)
        async with AsyncExitStack() as files:
            multipart = None
            if endpoint.body == "multipart" and endpoint.method == "POST":
                multipart = await open_multipart(encoded, files, endpoint.name)
            flight = _Flight(
                call_id=next(self._numbers),
                endpoint=endpoint,
                family=self._families.get(endpoint.base.name, self._families[FOREIGN]),
                base=self._hosts.url(endpoint.base),
                encoded=encoded,
                multipart=multipart,
                progress=progress,
                interactive=interactive,
                rate_limits=self._retry.rate_limits if rate_limits is None else rate_limits,
            )
            return await self._announced(flight)

    async def _announced(self, flight: _Flight) -> Reply:
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
            if exc.endpoint is None:
                exc.endpoint = flight.endpoint.name
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
        endpoint, family = flight.endpoint, flight.family
        while True:
            # Those without a login need not wait to hear it, and a token may expire in the queue.
            await family.strategy.grant(endpoint.auth)
            await family.pacer.turn(interactive=flight.interactive)
            grant = await family.strategy.grant(endpoint.auth)
            flight.sent += 1
            outcome = await self._attempt(flight, grant)
            if isinstance(outcome, WireReply):
                read = classify(endpoint.name, outcome)
                if not isinstance(read, PixivError):
                    family.pacer.succeeded()
                    host = urlsplit(flight.base).netloc
                    return Reply(outcome.status, outcome.headers, read, host, flight.sent)
                failure = read
            else:
                failure = outcome
            if not await self._again(flight, grant, failure):
                raise failure

    async def _attempt(self, flight: _Flight, grant: Grant) -> WireReply | TransportError:
        self._tell(flight, RequestSent, attempt=flight.sent)
        began = self._clock.monotonic()
        try:
            reply = await self._carrier.exchange(
                flight.wire(grant), largest=self._largest, bounded=flight.multipart is None
            )
        except TransportError as exc:
            return exc
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
            pause = flight.family.pacer.limited(failure.retry_after)
            failure.retry_after = pause
            flight.limited += 1
            self._tell(flight, RateLimitHit, pause=pause)
            return flight.replayable and flight.limited <= flight.rate_limits
        if connected and not flight.replayable:
            return False
        csrf = flight.endpoint.auth is Auth.CSRF
        if not flight.renewed and renewal_helps(failure, csrf=csrf):
            flight.renewed = True
            renewed = await flight.family.strategy.renew(grant)
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
        if self._listener is not None or log.isEnabledFor(logging.INFO):
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

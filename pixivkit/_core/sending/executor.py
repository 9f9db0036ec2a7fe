"""
The executor: every request of every endpoint goes through `Executor.send`.

It waits for the account's pace, attaches the credential, sends, reads what the reply means,
renews once where that helps, repeats what is safe to repeat, and returns JSON or raises.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import AsyncIterable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import attrs

from ...errors import (
    AuthError,
    ConnectionFailed,
    DecodeError,
    OutcomeUnknown,
    PixivError,
    RateLimited,
    TransportError,
    UnexpectedHost,
)
from ..account.hosts import Hosts
from ..account.profile import client_time_headers
from ..basics.clock import Clock
from ..basics.events import (
    CallFinished,
    CallStarted,
    CredentialRenewed,
    Listener,
    ReplyReceived,
    RequestSent,
    log,
)
from ..calls.encode import Encoded, encode
from ..calls.request import ProgressCallback, Reply, Request
from ..declaration.endpoint import WEB, Auth, Base, Endpoint
from ..http.backend import HttpBackend, HttpReply, HttpRequest
from ..waiting.attempts import Attempts
from ..waiting.long_waits import LongWaits
from ..waiting.pace import Pacer
from ..waiting.patience import WaitBudget
from ..waiting.retry import may_pass
from .auth import Authenticator, AuthHeaders, Renewed
from .classify import classify, renewal_helps
from .multipart import MultipartBody, open_multipart
from .send_options import SendOptions, unbounded

Pairs: TypeAlias = tuple[tuple[str, str], ...]


@attrs.define(eq=False, kw_only=True)
class ApiSession:
    """
    State that requests to one base share.

    Attributes:
        authenticator: Who gives their credentials.
        pacer: Their pace.
        headers: What they carry beside the credentials, given a language.
        are_timed: Whether they say when they were made, as those of the apps do.
    """

    authenticator: Authenticator
    pacer: Pacer
    headers: Callable[[str], Mapping[str, str]]
    are_timed: bool = False
    _spelled_for: tuple[AuthHeaders | None, str] = attrs.field(
        default=(None, ""), init=False, repr=False
    )
    _spelled: Pairs = attrs.field(default=(), init=False, repr=False)

    def headers_with(self, auth: AuthHeaders, language: str) -> Pairs:
        """Return the headers of a request with the credentials of *auth*."""
        known, spoken = self._spelled_for
        if auth is not known or language != spoken:
            self._spelled_for = auth, language
            self._spelled = tuple({**self.headers(language), **auth.headers}.items())
        return self._spelled


@attrs.frozen
class _Route:
    """Data that all requests to one endpoint share."""

    endpoint: Endpoint
    api_session: ApiSession
    base: str
    host: str
    multipart: bool


@attrs.define(eq=False)
class _CallState(Attempts):
    """
    The state of one call: its attempts, and what is sent.

    Attributes:
        multipart: The body, where it is one with files.
        renewed: Whether a credential was renewed for it.
    """

    route: _Route
    encoded: Encoded
    options: SendOptions
    progress: ProgressCallback | None
    multipart: MultipartBody | None = None
    renewed: bool = False

    @property
    def replayable(self) -> bool:
        """Whether the body can be sent once more."""
        return self.multipart is None or self.multipart.replayable

    def http_request(self, auth: AuthHeaders, clock: Clock) -> HttpRequest:
        """Return the request to send, complete with the credentials of *auth*."""
        method, encoded, multipart = self.route.endpoint.method, self.encoded, self.multipart
        api_session = self.route.api_session
        headers: dict[str, str] = {}
        if api_session.are_timed:
            headers.update(client_time_headers(clock.time()))
        content: bytes | AsyncIterable[bytes] | None = encoded.content
        if encoded.referer:
            headers["Referer"] = encoded.referer
        if method == "POST" and self.route.endpoint.base == WEB and "Cookie" in auth.headers:
            headers["Origin"] = WEB.url
        if multipart is not None:
            headers["Content-Type"] = multipart.content_type
            if multipart.size is not None:
                headers["Content-Length"] = str(multipart.size)
            content = multipart.stream(self.progress)
        elif encoded.content_type:
            headers["Content-Type"] = encoded.content_type
        common = api_session.headers_with(auth, self.options.language)
        url = self.route.base + encoded.target
        return HttpRequest(method, url, (*common, *headers.items()), content)


class Executor:
    """Sends requests; it knows bases and replies, and not a single endpoint."""

    def __init__(
        self,
        *,
        backend: HttpBackend,
        api_session_of: Callable[[Base], ApiSession],
        hosts: Hosts,
        clock: Clock,
        largest_reply: int,
        retry_waits: LongWaits,
        listener: Listener | None,
    ) -> None:
        self._backend = backend
        self._api_session_of = api_session_of
        self._hosts = hosts
        self._clock = clock
        self._largest = largest_reply
        self._listener = listener
        self._retry_waits = retry_waits
        self._numbers = itertools.count(1)
        self._routes: dict[Endpoint, _Route] = {}

    async def send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """
        Send *request* until it succeeds, may not be repeated, or patience is over.

        Args:
            request: What to send.
            options: How.
            progress: Called while a body is sent, with the bytes so far.

        Raises:
            PixivError: What pixiv says, or why there is no answer.
            Exception: What a transport of the caller's raises that is not httpx's, or a callback
                or a file of theirs.
        """
        endpoint = request.endpoint
        route = self._routes.get(endpoint) or self._find_route(endpoint)
        call = _CallState(
            next(self._numbers),
            endpoint.name,
            options.retry,
            WaitBudget(options.patience, self._clock),
            route.api_session.pacer,
            self._clock,
            self._retry_waits,
            self._listener,
            self._listener is not None or log.isEnabledFor(logging.INFO),
            route,
            encode(request),
            options,
            progress,
        )
        try:
            if route.multipart:
                return await self._send_with_files(call)
            return await self._start(call)
        except PixivError as exc:
            exc.endpoint = exc.endpoint or endpoint.name
            raise

    def _find_route(self, endpoint: Endpoint) -> _Route:
        api_session = self._api_session_of(endpoint.base)
        base = self._hosts.url(endpoint.base)
        multipart = endpoint.body == "multipart" and endpoint.method == "POST"
        route = self._routes[endpoint] = _Route(
            endpoint, api_session, base, urlsplit(base).netloc, multipart
        )
        return route

    def _start(self, call: _CallState) -> Coroutine[Any, Any, Reply]:
        return self._send_observed(call) if call.observed else self._send_with_retries(call)

    async def _send_with_files(self, call: _CallState) -> Reply:
        """Send with the files of the body open."""
        async with AsyncExitStack() as files:
            call.multipart = await open_multipart(call.encoded, files, call.endpoint)
            return await self._start(call)

    async def _send_observed(self, call: _CallState) -> Reply:
        """Send, and emit events when the call starts and finishes."""
        began = self._clock.monotonic()
        call.emit(CallStarted)
        error: PixivError | None = None
        cancelled = True
        try:
            reply = await self._send_with_retries(call)
            cancelled = False
            return reply
        except PixivError as exc:
            error, cancelled = exc, False
            exc.endpoint = exc.endpoint or call.endpoint
            raise
        finally:
            seconds = self._clock.monotonic() - began
            call.emit(
                CallFinished,
                attempts=call.sent,
                seconds=seconds,
                error=error,
                cancelled=cancelled,
            )

    async def _send_with_retries(self, call: _CallState) -> Reply:
        route, auth = call.route, call.route.endpoint.auth
        authenticator, pacer = route.api_session.authenticator, route.api_session.pacer
        while True:
            headers = authenticator.ready(auth)
            if headers is None or not pacer.try_acquire():
                # Those without a login need not wait to hear it, and a token may expire in the
                # queue.
                await authenticator.authenticate(auth, call.budget)
                await pacer.acquire(call.options.priority, call.budget)
                headers = await authenticator.authenticate(auth, call.budget)
            call.sent += 1
            outcome = await self._attempt(call, headers)
            if isinstance(outcome, HttpReply):
                reader = route.endpoint.reader
                read = classify(call.endpoint, outcome, self._clock.time, reader)
                if not isinstance(read, PixivError):
                    pacer.on_success()
                    return Reply(outcome.status, outcome.headers, read, route.host, call.sent)
                failure = read
            else:
                failure = outcome
            if not await self._prepare_another(call, headers, failure):
                raise _final(route.endpoint, failure)

    async def _attempt(self, call: _CallState, headers: AuthHeaders) -> HttpReply | TransportError:
        began = 0.0
        if call.observed:
            call.emit(RequestSent, attempt=call.sent)
            began = self._clock.monotonic()
        timeouts = call.options.timeouts
        if call.multipart is not None:
            timeouts = unbounded(timeouts)
        try:
            reply = await self._backend.exchange(
                call.http_request(headers, self._clock), timeouts, self._largest
            )
        except TransportError as exc:
            cause = None if call.multipart is None else call.multipart.failure
            if cause is None or isinstance(cause, TransportError):
                return cause or exc
            # Some libraries tell of a broken connection, whatever broke it.
            raise cause from None
        if call.observed:
            call.emit(
                ReplyReceived,
                attempt=call.sent,
                status=reply.status,
                size=len(reply.content),
                seconds=self._clock.monotonic() - began,
            )
        return reply

    async def _prepare_another(
        self, call: _CallState, headers: AuthHeaders, failure: PixivError
    ) -> bool:
        """Prepare for another attempt after *failure*; return whether there is to be one."""
        endpoint = call.route.endpoint
        if isinstance(failure, RateLimited):
            return await call.prepare_another(failure, is_safe=call.replayable)
        if renewal_helps(failure, csrf=endpoint.auth is Auth.CSRF):
            return await self._renew(call, headers, failure) and call.replayable
        if not isinstance(failure, ConnectionFailed) and not call.replayable:
            return False
        is_safe = _is_safe_to_repeat(endpoint, failure)
        return await call.prepare_another(failure, is_safe=is_safe)

    async def _renew(self, call: _CallState, refused: AuthHeaders, failure: PixivError) -> bool:
        """Renew what was *refused*, once for a call; return whether there is another one now."""
        renewed = Renewed.NO
        if is_due := not call.renewed:
            renewed = await call.route.api_session.authenticator.renew(refused, call.budget)
            call.emit(CredentialRenewed, renewed=renewed is not Renewed.NO)
            call.renewed = renewed is Renewed.JUST_NOW
            call.free += 1
        if isinstance(failure, AuthError):
            failure.needs_login = is_due and renewed is Renewed.NO
        return renewed is not Renewed.NO


def _final(endpoint: Endpoint, failure: PixivError) -> PixivError:
    """Return the error for *failure*: `OutcomeUnknown` for a write that may have arrived."""
    arrived = isinstance(failure, TransportError | DecodeError)
    if (
        endpoint.idempotent
        or not arrived
        or isinstance(failure, ConnectionFailed | UnexpectedHost)
    ):
        return failure
    return OutcomeUnknown(f"{type(failure).__name__}: {failure.message}", endpoint=endpoint.name)


def _is_safe_to_repeat(endpoint: Endpoint, failure: PixivError) -> bool:
    if isinstance(failure, ConnectionFailed):
        return True
    return endpoint.idempotent and may_pass(failure)

"""
The one executor: every request of every endpoint goes through `Executor.send`.

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
    Event,
    Listener,
    RateLimitHit,
    ReplyReceived,
    RequestSent,
    Retrying,
    emit,
    log,
)
from ..calls.encode import Encoded, encode
from ..calls.request import ProgressCallback, Reply, Request
from ..declaration.endpoint import WEB, Auth, Base, Endpoint
from ..http.backend import HttpBackend, HttpReply, HttpRequest
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
    What requests to one base have in common.

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
        """The headers of a request that carries *auth*."""
        known, spoken = self._spelled_for
        if auth is not known or language != spoken:
            self._spelled_for = auth, language
            self._spelled = tuple({**self.headers(language), **auth.headers}.items())
        return self._spelled


@attrs.frozen
class _Route:
    """What all requests to one endpoint have in common."""

    api_session: ApiSession
    base: str
    host: str
    multipart: bool


@attrs.define(eq=False)
class _CallState:
    """
    One call under way: what is sent, and what was already tried.

    Attributes:
        observed: Whether anybody wants to know.
        multipart: The body, where it is one with files.
        sent: How many requests went out.
        free: How many of them do not count as attempts: pixiv refused them unread.
        renewed: Whether a credential was renewed for it.
    """

    call_id: int
    endpoint: Endpoint
    route: _Route
    encoded: Encoded
    options: SendOptions
    budget: WaitBudget
    progress: ProgressCallback | None
    observed: bool
    multipart: MultipartBody | None = None
    sent: int = 0
    free: int = 0
    renewed: bool = False

    @property
    def replayable(self) -> bool:
        """Whether the body can be sent once more."""
        return self.multipart is None or self.multipart.replayable

    def http_request(self, auth: AuthHeaders, clock: Clock) -> HttpRequest:
        """The request as it is sent now, complete with the credentials of *auth*."""
        method, encoded, multipart = self.endpoint.method, self.encoded, self.multipart
        api_session = self.route.api_session
        headers: dict[str, str] = {}
        if api_session.are_timed:
            headers.update(client_time_headers(clock.time()))
        content: bytes | AsyncIterable[bytes] | None = encoded.content
        if encoded.referer:
            headers["Referer"] = encoded.referer
        if method == "POST" and self.endpoint.base == WEB and "Cookie" in auth.headers:
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
        listener: Listener | None = None,
    ) -> None:
        self._backend = backend
        self._api_session_of = api_session_of
        self._hosts = hosts
        self._clock = clock
        self._largest = largest_reply
        self._listener = listener
        self._retry_waits = LongWaits("retry", clock, listener)
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
            endpoint,
            route,
            encode(request),
            options,
            WaitBudget(options.patience, self._clock),
            progress,
            self._listener is not None or log.isEnabledFor(logging.INFO),
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
            api_session, base, urlsplit(base).netloc, multipart
        )
        return route

    def _start(self, call: _CallState) -> Coroutine[Any, Any, Reply]:
        return self._send_observed(call) if call.observed else self._send_with_retries(call)

    async def _send_with_files(self, call: _CallState) -> Reply:
        """Send with the files of the body open."""
        async with AsyncExitStack() as files:
            call.multipart = await open_multipart(call.encoded, files, call.endpoint.name)
            return await self._start(call)

    async def _send_observed(self, call: _CallState) -> Reply:
        """Send, and tell how it began and ended."""
        began = self._clock.monotonic()
        self._emit(call, CallStarted)
        error: PixivError | None = None
        cancelled = True
        try:
            reply = await self._send_with_retries(call)
            cancelled = False
            return reply
        except PixivError as exc:
            error, cancelled = exc, False
            exc.endpoint = exc.endpoint or call.endpoint.name
            raise
        finally:
            seconds = self._clock.monotonic() - began
            self._emit(
                call,
                CallFinished,
                attempts=call.sent,
                seconds=seconds,
                error=error,
                cancelled=cancelled,
            )

    async def _send_with_retries(self, call: _CallState) -> Reply:
        route, auth = call.route, call.endpoint.auth
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
                reader = call.endpoint.reader
                read = classify(call.endpoint.name, outcome, self._clock.time, reader)
                if not isinstance(read, PixivError):
                    pacer.on_success()
                    return Reply(outcome.status, outcome.headers, read, route.host, call.sent)
                failure = read
            else:
                failure = outcome
            if not await self._prepare_another(call, headers, failure):
                raise _final(call.endpoint, failure)

    async def _attempt(self, call: _CallState, headers: AuthHeaders) -> HttpReply | TransportError:
        began = 0.0
        if call.observed:
            self._emit(call, RequestSent, attempt=call.sent)
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
            self._emit(
                call,
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
        if isinstance(failure, RateLimited):
            return self._wait_out_limit(call, failure)
        connected = not isinstance(failure, ConnectionFailed)
        if connected and not call.replayable:
            return False
        csrf = call.endpoint.auth is Auth.CSRF
        if not call.renewed and renewal_helps(failure, csrf=csrf):
            renewed = await call.route.api_session.authenticator.renew(headers, call.budget)
            self._emit(call, CredentialRenewed, renewed=renewed is not Renewed.NO)
            call.renewed = renewed is Renewed.JUST_NOW
            call.free += 1
            return renewed is not Renewed.NO
        attempts, retry = call.sent - call.free, call.options.retry
        if attempts >= retry.attempts or not _is_safe_to_repeat(call.endpoint, failure):
            return False
        await self._rest(call, retry.delay(attempts), failure)
        return True

    def _wait_out_limit(self, call: _CallState, failure: RateLimited) -> bool:
        """Stop the account for a while; return whether this call waits for the end of that."""
        pause = call.route.api_session.pacer.on_rate_limited(failure.retry_after)
        failure.retry_after = pause
        call.free += 1
        self._emit(call, RateLimitHit, pause=pause)
        return call.replayable and pause <= call.budget.for_trouble(self._clock.monotonic())

    async def _rest(self, call: _CallState, delay: float, failure: PixivError) -> None:
        call.budget.spend_on_retry(delay, failure, self._clock.monotonic())
        self._emit(call, Retrying, attempt=call.sent, delay=delay, error=failure)
        self._retry_waits.tell(delay, f"{call.endpoint.name} is tried again")
        await self._clock.sleep(delay)

    def _emit(self, call: _CallState, kind: type[Event], **fields: Any) -> None:
        if call.observed:
            event = kind(call_id=call.call_id, endpoint=call.endpoint.name, **fields)
            emit(event, self._listener)


def _final(endpoint: Endpoint, failure: PixivError) -> PixivError:
    """What is raised for *failure*: of a write that may have arrived nobody knows the outcome."""
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

"""The calls of a program that homes have in hand, and what these say of them meanwhile."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import anyio
import attrs

from .._core.basics.clock import Clock
from .._core.basics.events import (
    CallFinished,
    CallStarted,
    Event,
    Listener,
    RequestSent,
    emit,
    log,
)
from ..errors import PixivError
from .message_queue import Message

__all__ = ["CallUnderWay", "CallsUnderWay", "OnProgress"]

OnProgress: TypeAlias = Callable[[Any], None]
"""Called with the progress that a home tells, of the type that the two have agreed on."""

_LEVELS: Final = (logging.DEBUG, logging.INFO, logging.WARNING)


@attrs.define(eq=False)
class CallUnderWay:
    """
    A call, or a file, that a home has in hand.

    Attributes:
        ticket: Its number, which the home names it by.
        on_progress: Called with its progress.
        heard: The number of the last message of it.
        started: How it began, where that is known.
        began: When.
        requests: How many were sent.
        failure: What its callback raised, which ends it.
        scope: What waits for the home.
    """

    ticket: int
    on_progress: OnProgress | None
    heard: int = 0
    started: CallStarted | None = None
    began: float = 0.0
    requests: int = 0
    failure: Exception | None = None
    scope: anyio.CancelScope = attrs.field(factory=anyio.CancelScope)

    @property
    def has_progress(self) -> bool:
        """Whether somebody wants to know how far it is."""
        return self.on_progress is not None

    def progress(self, content: object) -> None:
        """Call the callback; what it raises ends the call."""
        if self.on_progress is None or self.failure is not None:
            return
        try:
            self.on_progress(content)
        except Exception as exc:
            self.failure = exc
            self.scope.cancel()


class CallsUnderWay:
    """
    The calls of a session that homes have in hand: it tells what happens to each, in its order.

    Args:
        listener: Gets the events.
        clock: The clock.
    """

    def __init__(self, listener: Listener | None, clock: Clock) -> None:
        self._listener = listener
        self._clock = clock
        self._tickets = itertools.count(1)
        self._calls: dict[int, CallUnderWay] = {}

    @property
    def level(self) -> int:
        """The lowest level of events that somebody wants to know of."""
        if self._listener is not None:
            return logging.NOTSET
        return next((one for one in _LEVELS if log.isEnabledFor(one)), logging.CRITICAL)

    @contextmanager
    def add(self, on_progress: OnProgress | None) -> Generator[CallUnderWay]:
        """
        Tell of a call as long as the block lasts, which asks a home once.

        A call that began has ended after it, whatever became of the home.

        Args:
            on_progress: Called with its progress; what it raises ends the block, and is raised.
        """
        call = CallUnderWay(next(self._tickets), on_progress)
        self._calls[call.ticket] = call
        error: PixivError | None = None
        cancelled = True
        try:
            with call.scope:
                yield call
            if call.failure is not None:
                raise call.failure
            cancelled = False
        except PixivError as exc:
            error, cancelled = exc, False
            raise
        finally:
            del self._calls[call.ticket]
            self._finish(call, error, cancelled)

    def hear(self, messages: Iterable[Message]) -> None:
        """Tell what a home says: events to the listener and the log, progress to its callback."""
        for message in messages:
            call = self._calls.get(message.ticket)
            if call is not None and message.number > call.heard:
                call.heard = message.number
                self._tell(call, message.content)
            elif message.ticket == 0 and isinstance(message.content, Event):
                emit(message.content, self._listener)

    def _tell(self, call: CallUnderWay, content: object) -> None:
        if not isinstance(content, Event):
            call.progress(content)
            return
        if isinstance(content, CallStarted):
            call.started, call.began = content, self._clock.monotonic()
        elif isinstance(content, RequestSent):
            call.requests += 1
        elif isinstance(content, CallFinished):
            call.started = None
        emit(content, self._listener)

    def _finish(self, call: CallUnderWay, error: PixivError | None, cancelled: bool) -> None:
        """End a call whose home did not, because it died or because nobody waits for it."""
        if (started := call.started) is None:
            return
        if error is not None:
            error.endpoint = error.endpoint or started.endpoint
        finished = CallFinished(
            call_id=started.call_id,
            endpoint=started.endpoint,
            account=started.account,
            node=started.node,
            attempts=call.requests,
            seconds=self._clock.monotonic() - call.began,
            error=error,
            cancelled=cancelled,
        )
        emit(finished, self._listener)

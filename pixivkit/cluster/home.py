"""The home of an account: the one place in a cluster that sends its requests."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import time
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Final, TypeVar

import anyio.to_thread

from .._core.basics.clock import SystemClock
from .._core.basics.events import log
from .._core.calls.request import Progress, Reply, Request
from .._core.declaration.endpoint import APP, WEB
from .._core.http.backend import HttpRequest, Timeouts
from .._core.sending.send_options import SendOptions
from ..account_choice import Pause, Pauses, is_of_the_account
from ..download.file import DownloadedFile
from ..download.progress import DownloadProgress, ProgressCounter
from ..errors import (
    AuthUnavailable,
    ClusterError,
    ConnectionFailed,
    InvalidArgument,
    OutcomeUnknown,
    PatienceExceeded,
    PixivError,
)
from . import engine
from .account import Account
from .answers import AccountReport, Answer, FileOrder, FileProgress, HomeSettings, Refused, Rest
from .head_contact import HeadContact
from .home_client import HomeClient, LazyClient, client_of
from .message_queue import Message
from .places import place_of
from .programs import InHand, Programs
from .streams import StreamHead, Streams

__all__ = ["Home", "home_name"]

T = TypeVar("T")

_BETWEEN_LOOKS: Final = 15.0
_TO_ANSWER: Final = 0.2


def home_name(account: str) -> str:
    """Return the name of the actor that is the home of an *account*."""
    return f"account:{account}"


class Home:
    """
    An actor that owns the client of an account: its login, pace, cookies and connections.

    What fails is returned and not raised, so that errors arrive as they are; Ray would print
    them. It leaves the cluster when nobody has used it for a while, or when the last program that
    used it says so.

    Args:
        account: The account.
        settings: How it reaches pixiv, and how long it stays.
    """

    def __init__(self, account: Account, settings: HomeSettings) -> None:
        self._account = account
        self._settings = settings
        self._pauses = Pauses()
        self._limited_before: dict[str, float] = {}
        self._client = LazyClient(self._made)
        self._background: set[asyncio.Task[None]] = set()
        self._streams = Streams()
        self._under_way = 0
        self._used_at = time.monotonic()
        self._is_leaving = False
        self._is_watched = False
        self._node = engine.node_name()
        self._contact = HeadContact(engine.is_node_alive, SystemClock())
        self._contact.keep()
        self._programs = Programs(account.name, self._node, settings.idle)
        _log_with_names(account.name, self._node)

    def __repr__(self) -> str:
        return f"pixivkit account {self._account.name}"

    async def join(
        self, user: str, account: Account, settings: HomeSettings, level: int, rest: Rest
    ) -> Answer[None]:
        """
        Let a program use this home; it may bring an account that is in order again.

        Args:
            user: A word that tells it from other programs.
            account: The account as it knows it.
            settings: The settings as it knows them.
            level: The lowest level of events that it wants to know of.
            rest: The rest that it knows of, from a home that may have died.
        """
        if self._is_leaving:
            return Answer(refused="leaving")
        if settings.hosts != self._settings.hosts:
            msg = f"the account {self._account.name} has a home in this cluster for other hosts"
            return Answer(result=InvalidArgument(msg))
        self._touch(user)
        self._programs.join(user, level)
        was_refused = any(one.seconds is None for one in self._shown_pauses().values())
        self._pauses.end_those_for_good()
        if was_refused and not account.has_login_of(self._account):
            self._account = account
            self._client.close()
        self._take_over(rest)
        return self._answer(None)

    def _take_over(self, rest: Rest) -> None:
        """Go on with what pixiv told the home before this one."""
        now = time.monotonic()
        self._pauses.take_over(rest.pauses, now)
        for api, seconds in rest.limited.items():
            before = self._limited_before.get(api, -math.inf)
            self._limited_before[api] = max(before, now + seconds)

    async def part(self, user: str) -> None:
        """Let a program go; without another the home leaves the cluster, as soon as it may."""
        self._programs.part(user)
        if not self._programs.are_there(time.monotonic()) and not self._rests():
            self._start(self._leave())

    async def ping(self) -> bool:
        """Return whether it takes calls."""
        return not self._is_leaving

    async def report(self, user: str) -> Answer[AccountReport]:
        """Return the state of the account."""
        if refused := self._refusal(user):
            return Answer(refused=refused)
        self._touch(user)
        report = AccountReport(
            name=self._account.name,
            node=self._node,
            process=os.getpid(),
            under_way=self._under_way,
            users=len(self._programs),
            paused=self._shown_pauses(),
            pace=dict(self._client.pace or {}),
        )
        return self._answer(report)

    async def messages(self, user: str, after: int, seconds: float) -> Answer[None]:
        """
        Wait until there is something that a program wants to know of, and say it.

        That it asks is no use of the home, which leaves all the same when nobody calls.

        Args:
            user: The program.
            after: The number of the last message that it has.
            seconds: How long to wait at most.
        """
        queue = self._programs.queue(user)
        if queue is None:
            return Answer(refused="unknown")
        messages = await queue.fetch(after, seconds)
        if self._is_leaving:
            return Answer(refused="leaving", messages=messages)
        return self._answer(None, messages=messages)

    async def send(
        self,
        user: str,
        request: Request,
        options: SendOptions,
        anyway: bool,
        ticket: int,
        with_progress: bool,
    ) -> Answer[Reply]:
        """
        Send a request as the account.

        Args:
            user: The program it is for.
            request: What to send.
            options: How.
            anyway: Whether it is sent as well while the account is paused.
            ticket: The number that the program gave the call.
            with_progress: Whether it wants to know how much of the body was sent.
        """
        api = request.endpoint.base.name
        began = time.monotonic()

        async def sent(in_hand: InHand) -> Reply:
            progress = in_hand.progress if with_progress else None
            return await (await self._client.opened()).send_with(request, options, progress)

        def learn(result: Reply | PixivError) -> None:
            if isinstance(result, Reply):
                self._pauses.end(api, began)
            elif _pauses_for_all(result):
                self._pauses.add(api, result, time.monotonic())

        if not anyway and self._pauses.until(api) > began:
            return self._answer(None, refused="paused")
        return await self._told(user, ticket, sent, learn)

    async def save(
        self, user: str, order: FileOrder, ticket: int, with_progress: bool
    ) -> Answer[list[DownloadedFile]]:
        """Save a file into the place that all nodes share; likewise `send`."""

        async def saved(in_hand: InHand) -> list[DownloadedFile]:
            def tell(progress: DownloadProgress) -> None:
                told = FileProgress(progress.source, Progress(progress.done, progress.size))
                in_hand.progress(told, about=told.name)

            counter = ProgressCounter(tell if with_progress else None)
            saver = (await self._client.opened()).saver_with(order.options)
            return await place_of(order.to).save(saver, order.download, counter)

        def learn(result: list[DownloadedFile] | PixivError) -> None:
            # Of calls for what the file is made of.
            if isinstance(result, PixivError) and _pauses_for_all(result):
                api = (result.endpoint or "").partition(".")[0]
                if api in (APP.name, WEB.name):
                    self._pauses.add(api, result, time.monotonic())

        return await self._told(user, ticket, saved, learn)

    async def _told(
        self,
        user: str,
        ticket: int,
        work: Callable[[InHand], Awaitable[T]],
        learn: Callable[[T | PixivError], None],
    ) -> Answer[T]:
        """Do *work* for a program, which is told of it meanwhile; *learn* from the result."""
        if self._is_leaving:
            return Answer(refused="leaving")
        in_hand = self._programs.begin(user, ticket)
        if in_hand is None:
            return Answer(refused="unknown")
        self._touch(user)
        try:
            result = await self._done(lambda: work(in_hand))
        finally:
            messages = in_hand.end()
        learn(result)
        return self._answer(result, messages=messages)

    async def write(self, user: str, to: str, name: str, content: bytes) -> Answer[None]:
        """Write a small file into the place that all nodes share."""
        return await self._answered(user, lambda: place_of(to).write(name, content))

    async def open_stream(
        self, user: str, request: HttpRequest, timeouts: Timeouts
    ) -> Answer[StreamHead]:
        """Ask an image host for a file that the program reads in pieces."""

        async def opened() -> StreamHead:
            backend = (await self._client.opened()).image_backend
            return await self._streams.open(backend, request, timeouts)

        return await self._answered(user, opened)

    async def piece(self, user: str, number: int) -> Answer[bytes]:
        """Return the next piece of such a file; empty after its end."""
        return await self._answered(user, lambda: self._streams.piece(number))

    async def close_stream(self, number: int) -> None:
        """Close the connection of such a file."""
        self._streams.close(number)

    async def _answered(self, user: str, work: Callable[[], Awaitable[T]]) -> Answer[T]:
        """Do *work* for a program that has joined, unless the home is leaving."""
        if refused := self._refusal(user):
            return Answer(refused=refused)
        self._touch(user)
        return self._answer(await self._done(work))

    def _refusal(self, user: str) -> Refused:
        """Return why nothing is done for a program; empty where it is."""
        if self._is_leaving:
            return "leaving"
        return "unknown" if self._programs.queue(user) is None else ""

    async def _done(self, work: Callable[[], Awaitable[T]]) -> T | PixivError:
        """Do *work*, and return what it brings or the error."""
        self._under_way += 1
        try:
            return await work()
        except PixivError as exc:
            if isinstance(exc, ConnectionFailed | AuthUnavailable) and self._contact.is_lost:
                # Another home may be there already, and pixiv has not seen this: it is sent again.
                return ClusterError(exc.message)
            return exc
        except Exception as exc:
            # Its words and the values in its frames may hold anything.
            msg = f"the home of {self._account.name} failed: {type(exc).__name__} at {_place(exc)}"
            return PixivError(msg)
        finally:
            self._under_way -= 1
            self._used_at = time.monotonic()

    def _answer(
        self,
        result: T | PixivError | None,
        refused: Refused = "",
        messages: tuple[Message, ...] = (),
    ) -> Answer[T]:
        return Answer(
            result=result,
            refused=refused,
            rest=Rest(pauses=self._shown_pauses(), limited=self._limited()),
            messages=messages,
        )

    def _limited(self) -> dict[str, float]:
        pace = self._client.pace
        if pace is None:
            now = time.monotonic()
            return {api: at - now for api, at in self._limited_before.items() if at > now}
        return {api: state.paused_for for api, state in pace.items() if state.paused_for > 0}

    def _rests(self) -> bool:
        """Whether pixiv wants the account to rest, which nobody else knows."""
        pauses = self._shown_pauses().values()
        return bool(self._limited()) or any(one.seconds is not None for one in pauses)

    def _shown_pauses(self) -> dict[str, Pause]:
        return self._pauses.shown(time.monotonic())

    def _made(self) -> HomeClient:
        limited, self._limited_before = self._limited(), {}
        client = client_of(self._account, self._settings, self._contact, self._programs.tell)
        client.pause(limited)
        return client

    def _touch(self, user: str) -> None:
        self._used_at = time.monotonic()
        self._programs.see(user, self._used_at)
        if not self._is_watched:
            self._is_watched = True
            self._start(self._leave_when_idle())

    async def _leave_when_idle(self) -> None:
        idle = self._settings.idle
        while not self._is_leaving:
            await asyncio.sleep(min(idle / 4, _BETWEEN_LOOKS))
            now = time.monotonic()
            self._programs.forget_idle(now)
            if not self._under_way and not self._rests() and now - self._used_at >= idle:
                await self._leave()

    async def _leave(self) -> None:
        """Take no more calls, close the connections, and end."""
        self._is_leaving = True
        self._client.close()
        self._programs.close()
        await asyncio.sleep(_TO_ANSWER)
        with contextlib.suppress(Exception):
            await anyio.to_thread.run_sync(engine.kill, home_name(self._account.name))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _place(exc: Exception) -> str:
    """Return the module and the line that raised *exc*."""
    frame = traceback.extract_tb(exc.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _pauses_for_all(error: object) -> bool:
    """Whether the *error* of one program's call concerns the account, and with it all others."""
    return (
        isinstance(error, PixivError)
        and is_of_the_account(error)
        and not isinstance(error, ClusterError | PatienceExceeded | OutcomeUnknown)
    )


def _log_with_names(account: str, node: str) -> None:
    """Let warnings say whose they are; programs log those of events themselves."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: not hasattr(record, "event"))
    whose = f"account {account} on {node}".replace("%", "%%")
    handler.setFormatter(logging.Formatter(f"pixivkit, {whose}: %(levelname)s: %(message)s"))
    log.addHandler(handler)
    log.propagate = False

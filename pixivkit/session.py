"""The base of clients and pools: namespaces of endpoints, and runs of many calls."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable, Coroutine, Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

import attrs
from anyio.abc import TaskGroup

from ._core.basics.clock import Clock
from ._core.basics.events import Listener
from ._core.calls.call import Call, Page, Pages, Prepared
from ._core.calls.cursor import decode_cursor
from ._core.calls.request import ProgressCallback, Reply, Request
from ._core.http.backend import Timeouts
from ._core.sending.send_options import SendOptions, timeouts_of
from ._core.waiting.lifetime import Lifetime
from ._core.waiting.long_waits import LongWaits
from ._core.waiting.pace import Pace, Pacer, Priority
from ._core.waiting.patience import ENDLESS, Patience, patience_of
from ._core.waiting.retry import Retry
from .bulk import Bulk, BulkCallback, gather
from .errors import PixivError

if TYPE_CHECKING:
    # Hundreds of models: each API is imported when it is first used.
    from .app import AppApi
    from .crawl import Crawl
    from .journal import Journal
    from .watch import Key, Watch
    from .web import WebApi

__all__ = ["Session"]

T = TypeVar("T")
Body = TypeVar("Body")
Item = TypeVar("Item")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")

_MADE_FOR_ONE_VIEW = ("app", "web", "crawl", "_fetcher")


class Session(ABC):
    """Base of `Pixiv`, `ClientPool` and `Cluster`, which calls are made with."""

    _clock: Clock
    _listener: Listener | None = None

    def __init__(self, options: SendOptions, lifetime: Lifetime) -> None:
        self._options = options
        self._lifetime = lifetime

    @cached_property
    def app(self) -> AppApi:
        """Endpoints of the App API, by resource: ``px.app.illust.detail(1)``."""
        from .app import AppApi

        return AppApi(self)

    @cached_property
    def web(self) -> WebApi:
        """Endpoints of the web API, by resource: ``px.web.user.detail(1)``."""
        from .web import WebApi

        return WebApi(self)

    def send(
        self, request: Request, *, progress: ProgressCallback | None = None
    ) -> Coroutine[Any, Any, Reply]:
        """
        Send a request and return the reply as JSON; awaiting a call does this for you.

        Args:
            request: What to send; every call has one.
            progress: Called while a body is sent, with the bytes so far.

        Raises:
            PixivError: Any of `pixivkit.errors`; the client was left.
        """
        self._check(request.endpoint.name)
        return self._send(request, self._options, progress)

    def _check(self, endpoint: str | None = None) -> None:
        """Raise where nothing can be sent: the client was left."""
        self._lifetime.check(endpoint)

    @abstractmethod
    def _send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Coroutine[Any, Any, Reply]:
        """Send a request with *options*."""

    def with_options(
        self,
        *,
        patience: float | None = None,
        timeout: Timeouts | float | None = None,
        retry: Retry | None = None,
        language: str | None = None,
        priority: Priority | None = None,
    ) -> Self:
        """
        Return a view of this client whose calls are sent in another way.

        It shares everything else with it: connections, credentials, pace. It costs next to
        nothing, may be made for a single call, and need not be entered.

            work = await px.with_options(patience=1.0).app.illust.detail(1)

        Args:
            patience: How many seconds anything may hold a call: see `Pixiv`.
            timeout: How long requests may take: `Timeouts`, or seconds for each of its parts.
            retry: How often requests are repeated.
            language: Language of translated tags and error texts, such as ``en`` or ``ja``.
            priority: ``interactive`` for calls that somebody waits for, ``bulk`` for those that
                let the others go first.

        Returns:
            The view; what is left out (None) is as it is here.

        Raises:
            InvalidArgument: A value makes no sense.
        """
        changes: dict[str, Any] = {
            "timeouts": None if timeout is None else timeouts_of(timeout),
            "retry": retry,
            "language": language,
            "priority": priority,
        }
        given = {name: value for name, value in changes.items() if value is not None}
        return self._view(patience, self._options.patience, **given)

    def _view(self, patience: float | None, otherwise: Patience = ENDLESS, **changes: Any) -> Self:
        """Return a view with *patience*, *otherwise* where that is None, and *changes*."""
        view = copy.copy(self)
        for name in _MADE_FOR_ONE_VIEW:
            vars(view).pop(name, None)
        held = patience_of(patience, otherwise)
        view._options = attrs.evolve(self._options, patience=held, **changes)
        return view

    def _for_run(self, patience: float | None) -> Self:
        """Return the view that sends the calls of a run; its patience is unlimited by default."""
        return self._view(patience, priority="bulk")

    def _pacer(self, pace: Pace | None, name: str) -> Pacer:
        """Return what keeps requests to *name* at a *pace*, and tells of long waits."""
        limits = LongWaits("rate limit", self._clock, self._listener)
        queue = LongWaits("queue", self._clock, self._listener)
        return Pacer(pace, self._clock, name, limits, queue)

    @abstractmethod
    async def aclose(self) -> None:
        """Close all connections."""

    @cached_property
    def crawl(self) -> Crawl:
        """Crawls of whole collections: works of a user, a tag to its end, rankings over days."""
        from .crawl import Crawl

        return Crawl(self._for_run)

    async def __aenter__(self) -> Self:
        await self._lifetime.enter()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        try:
            await self._lifetime.leave(exc)
        finally:
            await self.aclose()

    def _background(self, what: str) -> TaskGroup:
        """Return the task group for the workers of a run; *what* names the run in errors."""
        self._lifetime.check()
        tasks = self._lifetime.tasks
        if tasks is None:
            msg = f"{what} in the background of a client: use it inside `async with`"
            raise PixivError(msg)
        return tasks

    @overload
    def attach(self, value: Call[T]) -> Call[T]: ...
    @overload
    def attach(self, value: Pages[Body, Item]) -> Pages[Body, Item]: ...
    @overload
    def attach(self, value: Prepared[T]) -> Prepared[T]: ...
    def attach(self, value: Any) -> Any:
        """Return a call or pages of another client or process, attached to this client."""
        return attrs.evolve(value, sender=self)

    def call(self, name: str, /, **arguments: object) -> Call[Any] | Pages[Any, Any]:
        """
        Make a call by the *name* of its endpoint, such as ``app.illust.detail``.

        For programs that learn the name at run time; the result is untyped.

        Args:
            name: A name in the registry.
            arguments: The arguments of the endpoint, by name.

        Raises:
            InvalidArgument: No such endpoint, or a value that pixiv cannot accept.
            TypeError: The arguments do not fit its signature.
        """
        from .registry import find_endpoint

        endpoint = find_endpoint(name)
        request = Request(endpoint, endpoint.bind(**arguments))
        return Pages(request, self) if endpoint.paging else Call(request, self)

    def resume(self, cursor: str) -> Pages[Any, Any]:
        """
        Continue a list after the page of a cursor.

        Args:
            cursor: The `cursor` of that page, from this process or another.

        Returns:
            The rest of the list. Its types are those of the list that the cursor is from.

        Raises:
            InvalidArgument: It is no cursor, or one of an endpoint that no longer exists.
        """
        from .registry import REGISTRY

        return Pages(decode_cursor(cursor, REGISTRY), self)

    @overload
    def bulk(
        self,
        calls: Iterable[Call[T]] | AsyncIterable[Call[T]],
        *,
        limit: int = ...,
        ordered: bool = ...,
        stop_on: tuple[type[PixivError], ...] = ...,
        journal: Journal | Path | str | None = ...,
        progress: BulkCallback | None = ...,
        patience: float | None = ...,
    ) -> Bulk[T]: ...
    @overload
    def bulk(
        self,
        calls: Iterable[Call[T] | Pages[Body, Item]] | AsyncIterable[Call[T] | Pages[Body, Item]],
        *,
        limit: int = ...,
        ordered: bool = ...,
        stop_on: tuple[type[PixivError], ...] = ...,
        journal: Journal | Path | str | None = ...,
        progress: BulkCallback | None = ...,
        patience: float | None = ...,
    ) -> Bulk[T | Page[Body, Item]]: ...
    # What is left over is for mypy, to which a list of several kinds is one of what they share.
    @overload
    def bulk(
        self,
        calls: Iterable[Prepared[T]] | AsyncIterable[Prepared[T]],
        *,
        limit: int = ...,
        ordered: bool = ...,
        stop_on: tuple[type[PixivError], ...] = ...,
        journal: Journal | Path | str | None = ...,
        progress: BulkCallback | None = ...,
        patience: float | None = ...,
    ) -> Bulk[T]: ...
    def bulk(
        self,
        calls: Any,
        *,
        limit: int = 16,
        ordered: bool = False,
        stop_on: tuple[type[PixivError], ...] = (),
        journal: Journal | Path | str | None = None,
        progress: BulkCallback | None = None,
        patience: float | None = None,
    ) -> Bulk[Any]:
        """
        Send many calls, up to *limit* at once; no failure ends the run.

        Args:
            calls: What to send, also of several kinds (mypy knows them best in a tuple); taken one
                by one, when there is room for it. A list (`Pages`) among them is walked to its
                end.
            limit: How many are under way at once.
            ordered: Whether outcomes come in the order of the calls, instead of as they finish.
            stop_on: Errors that make going on senseless, such as `RefreshTokenInvalid`: the
                first of them is the last outcome.
            journal: Records what was done, with its result, in a `Journal` or the file of that
                name: after a crash, a run of the same calls sends only what is not recorded.
                Calls that change something are told apart when they are equal, and sent one at a
                time; one that a crash leaves in doubt has `OutcomeUnknown` as its outcome from
                then on, and is not sent again.
            progress: Called after each outcome, with the counts so far.
            patience: How many seconds anything may hold a call of the run; without end by
                default, whatever the patience of the client: a limit or an outage is waited out.

        Returns:
            An asynchronous iterator of an `Outcome` for each call, `Succeeded` with its value or
            `Failed` with its error; for a list, one for each page. Leave the loop when you like:
            what is under way is cancelled. Nothing is kept of outcomes that were handed out, and
            no more than a few times *limit* are ahead of you.

        Raises:
            PixivError: The client was not entered with ``async with``; when iterating, it was
                left before the run had ended.
        """
        return Bulk(
            self._for_run(patience),
            functools.partial(self._background, "bulk runs"),
            calls,
            limit=limit,
            ordered=ordered,
            stop_on=stop_on,
            journal=journal,
            progress=progress,
        )

    @overload
    async def gather(
        self,
        calls: tuple[Call[T1], Call[T2]],
        *,
        limit: int = ...,
        patience: float | None = ...,
    ) -> list[T1 | T2]: ...
    @overload
    async def gather(
        self,
        calls: tuple[Call[T1], Call[T2], Call[T3]],
        *,
        limit: int = ...,
        patience: float | None = ...,
    ) -> list[T1 | T2 | T3]: ...
    @overload
    async def gather(
        self, calls: Iterable[Call[T]], *, limit: int = ..., patience: float | None = ...
    ) -> list[T]: ...
    async def gather(
        self, calls: Iterable[Call[Any]], *, limit: int = 16, patience: float | None = None
    ) -> list[Any]:
        """
        Await many calls, up to *limit* at once.

        Args:
            calls: What to send; taken one by one, when there is room for it. Of several kinds,
                mypy knows the results best when they are in a tuple.
            limit: How many are under way at once.
            patience: How many seconds anything may hold one of them; without end by default,
                whatever the patience of the client.

        Returns:
            Their results, in the order of the calls.

        Raises:
            PixivError: The first failure, as it is; the other calls are cancelled.
        """
        return await gather(self._view(patience), calls, limit)

    def watch(
        self,
        pages: Pages[Any, Item] | Iterable[Pages[Any, Item]],
        *,
        every: dt.timedelta | float,
        state: str | os.PathLike[str] | None = None,
        backlog: bool = False,
        max_pages: int = 100,
        key: Callable[[Item], Key] | None = None,
        patience: float | None = None,
    ) -> Watch[Item]:
        """
        Hand out what appears in a list from now on, each item once, the oldest first.

            async for work in px.watch(px.app.illust.follow(), every=300, state="feed.json"):
                await px.download(work, "feed")

        The list is asked for again and again, behind the other calls of the account: one request
        each time, and more only where more is new. Limits and outages are waited out, and told as
        `LongWait`.

        A ranking is handed out once for each day, the first place first, when pixiv has published
        it, about noon in Japan; until then nothing is asked for. `Watch.found` says which day and
        place an item has. Days that passed while nobody watched are left out.

        Args:
            pages: The list: a feed, the works of a user, a search with the newest first, comments,
                notifications, a ranking without a date, or any other with the newest first. Or
                several, which are asked for in turn; what is in two of them comes from both.
            every: How long after a look the next one begins: a timedelta or seconds, 1 at least.
                Looks that were missed, while the machine slept or an item was in hand for long,
                are not made up for.
            state: A file to go on from after a restart, even after a crash: no item comes twice
                but the one in hand, and none is lost. It is made where there is none, and holds
                ids, of any number of lists of one account. None remembers nothing.
            backlog: Whether a list that is not known yet is handed out as it is there, up to
                *max_pages*, or only what appears after the first look.
            max_pages: How many pages of a list are read at most each time.
            key: Returns an int or str that tells an item from the others; by default its id.
            patience: How many seconds trouble may hold a request; without end by default.

        Returns:
            A `Watch`, which has no end. Leave it when you like.

        Raises:
            InvalidArgument: A value makes no sense, or what is new in the list cannot be told: it
                is not in order of time, begins at a later page, or has no ids.
            WatchError: When iterating: the file is in use, damaged, of something else, or cannot
                be written.
            PixivError: When iterating: pixiv refuses the list. Iterate again to go on.
        """
        from .watch.interval import seconds_of
        from .watch.page_reader import PageReader
        from .watch.watch import Watch
        from .watch.watched_list import WatchedList

        lists = pages if isinstance(pages, Iterable) else [pages]
        view = self._for_run(patience)
        waits = LongWaits("retry", self._clock, self._listener)
        reader = PageReader(view, self._clock, waits, view._options.patience.trouble)
        return Watch(
            [WatchedList.of(one, key) for one in lists], reader,
            every=seconds_of(every), state=state, backlog=backlog, max_pages=max_pages,
        )  # fmt: skip

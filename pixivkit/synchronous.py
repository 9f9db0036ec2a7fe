"""A client for scripts and notebooks, where nothing is awaited: `pixivkit.blocking`."""

from __future__ import annotations

import contextlib
import functools
import inspect
import types
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Coroutine, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from types import TracebackType
from typing import Any, Final, NoReturn, Self, TypeVar, cast, overload

from ._core.calls.request import ProgressCallback, Reply, Request
from ._core.running.loop_thread import Backend, LoopTask, LoopThread
from .client import Pixiv
from .errors import InvalidArgument, PixivError
from .pool import ClientPool
from .session import Session

__all__ = ["BlockingPixiv", "BlockingPool", "BlockingSession", "blocking"]

T = TypeVar("T")
B_co = TypeVar("B_co", bound="BlockingSession", covariant=True)

_END: Final = object()


class BlockingSession(Session):
    """
    What `blocking` makes of a client: the client itself, and three ways to wait for it.

    All that the client has is here as well, typed: calls are made as ever, and `run` sends them.
    It may be used from several threads at once; each waits for its own calls.
    """

    _loop: LoopThread

    def run(self, awaitable: Awaitable[T]) -> T:
        """
        Wait for a call, or anything else that can be awaited, and return its result.

            work = px.run(px.app.illust.detail(1))
            files = px.run(px.download(work, "pictures"))

        Ctrl-C cancels it, as leaving an ``async with`` does: no connection stays open and no file
        is half written. `KeyboardInterrupt` is raised when that is done.

        Args:
            awaitable: A call, or what an ``async def`` returns.

        Raises:
            PixivError: What awaiting it raises; the client was left; a callback of the client,
                such as ``progress=``, cannot wait for the client.
            TypeError: It cannot be awaited.
        """
        _check_awaitable(awaitable)
        try:
            return LoopTask(self._loop).call(lambda: awaitable, last=True)
        finally:
            if inspect.iscoroutine(awaitable) and _is_unused(awaitable):
                awaitable.close()

    def each(self, items: AsyncIterable[T]) -> Generator[T]:
        """
        Iterate over a list, a run, or anything else that goes with ``async for``.

            for work in px.each(px.app.search.illust("風景")):
            for outcome in px.each(px.bulk(px.app.illust.detail(n) for n in ids)):

        Items are asked for one at a time, when they are needed. When the loop is left, in
        whichever way, the iterable is closed.

        Args:
            items: What to iterate over; in one task, from its first item to its end.

        Raises:
            PixivError: While iterating: as in `run`.
            TypeError: It is no asynchronous iterable.
        """
        _check_iterable(items)
        return self._each(items)

    def _each(self, items: AsyncIterable[T]) -> Generator[T]:
        iterator: AsyncIterator[T] | None = None

        async def following() -> T | object:
            nonlocal iterator
            if iterator is None:
                iterator = aiter(items)
            return await anext(iterator, _END)

        async def close() -> None:
            aclose = getattr(iterator, "aclose", None)
            if aclose is not None:
                await aclose()

        task = LoopTask(self._loop, close)
        try:
            while (item := task.call(following)) is not _END:
                yield cast("T", item)
        finally:
            task.end()

    def enter(self, manager: AbstractAsyncContextManager[T]) -> AbstractContextManager[T]:
        """
        Use what goes with ``async with`` in a ``with``.

            with px.enter(px.fetch(140000001, page=0)) as file:
                for chunk in px.each(file):

        Args:
            manager: A file, a sink, a journal or any other asynchronous context manager; entered
                and left in one task.

        Raises:
            PixivError: As in `run`.
            TypeError: It is no asynchronous context manager.
        """
        _check_manager(manager)
        return self._loop.entered(manager)

    def send(
        self, request: Request, *, progress: ProgressCallback | None = None
    ) -> Coroutine[Any, Any, Reply]:
        """Send a request, as `Session.send`; `run` does."""
        if not self._loop.is_here:
            msg = "this client is blocking, and nothing of it is awaited here: use px.run(...)"
            raise PixivError(msg, endpoint=request.endpoint.name)
        return super().send(request, progress=progress)

    @classmethod
    def of(cls, client: Session, loop: LoopThread) -> Self:
        """Return a view of *client* that has things awaited in *loop*."""
        made = cls.__new__(cls)
        vars(made).update(vars(client._view(None, client._options.patience)))
        made._loop = loop
        return made


class BlockingPixiv(BlockingSession, Pixiv):
    """A `Pixiv` that is waited for: what `blocking` makes of one."""


class BlockingPool(BlockingSession, ClientPool):
    """A `ClientPool` that is waited for: what `blocking` makes of one."""


@overload
def blocking(
    client: Pixiv, *, backend: Backend = ...
) -> AbstractContextManager[BlockingPixiv]: ...
@overload
def blocking(
    client: ClientPool, *, backend: Backend = ...
) -> AbstractContextManager[BlockingPool]: ...
@overload
def blocking(
    client: Session, *, backend: Backend = ...
) -> AbstractContextManager[BlockingSession]: ...
def blocking(
    client: Session, *, backend: Backend = "asyncio"
) -> AbstractContextManager[BlockingSession]:
    """
    Use a client in a script or a notebook, where nothing is awaited.

        with pixivkit.blocking(Pixiv(app=RefreshToken("..."))) as px:
            work = px.run(px.app.illust.detail(140000001))
            for illust in px.each(px.app.search.illust("風景")):
                print(illust.title)

    Its event loop runs in a thread of its own, so that it works where another one runs as well, as
    in notebooks. Leaving the block cancels what other threads wait for, and closes the client.

    Args:
        client: The client, which is entered and closed; afterwards it may be used again.
        backend: ``asyncio``, or ``trio`` where that is installed. Where an event loop runs already
            when the client is made, as in a notebook, it has to be the same.

    Returns:
        A context manager of the client, with `BlockingSession.run`, `BlockingSession.each` and
        `BlockingSession.enter`; of your own class of clients if it is one.

    Raises:
        InvalidArgument: It is no client, or already blocking; on entering, there is no such
            backend.
        PixivError: On entering: the client is in use already.
    """
    _check_client(client)
    return _Blocking(client, backend)


class _Blocking(AbstractContextManager[BlockingSession, None]):
    """What `blocking` returns: only a context manager, since somebody has to leave it."""

    def __init__(self, client: Session, backend: Backend) -> None:
        self._client = client
        self._backend: Backend = backend
        self._stack: contextlib.ExitStack | None = None

    def __enter__(self) -> BlockingSession:
        with contextlib.ExitStack() as stack:
            loop = stack.enter_context(LoopThread(self._backend))
            stack.enter_context(loop.entered(self._client, is_last=True))
            stack.callback(loop.end_tasks)
            self._stack = stack.pop_all()
        return _blocking_kind(type(self._client)).of(self._client, loop)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._stack is not None:
            stack, self._stack = self._stack, None
            stack.__exit__(exc_type, exc, tb)

    def __getattr__(self, name: str) -> NoReturn:
        msg = f"no {name!r} yet: `with pixivkit.blocking(...) as px:`, and then px.{name}"
        raise AttributeError(msg, name=name, obj=self)


@functools.cache
def _blocking_kind(kind: type[Session]) -> type[BlockingSession]:
    """Return the blocking class for clients of *kind*."""
    if kind is Pixiv:
        return BlockingPixiv
    if kind is ClientPool:
        return BlockingPool
    known = next((b for b in (Pixiv, ClientPool) if issubclass(kind, b)), None)
    base = BlockingSession if known is None else _blocking_kind(known)
    return types.new_class(f"Blocking{kind.__name__}", (base, kind))


def _is_unused(coroutine: Coroutine[Any, Any, Any]) -> bool:
    return inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED


def _check_client(value: object) -> None:
    if not isinstance(value, Session):
        msg = f"blocking: takes a client, such as Pixiv(...), not {_kind_name(value)}"
        raise InvalidArgument(msg)
    if isinstance(value, BlockingSession):
        raise InvalidArgument("blocking: this client is blocking already")


def _check_awaitable(value: object) -> None:
    if not isinstance(value, Awaitable):
        hint = "; go through it with px.each(...)" if hasattr(value, "__aiter__") else ""
        hint = hint or ("; call it first" if callable(value) else "")
        raise TypeError(f"run: takes what can be awaited, not {_kind_name(value)}{hint}")


def _check_iterable(value: object) -> None:
    if not isinstance(value, AsyncIterable):
        hint = "; px.run(...) waits for it" if hasattr(value, "__await__") else ""
        raise TypeError(f"each: takes what goes with `async for`, not {_kind_name(value)}{hint}")


def _check_manager(value: object) -> None:
    if not isinstance(value, AbstractAsyncContextManager):
        raise TypeError(f"enter: takes what goes with `async with`, not {_kind_name(value)}")


def _kind_name(value: object) -> str:
    return value.__name__ if isinstance(value, type) else type(value).__name__

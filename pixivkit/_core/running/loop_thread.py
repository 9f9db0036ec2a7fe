"""An event loop in a thread of its own, where other threads have things awaited."""

from __future__ import annotations

import concurrent.futures
import contextlib
import sys
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Final, Generic, Literal, Self, TypeAlias, TypeVar

import anyio
import anyio.from_thread
import attrs

from ...errors import InvalidArgument, PixivError

T = TypeVar("T")

Backend: TypeAlias = Literal["asyncio", "trio"]

ENDED: Final = "the client was left: its `with pixivkit.blocking(...)` has ended"

_WAITS_FOR_ITSELF: Final = (
    "the client called this function, and cannot wait for what it asks for: in a callback, such "
    "as that of progress=, remember what is to be done and do it afterwards"
)

# Windows does not wake a thread that waits for another when Ctrl-C is pressed.
_LONGEST_WAIT: Final = 0.1 if sys.platform == "win32" else None


class LoopThread:
    """
    An event loop in a thread of its own: a context manager, to be left by one thread only.

    Args:
        backend: What it runs on.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend: Backend = backend
        self._stack = contextlib.ExitStack()
        self._portal: anyio.from_thread.BlockingPortal | None = None
        self._thread_id: int | None = None
        # Held while something is handed to the loop, so that nothing is once it ends.
        self._lock = threading.Lock()
        self._is_closing = False
        self._tasks: set[LoopTask] = set()

    def __enter__(self) -> Self:
        """
        Start the loop.

        Raises:
            InvalidArgument: The backend is not installed.
        """
        starting = anyio.from_thread.start_blocking_portal(self._backend, name="pixivkit")
        try:
            self._portal = self._stack.enter_context(starting)
        except LookupError:
            msg = f"backend: there is no {self._backend!r} here, only asyncio or trio if installed"
            raise InvalidArgument(msg) from None
        self._thread_id = self._portal.call(threading.get_ident)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with self._lock:
            self._portal = None
        self._stack.__exit__(exc_type, exc, tb)

    @property
    def is_here(self) -> bool:
        """Whether this is the thread of the loop."""
        return threading.get_ident() == self._thread_id

    def takes(self, task: LoopTask) -> bool:
        """Whether *task* may still be given something to do."""
        return self._portal is not None and (task.is_last or not self._is_closing)

    def begun(self, task: LoopTask) -> None:
        """Remember a task until it has ended."""
        self._tasks.add(task)
        task.ended.add_done_callback(lambda _: self._tasks.discard(task))

    def spawn(self, task: LoopTask, function: Callable[..., Any], *args: object) -> None:
        """
        Call a function of *task* in the loop.

        Raises:
            PixivError: The loop has ended, or is about to.
        """
        with self._lock:
            if self._portal is None or not self.takes(task):
                raise PixivError(ENDED)
            self._portal.start_task_soon(function, *args)

    def end_tasks(self) -> None:
        """Cancel all tasks but the last, wait for their end, and begin no others."""
        with self._lock:
            self._is_closing = True
        if self._portal is not None:
            wait_for(*self._portal.call(self._cancel_tasks))

    def _cancel_tasks(self) -> list[Future[None]]:
        tasks = [task for task in self._tasks if not task.is_last]
        for task in tasks:
            task.cancel()
        return [task.ended for task in tasks]

    @contextlib.contextmanager
    def entered(
        self, manager: AbstractAsyncContextManager[T], *, is_last: bool = False
    ) -> Generator[T]:
        """
        Enter and leave an asynchronous context manager, both in one task.

        Args:
            manager: What to enter.
            is_last: Whether it is left when all other tasks have ended.
        """
        stack = contextlib.AsyncExitStack()
        task = LoopTask(self, stack.aclose, is_last=is_last)
        try:
            value = task.call(lambda: stack.enter_async_context(manager))
            try:
                yield value
            except BaseException as exc:
                error = exc  # `exc` is gone when the lambda is called.
                if not task.call(lambda: stack.__aexit__(type(error), error, error.__traceback__)):
                    raise
            else:
                task.call(lambda: stack.__aexit__(None, None, None))
        finally:
            task.end()


@attrs.define(eq=False)
class _Step(Generic[T]):
    """Something to await, and what comes of it."""

    function: Callable[[], Awaitable[T]]
    result: Future[T] = attrs.field(factory=Future[T])

    def refuse(self) -> None:
        self.result.set_exception(PixivError(ENDED))


class LoopTask:
    """
    A task in the loop of a thread, which awaits one thing after the other for another thread.

    What is awaited may open what is closed later, as the two halves of ``async with`` do. When the
    thread is interrupted while it waits, by Ctrl-C, the task is cancelled and waited for.

    Args:
        loop: Where it runs.
        finish: Is awaited when the task ends, however it does.
        is_last: Whether it goes on while all others are ended.

    Attributes:
        is_last: Likewise.
        ended: Is done when the task has ended.
    """

    def __init__(
        self,
        loop: LoopThread,
        finish: Callable[[], Awaitable[object]] | None = None,
        *,
        is_last: bool = False,
    ) -> None:
        self.is_last: Final = is_last
        self.ended: Final = Future[None]()
        self._loop = loop
        self._finish = finish
        self._is_used = False
        # What follows is for the loop alone.
        self._steps: deque[_Step[Any]] = deque()
        self._has_begun = False
        self._is_over = False
        self._woken: anyio.Event | None = None
        self._scope: anyio.CancelScope | None = None

    def call(self, function: Callable[[], Awaitable[T]], *, last: bool = False) -> T:
        """
        Await what *function* returns, in the task, and return its result.

        Args:
            function: Returns it.
            last: Whether the task ends then.

        Raises:
            PixivError: The loop has ended, or ends meanwhile, or would have to wait for itself.
            BaseException: What is awaited raises it, or a signal did; then the task has ended.
        """
        if self._loop.is_here:
            raise PixivError(_WAITS_FOR_ITSELF)
        step = _Step(function)
        was_used, self._is_used = self._is_used, True
        try:
            self._loop.spawn(self, self._deliver, step, last)
            wait_for(*((step.result, self.ended) if last else (step.result,)))
        except PixivError:
            self._is_used = was_used
            raise
        except BaseException:
            self._interrupt()
            raise
        return step.result.result()

    def end(self) -> None:
        """
        Let the task end, and wait until it has; do nothing where it has ended.

        Raises:
            BaseException: Finishing raised it, or a signal did.
        """
        if self._loop.is_here:
            # A loop of the program was dropped, and Python collects it in this thread.
            self._stop_taking()
            return
        if not self._is_used or self.ended.done():
            return
        try:
            with contextlib.suppress(PixivError):  # Where the loop is ending, so is the task.
                self._loop.spawn(self, self._stop_taking)
            wait_for(self.ended)
        except BaseException:
            self._interrupt()
            raise
        self.ended.result()

    def _interrupt(self) -> None:
        with contextlib.suppress(PixivError):
            self._loop.spawn(self, self.cancel)
        wait_for(self.ended)

    # All below is called in the loop.

    def cancel(self) -> None:
        """Cancel what is under way, if anything is."""
        self._stop_taking()
        if self._scope is not None:
            self._scope.cancel()

    def _stop_taking(self) -> None:
        self._is_over = True
        if self._woken is not None:
            self._woken.set()
        if not self._has_begun:
            self._end()

    async def _deliver(self, step: _Step[Any], last: bool) -> None:
        """Have a step taken; the first begins the task."""
        if self._is_over or not self._loop.takes(self):
            step.refuse()
            self._stop_taking()
            return
        self._steps.append(step)
        self._is_over = last
        if self._woken is not None:
            self._woken.set()
        if not self._has_begun:
            self._has_begun = True
            self._loop.begun(self)
            await self._run()

    async def _run(self) -> None:
        failure: BaseException | None = None
        try:
            with anyio.CancelScope() as self._scope:
                try:
                    while (step := await self._next()) is not None:
                        await self._take(step, self._scope)
                finally:
                    self._is_over = True
                    if self._finish is not None:
                        await self._finish()
        except BaseException as exc:
            failure = exc
            if isinstance(exc, anyio.get_cancelled_exc_class()):
                raise
        finally:
            self._end(failure)

    async def _next(self) -> _Step[Any] | None:
        while not self._steps:
            if self._is_over:
                return None
            self._woken = anyio.Event()
            await self._woken.wait()
        return self._steps.popleft()

    async def _take(self, step: _Step[Any], scope: anyio.CancelScope) -> None:
        try:
            value = await step.function()
        except BaseException as exc:
            if not isinstance(exc, anyio.get_cancelled_exc_class()):
                step.result.set_exception(exc)
                return
            if scope.cancel_called:
                step.refuse()
            else:
                step.result.set_exception(exc)
            raise
        step.result.set_result(value)

    def _end(self, failure: BaseException | None = None) -> None:
        for step in self._steps:
            step.refuse()
        self._steps.clear()
        if self.ended.done():
            return
        if failure is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(failure)


def wait_for(*futures: Future[Any]) -> None:
    """Wait until all are done; signals are handled meanwhile."""
    pending: set[Future[Any]] = {*futures}
    while pending:
        pending = concurrent.futures.wait(pending, timeout=_LONGEST_WAIT).not_done

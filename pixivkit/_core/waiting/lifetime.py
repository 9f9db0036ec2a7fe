"""Run background tasks between entering a client and leaving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import anyio
from anyio.abc import TaskGroup

from ...errors import PixivError

_GRACE: Final = 5.0
_GRACE_WHEN_INTERRUPTED: Final = 1.0
_LEFT: Final = "its `async with` has ended; use it inside, or enter it again"


class Lifetime:
    """
    Runs the background tasks of a client.

    A client that was never entered may be used all the same; one that was left may not.

    Attributes:
        tasks: Where to start what runs in the background; None while the client is not entered.
        on_leave: Called when the client is left, each with the seconds that it has to come to an
            end before it is cut off.
    """

    def __init__(self) -> None:
        self.tasks: TaskGroup | None = None
        self.on_leave: list[Callable[[float], None]] = []
        self._entered = False
        self._left = False

    async def enter(self) -> None:
        """
        Begin, for the first time or again.

        Raises:
            PixivError: It has begun already.
        """
        if self._entered:
            msg = (
                "this client is entered already: one `async with` is enough for all tasks, and "
                "for all views of it"
            )
            raise PixivError(msg)
        self.tasks = await anyio.create_task_group().__aenter__()
        self._entered, self._left = True, False

    async def leave(self, exc: BaseException | None) -> None:
        """Cancel all tasks; an exception of the block is raised as it is, ungrouped."""
        tasks, self.tasks = self.tasks, None
        if tasks is None:
            return
        self._left = True
        try:
            interrupted = exc is not None and not isinstance(exc, Exception)
            for callback in self.on_leave:
                callback(_GRACE_WHEN_INTERRUPTED if interrupted else _GRACE)
            tasks.cancel_scope.cancel()
            await tasks.__aexit__(None, None, None)
        finally:
            self._entered = False

    def check(self, endpoint: str | None = None) -> None:
        """
        Raise an error if the client was left.

        Raises:
            PixivError: It was.
        """
        if self._left:
            raise PixivError(f"the client was left: {_LEFT}", endpoint=endpoint)

"""The time between entering a client and leaving it, and what may run meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import anyio
from anyio.abc import TaskGroup

_GRACE: Final = 5.0
_GRACE_WHEN_INTERRUPTED: Final = 1.0


class Lifetime:
    """
    Runs what a client does in the background.

    Attributes:
        tasks: Where to start it; None while the client is not entered.
        on_leave: Called when the client is left, each with the seconds that it has to come to an
            end before it is cut off.
    """

    def __init__(self) -> None:
        self.tasks: TaskGroup | None = None
        self.on_leave: list[Callable[[float], None]] = []

    async def enter(self) -> None:
        """Begin."""
        self.tasks = await anyio.create_task_group().__aenter__()

    async def leave(self, exc: BaseException | None) -> None:
        """End all that runs; what the block raised goes on as it is, ungrouped."""
        tasks, self.tasks = self.tasks, None
        if tasks is None:
            return
        interrupted = exc is not None and not isinstance(exc, Exception)
        for callback in self.on_leave:
            callback(_GRACE_WHEN_INTERRUPTED if interrupted else _GRACE)
        tasks.cancel_scope.cancel()
        await tasks.__aexit__(None, None, None)

"""Run work in a thread that looks now and then whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import anyio.from_thread

from ..download.disk import in_thread

__all__ = ["in_stoppable_thread"]

T = TypeVar("T")


async def in_stoppable_thread(path: Path, function: Callable[[Callable[[], None]], T]) -> T:
    """
    Run *function*, which works on *path*, in a thread, and end it soon where this is cancelled.

    Args:
        path: What errors name.
        function: Is called with a function of its own, which it calls between its steps; that
            raises where the work is not wanted any longer.

    Raises:
        StorageError: The system refuses it.
    """
    return await in_thread(path, lambda: function(anyio.from_thread.check_cancelled))

"""Show long waits to users of a command, and end them on Ctrl-C."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Final, TypeVar

import anyio
import click

from .output import one_line

T = TypeVar("T")

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C, as shells have it."""

_MOST_SECONDS_TO_END: Final = 0.9


class LongWaits(logging.Handler):
    """Shows warnings of pixivkit on standard error, and a countdown for a long wait."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._terminal = sys.stderr.isatty()
        self._until = 0.0
        self._why = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Show one warning."""
        if getattr(record, "event", "") != "LongWait" or not self._terminal:
            click.echo(f"pixivkit: {one_line(record.getMessage())}", err=True)
            return
        self._why = one_line(getattr(record, "why", ""))
        self._until = time.monotonic() + float(getattr(record, "seconds", 0.0))

    async def count_down(self) -> None:
        """Redraw the countdown of the current wait, until cancelled."""
        shown = False
        try:
            while True:
                left = self._until - time.monotonic()
                if left > 0:
                    minutes, seconds = divmod(round(left), 60)
                    line = f"pixivkit: {self._why}: {minutes}:{seconds:02} left"
                    click.echo(f"\r\x1b[K{line[: _columns()]}", err=True, nl=False)
                elif shown:
                    _clear()
                shown = left > 0
                await anyio.sleep(0.5)
        finally:
            if shown:
                _clear()


def _columns() -> int:
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return (columns or 80) - 1


def _clear() -> None:
    click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def _shown() -> Generator[LongWaits]:
    handler, log = LongWaits(), logging.getLogger("pixivkit")
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)


def run(work: Callable[[], Awaitable[T]]) -> T:
    """
    Run asynchronous *work* to its end, or to Ctrl-C.

    Raises:
        KeyboardInterrupt: It was interrupted. Work that does not end within a second ends with the
            process.
    """
    return anyio.run(_run, work)


async def _run(work: Callable[[], Awaitable[T]]) -> T:
    results: list[T] = []
    errors: list[Exception] = []
    with _shown() as waits:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(waits.count_down)
            if threading.current_thread() is threading.main_thread() and os.name != "nt":
                tasks.start_soon(_end_on_interrupt, tasks.cancel_scope)
            try:
                results.append(await work())
            except Exception as exc:
                errors.append(exc)
            tasks.cancel_scope.cancel()
    if errors:
        raise errors[0]
    if not results:
        raise KeyboardInterrupt
    return results[0]


async def _end_on_interrupt(scope: anyio.CancelScope) -> None:
    with anyio.open_signal_receiver(signal.SIGINT) as signals:
        async for _ in signals:
            # A thread that looks up a host cannot be cancelled, and would be waited for.
            end = threading.Timer(_MOST_SECONDS_TO_END, os._exit, (INTERRUPTED,))
            end.daemon = True
            end.start()
            scope.cancel()

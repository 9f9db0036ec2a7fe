"""Bars for a run of downloads: one for each file, and one for all."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)

from ..download.progress import DownloadProgress
from ..download.run import DownloadOutcome
from ..download.source import Source
from .output import Output, one_line

__all__ = ["DownloadBars"]

_NAME = 24


class DownloadBars:
    """
    Shows bars on standard error where that is a terminal, and counts.

    Args:
        output: Whether to be quiet.
    """

    def __init__(self, output: Output) -> None:
        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            DownloadColumn(),
            TransferSpeedColumn(),
            console=console,
            disable=output.quiet or not console.is_terminal,
            transient=True,
        )
        self._all = self._progress.add_task("all", total=None)
        self._tasks: dict[Source, TaskID] = {}
        self._fetched = 0
        self._existed = 0
        self._failed = 0
        self._received = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def update(self, progress: DownloadProgress) -> None:
        """Show how far a file has come."""
        self._received = progress.received
        self._progress.update(self._all, completed=progress.received)
        if progress.done == progress.size:
            return
        task = self._tasks.get(progress.source)
        if task is None:
            url = progress.source.urls[0]
            name = one_line(url.rpartition("/")[2])[:_NAME]
            task = self._tasks[progress.source] = self._progress.add_task(name)
        self._progress.update(task, completed=progress.done, total=progress.size)

    def finish(self, outcome: DownloadOutcome) -> None:
        """Count an outcome; its bar goes."""
        task = None if outcome.source is None else self._tasks.pop(outcome.source, None)
        if task is not None:
            self._progress.remove_task(task)
        self._failed += not outcome.ok
        if outcome.file is not None:
            self._existed += outcome.file.existed
            self._fetched += not outcome.file.existed
        self._progress.update(self._all, description=self._counts())

    @property
    def summary(self) -> str:
        """What was done, in one line."""
        return f"files: {self._counts()}; {self._received / 1e6:.1f} MB received"

    def _counts(self) -> str:
        counts = {
            "fetched": self._fetched,
            "there already": self._existed,
            "failed": self._failed,
        }
        said = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
        return said or "nothing fetched"

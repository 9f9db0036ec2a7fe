"""The progress of downloads: what is counted, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from .._core.calls.request import Progress
from .file import DownloadedFile
from .source import Source

__all__ = ["DownloadProgress", "DownloadProgressCallback", "ProgressCounter"]


@attrs.frozen(kw_only=True)
class DownloadProgress:
    """
    The progress of a download, or of a run of many.

    Attributes:
        files: How many files are complete, those that were there already among them.
        failed: How many could not be had.
        total: How many there are; None while that is unknown.
        received: How many bytes have arrived.
        source: The file that this is about.
        done: How many bytes of it there are.
        size: How many bytes it has in all; None where that is unknown.
    """

    files: int
    failed: int
    total: int | None
    received: int
    source: Source
    done: int
    size: int | None


DownloadProgressCallback: TypeAlias = Callable[[DownloadProgress], None]


@attrs.define(eq=False)
class ProgressCounter:
    """Counts what a download has done, and calls back with the progress."""

    callback: DownloadProgressCallback | None = None
    total: int | None = None
    files: int = 0
    failed: int = 0
    received: int = 0
    unforeseen: int = 0

    def expect(self, count: int) -> None:
        """Count files that were found only while a work was downloaded."""
        self.unforeseen += count
        if self.total is not None:
            self.total += count

    def watch(self, source: Source) -> Callable[[Progress], None] | None:
        """Return a callback for the progress of *source*; None where nobody listens."""
        before: int | None = None

        def report(progress: Progress) -> None:
            nonlocal before
            if before is not None and progress.done > before:
                self.received += progress.done - before
            before = progress.done
            self.report(source, progress.done, progress.total)

        return None if self.callback is None else report

    def finished(self, file: DownloadedFile) -> None:
        self.files += 1
        self.report(file.source, file.size, file.size)

    def report(self, source: Source, done: int, size: int | None) -> None:
        if self.callback is not None:
            self.callback(
                DownloadProgress(
                    files=self.files,
                    failed=self.failed,
                    total=self.total,
                    received=self.received,
                    source=source,
                    done=done,
                    size=size,
                )
            )

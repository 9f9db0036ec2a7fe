"""The archive of an ugoira: its frames one by one, in the order they are shown."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias

import attrs

from ..download.check import is_complete
from ..errors import StorageError, UgoiraError
from .entries import ArchiveLimits, broken_archives, check_entries, open_zip
from .picture_header import PictureHeader, PictureKind, read_header
from .timing import FrameTiming, Shown, shown_frames

__all__ = ["ArchiveSource", "Frame", "UgoiraArchive"]

ArchiveSource: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO
"""An archive: the path of its file, its bytes, or a binary file that can be read and sought."""


@attrs.frozen
class Frame:
    """
    One frame, as pixiv has it.

    Attributes:
        file: Its name in the archive, such as ``000000.jpg``.
        delay: How long it is shown, in milliseconds.
        data: The picture: a whole file.
        header: The kind and the size of the picture, as its header says.
    """

    file: str
    delay: int
    data: bytes = attrs.field(repr=False)
    header: PictureHeader

    @property
    def kind(self) -> PictureKind:
        """What the picture is: ``jpeg``, ``png`` or ``gif``."""
        return self.header.kind

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height, in pixels."""
        return self.header.width, self.header.height


class UgoiraArchive:
    """
    The archive of an ugoira, and how it plays: a context manager.

        with UgoiraArchive("140000001_ugoira.zip", metadata.frames) as archive:
            for frame in archive:
                print(frame.file, frame.delay, len(frame.data))

    Iterating reads the frames one by one, in the order they are shown, as often as you like; there
    is never more than one in memory. Entering is only needed to close a file that was opened by
    its path. It blocks: in asynchronous programs use it in a thread, or `export`.

    Nothing in the archive is trusted: it is looked at as a whole before anything is unpacked.
    Files in it that are no frames do no harm.

    Args:
        source: The archive.
        frames: How it plays: ``metadata.frames`` of ``px.app.ugoira.metadata``.
        limits: How large it may be; see `ArchiveLimits`.

    Raises:
        UgoiraError: It is no archive, is damaged or dangerous, or lacks a frame.
        StorageError: The file cannot be opened.
    """

    def __init__(
        self,
        source: ArchiveSource,
        frames: Iterable[FrameTiming],
        *,
        limits: ArchiveLimits | None = None,
    ) -> None:
        self._limits = limits or ArchiveLimits()
        self._shown = shown_frames(frames)
        with ExitStack() as opened:
            self._file = _opened(source, opened)
            with broken_archives():
                self._zip = open_zip(self._file)
                entries = self._zip.infolist()
                check_entries(self._file, entries, self._limits)
            self._entries = {entry.orig_filename: entry for entry in entries}
            self._check_frames()
            # A file of the caller stays open.
            self._opened = opened.pop_all()

    def _check_frames(self) -> None:
        total = 0
        for frame in self._shown:
            if frame.file not in self._entries:
                raise UgoiraError(f"the archive lacks the frame {frame.file!r}")
            total += self._entries[frame.file].file_size
        if total > self._limits.total_bytes:
            raise UgoiraError(f"the frames have more than {self._limits.total_bytes:,} bytes")

    @property
    def timings(self) -> tuple[Shown, ...]:
        """The frames without their pictures: ``file``, and ``delay`` in milliseconds."""
        return self._shown

    @property
    def duration_ms(self) -> int:
        """How long one round takes, in milliseconds."""
        return sum(frame.delay for frame in self._shown)

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[Frame]:
        """
        Read the frames one by one.

        Raises:
            UgoiraError: A frame is damaged, cannot be read, is no picture, or is larger than it
                says or may be.
        """
        return map(self._read, self._shown)

    def _read(self, shown: Shown) -> Frame:
        entry = self._entries[shown.file]
        with broken_archives(), self._zip.open(entry) as file:
            data = file.read(self._limits.frame_bytes + 1)
        if len(data) != entry.file_size:
            raise UgoiraError(f"{shown.file!r} has another size than the archive says")
        header = read_header(data)
        if header is None or not is_complete(io.BytesIO(data)):
            raise UgoiraError(f"{shown.file!r} is no whole picture")
        if header.width * header.height > self._limits.pixels:
            raise UgoiraError(f"{shown.file!r} has more than {self._limits.pixels:,} pixels")
        return Frame(shown.file, shown.delay, data, header)

    def close(self) -> None:
        """Close the file, where it was opened by its path."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<UgoiraArchive of {len(self)} frames, {self.duration_ms} ms>"


def _opened(source: ArchiveSource, opened: ExitStack) -> BinaryIO:
    match source:
        case bytes():
            return io.BytesIO(source)
        case str() | os.PathLike():
            try:
                return opened.enter_context(open(source, "rb"))
            except OSError as exc:
                msg = f"{source}: {exc.strerror or exc}"
                raise StorageError(msg, path=str(source)) from exc
        case _:
            return source

"""Where downloaded files go that all nodes share: a folder, or what fsspec knows."""

from __future__ import annotations

import functools
import importlib
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import anyio.to_thread
import attrs

from .._core.basics.extras import needs
from ..download.disk import in_thread, write_whole
from ..download.file import DownloadedFile
from ..download.progress import ProgressCounter
from ..download.saver import DiskSaver
from ..download.source import Source
from ..download.work_download import WorkDownload
from ..errors import InvalidArgument, StorageError
from ..ugoira.folder import ANIMATION

__all__ = ["Place", "check_place", "place_of"]

_COPIED_AT_ONCE: Final = 1024 * 1024


class Place(Protocol):
    """A place that all nodes share."""

    async def save(
        self, saver: DiskSaver, download: WorkDownload, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        """
        Save the only file of a download, unless it is there: complete under its name, or absent.

        Args:
            saver: Saves files on this machine.
            download: The download, with names that are relative to the place.
            counter: Counts what arrives.

        Returns:
            The file, and those that turned out to belong to it.

        Raises:
            PixivError: Any of `pixivkit.errors`.
        """
        ...

    async def write(self, name: str, content: bytes) -> None:
        """
        Write a small file in place of one of the same *name*.

        Raises:
            StorageError: It cannot be written.
        """
        ...


def place_of(to: str) -> Place:
    """
    Return the place: a folder, or where *to* is a URL, what fsspec makes of it.

    Raises:
        MissingExtra: It is a URL, and the extra is not installed.
        InvalidArgument: fsspec knows no such place.
    """
    # One letter is a drive of Windows.
    scheme = to.partition("://")[0] if "://" in to else ""
    if len(scheme) < 2:
        return _Folder(Path(to))
    if scheme in ("file", "local"):
        return _Folder(Path(urlsplit(to).path))
    with needs("fsspec", f"downloading to {scheme}://"):
        fsspec: Any = importlib.import_module("fsspec")
    try:
        system, path = fsspec.core.url_to_fs(to)
    except (ValueError, ImportError) as exc:
        # What it says may quote the URL, which may hold a password.
        msg = f"fsspec cannot use a place of the kind {scheme}:// here ({type(exc).__name__})"
        raise InvalidArgument(msg) from None
    return _Store(system, str(path))


def check_place(to: str) -> None:
    """
    Refuse a place that cannot be meant, before anything is sent.

    Raises:
        InvalidArgument: The folder is a relative path, which is another one on each node.
    """
    if "://" not in to and not Path(to).is_absolute():
        msg = "to: give an absolute path that all nodes share, or a URL that fsspec knows"
        raise InvalidArgument(msg)


@attrs.frozen
class _Folder:
    """A folder, in which downloads go on as on one machine."""

    path: Path

    async def save(
        self, saver: DiskSaver, download: WorkDownload, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        [source] = download.work.sources
        here = attrs.evolve(download, folder=self.path)
        return await saver.save(here, source, counter)

    async def write(self, name: str, content: bytes) -> None:
        path = self.path / name
        await in_thread(path, lambda: write_whole(path, content))


@attrs.frozen
class _Store:
    """
    A store of fsspec, such as a bucket: an object is put whole or not at all.

    A file is completed on the disk of the node first. One that is there with any bytes is whole,
    for nothing else is ever put.
    """

    system: Any
    path: str

    async def save(
        self, saver: DiskSaver, download: WorkDownload, counter: ProgressCounter
    ) -> list[DownloadedFile]:
        [source] = download.work.sources
        if not download.overwrite and (found := await self._existing(download, source)):
            counter.finished(found)
            return [found]
        with tempfile.TemporaryDirectory(prefix="pixivkit-") as name:
            folder = Path(name)
            here = attrs.evolve(download, folder=folder)
            files = await saver.save(here, source, counter)
            # The first says that all of them are there.
            for file in reversed(files):
                await self._put_all(file.path, folder)
        return [attrs.evolve(file, path=file.path.relative_to(folder)) for file in files]

    async def write(self, name: str, content: bytes) -> None:
        await self._in_thread(name, lambda: self._put(name, content))

    async def _existing(self, download: WorkDownload, source: Source) -> DownloadedFile | None:
        for target in download.targets(source):
            name = target.path.as_posix()
            shown = (target.whole_with or target.path).as_posix()
            size = await self._in_thread(name, functools.partial(self._size, shown))
            if size and target.whole_with:
                size = await self._in_thread(name, functools.partial(self._size_of_all, name))
            if size:
                return DownloadedFile(
                    path=target.path, size=size, source=source, url=target.url, existed=True
                )
        return None

    async def _put_all(self, path: Path, folder: Path) -> None:
        """Put a file, or all files of a folder, what is written last in it at the end."""

        def put() -> None:
            files = [path]
            if path.is_dir():
                files = sorted(path.iterdir(), key=lambda file: file.name == ANIMATION)
            for file in files:
                self._put_file(file, file.relative_to(folder).as_posix())

        await self._in_thread(path.relative_to(folder).as_posix(), put)

    def _at(self, name: str) -> str:
        return f"{self.path.rstrip('/')}/{name}"

    def _size(self, name: str) -> int:
        """Return how many bytes the store has of it; 0 where it is not there."""
        try:
            return int(self.system.info(self._at(name)).get("size") or 0)
        except FileNotFoundError:
            return 0

    def _size_of_all(self, name: str) -> int:
        return int(self.system.du(self._at(name)))

    def _put_file(self, local: Path, name: str) -> None:
        with local.open("rb") as source, self._replacing(name) as target:
            shutil.copyfileobj(source, target, _COPIED_AT_ONCE)
        size = local.stat().st_size
        if self._size(name) != size:
            raise OSError(f"the store does not have the {size} bytes that it was given")

    def _put(self, name: str, content: bytes) -> None:
        with self._replacing(name) as target:
            target.write(content)

    def _replacing(self, name: str) -> _Replacing:
        return _Replacing(self.system, self._at(name))

    async def _in_thread(self, name: str, work: Any) -> Any:
        try:
            return await anyio.to_thread.run_sync(work)
        except Exception as exc:
            # Stores raise what they like, with addresses and keys in it.
            where = f"{name}: the store failed"
            reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else type(exc)
            words = reason if isinstance(reason, str) else reason.__name__
            raise StorageError(f"{where}: {words}", path=name) from None


class _Replacing:
    """A file of a store that gets its name when all of it was written, and else none."""

    def __init__(self, system: Any, path: str) -> None:
        self._system = system
        self._path = path
        self._file: Any = None

    def __enter__(self) -> Any:
        self._system.makedirs(self._path.rpartition("/")[0], exist_ok=True)
        self._file = self._system.open(self._path, "wb", autocommit=False)
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._file.close()
            # A store that puts on closing has nothing to commit.
            if hasattr(self._file, "commit"):
                self._file.commit()
        elif hasattr(self._file, "discard"):
            self._file.discard()

"""The base of sessions that fetch files and post works, as well as calling endpoints."""

from __future__ import annotations

import functools
import os
from abc import abstractmethod
from collections.abc import AsyncIterable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ._core.calls.call import Call
from ._core.calls.request import ProgressCallback
from ._core.waiting.pace import Pace
from .errors import DiskFull, InvalidArgument, PixivError
from .session import Session
from .upload import Published, publish

if TYPE_CHECKING:
    # Imported when they are first used, with all the models that they know.
    from .download.file import DownloadedFile, Fetcher
    from .download.finder import Downloadable, DownloadItem, Finder
    from .download.naming import Template
    from .download.novels import NovelFormat
    from .download.progress import DownloadProgressCallback
    from .download.run import DownloadRun
    from .download.saver import Saver
    from .download.source import Work
    from .download.stream import FileStream
    from .ugoira.export import UgoiraFiles

__all__ = ["DownloadSession"]


class DownloadSession(Session):
    """Base of `Pixiv` and `Cluster`, which fetch files and post works."""

    _has_disk: bool = True
    """Whether files are saved, and ugoira exported, by this machine."""

    @property
    @abstractmethod
    def logins(self) -> tuple[str, ...]:
        """The bases that there is a login for, such as ``app`` and ``web``."""

    @property
    @abstractmethod
    def _image_mirror(self) -> str:
        """The base of the URLs of a mirror of images; empty for none."""

    @abstractmethod
    def _memory_fetcher(self) -> Fetcher:
        """Return what fetches files into memory."""

    @abstractmethod
    def _saver(self, to: str | os.PathLike[str], pace: Pace | None) -> Saver:
        """Return what saves files below *to*, at a *pace*."""

    def _finder(self, *, web_fallback: bool, novel: NovelFormat | None = None) -> Finder:
        from .download.finder import Finder
        from .download.novels import NovelFinder

        if novel not in (None, "text", "epub"):
            raise InvalidArgument(f'novel: {novel!r} is neither "text" nor "epub"')
        return Finder(
            sender=self,
            mirror=self._image_mirror,
            by_app="app" in self.logins,
            web_fallback=web_fallback,
            novels=None if novel is None else NovelFinder(sender=self, format=novel),
        )

    async def publish(
        self,
        call: Call[Any],
        *,
        progress: ProgressCallback | None = None,
        processing: float = 300.0,
    ) -> Published:
        """
        Post an illustration and wait until pixiv has published it.

        Args:
            call: ``px.app.upload.illust(...)``, not awaited.
            progress: Called while the files are sent, with the bytes so far. What it raises ends
                the call, unchanged.
            processing: How many seconds to wait for pixiv to process the files.

        Returns:
            The id of the new work, and the key of its upload.

        Raises:
            InvalidArgument: The call is another, or one of its files cannot be read.
            UploadFailed: Pixiv did not publish it, or not in time.
            PixivError: Any other of `pixivkit.errors`.
        """
        status = self.app.upload.status
        return await publish(self.attach(call), status, self._clock, progress, processing)

    async def download(
        self,
        what: Downloadable | Sequence[Downloadable] | Call[Any],
        to: str | os.PathLike[str],
        *,
        page: int | None = None,
        template: Template | str | None = None,
        overwrite: bool = False,
        sidecar: bool = False,
        web_fallback: bool = False,
        ugoira: UgoiraFiles = "zip",
        novel: NovelFormat = "text",
        progress: DownloadProgressCallback | None = None,
        patience: float | None = None,
    ) -> list[DownloadedFile]:
        """
        Fetch the files of a work, one after the other.

        A file is complete under its name, or not there: when a transfer breaks off, what has
        arrived is kept beside it as ``.part`` (a killed process loses its last megabyte at most),
        and is gone on with when the download is repeated, in any process. Where another download
        of the same file is under way, in whichever process, this waits for it and takes its file.

        Args:
            what: A work, its id, the URL of its page or of an image in any form that pixiv has, a
                page of it, the metadata of an ugoira, a list of these, or a call for any of them;
                see `pixivkit.download.Downloadable`. For an id the App API is asked, or the web
                API where there is no login for that.
            to: The folder; it is made where it is not there.
            page: Number of the only page to fetch, from 0; by default all, or the one that the
                URL is of (``#3`` is number 2).
            template: How files are named below it, such as ``{user.id}/{id} {title}_{part}``;
                see `Template`. None names them as pixiv does, such as ``140000001_p0.png``.
            overwrite: Whether files are fetched again that are there and complete.
            sidecar: Whether what pixiv says about the work is written beside its files, as
                ``140000001.json``; how an ugoira plays, as ``140000001_ugoira.json``.
            web_fallback: Whether the web API is asked for a work that the App API hides from the
                account; without a login for the web it shows few of them. By default nothing
                more is sent for such a work, and `Restricted` is raised. Novels cannot be looked
                up on the web.
            ugoira: What becomes of ugoira; other works are not touched by it. ``zip``: the archive
                with its frames; ``originals``: the frames as they were uploaded, with their
                delays as ``140000001_ugoira.json``; ``gif``, ``webp``, ``apng`` (these need the
                extra ``images``), ``mp4``, ``webm`` (these need ``ffmpeg``) or ``frames`` (a
                folder): the archive is fetched, exported and removed, see
                `pixivkit.ugoira.export`. How it plays, the App API says.
            novel: What becomes of a novel: ``text`` for its text with pixiv's markup, such as
                ``novel22000001.txt``, its cover and its pictures; ``epub`` for a book with all of
                it, ``novel22000001.epub``, and for a series one book of all its novels,
                ``novelseries15000001.epub``. Pictures that are gone or restricted are left out,
                and so are such novels of a series from its book: there a note stands in the
                place, the logger ``pixivkit`` warns, and `DownloadedFile.left_out` says why.
            progress: Called as files arrive and when one is complete.
            patience: How many seconds trouble may hold each file, and a call for the work; without
                end by default, whatever the patience of the client.

        Returns:
            The files, in the order of the pages.

        Raises:
            InvalidArgument: A text is no id and no URL of pixiv, or of something that is no work,
                such as a user; the work has no such page.
            AuthError: It is a novel, and there is no login for the App API.
            Restricted: The work cannot be seen: there are only placeholders.
            NotFound: A file is at none of its URLs.
            UnexpectedHost: A URL is on no host of pixiv's images; nothing was sent there.
            IncompleteFile: A file kept breaking off, or lacks its end.
            ReplyTooLarge: A file has more bytes than ``largest_file`` allows.
            StorageError: A file cannot be written; `DiskFull` where there is no room.
            UgoiraError: An ugoira cannot be exported.
            PixivError: Any other of `pixivkit.errors`.
        """
        from .download.saver import SavingOptions, save_works
        from .ugoira.downloads import UgoiraDownloads

        self._check()
        view = self._view(patience)
        saver = view._saver(to, None)
        ugoiras = UgoiraDownloads(ugoira, here=self._has_disk)
        finder = ugoiras.finder(view._finder(web_fallback=web_fallback, novel=novel))
        options = SavingOptions(
            template=template, overwrite=overwrite, sidecar=sidecar, progress=progress,
            download=ugoiras.download,
        )  # fmt: skip
        return await save_works(saver, await finder.works(what, page), options)

    def fetch(
        self,
        what: Downloadable | Call[Any],
        *,
        page: int | None = None,
        web_fallback: bool = False,
        patience: float | None = None,
    ) -> FileStream:
        """
        Fetch one file into memory, as chunks or whole.

            async with px.fetch(140000001, page=0) as file:
                async for chunk in file:
                    ...

            data = await px.fetch(140000001, page=0).bytes(limit=10_000_000)

        It is asked for, gone on with and checked as `download` does it.

        Args:
            what: A work of one file, its id, a page of it, a URL, or a call for any of them; see
                `download`.
            page: Number of the page, from 0, where the work has several.
            web_fallback: Whether the web API is asked for a work that the App API hides; see
                `download`.
            patience: How many seconds trouble may hold it; by default that of the client.

        Returns:
            A `FileStream`, which sends nothing before it is entered or its `bytes` are awaited.
            Those raise `InvalidArgument` where there are several files, and else what `download`
            raises.
        """
        from .download.stream import FileStream, only_source

        view = self.with_options(patience=patience)

        async def opened() -> tuple[Fetcher, Work]:
            self._check()
            finder = view._finder(web_fallback=web_fallback)
            return view._memory_fetcher(), only_source(await finder.works(what, page))

        return FileStream(opened)

    def downloads(
        self,
        works: Iterable[DownloadItem] | AsyncIterable[DownloadItem],
        to: str | os.PathLike[str],
        *,
        limit: int = 4,
        pace: Pace | None = None,
        template: Template | str | None = None,
        overwrite: bool = False,
        sidecar: bool = False,
        web_fallback: bool = False,
        ugoira: UgoiraFiles = "zip",
        novel: NovelFormat = "text",
        stop_on: tuple[type[PixivError], ...] = (DiskFull,),
        progress: DownloadProgressCallback | None = None,
        patience: float | None = None,
    ) -> DownloadRun:
        """
        Fetch the files of many works, up to *limit* at once; no failure of one ends the run.

        Repeat a run that was left or broke off: what is complete is not sent for again.

        Args:
            works: Works, their ids or URLs, calls for them, or a whole list
                (``px.app.user.illusts(1)``, ``px.crawl.user_works(1)``); taken one by one, when
                there is room. What has to be asked for keeps the pace of the account.
            to: The folder; it is made where it is not there.
            limit: How many files are under way at once.
            pace: How fast files are asked for; None for as fast as they come.
            template: How files are named; see `download`.
            overwrite: Whether files are fetched again that are there and complete.
            sidecar: Whether what pixiv says about each work is written beside its files.
            web_fallback: Whether the web API is asked for works that the App API hides; see
                `download`.
            ugoira: What becomes of ugoira; see `download`.
            novel: What becomes of novels, ``text`` or ``epub``; see `download`.
            stop_on: Errors that end the run, after they were handed out. By default a full
                disk does; ``()`` goes on whatever happens.
            progress: Called as files arrive and when one is complete or failed.
            patience: How many seconds trouble may hold a file or a call of the run; without end
                by default, whatever the patience of the client.

        Returns:
            An asynchronous iterator of a `DownloadOutcome` for each file, in the order they are
            complete, and one for each work of which there is none.

        Raises:
            InvalidArgument: What should be many works is one text.
            MissingExtra: What ugoira are to be needs an extra.
            UgoiraError: It needs ffmpeg, which is not installed.
            PixivError: The client was not entered with ``async with``; when iterating, it was
                left before the run had ended.
        """
        if isinstance(works, str):
            msg = "works: this is one text, and a run takes many: put it into a list"
            raise InvalidArgument(msg)
        from .download.run import DownloadRun
        from .download.saver import SavingOptions
        from .ugoira.downloads import UgoiraDownloads

        view = self._for_run(patience)
        saver = view._saver(to, pace)
        ugoiras = UgoiraDownloads(ugoira, here=self._has_disk)
        finder = ugoiras.finder(view._finder(web_fallback=web_fallback, novel=novel))
        options = SavingOptions(
            template=template, overwrite=overwrite, sidecar=sidecar, progress=progress,
            download=ugoiras.download,
        )  # fmt: skip
        background = functools.partial(self._background, "downloads run")
        return DownloadRun(finder, background, saver, works, options, limit=limit, stop_on=stop_on)

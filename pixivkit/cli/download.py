"""``pixivkit download``: the files of works, and of all works of users, tags, rankings, ..."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, Final, get_args

import anyio
import attrs
import click

from ..download.finder import DownloadItem
from ..download.run import DownloadOutcome
from ..errors import PixivError
from ..models.web.ranking import RankedIllust
from ..pixiv_url import PixivRef, SeriesRef, WorkRef
from ..ugoira import UgoiraFiles
from .behind import list_behind
from .download_progress import DownloadBars
from .failures import describe, exit_code
from .options import (
    Connected,
    Connection,
    cluster_options,
    connection_options,
    output_options,
)
from .output import Output
from .search import first
from .waiting import run
from .what import SHORT_NAMES, read_what

__all__ = ["UGOIRA_FILES", "download"]

UGOIRA_FILES: Final = [word for words in get_args(UgoiraFiles) for word in get_args(words)]


@click.command(epilog=f"Short names: {SHORT_NAMES}", short_help="Fetch the files of works.")
@click.argument("what", nargs=-1, metavar="[ID|URL]...")
@click.option(
    "--to",
    metavar="FOLDER",
    default=".",
    help="The folder; the current one by default. With --cluster one that all nodes share, or a "
    "URL that fsspec knows.",
)
@click.option(
    "--template",
    metavar="TEXT",
    help="How files are named, such as '{user.id}/{id} {title}_{part}'.",
)
@click.option("--limit", type=click.IntRange(1), help="At most so many works of each list.")
@click.option(
    "--at-once", type=click.IntRange(1, 64), default=4, show_default=True, help="Files at a time."
)
@click.option(
    "--ugoira",
    type=click.Choice(UGOIRA_FILES),
    default="zip",
    show_default=True,
    metavar="FORMAT",
    help=f"What becomes of ugoira: {', '.join(UGOIRA_FILES)}.",
)
@click.option(
    "--novel",
    type=click.Choice(["text", "epub"]),
    default="text",
    show_default=True,
    help="What becomes of novels and their series.",
)
@click.option("--web-fallback", is_flag=True, help="Look up on the web what the App API hides.")
@click.option("--overwrite", is_flag=True, help="Fetch again what is there and complete.")
@click.option("--sidecar", is_flag=True, help="Write what pixiv says of each work beside it.")
@output_options
@connection_options
@cluster_options
def download(
    what: tuple[str, ...],
    to: str,
    limit: int | None,
    at_once: int,
    output: Output,
    connection: Connection,
    **settings: Any,
) -> None:
    """
    Fetch the files of works.

    Each is an id, the URL of any of pixiv's pages (a work, a user, a tag, a ranking, a series,
    bookmarks) or a short name. Without any, or with - among them, they are read from standard
    input, separated by blanks or lines. What is complete already is left alone, and what broke off
    is gone on with: repeat the command until all is there. Prints the path of each file.

    \b
    Examples:
      pixivkit download 123 https://www.pixiv.net/users/11 --to pictures
      pixivkit download ranking:weekly --limit 50
      pixivkit search 風景 --json | jq .id | pixivkit download
    """
    if not what and sys.stdin.isatty():
        raise click.UsageError("nothing to fetch: give an id or a URL, or pipe some into it")
    connected = connection.connected()
    lists = _Lists(connection.chosen(connected), what, limit)
    # Other nodes have another current folder.
    is_here = connection.cluster is None or "://" in to
    place = to if is_here else str(Path(to).absolute())

    async def work() -> list[PixivError]:
        failed: list[PixivError] = []
        async with connected:
            with DownloadBars(output) as bars:
                files = lists.px.downloads(
                    lists.items(), place, limit=at_once, progress=bars.update, **settings
                )
                async with files as outcomes:
                    async for outcome in outcomes:
                        bars.finish(outcome)
                        _show(output, outcome)
                        if outcome.error is not None:
                            failed.append(outcome.error)
        output.note(bars.summary)
        return failed

    failed = [*run(work), *lists.failed]
    if failed:
        sys.exit(exit_code(failed[0]))


@attrs.define
class _Lists:
    """The items of all that is to be fetched; a list that fails does not end the others."""

    px: Connected
    what: tuple[str, ...]
    limit: int | None
    failed: list[PixivError] = attrs.field(factory=list[PixivError])

    async def items(self) -> AsyncGenerator[DownloadItem]:
        async for text in _texts(self.what):
            try:
                async for item in self._items(read_what(text)):
                    yield item
            except PixivError as exc:
                self.failed.append(exc)
                click.echo(f"{describe(exc)} [{text}]", err=True)

    async def _items(self, ref: PixivRef) -> AsyncGenerator[DownloadItem]:
        # A series of novels is one thing, which may become one book.
        is_series_of_novels = isinstance(ref, SeriesRef) and ref.user_id is None
        items = None if is_series_of_novels else list_behind(self.px, ref)
        if items is None:
            yield ref
            return
        async for item in first(items, self.limit):
            yield WorkRef(item.illust_id) if isinstance(item, RankedIllust) else item


async def _texts(what: tuple[str, ...]) -> AsyncGenerator[str]:
    for text in what or ("-",):
        if text == "-":
            async for line in anyio.wrap_file(sys.stdin):
                for one in line.split():
                    yield one
        else:
            yield text


def _show(output: Output, outcome: DownloadOutcome) -> None:
    if output.as_json:
        output.json(_row(outcome), indent=False)
    elif outcome.error is not None:
        click.echo(describe(outcome.error), err=True)
    elif output.plain or output.quiet:
        output.line(outcome.path)


def _row(outcome: DownloadOutcome) -> dict[str, object]:
    file, error = outcome.file, outcome.error
    return {
        "path": None if file is None else str(file.path),
        "url": None if file is None else file.url,
        "size": outcome.size,
        "existed": None if file is None else file.existed,
        "work": None if error is None else error.work_id,
        "error": None if error is None else f"{type(error).__name__}: {error}",
    }
